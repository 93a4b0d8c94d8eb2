"""Platt scaling of the patients' score."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.packages.provenance import PatientCalibration
from trainer.data.scores import ScoreTable
from trainer.evaluation.metrics import calibration_error, sigmoid
from trainer.evaluation.patient_calibration import fit, probabilities, statistic
from trainer.evaluation.report import TOP_SHARE


def _table(labels: np.ndarray, values: np.ndarray, *, slices: int = 8) -> ScoreTable:
    """Patients whose two highest slices (a quarter) have the given mean logit."""
    count = len(labels)
    logit = np.full((count, slices), -9.0)
    logit[:, 3], logit[:, 5] = values - 0.1, values + 0.1
    patient = np.repeat(np.arange(count), slices)
    ids = tuple(f"p{i}" for i in range(count))
    return ScoreTable(ids, patient, np.tile(np.arange(slices), count), labels[patient], logit.ravel())


def _drawn(count: int, seed: int) -> ScoreTable:
    """Patients whose odds of the disease are exp(2 z - 3)."""
    chance = np.random.default_rng(seed)
    values = chance.normal(1.5, 1.5, count)
    labels = (chance.random(count) < sigmoid(2 * values - 3)).astype(np.int64)
    return _table(labels, values)


def test_the_statistic_is_the_mean_of_the_highest_quarter() -> None:
    np.testing.assert_allclose(statistic(_table(np.array([1, 0]), np.array([2.0, -1.0]))), [2.0, -1.0])


def test_it_finds_the_line_that_made_the_labels() -> None:
    found = fit(_drawn(20_000, 1))
    assert found.slope == pytest.approx(2.0, rel=0.06)
    assert found.offset == pytest.approx(-3.0, rel=0.06)


def test_what_it_says_of_other_patients_is_so() -> None:
    found, other = fit(_drawn(400, 2)), _drawn(20_000, 3)
    assert calibration_error(other.patient_label, probabilities(found, other)) < 0.03
    assert calibration_error(other.patient_label, sigmoid(statistic(other))) > 0.08


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (np.array([0, 0, 1, 1]), np.array([-2.0, -1.0, 1.0, 2.0])),
        (np.array([0, 1]), np.array([0.0, 0.0])),
        (np.array([1, 1, 1]), np.array([0.1, 0.5, 0.9])),
        (np.array([0, 0, 1, 1]), np.array([-2e3, -1e3, 1e3, 2e3])),
    ],
    ids=["separable", "all alike", "one label", "huge logits"],
)
def test_few_and_extreme_patients_give_finite_probabilities_that_are_never_sure(
    labels: np.ndarray, values: np.ndarray
) -> None:
    table = _table(labels, values)
    found = fit(table)
    told = probabilities(found, table)
    assert np.isfinite([found.slope, found.offset]).all()
    assert ((told > 0.01) & (told < 0.99)).all()


def test_it_is_a_logistic_of_the_statistic() -> None:
    table = _table(np.array([0, 1]), np.array([0.0, 2.0]))
    fitted = PatientCalibration(1.5, -1.0, TOP_SHARE, "validation")
    np.testing.assert_allclose(probabilities(fitted, table), sigmoid(fitted.slope * statistic(table) + fitted.offset))
    np.testing.assert_allclose(probabilities(fitted, table), sigmoid(np.array([-1.0, 2.0])))
