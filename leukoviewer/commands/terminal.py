"""What a command says: results on standard output, progress and notes on standard error."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from leukoviewer.core.progress import Work, finish

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where a command speaks.

    Attributes
    ----------
    quiet : bool
        Neither progress nor results in words; errors and what a command was asked to print still appear.
    brief : bool
        No results in words, but progress.
    place : str
        Stands before each step's words: which of many it is.
    """

    quiet: bool = False
    brief: bool = False
    place: str = ""

    def say(self, text: str) -> None:
        """One line of the result, on standard output."""
        if not (self.quiet or self.brief):
            write_line(text)

    def note(self, text: str) -> None:
        """One line beside the result, on standard error."""
        if not self.quiet:
            sys.stderr.write(f"{text}\n")

    def follow(self, work: Work[Result], title: str) -> Result:
        """Run work to its end, with a progress bar where a person sits at a terminal; frees the work when stopped."""
        try:
            if self.quiet or not sys.stderr.isatty():
                return finish(work)
            return _with_bar(work, title, self.place)
        finally:
            work.close()


def write_line(text: str) -> None:
    """Write a line on standard output, also where the terminal lacks one of its characters."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding) + "\n")


def _with_bar(work: Work[Result], title: str, place: str) -> Result:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        return _drive(work, bar, title, place)


def _drive(work: Work[Result], bar: Bar, title: str, place: str) -> Result:
    task = bar.add_task(f"{place}{title}", total=None)
    return finish(
        work,
        on_progress=lambda step: bar.update(
            task, completed=step.done, total=step.total or None, description=f"{place}{step.message or title}"
        ),
    )
