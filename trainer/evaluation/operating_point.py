"""The operating point: slice threshold and the paper's t, chosen on validation alone at a stated sensitivity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import UsageError
from trainer.data.scores import ScoreTable
from trainer.evaluation.metrics import Scores, sensitivity, specificity

# Slice thresholds that are tried.
_THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))


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


def choose(table: ScoreTable, scores: Scores, *, least_sensitivity: float) -> OperatingPoint:
    """The point with the best specificity among those that reach the sensitivity.

    Ties go to the better sensitivity, then to the widest margin around t, then to the threshold nearest to 0.5.

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
    labels = table.patient_label
    best: tuple[tuple[float, ...], OperatingPoint] | None = None
    for threshold in _THRESHOLDS:
        counts = table.patient_count(scores >= threshold)
        for needed in range(int(counts.max()) + 1):
            called = counts > needed
            reached = sensitivity(labels, called)
            if reached < least_sensitivity - 1e-12:
                break
            kept = specificity(labels, called)
            margin = float(np.mean(np.minimum(np.abs(counts - needed - 0.5), 5)))
            rank = (kept, reached, margin, -abs(threshold - 0.5))
            if best is None or rank > best[0]:
                best = rank, OperatingPoint(threshold, needed, least_sensitivity, reached, kept)
    # With t = 0 and a low threshold every patient with any positive slice is called; below even that, call all.
    return best[1] if best else OperatingPoint(0.0, 0, least_sensitivity, 1.0, 0.0)
