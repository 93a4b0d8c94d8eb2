"""The operating point: slice threshold and the paper's t, chosen on validation alone at a stated sensitivity.

Many pairs of the two reach the sensitivity, and the best of them on validation is often best by a patient or two. Where
its threshold lies in the crowd of slices that cannot show the disease (base and vertex of a head, all near one score),
the verdict then hangs on the last digit of those scores. So of all pairs that are not told from the best (in the spirit
of the one-standard-error rule of Breiman et al. 1984, section 3.4.3), the one is taken that keeps its worth when every
logit moves a bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import UsageError
from trainer.data.scores import ScoreTable
from trainer.evaluation.metrics import Scores

# Slice thresholds that are tried.
_THRESHOLDS = tuple(round(0.01 * step, 2) for step in range(2, 99))
# By how much all logits are moved to see what a point is worth elsewhere: another scanner's offset does this.
SHIFTS = (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)
_EDGE = 1e-9
# Standard errors: a smaller difference comes by chance in more than 5 % of samples.
_TOLD_APART = 1.645
# A count of slices farther than this from t is far enough.
_WIDE = 5


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """When a slice and a patient are positive.

    Attributes
    ----------
    slice_threshold : float
        A slice is positive when its score is at or above it.
    needed : int
        The paper's t: a patient is positive when more slices than this are positive.
    asked_sensitivity : float
        Of patients, on validation.
    sensitivity, specificity : float
        What was reached on validation.
    """

    slice_threshold: float
    needed: int
    asked_sensitivity: float
    sensitivity: float
    specificity: float

    def calls(self, table: ScoreTable, scores: Scores) -> NDArray[np.bool_]:
        """Which patients are positive, shape (patients,)."""
        called = table.patient_count(scores >= self.slice_threshold) > self.needed
        return called


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A point that reaches the sensitivity, whom of the negatives it calls, and what it is worth on moved logits."""

    point: OperatingPoint
    alarms: NDArray[np.float64]
    worth: float
    margin: float


def choose(table: ScoreTable, scores: Scores, *, least_sensitivity: float) -> OperatingPoint:
    """The steadiest of the points that reach the sensitivity and whose specificity is the best or not told from it.

    Two points are not told apart when the negatives that they call differ by at most 1.645 standard errors of that
    difference (one-sided, 5 %). Steadiness is the mean of sensitivity + specificity over logits moved by
    :data:`SHIFTS`; ties go to the widest margin around t, to the better specificity, to the threshold nearest to 0.5.

    Parameters
    ----------
    table : ScoreTable
        Validation.
    scores : array of float64, shape (rows,)
        Scores of its slices, 0..1.

    Raises
    ------
    UsageError
        The sensitivity is no share.
    """
    if not 0 < least_sensitivity <= 1:
        raise UsageError("The sensitivity of the operating point lies between 0 and 1.", thing=least_sensitivity)
    found = list(_candidates(table, scores, least_sensitivity))
    if not found:
        # With t = 0 and a low threshold every patient with any positive slice is called; below even that, call all.
        return OperatingPoint(0.0, 0, least_sensitivity, 1.0, 0.0)
    best = max(found, key=lambda one: one.point.specificity)
    return max((one for one in found if _as_good(one, best)), key=_rank).point


def _rank(one: _Candidate) -> tuple[float, ...]:
    return one.worth, one.margin, one.point.specificity, -abs(one.point.slice_threshold - 0.5)


def _as_good(one: _Candidate, best: _Candidate) -> bool:
    """Whether the false alarms of a point exceed the best one's by no more than chance would."""
    more = one.alarms - best.alarms
    if not len(more):
        return True
    return float(more.mean()) <= _TOLD_APART * float(more.std()) / math.sqrt(len(more)) + _EDGE


def _candidates(table: ScoreTable, scores: Scores, asked: float) -> Iterator[_Candidate]:
    ill = table.patient_label == 1
    inside = np.clip(scores, _EDGE, 1 - _EDGE)
    logits = np.log(inside) - np.log1p(-inside)
    for threshold in _THRESHOLDS:
        edge = np.log(threshold) - np.log1p(-threshold)
        counts = table.patient_count(scores >= threshold)
        votes = np.arange(int(counts.max()) + 1)
        moved = np.stack([table.patient_count(logits + shift >= edge) for shift in SHIFTS])
        worth = _share(moved[:, ill, None] > votes, 1.0) + 1 - _share(moved[:, ~ill, None] > votes, 0.0)
        for needed in votes.tolist():
            called = counts > needed
            reached = float(_share(called[ill], 1.0))
            if reached < asked - 1e-12:
                break
            alarms = called[~ill].astype(np.float64)
            point = OperatingPoint(threshold, needed, asked, reached, 1 - float(_share(alarms, 0.0)))
            margin = float(np.mean(np.minimum(np.abs(counts - needed - 0.5), _WIDE)))
            yield _Candidate(point, alarms, round(float(worth[:, needed].mean()), 9), margin)


def _share(called: NDArray[np.generic], absent: float) -> NDArray[np.float64]:
    """Share of the patients that are called; patients are the only axis, or the one before the votes."""
    axis = called.ndim - 2 if called.ndim > 1 else 0
    if called.shape[axis] == 0:
        return np.full(np.delete(called.shape, axis), absent)
    found: NDArray[np.float64] = np.asarray(called.astype(np.float64).mean(axis=axis))
    return found
