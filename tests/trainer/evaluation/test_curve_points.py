"""Points of curves and counts of decisions, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.curve_points import Confusion, precision_recall_points, reliability_points, roc_points
from trainer.evaluation.metrics import auc, average_precision

LABELS = np.array([1, 0, 1, 0])
SCORES = np.array([0.9, 0.8, 0.3, 0.1])


def test_roc_goes_from_corner_to_corner_and_holds_the_auc() -> None:
    x, y = roc_points(LABELS, SCORES)
    assert x.tolist() == [0, 0, 0.5, 0.5, 1]
    assert y.tolist() == [0, 0.5, 0.5, 1, 1]
    assert np.trapezoid(y, x) == pytest.approx(auc(LABELS, SCORES))


def test_precision_at_every_recall() -> None:
    recall, precision = precision_recall_points(LABELS, SCORES)
    assert recall.tolist() == [0.5, 0.5, 1, 1]
    assert precision.tolist() == pytest.approx([1, 1 / 2, 2 / 3, 1 / 2])
    steps = np.diff(np.r_[0, recall])
    assert float(np.sum(steps * precision)) == pytest.approx(average_precision(LABELS, SCORES))


def test_reliability_leaves_empty_bins_out() -> None:
    mean, share = reliability_points(np.array([0, 1, 1]), np.array([0.1, 0.2, 0.9]), bins=2)
    assert mean.tolist() == pytest.approx([0.15, 0.9])
    assert share.tolist() == pytest.approx([0.5, 1.0])


def test_confusion_counts_every_row_once() -> None:
    found = Confusion.of(np.array([1, 1, 0, 0, 0]), np.array([True, False, True, False, False]))
    assert found == Confusion(1, 1, 1, 2)
    assert sum(found.to_json().values()) == 5
