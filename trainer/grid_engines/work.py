"""Works at the free cells of a grid until none is left: in processes of this machine, or of a Ray cluster."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Protocol

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import EngineError
from trainer.experiments.cell_queue import CellQueue, State
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines.cell_process import CellJob, run_cell

# What an engine says of a cell beside the outcomes of run_cell: its machine does not see the grid; it went away.
UNSEEN = "unseen"
LOST = "lost"
_MOST_LOST = 3
_POLL_S = 0.5


class Engine(Protocol):
    """Runs cells; what it gives back for each tells how it ended."""

    @property
    def capacity(self) -> int:
        """How many cells it takes at once."""

    def start(self, job: CellJob) -> Future[str]:
        """Begin a cell; see :func:`~trainer.grid_engines.cell_process.run_cell` for the result."""

    def close(self) -> None:
        """Stop what still runs and wait until it has stopped."""


class LocalEngine:
    """A process a cell on this machine.

    Parameters
    ----------
    workers : int
        Cells at once.
    gpus : sequence of str
        Names of the GPUs that they share, one each.
    """

    def __init__(self, workers: int, *, gpus: Sequence[str] = ()) -> None:
        self._workers = workers
        self._gpus = SimpleQueue[str]()
        for place in range(workers if gpus else 0):
            self._gpus.put(gpus[place % len(gpus)])
        self._stop = Event()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="cell")

    @property
    def capacity(self) -> int:
        """See :class:`Engine`."""
        return self._workers

    def start(self, job: CellJob) -> Future[str]:
        """See :class:`Engine`."""
        return self._pool.submit(self._run, job)

    def _run(self, job: CellJob) -> str:
        if self._gpus.empty():
            return run_cell(job, self._stop)
        gpu = self._gpus.get()
        try:
            return run_cell(replace(job, gpu=gpu), self._stop)
        finally:
            self._gpus.put(gpu)

    def close(self) -> None:
        """See :class:`Engine`."""
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Summary:
    """How the wanted cells stand in the end.

    Attributes
    ----------
    done : tuple of str
        Finished runs.
    failed : tuple of (str, str)
        Runs that were given up, each with its reason.
    """

    done: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def work_through(
    place: GridPlace, runs: Sequence[str], job: CellJob, engine: Engine, *, queue: CellQueue
) -> Work[Summary]:
    """Work at the cells, beside others who may do so too, until each is finished or given up.

    Parameters
    ----------
    place : GridPlace
        The grid's folder.
    runs : sequence of str
        The wanted cells, in order.
    job : CellJob
        What all have in common; the run is put in.
    engine : Engine
        Is closed in the end, also when the work is stopped.
    queue : CellQueue
        Who works at what.

    Raises
    ------
    EngineError
        The engine cannot work at all.
    """
    running: dict[Future[str], str] = {}
    lost = 0
    try:
        while True:
            states = {run: queue.state(run, finished=place.is_finished(run)) for run in runs}
            _tell_given_up(place, states, queue)
            free = [run for run in runs if states[run] is State.FREE and run not in running.values()]
            for run in free[: max(0, engine.capacity - len(running))]:
                running[engine.start(replace(job, run=run))] = run
            if not running and all(state in (State.DONE, State.FAILED) for state in states.values()):
                break
            yield _progress(states, set(running.values()))
            finished, _ = wait(running, timeout=_POLL_S, return_when=FIRST_COMPLETED) if running else _pause()
            for future in finished:
                running.pop(future)
                lost = _judge(future.result(), lost, place.path)
    finally:
        engine.close()
    return _summary(place, runs, queue)


def _pause() -> tuple[set[Future[str]], set[Future[str]]]:
    """Others work at what is left: look again soon."""
    Event().wait(_POLL_S)
    return set(), set()


def _progress(states: dict[str, State], ours: set[str]) -> Progress:
    counts = Counter(State.RUNNING if run in ours else state for run, state in states.items())
    over = counts[State.DONE] + counts[State.FAILED]
    told = [f"{counts[state]} {state.value}" for state in (State.DONE, State.RUNNING, State.FAILED) if counts[state]]
    return Progress(over, len(states), f"cells: {', '.join(told) or 'starting'}")


def _tell_given_up(place: GridPlace, states: dict[str, State], queue: CellQueue) -> None:
    """Leave the reason for the tables, and take it back when the cell was finished after all."""
    for run, state in states.items():
        note = place.given_up(run)
        if state is State.FAILED and not note.is_file():
            failures = queue.failures(run)
            atomic.write_json(note, {"run": run, "reason": failures[-1].message, "attempts": len(failures)})
        elif state is State.DONE and note.is_file():
            with contextlib.suppress(OSError):
                note.unlink()


def _summary(place: GridPlace, runs: Sequence[str], queue: CellQueue) -> Summary:
    done = tuple(run for run in runs if place.is_finished(run))
    failed = [(run, queue.failures(run)) for run in runs if run not in done]
    return Summary(done, tuple((run, ends[-1].message if ends else "not finished") for run, ends in failed))


def _judge(outcome: str, lost: int, folder: Path) -> int:
    """How many processes were lost in a row; stops the work when the engine cannot work at all."""
    if outcome == UNSEEN:
        raise EngineError(
            f"{folder} is not visible on a machine of the cluster; put the grid, the data and the cache into folders "
            "that all machines share under the same path.",
            thing=folder,
        )
    lost = lost + 1 if outcome == LOST else 0
    if lost >= _MOST_LOST:
        raise EngineError(
            f"{lost} tasks in a row were lost with their machines; look at the cluster, then start the same command "
            "again: what is finished is kept."
        )
    return lost
