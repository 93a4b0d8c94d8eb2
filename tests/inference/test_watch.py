from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from leukoviewer.core.progress import Progress, finish
from leukoviewer.inference import watch
from leukoviewer.inference.watch import watched

STEP = Progress(1, 3, "working")


def test_a_call_gives_its_result() -> None:
    assert finish(watched(lambda: 41 + 1, pytest.fail, STEP)) == 42


def test_its_errors_are_passed_on() -> None:
    def fail() -> None:
        raise TimeoutError("the call's own")

    with pytest.raises(TimeoutError, match="the call's own"):
        finish(watched(fail, lambda: None, STEP))


def test_a_call_that_ends_just_as_the_waiting_does_gives_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    class LateFuture(Future[int]):
        """Comes to its end in the moment between running out of patience and asking whether it is done."""

        def result(self, timeout: float | None = None) -> int:
            if self.done():
                return super().result(timeout)
            self.set_result(42)
            raise TimeoutError

    class Pool(ThreadPoolExecutor):
        def submit(self, *_: object, **__: object) -> LateFuture:  # type: ignore[override]
            return future

    future = LateFuture()
    monkeypatch.setattr(watch, "ThreadPoolExecutor", Pool)
    work = watched(lambda: 0, pytest.fail, STEP)
    assert next(work) == STEP
    future.set_result(42)
    assert finish(work) == 42


def test_it_tells_that_it_is_alive_while_the_call_runs() -> None:
    goes_on = threading.Event()
    work = watched(lambda: goes_on.wait(20), pytest.fail, STEP)
    assert next(work) == STEP
    assert next(work) == STEP
    goes_on.set()
    assert finish(work) is True


def test_closing_stops_the_call_and_waits_for_its_end() -> None:
    stopped, ended = threading.Event(), threading.Event()

    def call() -> None:
        stopped.wait(20)
        ended.set()

    work = watched(call, stopped.set, STEP)
    next(work)
    work.close()
    assert ended.is_set()
