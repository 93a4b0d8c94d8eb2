"""The queue of cells on disk."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from leukoviewer.errors import CannotWriteError
from trainer.experiments.cell_queue import CellQueue, Ending, Heart, State

RUNS = tuple(f"cell-{number}" for number in range(12))

# Takes whatever is free until nothing is, and says what it got.
TAKER = """
import sys
from pathlib import Path
from trainer.experiments.cell_queue import CellQueue, Ending
queue = CellQueue(Path(sys.argv[1]))
for run in sys.argv[2:]:
    claim = queue.claim(run)
    if claim is not None:
        print(run, flush=True)
        queue.end(run, claim.number, Ending("done"))
"""

# Takes one and dies in its hands.
DIER = """
import os, sys
from pathlib import Path
from trainer.experiments.cell_queue import CellQueue
CellQueue(Path(sys.argv[1])).claim(sys.argv[2])
os._exit(9)
"""


def _script(text: str, *words: str, root: Path) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.Popen([sys.executable, "-c", text, *words], stdout=subprocess.PIPE, text=True, env=env)


def test_a_cell_is_free_then_running_then_done(tmp_path: Path) -> None:
    queue = CellQueue(tmp_path)
    assert queue.state("a") is State.FREE
    claim = queue.claim("a")
    assert claim is not None
    assert (claim.number, queue.state("a"), queue.state("b")) == (1, State.RUNNING, State.FREE)
    queue.end("a", claim.number, Ending("done", seconds=12.5))
    assert queue.state("a", finished=True) is State.DONE
    assert queue.seconds("a") == 12.5
    assert queue.seconds("b") is None


def test_a_taken_cell_cannot_be_taken_again_while_its_owner_lives(tmp_path: Path) -> None:
    assert CellQueue(tmp_path).claim("a") is not None
    assert CellQueue(tmp_path).claim("a") is None


def test_who_took_a_cell_is_told_by_its_process_also_through_another_one(tmp_path: Path, repository: Path) -> None:
    queue = CellQueue(tmp_path)
    dier = _script(DIER, str(tmp_path), "a", root=repository)
    dier.communicate(timeout=100)
    through = "import subprocess, sys; subprocess.call([sys.executable, '-c', *sys.argv[1:]])"
    launcher = _script(through, DIER, str(tmp_path), "a", root=repository)
    launcher.communicate(timeout=100)
    assert queue.claim("a") is not None
    assert queue.latest("a") == 3
    assert [queue.taken_by("a", pid) for pid in (dier.pid, launcher.pid, os.getpid())] == [1, 2, 3]
    assert queue.taken_by("a", dier.pid, since=1) is None
    assert queue.taken_by("b", dier.pid) is None


def test_a_cell_that_another_machine_took_is_nobodys_here(tmp_path: Path) -> None:
    claim = CellQueue(tmp_path).claim("a")
    assert claim is not None
    held = json.loads(claim.path.read_text())
    claim.path.write_text(json.dumps({**held, "machine": "elsewhere"}))
    assert CellQueue(tmp_path).taken_by("a", os.getpid()) is None


def test_names_that_begin_alike_are_cells_of_their_own(tmp_path: Path) -> None:
    queue = CellQueue(tmp_path)
    assert queue.claim("resnet50-leuko-a-s01") is not None
    assert queue.claim("resnet50-leuko-a-s01.2") is not None
    assert queue.state("resnet50-leuko-a-s0") is State.FREE


def test_two_processes_never_take_the_same_cell(tmp_path: Path, repository: Path) -> None:
    takers = [_script(TAKER, str(tmp_path), *order, root=repository) for order in (RUNS, RUNS[::-1])]
    got = [taker.communicate(timeout=100)[0].split() for taker in takers]
    # A finished cell is taken again by whoever does not look for results; none is held by both at one moment.
    numbers = sorted(path.name for path in (tmp_path / "claims").iterdir())
    assert len(numbers) == sum(map(len, got)) == len({*numbers})
    assert {run for one in got for run in one} == set(RUNS)


def test_many_threads_at_one_cell_give_it_to_one(tmp_path: Path) -> None:
    got: list[object] = []
    barrier = threading.Barrier(8)

    def take() -> None:
        barrier.wait()
        got.append(CellQueue(tmp_path).claim("a"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(claim is not None for claim in got) == 1


def test_a_cell_whose_owner_died_is_free_at_once(tmp_path: Path, repository: Path) -> None:
    dying = _script(DIER, str(tmp_path), "a", root=repository)
    dying.communicate(timeout=100)
    assert dying.returncode == 9
    queue = CellQueue(tmp_path)
    assert queue.latest("a") == 1
    assert queue.state("a") is State.FREE
    claim = queue.claim("a")
    assert claim is not None
    assert claim.number == 2


def _of_another_machine(path: Path) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), "machine": "another", "pid": 1}))


def test_an_owner_elsewhere_counts_as_dead_when_its_heart_stands_still_while_we_watch(tmp_path: Path) -> None:
    claim = CellQueue(tmp_path).claim("a")
    assert claim is not None
    _of_another_machine(claim.path)
    os.utime(claim.path, (1, 1))  # its clock may be years behind ours
    queue = CellQueue(tmp_path, stale_s=0.0)
    assert queue.state("a") is State.RUNNING
    os.utime(claim.path, (2, 2))
    assert queue.state("a") is State.RUNNING
    assert queue.state("a") is State.FREE
    assert CellQueue(tmp_path, stale_s=1000.0).state("a") is State.RUNNING


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x", "machine": "here"}'])
def test_a_claim_that_cannot_be_read_is_judged_by_its_heart(content: str, tmp_path: Path) -> None:
    claim = CellQueue(tmp_path).claim("a")
    assert claim is not None
    claim.path.write_text(content)
    queue = CellQueue(tmp_path, stale_s=0.0)
    assert [queue.state("a"), queue.state("a")] == [State.RUNNING, State.FREE]


def test_the_heart_beats_and_tells_its_owner_when_somebody_has_passed_it_over(tmp_path: Path) -> None:
    queue = CellQueue(tmp_path)
    claim = queue.claim("a")
    assert claim is not None
    os.utime(claim.path, (1, 1))
    lost = threading.Event()
    with Heart(queue, claim, on_loss=lost.set, beat_s=0.02):
        while claim.path.stat().st_mtime < 2:
            assert not lost.wait(0.02)
        (tmp_path / "claims" / "a.002.json").write_text("{}")
        assert lost.wait(30)
    assert not queue.holds(claim)


def test_a_cell_is_given_up_after_its_attempts_and_may_be_forgiven(tmp_path: Path) -> None:
    queue = CellQueue(tmp_path, attempts=2)
    for number in (1, 2):
        assert queue.state("a") is State.FREE
        assert queue.claim("a") is not None
        queue.end("a", number, Ending("failed", f"reason {number}"))
    assert queue.state("a") is State.FAILED
    assert [ending.message for ending in queue.failures("a")] == ["reason 1", "reason 2"]
    queue.forgive("a")
    assert queue.state("a") is State.FREE
    assert CellQueue(tmp_path, attempts=2).state("a") is State.FAILED
    assert CellQueue(tmp_path, attempts=3).state("a") is State.FREE


def test_stopping_is_no_failure(tmp_path: Path) -> None:
    queue = CellQueue(tmp_path, attempts=1)
    for number in (1, 2, 3):
        assert queue.claim("a") is not None
        queue.end("a", number, Ending("stopped"))
    assert queue.state("a") is State.FREE
    assert queue.failures("a") == []


def test_the_first_note_on_an_ending_stays(tmp_path: Path) -> None:
    queue = CellQueue(tmp_path)
    queue.claim("a")
    queue.end("a", 1, Ending("failed", "the cell's own word", 3.0, carry_on=False))
    queue.end("a", 1, Ending("failed", "what others guess"))
    assert queue.ending("a", 1) == Ending("failed", "the cell's own word", 3.0, carry_on=False)
    assert queue.ending("a", 2) is None


def test_a_full_disk_is_one_sentence_and_leaves_no_claim_that_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A disk that takes the name of a file, and no content.
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def opened(path: Path, *_args: object, **_options: object) -> Full:
        path.touch()
        return Full()

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        with pytest.raises(CannotWriteError, match=r"No space left on device.*free some space"):
            CellQueue(tmp_path).claim("a")
    assert list((tmp_path / "claims").iterdir()) == []
    assert CellQueue(tmp_path).claim("a") is not None
