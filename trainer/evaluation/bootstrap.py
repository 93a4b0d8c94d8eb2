"""Intervals by resampling patients: slices of a patient are no independent witnesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its interval."""

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float | None]:
        """The JSON form; what is not a number is null."""
        named = {"value": self.value, "low": self.low, "high": self.high}
        return {name: round(number, 6) if np.isfinite(number) else None for name, number in named.items()}


def over_patients(
    figure: Callable[[Index], float], patients: int, *, resamples: int, confidence: float, seed: int = 0
) -> Interval:
    """Percentile interval of a figure over resampled patients.

    Parameters
    ----------
    figure : callable
        The figure of a sample of patients, given as positions with repetition.
    patients : int
        How many there are.
    resamples : int
        Samples drawn; those in which the figure is not defined (one class alone) are left out.
    confidence : float
        E.g. 0.95.
    """
    chance = np.random.default_rng(seed)
    drawn = np.array([figure(chance.integers(0, patients, patients)) for _ in range(resamples)], dtype=np.float64)
    drawn = drawn[np.isfinite(drawn)]
    value = figure(np.arange(patients))
    if drawn.size == 0:
        return Interval(value, float("nan"), float("nan"))
    tail = (1 - confidence) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return Interval(value, float(low), float(high))


def rows_of_patients(patient: Index, patients: int) -> Callable[[Index], Index]:
    """A function from sampled patients to the rows of all their slices, patients drawn twice taken twice."""
    order = np.argsort(patient, kind="stable")
    counts = np.bincount(patient, minlength=patients)
    starts = np.cumsum(counts) - counts

    def rows(sample: Index) -> Index:
        lengths = counts[sample]
        ends = np.cumsum(lengths)
        within = np.arange(int(ends[-1])) - np.repeat(ends - lengths, lengths)
        found: Index = order[np.repeat(starts[sample], lengths) + within]
        return found

    return rows
