"""Working through a grid's queue: once each, retried, reported, shared, stopped and resumed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import EngineError
from tests.trainer.grid_engines.fake_cells import executions, job, order
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines.work import LOST, UNSEEN, LocalEngine, Summary, work_through

# A process of its own that works through the grid, as leuko-trainer grid does.
WORKER = """
import sys
from pathlib import Path
from leukoviewer.core.progress import finish
from tests.trainer.grid_engines.fake_cells import job
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines.work import LocalEngine, work_through
place = GridPlace(Path(sys.argv[1]))
runs = [cell.run for cell in place.read().cells]
steps = work_through(place, runs, job(place), LocalEngine(2), queue=place.queue())
finish(steps, on_progress=lambda step: print(step.done, flush=True))
"""


@pytest.fixture
def runs(grid) -> list[str]:
    return [cell.run for cell in grid.cells]


def _work(place: GridPlace, runs: list[str], *, attempts: int = 2, workers: int = 2) -> tuple[Summary, list[str]]:
    told: list[str] = []
    queue = place.queue(attempts=attempts)
    steps = work_through(place, runs, job(place), LocalEngine(workers), queue=queue)
    return finish(steps, on_progress=lambda step: told.append(step.message)), told


def _until(holds: Callable[[], bool]) -> None:
    """Wait for another process; the test's time-out ends a wait in vain."""
    pause = threading.Event()
    while not holds():
        pause.wait(0.01)


def test_every_cell_is_carried_out_once_and_a_second_start_finds_nothing_to_do(
    place: GridPlace, runs: list[str]
) -> None:
    summary, told = _work(place, runs)
    assert (set(summary.done), summary.failed) == (set(runs), ())
    assert executions(place) == sorted(runs)
    assert any("running" in line for line in told)
    assert _work(place, runs)[0] == summary
    assert executions(place) == sorted(runs)


def test_a_failed_cell_is_retried_and_one_that_fails_again_is_reported_without_stopping_the_rest(
    place: GridPlace, runs: list[str]
) -> None:
    order(place, runs[0], "fail")
    order(place, runs[1], "once")
    order(place, runs[2], "crash")
    summary, _ = _work(place, runs)
    assert summary.failed == ((runs[0], "The loss is no number."),)
    assert set(summary.done) == {*runs[1:]}
    counted = Counter(executions(place))
    assert [counted[run] for run in runs[:4]] == [2, 2, 2, 1]
    note = json.loads(place.given_up(runs[0]).read_text())
    assert note == {"run": runs[0], "reason": "The loss is no number.", "attempts": 2}
    # The cause is removed: what was given up is tried again when asked for, and the note goes.
    (place.path / "orders" / f"{runs[0]}.fail").unlink()
    assert _work(place, runs)[0].failed
    assert not _work(place, runs, attempts=3)[0].failed
    assert not place.given_up(runs[0]).exists()


def test_two_processes_share_a_grid_and_carry_out_each_cell_once(
    place: GridPlace, runs: list[str], repository: Path
) -> None:
    line = [sys.executable, "-c", WORKER, str(place.path)]
    both = [subprocess.Popen(line, cwd=repository, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=110) for process in both] == [0, 0]
    assert executions(place) == sorted(runs)
    assert all(place.is_finished(run) for run in runs)


def test_killed_in_the_middle_and_started_again_the_grid_ends_as_if_nothing_had_been(
    place: GridPlace, runs: list[str], repository: Path
) -> None:
    order(place, runs[2], "hang")
    order(place, runs[3], "hang")
    line = [sys.executable, "-c", WORKER, str(place.path)]
    with subprocess.Popen(line, cwd=repository, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        # Both its workers hang at the third and fourth cell.
        for said in process.stdout:
            if said.strip() == "2":
                break
        _until(lambda: not any((place.path / "orders" / f"{run}.hang").exists() for run in runs[2:4]))
        process.send_signal(signal.SIGKILL)
    summary, _ = _work(place, runs)
    assert (set(summary.done), summary.failed) == (set(runs), ())
    assert all(place.is_finished(run) for run in runs)
    counted = Counter(executions(place))
    assert all(counted[run] == 1 for run in (*runs[:2], *runs[4:]))
    assert all(counted[run] <= 2 for run in runs[2:4])


def test_closing_the_work_stops_the_cells_and_leaves_them_free(place: GridPlace, runs: list[str]) -> None:
    for run in runs:
        order(place, run, "hang")
    queue = place.queue()
    steps = work_through(place, runs, job(place), LocalEngine(2), queue=queue)
    for step in steps:
        if len(executions(place)) == 2:
            assert step.done == 0
            break
    steps.close()
    stopped = executions(place)
    assert all(queue.failures(run) == [] for run in runs)
    summary, _ = _work(place, [run for run in runs if run in stopped])
    assert set(summary.done) == set(stopped)


class _Engine:
    """One that answers without doing anything."""

    capacity = 1

    def __init__(self, outcome: str) -> None:
        self.outcome, self.closed = outcome, False

    def start(self, _job: object) -> Future[str]:
        future: Future[str] = Future()
        future.set_result(self.outcome)
        return future

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(("outcome", "said"), [(UNSEEN, "not visible"), (LOST, "lost with their machines")])
def test_a_cluster_that_cannot_work_is_told_in_a_sentence(
    outcome: str, said: str, place: GridPlace, runs: list[str]
) -> None:
    engine = _Engine(outcome)
    with pytest.raises(EngineError, match=said):
        finish(work_through(place, runs, job(place), engine, queue=place.queue()))
    assert engine.closed


def test_cells_share_the_gpus_one_each(place: GridPlace, runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr("trainer.grid_engines.work.run_cell", lambda job, _stop: seen.append(job.gpu) or "done")
    engine = LocalEngine(2, gpus=("4", "5"))
    futures = [engine.start(job(place, run)) for run in runs]
    assert [future.result() for future in futures] == ["done"] * len(runs)
    engine.close()
    assert set(seen) <= {"4", "5"}
