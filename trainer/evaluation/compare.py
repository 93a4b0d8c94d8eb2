"""Holds cells against each other: paired bootstrap over the patients that both scored, corrected for their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.metrics import Labels, Scores, auc

Place = tuple[str, str]
Floats = NDArray[np.float64]
# With 30 comparisons the smallest possible corrected p is 30 * 2 / 10,001 = 0.006.
RESAMPLES = 10_000
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class PatientScores:
    """What one run says of each test patient.

    Attributes
    ----------
    labels : mapping of str to int
        By patient.
    scores : mapping of str to float
        By patient; higher is more suspicious.
    """

    labels: Mapping[str, int]
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cells that differ in one thing.

    Attributes
    ----------
    first, second : (str, str)
        Row and column of the cells.
    difference, low, high : float
        Patient AUC of the first less that of the second (means over their runs), with its interval over patients.
    p, p_corrected : float
        Two-sided, alone and after Holm's correction for all comparisons.
    """

    first: Place
    second: Place
    difference: float
    low: float
    high: float
    p: float
    p_corrected: float

    def to_json(self) -> dict[str, object]:
        """The JSON form."""
        numbers = {name: round(getattr(self, name), 6) for name in ("difference", "low", "high", "p", "p_corrected")}
        return {"first": list(self.first), "second": list(self.second), **numbers}


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All of them.

    Attributes
    ----------
    pairs : tuple of Comparison
        By row and column.
    patients : int
        Test patients that every compared run scored.
    reason : str
        Why nothing is compared; empty when something is.
    """

    pairs: tuple[Comparison, ...]
    patients: int
    reason: str = ""


def compare(
    cells: Mapping[Place, Sequence[PatientScores]],
    *,
    resamples: int = RESAMPLES,
    confidence: float = 0.95,
    seed: int = 0,
) -> Comparisons:
    """Compare every two cells that differ in preprocessing alone or in network alone.

    Parameters
    ----------
    cells : mapping of (row, column) to sequence of PatientScores
        Finished runs; cells without any are left out.
    resamples : int
        Draws of patients with replacement, the same for all cells.
    confidence : float
        Of the intervals.
    """
    held = {place: runs for place, runs in cells.items() if runs}
    pairs = [pair for pair in combinations(held, 2) if (pair[0][0] == pair[1][0]) != (pair[0][1] == pair[1][1])]
    if not pairs:
        return Comparisons((), 0, "Fewer than two cells that differ in one thing have finished.")
    ids, labels = _common([run for runs in held.values() for run in runs])
    if len(ids) == 0 or labels.min() == labels.max():
        return Comparisons((), len(ids), "The runs have too few test patients in common, of both classes.")
    draws = np.random.default_rng(seed).multinomial(len(ids), np.full(len(ids), 1 / len(ids)), resamples)
    sampled: dict[Place, Floats] = {}
    values: dict[Place, float] = {}
    for place, runs in held.items():
        scores = [np.array([run.scores[name] for name in ids]) for run in runs]
        values[place] = float(np.mean([auc(labels, each) for each in scores]))
        sampled[place] = np.mean([sampled_aucs(labels, each, draws) for each in scores], axis=0)
    found = [_judged(values[a] - values[b], sampled[a] - sampled[b], confidence) for a, b in pairs]
    corrected = holm([one[3] for one in found])
    return Comparisons(
        tuple(Comparison(a, b, *one, p) for (a, b), one, p in zip(pairs, found, corrected, strict=True)), len(ids)
    )


def sampled_aucs(labels: Labels, scores: Scores, draws: NDArray[np.int64]) -> Floats:
    """AUC of resampled patients, NaN where a class is absent.

    Parameters
    ----------
    labels, scores : array, shape (patients,)
        Of the patients.
    draws : array of int64, shape (samples, patients)
        How often each patient was drawn.
    """
    sick, well = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    above = scores[sick][:, None] - scores[well]
    wins = (above > 0) + 0.5 * (above == 0)
    found = [_weighted(wins, draws[at : at + _CHUNK], sick, well) for at in range(0, len(draws), _CHUNK)]
    return np.concatenate(found)


def holm(ps: Sequence[float]) -> list[float]:
    """Holm's step-down correction: each p that still bounds the chance of any false finding among all."""
    order = sorted(range(len(ps)), key=lambda index: ps[index])
    corrected, highest = [0.0] * len(ps), 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[index]))
        corrected[index] = highest
    return corrected


def _common(runs: Sequence[PatientScores]) -> tuple[list[str], Labels]:
    """The patients that every run scored, with one label."""
    shared = sorted(set.intersection(*(set(run.labels) for run in runs)))
    ids = [name for name in shared if len({run.labels[name] for run in runs}) == 1]
    return ids, np.array([runs[0].labels[name] for name in ids], dtype=np.int64)


def _weighted(wins: Floats, draws: NDArray[np.int64], sick: NDArray[np.int64], well: NDArray[np.int64]) -> Floats:
    of_sick, of_well = draws[:, sick].astype(np.float64), draws[:, well].astype(np.float64)
    pairs = of_sick.sum(axis=1) * of_well.sum(axis=1)
    won = ((of_sick @ wins) * of_well).sum(axis=1)
    share: Floats = np.divide(won, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)
    return share


def _judged(difference: float, drawn: Floats, confidence: float) -> tuple[float, float, float, float]:
    """Difference, interval and two-sided p; the share of draws on either side of 0, never 0 itself."""
    held = drawn[np.isfinite(drawn)]
    tail = (1 - confidence) / 2
    low, high = np.quantile(held, (tail, 1 - tail))
    # Sums of products differ in the last bit from zero where two cells rank alike.
    below, above = np.count_nonzero(held <= 1e-12), np.count_nonzero(held >= -1e-12)
    p = min(1.0, 2 * (1 + min(below, above)) / (len(held) + 1))
    return difference, float(low), float(high), p
