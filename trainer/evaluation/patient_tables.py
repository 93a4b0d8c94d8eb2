"""What the paper does not print: figures by patient with intervals, operating points, calibration, comparisons."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trainer.evaluation.paper_tables import NOTHING
from trainer.evaluation.rebuild import SENSITIVITY, GridResult
from trainer.evaluation.tables import CellResult, RunResult, Summary
from trainer.pages.text_table import TextTable

_FIGURES: Mapping[str, str] = {
    "auc": "AUC",
    "average_precision": "Average precision",
    "sensitivity": "Sensitivity",
    "specificity": "Specificity",
    "accuracy": "Accuracy",
    "sensitivity_at_specificity_90": "Sensitivity at 90 % specificity",
    "specificity_at_sensitivity_95": "Specificity at 95 % sensitivity",
    "brier": "Brier",
    "calibration_error": "ECE",
}
_CHOSEN = "Of the run of each cell that was best on validation"


def figures_table(result: GridResult, by: str) -> TextTable:
    """Test figures by ``patient`` or by ``slice``, with intervals over patients."""
    resamples = result.resamples if by == "patient" else max(1, result.resamples // 10)
    notes = [
        f"{_CHOSEN}; in brackets the 95 % interval from {resamples} draws of patients, which does not hold the chance "
        "of training: for that see the mean and SD over runs.",
        "Sensitivity, specificity and accuracy at the operating point; after them sensitivity and specificity at the "
        "threshold that gives the stated rate on the test side itself, which nobody knows beforehand.",
    ]
    if by == "patient":
        notes.append("Brier and ECE are of the score that ranks patients; as a probability see the calibration below.")
    if by == "slice":
        notes.append("Slices inherit the label of their patient, so a perfect model does not reach 1 here.")
    rows = [
        (*_names(cell), _over_runs(cell.over_runs("test", by, "auc")), *_figures(cell.chosen, by))
        for cell in result.finished
    ]
    heads = ("Preprocessing", "Network", "AUC, mean ± SD of runs", *_FIGURES.values())
    return TextTable(f"Test by {by}", heads, tuple(rows), tuple(notes), names=2)


def operating_table(result: GridResult) -> TextTable:
    """Where each chosen run's verdict lies: the slice threshold, the paper's t, and what it reaches."""
    heads = (
        "Preprocessing", "Network", "Slice threshold", "t", "Temperature", "Sensitivity, validation",
        "Specificity, validation", "Sensitivity, test", "Specificity, test",
    )  # fmt: skip
    rows = [(*_names(cell), *_point(cell.chosen)) for cell in result.finished if cell.chosen is not None]
    notes = (
        f"Chosen on validation alone for a sensitivity of {100 * SENSITIVITY:g} % of patients: a slice is positive "
        "from the threshold on its calibrated score, a patient with more than t positive slices.",
    )
    return TextTable("Operating points, by patient", heads, tuple(rows), notes, names=2)


def calibration_table(result: GridResult) -> TextTable:
    """Brier score and calibration error on test before and after."""
    heads = ["Preprocessing", "Network"]
    heads += [f"{name} by {by}, {when}" for by in ("slice", "patient") for name in ("Brier", "ECE") for when in _WHEN]
    rows = [(*_names(cell), *_calibration(cell.chosen)) for cell in result.finished if cell.chosen is not None]
    notes = (
        "After, by slice: one temperature for the logits; by patient: Platt scaling of the mean of the highest quarter "
        "of the patient's logits. Both are fitted on validation. Before: the plain scores.",
    )
    return TextTable("Test: calibration", tuple(heads), tuple(rows), notes, names=2)


def comparison_table(result: GridResult) -> TextTable:
    """Cells against each other, by patient AUC."""
    found = result.comparisons
    heads = ("First", "Second", "AUC, first - second", "95 % interval", "p", "p, corrected", "Told apart")
    rows = [
        (
            ", ".join(one.first),
            ", ".join(one.second),
            f"{one.difference:+.3f}",
            f"{one.low:+.3f} to {one.high:+.3f}",
            _probability(one.p),
            _probability(one.p_corrected),
            "yes" if one.p_corrected < 0.05 else "no",
        )
        for one in found.pairs
    ]
    notes = [found.reason] if found.reason else []
    if found.pairs:
        notes.append(
            f"Paired bootstrap over the {found.patients} test patients that all runs scored; the AUC is the mean of a "
            f"cell's runs. Only cells that differ in one thing are compared; p is corrected for all {len(found.pairs)} "
            "comparisons by Holm's way, and below 0.05 counts. Not told apart does not mean equal."
        )
    return TextTable("Test: cells against each other", heads, tuple(rows), tuple(notes), names=2)


def probe_table(result: GridResult) -> TextTable:
    """Simple scores beside the best model: what a shortcut would reach."""
    rows = [
        (
            probe.name,
            probe.what,
            str(probe.patients),
            NOTHING if probe.auc is None else f"{probe.auc:.3f}",
            NOTHING if probe.low is None or probe.high is None else f"{probe.low:.3f} to {probe.high:.3f}",
        )
        for probe in result.probes
    ]
    notes = ("A model whose AUC is not above a probe's may have learnt what the probe sees, not the disease.",)
    return TextTable("Probes beside the models, by patient", _PROBE_HEADS, tuple(rows), notes, names=2)


_PROBE_HEADS = ("Probe", "What it sees", "Patients", "AUC", "95 % interval")
_WHEN = ("before", "after")


def with_interval(figure: Mapping[str, Any]) -> str:
    """A figure with its interval as text; a dash where it is not defined."""
    if figure["value"] is None:
        return NOTHING
    text = f"{figure['value']:.3f}"
    if figure["low"] is None or figure["high"] is None:
        return text
    return f"{text} ({figure['low']:.3f} to {figure['high']:.3f})"


def _names(cell: CellResult) -> tuple[str, str]:
    return cell.row, cell.column


def _figures(run: RunResult | None, by: str) -> Sequence[str]:
    return [NOTHING if run is None else with_interval(run.figures["test"][by][name]) for name in _FIGURES]


def _over_runs(summary: Summary | None) -> str:
    if summary is None:
        return NOTHING
    spread = "" if summary.deviation is None else f"\u00a0±\u00a0{summary.deviation:.3f}"  # one word, in pages too
    return f"{summary.average:.3f}{spread}"


def _point(run: RunResult) -> Sequence[str]:
    point = run.figures["operating_point"]
    rates = [run.figures[side]["patient"][name] for side in ("validation", "test") for name in _RATES]
    return [
        f"{point['slice_threshold']:.2f}",
        str(point["needed"]),
        f"{run.figures['calibration']['temperature']:.2f}",
        *(with_interval(rate) for rate in rates),
    ]


_RATES = ("sensitivity", "specificity")


def _calibration(run: RunResult) -> Sequence[str]:
    test, fitted = run.figures["test"], run.figures["patient_calibration"]["test"]
    after: Mapping[str, Callable[[str], float | None]] = {
        "slice": lambda name: test["slice"][name]["value"],
        "patient": lambda name: fitted[name],
    }
    return [
        _plain(value)
        for by in ("slice", "patient")
        for name in ("brier", "calibration_error")
        for value in (test["uncalibrated"][by][name], after[by](name))
    ]


def _plain(value: float | None) -> str:
    return NOTHING if value is None or not math.isfinite(value) else f"{value:.3f}"


def _probability(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
