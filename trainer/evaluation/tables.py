"""The paper's tables from scores: mean and best of a cell's runs, and what belongs beside them to be honest."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.data.scores import ScoreTable
from trainer.evaluation import metrics
from trainer.evaluation.grid_folder import GridRun
from trainer.evaluation.reference import TABLES

SIDES = tuple(TABLES)
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Summary:
    """One figure over the runs of a cell.

    Attributes
    ----------
    runs : int
        How many runs it stands on.
    average, best : float
        The paper's AVG and BEST.
    deviation : float or None
        Sample standard deviation; None for a single run.
    low, high : float or None
        Interval of the mean by Student's t over the runs, held within 0 and 1; None for a single run.
    """

    runs: int
    average: float
    best: float
    deviation: float | None = None
    low: float | None = None
    high: float | None = None

    def to_json(self) -> dict[str, float | int | None]:
        """The JSON form, in shares."""
        values = {name: getattr(self, name) for name in ("average", "best", "deviation", "low", "high")}
        rounded = {name: None if value is None else round(value, 6) for name, value in values.items()}
        return {"runs": self.runs, **rounded}


def summarize(values: Sequence[float], *, confidence: float = CONFIDENCE) -> Summary | None:
    """Mean, best, deviation and interval of shares 0..1 of runs; None without a run.

    Values that are not defined (NaN, a side with one class alone) are left out.
    """
    held = [value for value in values if math.isfinite(value)]
    if not held:
        return None
    average, best, count = statistics.fmean(held), max(held), len(held)
    if count == 1:
        return Summary(1, average, best)
    from scipy.special import stdtrit

    deviation = statistics.stdev(held)
    half = float(stdtrit(count - 1, (1 + confidence) / 2)) * deviation / math.sqrt(count)
    return Summary(count, average, best, deviation, max(0.0, average - half), min(1.0, average + half))


def slice_accuracy(table: ScoreTable) -> float:
    """The paper's figure: share of slices whose score lies on the right side of 0.5 (a logit of 0).

    A volume network answers once a patient, so its share is one of patients.
    """
    return metrics.accuracy(table.label, table.logit >= 0)


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """A finished run of a cell.

    Attributes
    ----------
    run : GridRun
        Which.
    tables : mapping of str to ScoreTable
        Scores by side.
    figures : mapping
        As :func:`trainer.evaluation.report.evaluate` gives them; without intervals, except of the run that was best on
        validation.
    """

    run: GridRun
    tables: Mapping[str, ScoreTable]
    figures: Mapping[str, Any]

    def accuracy(self, side: str) -> float:
        """Accuracy by slice of a side."""
        return slice_accuracy(self.tables[side])

    def value(self, side: str, by: str, name: str) -> float:
        """A figure of a side, by ``slice`` or ``patient``; NaN where it is not defined."""
        found = self.figures[side][by][name]["value"]
        return float("nan") if found is None else float(found)


@dataclass(frozen=True, slots=True, eq=False)
class CellResult:
    """A cell of the tables: one preprocessing, one network, several runs.

    Attributes
    ----------
    row, column : str
        See :mod:`trainer.evaluation.reference`.
    results : tuple of RunResult
        Finished runs by seed.
    problems : tuple of (GridRun, str)
        Runs without scores, and why.
    chosen : RunResult or None
        The run that was best on validation, with intervals.
    """

    row: str
    column: str
    results: tuple[RunResult, ...]
    problems: tuple[tuple[GridRun, str], ...] = ()
    chosen: RunResult | None = None

    @property
    def planned(self) -> int:
        """Runs that the grid asks for."""
        return len(self.results) + len(self.problems)

    def accuracy(self, side: str) -> Summary | None:
        """Accuracy by slice over the runs; None where none is finished."""
        return summarize([result.accuracy(side) for result in self.results])

    def over_runs(self, side: str, by: str, name: str) -> Summary | None:
        """Another figure over the runs."""
        return summarize([result.value(side, by, name) for result in self.results])


def best_on_validation(results: Sequence[RunResult]) -> RunResult | None:
    """The run with the best validation accuracy by slice, as BEST in the paper, but blind to the test side.

    Of equal runs the one with the smaller validation cross-entropy is taken, then the lower seed.
    """

    def rank(result: RunResult) -> tuple[float, float, int]:
        table = result.tables["validation"]
        return -result.accuracy("validation"), metrics.log_loss(table.label, table.logit), result.run.seed

    return min(results, key=rank, default=None)
