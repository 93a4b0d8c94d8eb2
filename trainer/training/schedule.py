"""What changes during a run: learning rate and the size at which slices are shown, as functions of progress 0..1."""

from __future__ import annotations

import math
import time

from trainer.experiments.config import OptimizeConfig


def rate_factor(progress: float, config: OptimizeConfig) -> float:
    """The share of the learning rate at a point of the run: linear warm-up, then constant or half a cosine."""
    if config.warmup > 0 and progress < config.warmup:
        return max(progress / config.warmup, 1e-3)
    if config.schedule == "constant":
        return 1.0
    along = (progress - config.warmup) / (1 - config.warmup)
    wave = 0.5 * (1 + math.cos(math.pi * min(along, 1.0)))
    return config.final_factor + (1 - config.final_factor) * wave


def shown_size(progress: float, config: OptimizeConfig, full_px: int) -> int:
    """Side in px at which slices are shown at a point of the run; never above the recipe's."""
    size = full_px
    for start, side in sorted(config.sizes):
        if progress >= start:
            size = int(side)
    return min(size, full_px)


class Clock:
    """Progress of a run by steps, or by the time spent training when there is a budget.

    Time of earlier parts of a resumed run counts; time spent validating does too, since the user waits for it.
    """

    def __init__(self, config: OptimizeConfig) -> None:
        self._budget_s = config.budget_minutes * 60
        self._before_s = 0.0
        self._since: float | None = None

    def start(self) -> None:
        """Begin to count."""
        self._since = time.monotonic()

    @property
    def spent_s(self) -> float:
        """Seconds so far."""
        return self._before_s + (0.0 if self._since is None else time.monotonic() - self._since)

    @spent_s.setter
    def spent_s(self, seconds: float) -> None:
        self._before_s = seconds

    def progress(self, step: int, steps: int) -> float:
        """0 at the start, 1 at the end of the run."""
        by_step = step / max(steps, 1)
        by_time = self.spent_s / self._budget_s if self._budget_s > 0 else 0.0
        return min(1.0, by_time if self._budget_s > 0 else by_step)
