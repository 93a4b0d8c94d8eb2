"""A progress bar with the time left, for long work on the command line."""

from __future__ import annotations

from typing import TypeVar

from leukoviewer.core.progress import Work

Result = TypeVar("Result")


def with_bar(work: Work[Result]) -> Result:
    """Run the work; the bar goes to standard error. Ctrl-C closes the work, which finishes what it has begun."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=None)
        try:
            while True:
                step = next(work)
                bar.update(task, completed=step.done, total=step.total or None, description=step.message)
        except StopIteration as stop:
            result: Result = stop.value
            return result
        finally:
            work.close()
