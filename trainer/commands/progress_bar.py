"""A progress bar with the time left, for long work on the command line."""

from __future__ import annotations

from typing import TypeVar

from leukoviewer.core.progress import Work, finish

Result = TypeVar("Result")


def with_bar(work: Work[Result], title: str) -> Result:
    """Run the work; the bar goes to standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)
        return finish(work, on_progress=lambda step: bar.update(task, completed=step.done, total=step.total or None))
