"""A figure of the report: what was found, what it should be, who says so, and the verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

INSIDE, OUTSIDE, SHOWN = "inside", "outside", "shown"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    Attributes
    ----------
    key, group, title : str
        Short name for the JSON, section of the page, name for a reader.
    found : str
        The value in words, with its spread.
    numbers : mapping
        The value as numbers; what is not finite is None.
    allowed, source : str
        The stated range and where it comes from; both empty for what is only shown.
    verdict : str
        `INSIDE`, `OUTSIDE` or `SHOWN` (no range is stated, or nothing could be measured).
    reason : str
        Why it lies outside or is only shown.
    real : str
        The same measure on the real scan.
    """

    key: str
    group: str
    title: str
    found: str
    numbers: Mapping[str, float | None] = field(default_factory=dict)
    allowed: str = ""
    source: str = ""
    verdict: str = SHOWN
    reason: str = ""
    real: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in (INSIDE, OUTSIDE, SHOWN):
            raise ValueError(f"there is no verdict {self.verdict!r}")
        if self.verdict != INSIDE and not self.reason:
            raise ValueError(f"{self.key}: what is not inside its range has a reason")

    def to_json(self) -> dict[str, object]:
        """The JSON form."""
        texts = ("key", "group", "title", "found", "allowed", "source", "verdict", "reason", "real")
        return {**{name: getattr(self, name) for name in texts}, "numbers": dict(self.numbers)}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a figure should be.

    Attributes
    ----------
    key, group, title, unit : str
        As in `Figure`; the unit follows numbers.
    low, high : float
        The stated range, both included.
    source : str
        Who states it.
    digits : int
        Decimals shown.
    why_outside : str
        What is known about a figure that lies outside.
    """

    key: str
    group: str
    title: str
    unit: str
    low: float
    high: float
    source: str
    digits: int = 1
    why_outside: str = ""

    @property
    def allowed(self) -> str:
        """The range in words."""
        if math.isinf(self.low):
            return f"at most {self._text(self.high)}"
        if math.isinf(self.high):
            return f"at least {self._text(self.low)}"
        return f"{self.low:.{self.digits}f} to {self._text(self.high)}"

    def judge(self, value: float, *, spread: str = "", real: float | None = None, count: int | None = None) -> Figure:
        """Return the figure of a value, with a spread in words and the real scan's value."""
        of = f" (n={count})" if count is not None else ""
        numbers = {"value": finite(value), "low": finite(self.low), "high": finite(self.high), "real": finite(real)}
        shown = "not on hand" if real is None else (self._text(real) if math.isfinite(real) else "cannot be measured")
        verdict, reason = INSIDE, ""
        if not math.isfinite(value):
            verdict, reason = SHOWN, "none of the sampled patients allows this measure"
        elif not self.low <= value <= self.high:
            where = "below" if value < self.low else "above"
            verdict, reason = OUTSIDE, f"{where} the range; {self.why_outside or 'no reason is known: to be mended'}"
        found = f"{self._text(value)}{spread}{of}" if math.isfinite(value) else "cannot be measured"
        return Figure(
            self.key, self.group, self.title, found, numbers, self.allowed, self.source, verdict, reason,
            "" if real is None else shown,
        )  # fmt: skip

    def judge_median(self, values: Values, *, real: float | None = None) -> Figure:
        """Return the figure of the median of what could be measured, with the middle 90 % beside it."""
        held = values[np.isfinite(values)]
        if not held.size:
            return self.judge(math.nan, real=real, count=0)
        low, high = np.quantile(held, (0.05, 0.95))
        spread = f" (5-95 %: {low:.{self.digits}f} to {high:.{self.digits}f})"
        return self.judge(float(np.median(held)), spread=spread, real=real, count=held.size)

    def judge_share(self, hits: int, total: int) -> Figure:
        """Return the figure of a share: inside when its interval of three standard errors meets the range."""
        if total == 0:
            return self.judge(math.nan, count=0)
        # Three, not two: among forty shares two would lie outside of theirs by chance alone.
        low, high = wilson(hits, total, z=3.0)
        nearest = min(max(hits / total, self.low), self.high)
        meets = low <= nearest <= high
        figure = self.judge(nearest if meets else hits / total, count=total)
        found = f"{hits / total:.{self.digits}f} ({low:.{self.digits}f} to {high:.{self.digits}f}), {hits} of {total}"
        numbers = {**figure.numbers, "value": finite(hits / total), "interval_low": low, "interval_high": high}
        return Figure(
            self.key, self.group, self.title, found, numbers, self.allowed, self.source, figure.verdict, figure.reason
        )

    def _text(self, value: float) -> str:
        return f"{value:.{self.digits}f}{' ' + self.unit if self.unit else ''}"


def finite(value: float | None) -> float | None:
    """The number rounded for the JSON, None where there is none."""
    return round(float(value), 5) if value is not None and math.isfinite(value) else None


def wilson(hits: int, total: int, *, z: float = 1.96) -> tuple[float, float]:
    """Interval of a share, `z` standard errors to each side (Wilson 1927)."""
    share = hits / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * math.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return round(max(0.0, middle - half), 5), round(min(1.0, middle + half), 5)


def column(values: Sequence[float]) -> Values:
    """Numbers as an array."""
    return np.asarray(values, dtype=np.float64)
