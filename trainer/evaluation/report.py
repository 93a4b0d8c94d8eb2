"""All figures of a run from its scores: by slice and by patient, with intervals over patients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.scores import ScoreTable
from trainer.evaluation import metrics
from trainer.evaluation.bootstrap import Index, over_patients, rows_of_patients
from trainer.evaluation.calibration import temperature
from trainer.evaluation.curve_points import Confusion
from trainer.evaluation.metrics import Labels, Scores
from trainer.evaluation.operating_point import OperatingPoint, choose

# The disease lies around the ventricles, in about a quarter of the slices of a head; the mean over all slices would
# rank patients by slices that cannot show it.
TOP_SHARE = 0.25
SCHEMA = "leukoviewer.metrics/1"
# Those of them that go into a package, and how they are called there.
TITLES: Mapping[str, str] = {
    "auc": "AUC",
    "average_precision": "average precision",
    "accuracy": "accuracy at the operating point",
    "sensitivity": "sensitivity at the operating point",
    "specificity": "specificity at the operating point",
    "brier": "Brier score",
    "calibration_error": "expected calibration error",
}
Figure = Callable[[Labels, Scores], float]

_RANKED: dict[str, Figure] = {
    "auc": metrics.auc,
    "average_precision": metrics.average_precision,
    "sensitivity_at_specificity_90": lambda labels, scores: metrics.sensitivity_at_specificity(labels, scores, 0.9),
    "specificity_at_sensitivity_95": lambda labels, scores: metrics.specificity_at_sensitivity(labels, scores, 0.95),
    "brier": metrics.brier,
    "calibration_error": metrics.calibration_error,
}
_CALLED: dict[str, Callable[[Labels, NDArray[np.bool_]], float]] = {
    "accuracy": metrics.accuracy,
    "sensitivity": metrics.sensitivity,
    "specificity": metrics.specificity,
}


def patient_scores(table: ScoreTable, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """What patients are ranked by, shape (patients,): the mean of the highest quarter of a value by slice."""
    return table.patient_top(values, share=TOP_SHARE)


def judge(table: ScoreTable) -> dict[str, float]:
    """Figures after an epoch; ``selection`` is the patients' AUC, and the slices' loss where that is equal."""
    means = patient_scores(table, table.logit)
    by_patient = metrics.auc(table.patient_label, means)
    loss = metrics.log_loss(table.label, table.logit)
    by_slice = metrics.auc(table.label, table.logit)
    # A small weight orders epochs of equal AUC without outvoting one patient pair.
    selection = (0.5 if np.isnan(by_patient) else by_patient) - 1e-4 * loss
    return {"patient_auc": by_patient, "slice_auc": by_slice, "val_loss": loss, "selection": selection}


def evaluate(
    validation: ScoreTable,
    test: ScoreTable,
    *,
    least_sensitivity: float,
    resamples: int,
    confidence: float,
    slice_temperature: float = 0.0,
) -> dict[str, Any]:
    """The content of ``metrics.json``: temperature and operating point from validation, figures of both sides.

    Parameters
    ----------
    validation, test : ScoreTable
        Every scored slice of the sides.
    least_sensitivity : float
        Of patients, for the operating point.
    resamples, confidence : int, float
        Of the bootstrap.
    slice_temperature : float
        Divisor of the slices' logits; 0 to fit it on validation.
    """
    divisor = slice_temperature or temperature(validation.label, validation.logit)
    fitted_on = "slices with labels of their own, in training" if slice_temperature else "validation slices"
    point = choose(validation, metrics.sigmoid(validation.logit / divisor), least_sensitivity=least_sensitivity)
    sides = {
        name: _side(table, divisor, point, resamples=resamples, confidence=confidence)
        for name, table in (("validation", validation), ("test", test))
    }
    return {
        "schema": SCHEMA,
        "calibration": {"method": "temperature", "temperature": divisor, "fitted_on": fitted_on},
        "operating_point": {
            "slice_threshold": point.slice_threshold,
            "needed": point.needed,
            "asked_sensitivity": point.asked_sensitivity,
            "chosen_on": "validation patients",
        },
        "patient_score": "mean of the highest quarter of the patient's slice scores; calls are made by the vote",
        "intervals": {"method": "bootstrap over patients", "resamples": resamples, "confidence": confidence},
        **sides,
    }


def _side(
    table: ScoreTable, divisor: float, point: OperatingPoint, *, resamples: int, confidence: float
) -> dict[str, Any]:
    scores = metrics.sigmoid(table.logit / divisor)
    rows = rows_of_patients(table.patient, len(table.patients))
    labels, means, calls = table.patient_label, patient_scores(table, scores), point.calls(table, scores)
    slice_calls = scores >= point.slice_threshold

    def interval(figure: Callable[[Index], float]) -> dict[str, float | None]:
        drawn = over_patients(figure, len(table.patients), resamples=resamples, confidence=confidence)
        return drawn.to_json()

    by_patient = {name: interval(_sampled(figure, labels, means)) for name, figure in _RANKED.items()}
    by_patient |= {name: interval(_sampled(figure, labels, calls)) for name, figure in _CALLED.items()}
    # Slices are many: a tenth of the samples keeps the report under a minute and the bounds within a percent.
    resamples = max(1, resamples // 10)
    by_slice = {name: interval(_sampled(figure, table.label, scores, rows)) for name, figure in _RANKED.items()}
    by_slice |= {name: interval(_sampled(figure, table.label, slice_calls, rows)) for name, figure in _CALLED.items()}
    return {
        "patients": len(table.patients),
        "positive_patients": int(labels.sum()),
        "slices": len(table.logit),
        "patient": by_patient,
        "slice": by_slice,
        "confusion": {
            "patient": Confusion.of(labels, calls).to_json(),
            "slice": Confusion.of(table.label, slice_calls).to_json(),
        },
        "uncalibrated": _uncalibrated(table),
    }


def _uncalibrated(table: ScoreTable) -> dict[str, dict[str, float]]:
    """What the scores would be worth as probabilities without the temperature."""
    scores = metrics.sigmoid(table.logit)
    sides = {"patient": (table.patient_label, patient_scores(table, scores)), "slice": (table.label, scores)}
    figures = {"brier": metrics.brier, "calibration_error": metrics.calibration_error}
    return {
        by: {name: round(figure(labels, values), 6) for name, figure in figures.items()}
        for by, (labels, values) in sides.items()
    }


def _sampled(
    figure: Callable[[Labels, Any], float],
    labels: Labels,
    values: NDArray[Any],
    rows: Callable[[Index], Index] = lambda sample: sample,
) -> Callable[[Index], float]:
    """The figure of a sample of patients; ``rows`` turns it into the sample's rows."""

    def of(sample: Index) -> float:
        chosen = rows(sample)
        return figure(labels[chosen], values[chosen])

    return of
