"""Rate and size by progress."""

from __future__ import annotations

import pytest

from trainer.experiments.config import OptimizeConfig
from trainer.training import schedule
from trainer.training.schedule import Clock, rate_factor, shown_size

COSINE = OptimizeConfig(schedule="cosine", warmup=0.1, final_factor=0.01)


@pytest.mark.parametrize(
    ("progress", "factor"), [(0.0, 0.001), (0.05, 0.5), (0.1, 1.0), (0.55, 0.505), (1.0, 0.01), (1.5, 0.01)]
)
def test_the_rate_warms_up_and_falls_as_half_a_cosine(progress: float, factor: float) -> None:
    assert rate_factor(progress, COSINE) == pytest.approx(factor, abs=1e-6)


def test_the_papers_rate_is_constant() -> None:
    assert {rate_factor(p / 10, OptimizeConfig()) for p in range(11)} == {1.0}


def test_slices_grow_by_stages_and_never_above_the_recipe() -> None:
    config = OptimizeConfig(sizes=((0.5, 128), (0.0, 96), (0.9, 512)))
    assert [shown_size(p, config, 256) for p in (0, 0.49, 0.5, 0.89, 0.9, 1)] == [96, 96, 128, 128, 256, 256]
    assert shown_size(0, OptimizeConfig(), 256) == 256


def test_without_a_budget_progress_follows_the_steps() -> None:
    clock = Clock(OptimizeConfig())
    assert [clock.progress(step, 200) for step in (0, 50, 200, 300)] == [0, 0.25, 1, 1]


def test_with_a_budget_progress_follows_the_clock_and_earlier_time_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(schedule.time, "monotonic", lambda: now[0])
    clock = Clock(OptimizeConfig(budget_minutes=1))
    assert clock.progress(10, 20) == 0
    clock.spent_s = 15
    clock.start()
    assert clock.progress(0, 20) == 0.25
    now[0] += 30
    assert clock.progress(0, 20) == 0.75
    assert clock.spent_s == 45
    now[0] += 60
    assert clock.progress(0, 20) == 1
