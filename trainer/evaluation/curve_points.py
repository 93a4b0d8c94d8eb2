"""Points of curves: ROC, precision and recall, reliability; and the four counts of a decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.metrics import Labels, Scores, operating_curve


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a decision was right or wrong, by truth."""

    true_positive: int
    false_negative: int
    false_positive: int
    true_negative: int

    @classmethod
    def of(cls, labels: Labels, called: NDArray[np.bool_]) -> Confusion:
        """Count the calls of slices or patients."""
        sick = labels == 1
        return cls(
            int(np.count_nonzero(sick & called)),
            int(np.count_nonzero(sick & ~called)),
            int(np.count_nonzero(~sick & called)),
            int(np.count_nonzero(~sick & ~called)),
        )

    def to_json(self) -> dict[str, int]:
        """The JSON form."""
        names = ("true_positive", "false_negative", "false_positive", "true_negative")
        return {name: getattr(self, name) for name in names}


def roc_points(labels: Labels, scores: Scores) -> tuple[Scores, Scores]:
    """False positive rate and sensitivity at every threshold, from none called to all called; both classes needed."""
    sensitivities, specificities = operating_curve(labels, scores)
    return 1 - specificities, sensitivities


def precision_recall_points(labels: Labels, scores: Scores) -> tuple[Scores, Scores]:
    """Recall and precision at every threshold, the strictest first; positives needed."""
    order = np.argsort(-scores, kind="stable")
    last_of_tie = np.r_[np.flatnonzero(np.diff(scores[order])), len(scores) - 1]
    hits = np.cumsum(labels[order])[last_of_tie]
    return hits / labels.sum(), hits / (last_of_tie + 1)


def reliability_points(labels: Labels, scores: Scores, *, bins: int = 10) -> tuple[Scores, Scores]:
    """Mean score and share of positives of equal bins of 0..1 that hold any score."""
    place = np.clip((scores * bins).astype(np.int64), 0, bins - 1)
    counts = np.bincount(place, minlength=bins)
    held = counts > 0
    mean = np.bincount(place, scores, minlength=bins)[held] / counts[held]
    share = np.bincount(place, labels, minlength=bins)[held] / counts[held]
    return mean, share
