"""Figures of a classifier from labels and scores (numpy only; checked against scikit-learn)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Scores = NDArray[np.float64]


def auc(labels: Labels, scores: Scores) -> float:
    """Area under the ROC curve by ranks, ties counted half; NaN when one class is absent."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    rank_sum = float(_mid_ranks(scores)[labels == 1].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def average_precision(labels: Labels, scores: Scores) -> float:
    """Mean precision weighted by the growth of recall, without interpolation; NaN without positives."""
    if labels.sum() == 0:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits, ranked = labels[order], scores[order]
    last_of_tie = np.r_[np.flatnonzero(np.diff(ranked)), len(ranked) - 1]
    found = np.cumsum(hits)[last_of_tie]
    precision, recall = found / (last_of_tie + 1), found / hits.sum()
    return float(np.sum(np.diff(np.r_[0, recall]) * precision))


def sensitivity(labels: Labels, called: NDArray[np.bool_]) -> float:
    """Share of the positives that are called; NaN without positives."""
    return float(called[labels == 1].mean()) if (labels == 1).any() else float("nan")


def specificity(labels: Labels, called: NDArray[np.bool_]) -> float:
    """Share of the negatives that are not called; NaN without negatives."""
    return float((~called[labels == 0]).mean()) if (labels == 0).any() else float("nan")


def accuracy(labels: Labels, called: NDArray[np.bool_]) -> float:
    """Share of right answers."""
    return float((called == (labels == 1)).mean())


def sensitivity_at_specificity(labels: Labels, scores: Scores, least: float) -> float:
    """The best sensitivity of any threshold whose specificity is at least ``least``; NaN when one class is absent."""
    if labels.min() == labels.max():
        return float("nan")
    sensitivities, specificities = operating_curve(labels, scores)
    return float(sensitivities[specificities >= least - 1e-12].max())


def specificity_at_sensitivity(labels: Labels, scores: Scores, least: float) -> float:
    """The best specificity of any threshold whose sensitivity is at least ``least``; NaN when one class is absent."""
    if labels.min() == labels.max():
        return float("nan")
    sensitivities, specificities = operating_curve(labels, scores)
    return float(specificities[sensitivities >= least - 1e-12].max())


def brier(labels: Labels, scores: Scores) -> float:
    """Mean squared distance of scores in 0..1 from the labels."""
    return float(np.mean((scores - labels) ** 2))


def calibration_error(labels: Labels, scores: Scores, *, bins: int = 10) -> float:
    """Expected calibration error: mean distance of score and share of positives over equal bins, weighted by count."""
    place = np.clip((scores * bins).astype(np.int64), 0, bins - 1)
    counts = np.bincount(place, minlength=bins)
    distance = np.abs(np.bincount(place, scores, minlength=bins) - np.bincount(place, labels, minlength=bins))
    return float(distance.sum() / counts.sum())


def log_loss(labels: Labels, logits: Scores) -> float:
    """Mean binary cross-entropy of logits."""
    return float(np.mean(np.logaddexp(0, logits) - labels * logits))


def sigmoid(logits: Scores) -> Scores:
    """The logistic function, without overflow."""
    found: Scores = np.exp(-np.logaddexp(0, -logits))
    return found


def operating_curve(labels: Labels, scores: Scores) -> tuple[Scores, Scores]:
    """Sensitivity and specificity at every threshold, from none called to all called; both classes are needed."""
    order = np.argsort(-scores, kind="stable")
    last_of_tie = np.r_[np.flatnonzero(np.diff(scores[order])), len(scores) - 1]
    hits = np.cumsum(labels[order])[last_of_tie]
    alarms = last_of_tie + 1 - hits
    return np.r_[0, hits / labels.sum()], np.r_[1, 1 - alarms / (1 - labels).sum()]


def _mid_ranks(scores: Scores) -> Scores:
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Scores = (last - (counts - 1) / 2)[place]
    return ranks
