"""Rebuilds everything that a grid's tables say from its scores alone: cells, chosen runs, comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import UsageError
from trainer.data.scores import ScoreTable
from trainer.evaluation import metrics, patient_calibration
from trainer.evaluation.compare import Comparisons, PatientScores, compare
from trainer.evaluation.grid_folder import GridFolder, GridRun, Probe, read_scores
from trainer.evaluation.report import evaluate, patient_scores
from trainer.evaluation.tables import CONFIDENCE, SIDES, CellResult, RunResult, best_on_validation

SENSITIVITY = 0.95
RESAMPLES = 1000


@dataclass(frozen=True, slots=True, eq=False)
class GridResult:
    """A grid's tables.

    Attributes
    ----------
    name : str
        Of the experiment and its preset.
    rows, columns : tuple of str
        Of the tables.
    cells : tuple of CellResult
        Those that the grid asks for, by row and column.
    comparisons : Comparisons
        On the test side.
    probes : tuple of Probe
        Simple scores beside the models.
    data : mapping
        What the runs noted of their data.
    resamples : int
        Of the bootstrap over patients.
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[CellResult, ...]
    comparisons: Comparisons
    probes: tuple[Probe, ...]
    data: Mapping[str, Any]
    resamples: int

    @property
    def simulated(self) -> bool:
        """Whether the patients are simulated."""
        return bool(self.data.get("simulated", False))

    def cell(self, row: str, column: str) -> CellResult | None:
        """The cell, or None where the grid has none."""
        return next((cell for cell in self.cells if (cell.row, cell.column) == (row, column)), None)

    @property
    def finished(self) -> tuple[CellResult, ...]:
        """Cells with at least one finished run."""
        return tuple(cell for cell in self.cells if cell.chosen is not None)


def rebuild(grid: GridFolder, *, resamples: int = RESAMPLES) -> Work[GridResult]:
    """Read all scores and make all figures; the same scores give the same figures.

    Parameters
    ----------
    grid : GridFolder
        It may be finished in part.
    resamples : int
        Of the bootstrap over patients, for the run of each cell that was best on validation.

    Raises
    ------
    UsageError
        No run is finished.
    """
    places = list(dict.fromkeys((run.row, run.column) for run in grid.runs))
    cells: list[CellResult] = []
    for done, place in enumerate(places):
        yield Progress(done, len(places) + 1, "Reading the scores")
        runs = [run for run in grid.runs if (run.row, run.column) == place]
        cells.append(_cell(grid, runs, resamples))
    if not any(cell.results for cell in cells):
        message = f"No run of the grid in {grid.path} is finished yet; carry it on with leuko-trainer grid."
        raise UsageError(message, thing=grid.path)
    yield Progress(len(places), len(places) + 1, "Comparing the cells")
    held = {(cell.row, cell.column): [_of_patients(result) for result in cell.results] for cell in cells}
    return GridResult(
        name=grid.name,
        rows=grid.rows,
        columns=grid.columns,
        cells=tuple(cells),
        comparisons=compare(held, confidence=CONFIDENCE),
        probes=grid.probes(),
        data=grid.data,
        resamples=resamples,
    )


def _cell(grid: GridFolder, runs: Sequence[GridRun], resamples: int) -> CellResult:
    results: list[RunResult] = []
    problems: list[tuple[GridRun, str]] = []
    for run in runs:
        try:
            tables = read_scores(run)
        except UsageError:
            problems.append((run, "its scores are damaged"))
            continue
        if tables is None:
            problems.append((run, grid.problem(run)))
        else:
            results.append(RunResult(run, tables, _figures(tables, resamples=0)))
    chosen = best_on_validation(results)
    if chosen is not None:
        chosen = replace(chosen, figures=_figures(chosen.tables, resamples=resamples))
    first = runs[0]
    return CellResult(first.row, first.column, tuple(results), tuple(problems), chosen)


def _figures(tables: Mapping[str, ScoreTable], *, resamples: int) -> dict[str, Any]:
    found = evaluate(
        tables["validation"],
        tables["test"],
        least_sensitivity=SENSITIVITY,
        resamples=resamples,
        confidence=CONFIDENCE,
    )
    return {**found, "patient_calibration": patient_figures(tables)}


def patient_figures(tables: Mapping[str, ScoreTable]) -> dict[str, Any]:
    """Brier score and calibration error of the patient's probability, fitted on validation, by side."""
    fitted = patient_calibration.fit(tables["validation"])
    found: dict[str, Any] = {"slope": round(fitted.slope, 6), "offset": round(fitted.offset, 6)}
    for side in SIDES:
        labels, values = tables[side].patient_label, patient_calibration.probabilities(fitted, tables[side])
        found[side] = {
            "brier": round(metrics.brier(labels, values), 6),
            "calibration_error": round(metrics.calibration_error(labels, values), 6),
        }
    return found


def _of_patients(result: RunResult) -> PatientScores:
    table = result.tables["test"]
    divisor = float(result.figures["calibration"]["temperature"])
    scores = patient_scores(table, metrics.sigmoid(table.logit / divisor))
    return PatientScores(
        dict(zip(table.patients, table.patient_label.tolist(), strict=True)),
        dict(zip(table.patients, scores.tolist(), strict=True)),
    )
