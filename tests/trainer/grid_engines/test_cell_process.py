"""The process of one cell."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest

from tests.trainer.grid_engines.fake_cells import job, order
from trainer.experiments.cell_queue import State
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines import cell_process
from trainer.grid_engines.cell_process import CellJob, run_cell

RUN = "resnet50-leuko-a-s00"


def test_the_line_is_the_trainers_own_command_in_this_python() -> None:
    line = CellJob("grid", "run", "data", "cache").line
    assert line == [
        *(sys.executable, "-m", "trainer", "cell", "grid", "run"),
        *("--data", "data", "--cache", "cache", "--watch-stdin"),
    ]


def test_a_cell_that_ends_well_is_done_with_the_threads_it_was_given(place: GridPlace) -> None:
    assert run_cell(replace(job(place, RUN), threads=3)) == "done"
    assert place.run(RUN).metrics.read_text() == "3"
    assert place.queue().seconds(RUN) == 1.0


def test_a_cell_in_other_hands_is_left_to_them(place: GridPlace) -> None:
    assert place.queue().claim(RUN) is not None
    assert run_cell(job(place, RUN)) == "taken"
    assert place.queue().ending(RUN, 1) is None


def test_the_sentence_of_a_failed_cell_is_kept_and_its_log_too(place: GridPlace) -> None:
    order(place, RUN, "fail")
    assert run_cell(job(place, RUN)) == "failed"
    (ending,) = place.queue().failures(RUN)
    assert (ending.message, ending.carry_on) == ("The loss is no number.", False)
    assert "The loss is no number." in place.log(RUN).read_text()


def test_a_killed_cell_failed_and_may_be_carried_on(place: GridPlace) -> None:
    order(place, RUN, "crash")
    assert run_cell(job(place, RUN)) == "failed"
    (ending,) = place.queue().failures(RUN)
    assert "signal 9" in ending.message
    assert ending.carry_on


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit(7)", "code 7 (it left no word)"),
        ("raise RuntimeError('odd')", "code 1 (RuntimeError: odd)"),
    ],
)
def test_a_process_that_dies_before_it_takes_the_cell_counts_as_a_failure(
    script: str, said: str, place: GridPlace
) -> None:
    assert run_cell(replace(job(place, RUN), command=(sys.executable, "-c", script))) == "failed"
    (ending,) = place.queue().failures(RUN)
    assert said in ending.message


def test_a_cell_that_somebody_took_while_our_process_died_is_left_to_them(
    place: GridPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = cell_process._wait

    def taken_meanwhile(process, stop):
        assert place.queue().claim(RUN) is not None
        return wait(process, stop)

    monkeypatch.setattr(cell_process, "_wait", taken_meanwhile)
    run_cell(replace(job(place, RUN), command=(sys.executable, "-c", "raise SystemExit(1)")))
    queue = place.queue()
    assert (queue.latest(RUN), queue.ending(RUN, 1)) == (1, None)
    assert queue.state(RUN) is State.RUNNING


def test_a_cell_that_is_told_to_stop_stops_and_is_free_again(place: GridPlace) -> None:
    order(place, RUN, "hang")
    stop, ended = threading.Event(), list[str]()
    thread = threading.Thread(target=lambda: ended.append(run_cell(job(place, RUN), stop)))
    thread.start()
    queue = place.queue()
    while queue.state(RUN) is not State.RUNNING:
        assert thread.is_alive()
        threading.Event().wait(0.02)
    stop.set()
    thread.join(60)
    assert ended == ["stopped"]
    assert queue.state(RUN) is State.FREE
    assert queue.failures(RUN) == []
