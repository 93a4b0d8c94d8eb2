"""Curves of a grid by network, the preprocessings by color and dash: learning, ROC, precision, reliability."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.data.scores import ScoreTable
from trainer.evaluation import patient_calibration
from trainer.evaluation.curve_points import precision_recall_points, reliability_points, roc_points
from trainer.evaluation.learning import read_learning
from trainer.evaluation.metrics import sigmoid
from trainer.evaluation.rebuild import GridResult
from trainer.evaluation.report import patient_scores
from trainer.evaluation.tables import CellResult, RunResult
from trainer.pages.curves import COLORS, UNIT, Frame, Line, chart

Floats = NDArray[np.float64]
Points = tuple[Floats, Floats]
# By row; the first is drawn through.
_DASHES = ("", "7 4", "2 3", "10 3 2 3")
_CHANCE = Line("chance", np.array([0.0, 1.0]), np.array([0.0, 1.0]), width=0.8, dash="1 4", color="#888888")
_EVEN = Line("as it should be", _CHANCE.x, _CHANCE.y, width=0.8, dash="1 4", color="#888888")


def learning_curves(result: GridResult) -> dict[str, str]:
    """Loss and patient AUC on validation by epoch, every run of a network; SVG by caption."""
    found: dict[str, str] = {}
    for title, name, unit, frame in (
        ("training loss", "loss", "cross-entropy", Frame()),
        ("validation loss", "val_loss", "cross-entropy of slices", Frame()),
        ("validation AUC", "patient_auc", "AUC by patient", Frame(y=(0.0, 1.0))),
    ):
        for column, cells in _by_column(result).items():
            lines = [line for cell in cells for line in _learning(result, cell, name)]
            if lines:
                ends = Frame(y=frame.y or _ends(lines))
                found[f"{column}: {title}"] = chart(lines, x_name="epoch", y_name=unit, frame=ends)
    return found


def roc_curves(result: GridResult) -> dict[str, str]:
    """ROC on test by patient, of the run of each cell that was best on validation."""
    return _decided(result, "ROC", ("1 - specificity", "sensitivity"), roc_points, _CHANCE)


def precision_curves(result: GridResult) -> dict[str, str]:
    """Precision and recall on test by patient."""
    return _decided(result, "precision and recall", ("recall (sensitivity)", "precision"), precision_recall_points)


def reliability_curves(result: GridResult, by: str) -> dict[str, str]:
    """Share of positives by score on test, before (thin) and after calibration, by ``slice`` or ``patient``."""
    found = {}
    for column, cells in _by_column(result).items():
        lines = [line for cell in cells for line in _reliability(result, cell, by)]
        if lines:
            caption = f"{column}: reliability by {by}, before (thin) and after calibration"
            names = ("score", f"share of positive {by}s")
            found[caption] = chart([*lines, _EVEN], x_name=names[0], y_name=names[1], frame=UNIT)
    return found


def _ends(lines: Sequence[Line]) -> tuple[float, float]:
    """Where losses lie, with a little room: beginning at 0 would press their differences together."""
    values = np.concatenate([line.y for line in lines])
    low, high = float(values.min()), float(values.max())
    room = 0.06 * (high - low) or 0.05
    return max(0.0, low - room), high + room


def _by_column(result: GridResult) -> Mapping[str, Sequence[CellResult]]:
    found: dict[str, list[CellResult]] = {}
    for cell in result.finished:
        found.setdefault(cell.column, []).append(cell)
    return {column: found[column] for column in result.columns if column in found}


def _style(result: GridResult, cell: CellResult) -> tuple[str, str]:
    """Color and dash of a row."""
    place = result.rows.index(cell.row)
    return COLORS[place % (len(COLORS) - 1)], _DASHES[place % len(_DASHES)]


def _learning(result: GridResult, cell: CellResult, name: str) -> list[Line]:
    color, dash = _style(result, cell)
    lines: list[Line] = []
    for one in cell.results:
        curve = read_learning(one.run.folder.path / "log" / "metrics.csv").get(name)
        if curve is None:
            continue
        # One entry of the legend for all runs of the cell; a single epoch is a dot, since a line needs two.
        legend = "" if lines else cell.row
        alone = len(curve.epoch) == 1
        lines.append(Line(legend, curve.epoch, curve.value, dots=alone, width=1.4, dash=dash, color=color))
    return lines


def _decided(
    result: GridResult,
    title: str,
    names: tuple[str, str],
    points: Callable[[NDArray[np.int64], Floats], Points],
    beside: Line | None = None,
) -> dict[str, str]:
    found = {}
    for column, cells in _by_column(result).items():
        lines = []
        for cell in cells:
            if cell.chosen is None or not _has_both(cell.chosen.tables["test"]):
                continue
            color, dash = _style(result, cell)
            table = cell.chosen.tables["test"]
            x, y = points(table.patient_label, patient_scores(table, _calibrated(cell.chosen)))
            area = cell.chosen.figures["test"]["patient"]
            value = area["average_precision" if beside is None else "auc"]["value"]
            lines.append(Line(f"{cell.row} ({value:.3f})", x, y, dash=dash, color=color))
        if lines:
            drawn = [*lines, beside] if beside else lines
            found[f"{column}: {title}"] = chart(drawn, x_name=names[0], y_name=names[1], frame=UNIT)
    return found


def _reliability(result: GridResult, cell: CellResult, by: str) -> list[Line]:
    if cell.chosen is None:
        return []
    color, dash = _style(result, cell)
    table = cell.chosen.tables["test"]
    # Patients are few: wide bins hold more than one or two.
    bins = 10 if by == "slice" else 5
    if by == "slice":
        labels, before, after = table.label, sigmoid(table.logit), _calibrated(cell.chosen)
    else:
        fitted = patient_calibration.fit(cell.chosen.tables["validation"])
        labels, before = table.patient_label, patient_scores(table, sigmoid(table.logit))
        after = patient_calibration.probabilities(fitted, table)
    return [
        Line("", *reliability_points(labels, before, bins=bins), width=0.9, dash=dash, color=color),
        Line(cell.row, *reliability_points(labels, after, bins=bins), width=2.2, dash=dash, color=color),
    ]


def _calibrated(run: RunResult) -> Floats:
    return sigmoid(run.tables["test"].logit / float(run.figures["calibration"]["temperature"]))


def _has_both(table: ScoreTable) -> bool:
    return bool(table.label.min() != table.label.max())
