"""One run of a generator: to its end, to a stop, to a fault; always closed in the thread that ran it."""

from __future__ import annotations

import pytest

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import Canceled, LeukoError, RefusedError
from leukoviewer.jobs.job import Job, unexpected


class Counted:
    """Work that notes how far it came and whether it was closed."""

    def __init__(self, steps: int, *, error: BaseException | None = None) -> None:
        self.done = 0
        self.is_closed = False
        self._steps = steps
        self._error = error

    def work(self) -> Work[str]:
        try:
            while self.done < self._steps:
                self.done += 1
                yield Progress(self.done, self._steps)
            if self._error is not None:
                raise self._error
            return "result"
        finally:
            self.is_closed = True


def test_work_runs_to_its_end_and_tells_every_step() -> None:
    counted, told = Counted(4), list[Progress]()
    outcome = Job(counted.work(), 1).run(told.append)
    assert (outcome.result, outcome.error) == ("result", None)
    assert [step.done for step in told] == [1, 2, 3, 4]
    assert counted.is_closed


def test_a_stop_before_the_start_runs_no_step() -> None:
    counted = Counted(4)
    job = Job(counted.work(), 1)
    job.cancel()
    outcome = job.run(lambda _: None)
    assert isinstance(outcome.error, Canceled)
    assert counted.done == 0


@pytest.mark.parametrize("at", [1, 3, 4])
def test_a_stop_between_two_steps_goes_no_further_and_closes(at: int) -> None:
    counted = Counted(4)
    job = Job(counted.work(), 1)
    outcome = job.run(lambda step: job.cancel() if step.done == at else None)
    assert isinstance(outcome.error, Canceled)
    assert outcome.result is None
    assert counted.done == at
    assert counted.is_closed


def test_a_step_that_was_under_way_when_the_stop_came_is_not_told() -> None:
    told = list[Progress]()

    def work() -> Work[None]:
        yield Progress(1, 2)
        job.cancel()
        yield Progress(2, 2)

    job = Job(work(), 1)
    assert isinstance(job.run(told.append).error, Canceled)
    assert told == [Progress(1, 2)]


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (RefusedError("No brain; choose another series."), RefusedError, "No brain"),
        (MemoryError(), LeukoError, "memory"),
        (ValueError("Doe^Jane"), LeukoError, "ValueError at test_job.py"),
    ],
)
def test_a_fault_becomes_a_sentence(error: BaseException, kind: type[LeukoError], words: str) -> None:
    counted = Counted(2, error=error)
    outcome = Job(counted.work(), 1).run(lambda _: None)
    assert type(outcome.error) is kind
    assert words in str(outcome.error)
    assert "Doe" not in str(outcome.error)
    assert counted.is_closed


def test_a_keyboard_interrupt_is_not_swallowed() -> None:
    counted = Counted(1, error=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        Job(counted.work(), 1).run(lambda _: None)
    assert counted.is_closed


def test_a_fault_without_a_traceback_has_a_sentence_too() -> None:
    assert "unknown place" in str(unexpected(ValueError("x")))


@pytest.mark.parametrize("file", [r"C:\Users\doe\viewer\place.py", "/home/doe/viewer/place.py"])
def test_the_place_of_a_fault_names_no_folder(file: str, caplog: pytest.LogCaptureFixture) -> None:
    def work() -> Work[None]:
        yield Progress(0, 1)
        exec(compile("raise ValueError('x')", file, "exec"))  # a frame with a name of another system

    told = str(Job(work(), 1).run(lambda _: None).error)
    assert "at place.py:1" in told
    assert "doe" not in told + caplog.text
