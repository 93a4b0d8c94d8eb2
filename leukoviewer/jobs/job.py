"""One run of long work: step by step, stoppable between two steps, every fault turned into a sentence."""

from __future__ import annotations

import logging
import re
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import Canceled, LeukoError

_log = logging.getLogger(__name__)
_SEPARATORS = r"[/\\]"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How a job ended.

    Attributes
    ----------
    result : object
        What the work returned; None unless it came to its end.
    error : LeukoError or None
        Why it did not come to its end; :class:`~leukoviewer.errors.Canceled` when it was stopped.
    """

    result: object = None
    error: LeukoError | None = None


class Job:
    """A generator on its way, together with the wish to stop it.

    Parameters
    ----------
    work : Work
        The generator; it is closed in any case, so that its ``finally`` blocks run in the thread that ran it.
    generation : int
        Number of the request; answers of older requests are dropped by it.
    """

    def __init__(self, work: Work[object], generation: int) -> None:
        self.generation = generation
        self._work = work
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next step; safe from any thread, at any time."""
        self._stop.set()

    @property
    def is_canceled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def run(self, on_progress: Callable[[Progress], None]) -> Outcome:
        """Run to the end in the calling thread; never raises for faults of the work."""
        try:
            return self._steps(on_progress)
        except LeukoError as error:
            return Outcome(error=error)
        except MemoryError:
            return Outcome(error=LeukoError("The memory of this computer is full; close other programs and try again."))
        except Exception as error:  # noqa: BLE001 - one of the two borders where anything may arrive
            return Outcome(error=unexpected(error))
        finally:
            self._work.close()

    def _steps(self, on_progress: Callable[[Progress], None]) -> Outcome:
        while not self._stop.is_set():
            try:
                step = next(self._work)
            except StopIteration as stop:
                if self._stop.is_set():
                    break  # The reader said stop before the result was there: it is not wanted any more.
                return Outcome(result=stop.value)
            if not self._stop.is_set():
                on_progress(step)
        raise Canceled("The work was stopped.")


def unexpected(error: Exception) -> LeukoError:
    """A sentence for a fault of the program itself; the log gets its kind and place, never its text.

    The text of a foreign exception may hold a path or a patient's name.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = _place(frames[-1]) if frames else "unknown place"
    _log.error("unexpected %s at %s", type(error).__name__, place)
    return LeukoError(
        f"An unexpected fault ({type(error).__name__} at {place}) stopped this; try again, report it if it comes back.",
        thing=type(error).__name__,
    )


def _place(frame: traceback.FrameSummary) -> str:
    """File and line; the file's name alone, on Windows too, because the folders before it may name the user."""
    return f"{re.split(_SEPARATORS, frame.filename)[-1]}:{frame.lineno}"
