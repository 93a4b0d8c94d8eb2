"""Figures against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn import metrics as sk

from trainer.evaluation import metrics

CASES = {
    "separable": (np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.8, 0.9])),
    "reversed": (np.array([1, 1, 0, 0]), np.array([0.1, 0.2, 0.8, 0.9])),
    "ties": (np.array([0, 1, 0, 1, 1, 0]), np.array([0.5, 0.5, 0.5, 0.7, 0.7, 0.2])),
    "all equal": (np.array([0, 1, 0, 1]), np.full(4, 0.3)),
    "random": (np.random.default_rng(1).integers(0, 2, 300), np.random.default_rng(2).random(300)),
    "rare": ((np.arange(200) < 3).astype(np.int64), np.random.default_rng(3).random(200).round(2)),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_ranked_figures_equal_scikit_learn(case: str) -> None:
    labels, scores = CASES[case]
    assert metrics.auc(labels, scores) == pytest.approx(sk.roc_auc_score(labels, scores))
    assert metrics.average_precision(labels, scores) == pytest.approx(sk.average_precision_score(labels, scores))
    assert metrics.brier(labels, scores) == pytest.approx(sk.brier_score_loss(labels, scores))


@pytest.mark.parametrize("case", sorted(CASES))
def test_sensitivity_at_a_specificity_is_on_the_curve(case: str) -> None:
    labels, scores = CASES[case]
    false_alarms, found, _ = sk.roc_curve(labels, scores, drop_intermediate=False)
    for least in (0.5, 0.9, 1.0):
        expected = found[1 - false_alarms >= least - 1e-12].max()
        assert metrics.sensitivity_at_specificity(labels, scores, least) == pytest.approx(expected)
        expected = (1 - false_alarms)[found >= least - 1e-12].max()
        assert metrics.specificity_at_sensitivity(labels, scores, least) == pytest.approx(expected)


@pytest.mark.parametrize("case", sorted(CASES))
def test_called_figures_equal_scikit_learn(case: str) -> None:
    labels, scores = CASES[case]
    called = scores >= 0.5
    assert metrics.sensitivity(labels, called) == pytest.approx(sk.recall_score(labels, called))
    assert metrics.specificity(labels, called) == pytest.approx(sk.recall_score(labels, called, pos_label=0))
    assert metrics.accuracy(labels, called) == pytest.approx(sk.accuracy_score(labels, called))


def test_the_loss_of_logits_equals_scikit_learn_and_never_overflows() -> None:
    labels, scores = CASES["random"]
    logits = np.log(scores / (1 - scores))
    assert metrics.log_loss(labels, logits) == pytest.approx(sk.log_loss(labels, scores))
    assert metrics.log_loss(np.array([0, 1]), np.array([800.0, -800.0])) == pytest.approx(800)
    np.testing.assert_allclose(metrics.sigmoid(np.array([-800.0, 0.0, 800.0])), [0, 0.5, 1])


def test_the_calibration_error_is_zero_for_scores_that_mean_what_they_say() -> None:
    labels = np.repeat([0, 1, 0, 1], [75, 25, 25, 75])
    scores = np.repeat([0.25, 0.75], [100, 100])
    assert metrics.calibration_error(labels, scores) == pytest.approx(0)
    assert metrics.calibration_error(labels, np.full(200, 0.9)) == pytest.approx(0.4)
    assert metrics.calibration_error(np.array([1, 0]), np.array([1.0, 0.0])) == 0


def test_with_one_class_alone_the_figures_are_not_defined() -> None:
    labels, scores = np.ones(3, np.int64), np.array([0.1, 0.5, 0.9])
    undefined = [
        metrics.auc(labels, scores),
        metrics.average_precision(1 - labels, scores),
        metrics.sensitivity(1 - labels, scores > 0.3),
        metrics.specificity(labels, scores > 0.3),
        metrics.sensitivity_at_specificity(labels, scores, 0.9),
        metrics.specificity_at_sensitivity(labels, scores, 0.9),
    ]
    assert all(math.isnan(value) for value in undefined)
