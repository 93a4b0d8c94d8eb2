"""Progress of long work, told by generators that know no threads.

Long work is a generator: it yields :class:`Progress` and returns its result. Whoever runs it may stop it between two
yields by closing the generator; the work then frees what it holds and leaves nothing half-written.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of long work.

    Attributes
    ----------
    done, total : int
        Finished and all units; ``total`` is 0 while it is not known.
    message : str
        What is going on, in a few words, without patient data.
    part : object
        A finished part that can be shown already (a :class:`~leukoviewer.core.volume.LoadedSlice`), or None.
    """

    done: int
    total: int
    message: str = ""
    part: object = None

    def __post_init__(self) -> None:
        if self.done < 0 or self.total < 0 or (self.total and self.done > self.total):
            raise ValueError(f"progress {self.done} of {self.total} is impossible")

    @property
    def fraction(self) -> float | None:
        """Share done from 0 to 1, None while the total is not known."""
        return self.done / self.total if self.total else None


Work = Generator[Progress, None, Result]


def finish(work: Work[Result], *, on_progress: Callable[[Progress], None] | None = None) -> Result:
    """Run work to its end in this thread and return its result."""
    while True:
        try:
            step = next(work)
        except StopIteration as stop:
            result: Result = stop.value
            return result
        if on_progress is not None:
            on_progress(step)
