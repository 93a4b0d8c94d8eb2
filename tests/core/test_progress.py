"""Long work told by generators."""

from __future__ import annotations

import pytest

from leukoviewer.core.progress import Progress, Work, finish


def _count(total: int, closed: list[int]) -> Work[str]:
    done = 0
    try:
        for done in range(1, total + 1):
            yield Progress(done, total, "counting")
    finally:
        closed.append(done)
    return f"counted to {total}"


@pytest.mark.parametrize(
    ("done", "total", "fraction"), [(0, 0, None), (3, 0, None), (0, 4, 0.0), (1, 4, 0.25), (4, 4, 1.0)]
)
def test_the_fraction_is_known_when_the_total_is(done: int, total: int, fraction: float | None) -> None:
    assert Progress(done, total).fraction == fraction


@pytest.mark.parametrize(("done", "total"), [(-1, 3), (0, -1), (4, 3)])
def test_impossible_progress_is_refused(done: int, total: int) -> None:
    with pytest.raises(ValueError, match="impossible"):
        Progress(done, total)


def test_finishing_gives_the_result_and_tells_every_step() -> None:
    closed: list[int] = []
    seen: list[float | None] = []
    assert finish(_count(3, closed), on_progress=lambda step: seen.append(step.fraction)) == "counted to 3"
    assert seen == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]
    assert closed == [3]


def test_finishing_needs_no_listener() -> None:
    assert finish(_count(2, [])) == "counted to 2"


def test_closing_stops_between_two_steps_and_frees_what_is_held() -> None:
    closed: list[int] = []
    work = _count(10, closed)
    next(work)
    next(work)
    work.close()
    assert closed == [2]


def test_an_error_of_the_work_comes_through() -> None:
    def broken() -> Work[None]:
        yield Progress(0, 1)
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        finish(broken())


def test_an_error_of_the_listener_ends_the_work() -> None:
    closed: list[int] = []
    work = _count(3, closed)

    def listen(_step: Progress) -> None:
        raise RuntimeError("window closed")

    with pytest.raises(RuntimeError, match="window closed"):
        finish(work, on_progress=listen)
    work.close()
    assert closed == [1]
