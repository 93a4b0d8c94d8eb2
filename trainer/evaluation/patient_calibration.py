"""Platt scaling by patient: from the logits of a patient's slices to the probability that the patient has the disease.

The temperature makes a slice's score mean what it says of slices. A patient's verdict stands on many slices, and the
mean of its highest scores is no probability of the patient: that needs a fit of its own (Platt 1999).
"""

from __future__ import annotations

import numpy as np

from leukoviewer.packages.provenance import PatientCalibration
from trainer.data.scores import ScoreTable
from trainer.evaluation.metrics import Labels, Scores, sigmoid
from trainer.evaluation.report import TOP_SHARE

_STEPS = 100
_CLOSE = 1e-10
# Keeps the fit finite where patients are separated without an error.
_RIDGE = 1e-3


def statistic(table: ScoreTable, *, share: float = TOP_SHARE) -> Scores:
    """Mean of each patient's highest logits, shape (patients,)."""
    return table.patient_top(table.logit, share=share)


def fit(table: ScoreTable, *, fitted_on: str = "validation patients") -> PatientCalibration:
    """Fit slope and offset on the patients of a table by Newton's steps.

    The targets are Platt's, (n+ + 1) / (n+ + 2) and 1 / (n- + 2), which keep few patients from making it too sure.

    Returns
    -------
    PatientCalibration
        Where one label is absent it is fitted all the same, and says about that label's share.
    """
    labels = table.patient_label
    values = statistic(table)
    spread = float(values.std()) or 1.0
    center = float(values.mean())
    design = np.stack([(values - center) / spread, np.ones(len(values))], axis=1)
    target = _targets(labels)
    weights = np.zeros(2)
    for _ in range(_STEPS):
        guess = sigmoid(design @ weights)
        ridge = _RIDGE * np.array([weights[0], 0.0])
        gradient = design.T @ (guess - target) + ridge
        curvature = (design * (guess * (1 - guess))[:, None]).T @ design + _RIDGE * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < _CLOSE:
            break
    slope = float(weights[0]) / spread
    return PatientCalibration(slope, float(weights[1]) - slope * center, TOP_SHARE, fitted_on)


def probabilities(fitted: PatientCalibration, table: ScoreTable) -> Scores:
    """Probability of each patient, shape (patients,), by the very rule that the viewer tells it by."""
    patients = range(len(table.patients))
    return np.array([fitted.probability(table.logit[table.patient == patient]) for patient in patients])


def _targets(labels: Labels) -> Scores:
    positive = int(labels.sum())
    negative = len(labels) - positive
    found: Scores = np.where(labels == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))
    return found
