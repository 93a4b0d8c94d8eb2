"""A lane runs one job at a time in its own thread, and nothing of an older request is ever told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import LeukoError, NothingReadableError
from leukoviewer.jobs.lane import Lane

WAIT_MS = 5000


@pytest.fixture
def lane(qtbot: QtBot) -> Generator[Lane, None, None]:
    lane = Lane("test")
    yield lane
    lane.close()


class Log:
    """Everything a lane told, in order."""

    def __init__(self, lane: Lane) -> None:
        self.events: list[tuple[str, int, object]] = []
        lane.started.connect(lambda g: self.events.append(("started", g, None)))
        lane.progressed.connect(lambda g, p: self.events.append(("progressed", g, p)))
        lane.part.connect(lambda g, p: self.events.append(("part", g, p)))
        lane.finished.connect(lambda g, r: self.events.append(("finished", g, r)))
        lane.failed.connect(lambda g, e: self.events.append(("failed", g, e)))
        lane.canceled.connect(lambda g: self.events.append(("canceled", g, None)))

    def of(self, name: str) -> list[object]:
        return [value for event, _, value in self.events if event == name]


def count(to: int, *, parts: bool = False) -> Work[int]:
    for i in range(to):
        yield Progress(i, to, part=i if parts else None)
    return to


def gated(gate: threading.Event, inside: threading.Event, log: list[str], name: str) -> Work[str]:
    """Work that waits at a gate, and says when it is freed."""
    try:
        yield Progress(0, 2)
        inside.set()
        gate.wait(10)
        yield Progress(1, 2, part=name)
        yield Progress(2, 2)
        return name
    finally:
        log.append(name)


def test_a_result_arrives_in_the_windows_thread(qtbot: QtBot, lane: Lane) -> None:
    threads: list[bool] = []
    lane.finished.connect(lambda *_: threads.append(QThread.currentThread() is lane.thread()))
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as blocker:
        generation = lane.start(count(3))
        assert lane.is_busy
    assert blocker.args == [generation, 3]
    assert threads == [True]
    assert not lane.is_busy


def test_the_work_runs_outside_the_windows_thread(qtbot: QtBot, lane: Lane) -> None:
    def where() -> Work[str]:
        yield Progress(0, 0)
        return threading.current_thread().name

    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as blocker:
        lane.start(where())
    assert blocker.args is not None
    assert str(blocker.args[1]).startswith("lane-test")


def test_no_part_is_dropped_and_their_order_stays(qtbot: QtBot, lane: Lane) -> None:
    log = Log(lane)
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.start(count(500, parts=True))
    assert log.of("part") == list(range(500))


def test_progress_of_parts_is_thinned_and_its_last_step_is_told(qtbot: QtBot, lane: Lane) -> None:
    log = Log(lane)
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.start(count(500, parts=True))
    steps = log.of("progressed")
    assert len(steps) < 250
    assert steps[-1].done == 499


def test_progress_without_parts_is_thinned_and_its_last_step_is_told(qtbot: QtBot, lane: Lane) -> None:
    log = Log(lane)
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.start(count(20_000))
    steps = log.of("progressed")
    assert 0 < len(steps) < 2000
    assert steps[-1] == Progress(19_999, 20_000)


def test_a_new_start_supersedes_the_old_one_and_frees_it(qtbot: QtBot, lane: Lane) -> None:
    log, gate, inside, freed = Log(lane), threading.Event(), threading.Event(), list[str]()
    first = lane.start(gated(gate, inside, freed, "old"))
    assert inside.wait(10)
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as blocker:
        second = lane.start(count(2))
        gate.set()
    assert blocker.args == [second, 2]
    assert freed == ["old"]
    assert "old" not in log.of("part")
    assert not [event for event in log.events if event[1] == first and event[0] in {"finished", "canceled", "failed"}]


def test_an_answer_already_on_its_way_is_dropped_by_a_new_start(qtbot: QtBot, lane: Lane) -> None:
    log, done = Log(lane), threading.Event()

    def quick() -> Work[str]:
        try:
            yield Progress(1, 1, part="stale part")
            return "stale"
        finally:
            done.set()

    lane.start(quick())
    assert done.wait(10)  # its messages wait in the event queue now
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS) as blocker:
        lane.start(count(1))
    assert blocker.args is not None
    assert blocker.args[1] == 1
    assert log.of("part") == []
    assert log.of("finished") == [1]


def test_cancel_falls_between_two_steps_and_closes_the_generator(qtbot: QtBot, lane: Lane) -> None:
    log, gate, inside, freed = Log(lane), threading.Event(), threading.Event(), list[str]()
    generation = lane.start(gated(gate, inside, freed, "stopped"))
    assert inside.wait(10)
    with qtbot.waitSignal(lane.canceled, timeout=WAIT_MS) as blocker:
        lane.cancel()
        gate.set()
    assert blocker.args == [generation]
    assert freed == ["stopped"]
    assert log.of("finished") == []


def test_a_result_that_meets_a_cancel_is_not_told(qtbot: QtBot, lane: Lane) -> None:
    log, done = Log(lane), threading.Event()

    def quick() -> Work[int]:
        try:
            yield Progress(0, 1)
            return 1
        finally:
            done.set()

    lane.start(quick())
    assert done.wait(10)
    with qtbot.waitSignal(lane.canceled, timeout=WAIT_MS):
        lane.cancel()
    assert log.of("finished") == []


def test_supersede_forgets_at_once(qtbot: QtBot, lane: Lane) -> None:
    log, gate, inside, freed = Log(lane), threading.Event(), threading.Event(), list[str]()
    lane.start(gated(gate, inside, freed, "gone"))
    assert inside.wait(10)
    lane.supersede()
    assert not lane.is_busy
    gate.set()
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.start(count(1))
    assert log.of("part") == []
    assert freed == ["gone"]


def _refuses() -> Work[None]:
    yield Progress(0, 1)
    raise NothingReadableError("No image was found in this folder; choose another.")


def _breaks() -> Work[None]:
    yield Progress(0, 1)
    raise KeyError("Doe^Jane")


def _fills_memory() -> Work[None]:
    yield Progress(0, 1)
    raise MemoryError


@pytest.mark.parametrize(
    ("work", "kind", "words"),
    [
        pytest.param(_refuses, NothingReadableError, "No image was found", id="own error"),
        pytest.param(_breaks, LeukoError, "KeyError at test_lane.py", id="foreign error"),
        pytest.param(_fills_memory, LeukoError, "memory", id="memory"),
    ],
)
def test_a_fault_is_told_as_a_sentence(
    qtbot: QtBot, lane: Lane, work: Callable[[], Work[None]], kind: type, words: str
) -> None:
    with qtbot.waitSignal(lane.failed, timeout=WAIT_MS) as blocker:
        lane.start(work())
    assert blocker.args is not None
    error = blocker.args[1]
    assert type(error) is kind
    assert words in str(error)


def test_a_foreign_fault_tells_its_kind_and_place_but_never_its_text(
    qtbot: QtBot, lane: Lane, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(lane.failed, timeout=WAIT_MS) as blocker:
        lane.start(_breaks())
    assert blocker.args is not None
    assert "KeyError at test_lane.py" in caplog.text
    assert "Doe" not in caplog.text + str(blocker.args[1])


def test_the_lane_works_on_after_a_fault(qtbot: QtBot, lane: Lane) -> None:
    with qtbot.waitSignal(lane.failed, timeout=WAIT_MS):
        lane.start(_refuses())
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.start(count(2))


def test_busy_is_told_once_at_the_start_and_once_at_the_end(qtbot: QtBot, lane: Lane) -> None:
    states: list[bool] = []
    lane.busy_changed.connect(states.append)
    with qtbot.waitSignal(lane.finished, timeout=WAIT_MS):
        lane.start(count(5))
    assert states == [True, False]


def test_close_frees_the_work_and_ends_the_thread(qtbot: QtBot) -> None:
    lane, gate, inside, freed = Lane("closing"), threading.Event(), threading.Event(), list[str]()
    log = Log(lane)
    lane.start(gated(gate, inside, freed, "closed"))
    assert inside.wait(10)
    gate.set()
    lane.close()
    assert freed == ["closed"]
    assert not [t for t in threading.enumerate() if t.name.startswith("lane-closing")]
    qtbot.wait(0)
    assert log.of("finished") == []
    with pytest.raises(RuntimeError, match="closed"):
        lane.start(count(1))


def test_a_slot_may_start_the_next_job(qtbot: QtBot, lane: Lane) -> None:
    results: list[object] = []

    def again(_: int, result: object) -> None:
        results.append(result)
        if len(results) < 3:
            lane.start(count(len(results) + 10))

    lane.finished.connect(again)
    lane.start(count(1))
    qtbot.waitUntil(lambda: len(results) == 3, timeout=WAIT_MS)
    assert results == [1, 11, 12]


def test_the_first_part_is_on_the_screen_before_the_work_goes_on(
    qtbot: QtBot, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A widget that shows it is painted meanwhile; later parts are not waited for."""
    monkeypatch.setattr("leukoviewer.jobs.lane._SHOW_WITHIN_S", 10.0)
    order: list[str] = []

    class Shown(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            order.append("painted")

    def work() -> Work[None]:
        yield Progress(0, 2, part="first")
        order.append("goes on")
        yield Progress(1, 2, part="second")
        order.append("ends")

    widget = Shown()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    lane.part.connect(lambda _generation, _part: widget.update())
    order.clear()
    with qtbot.waitSignal(lane.finished, timeout=10_000):
        lane.start(work())
    assert order[:2] == ["painted", "goes on"]


def test_a_window_that_is_busy_holds_the_work_up_for_a_moment_only(qtbot: QtBot, lane: Lane) -> None:
    ended = threading.Event()

    def work() -> Work[None]:
        yield Progress(0, 1, part="first")
        ended.set()

    lane.start(work())
    # This thread is the window's, and it does nothing but wait.
    assert ended.wait(10)
    qtbot.waitUntil(lambda: not lane.is_busy)
