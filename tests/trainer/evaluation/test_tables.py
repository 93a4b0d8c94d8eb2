"""Values of the tables, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.data.scores import ScoreTable
from trainer.evaluation.grid_folder import GridRun
from trainer.evaluation.tables import CellResult, RunResult, best_on_validation, slice_accuracy, summarize
from trainer.experiments.rundir import RunFolder


def _table(logits: list[float], labels: list[int]) -> ScoreTable:
    """Two slices a patient."""
    count = len(logits)
    ids = tuple(f"p{i}" for i in range(count // 2))
    return ScoreTable(
        ids, np.arange(count) // 2, np.arange(count) % 2, np.array(labels, dtype=np.int64), np.array(logits)
    )


def _run(seed: int, validation: list[float], test: list[float]) -> RunResult:
    run = GridRun(f"s{seed}", "A", "ConvNeXt", seed, "convnext_atto", "leuko-a", "slices", RunFolder(Path("none")))
    labels = [1, 1, 0, 0]
    return RunResult(run, {"validation": _table(validation, labels), "test": _table(test, labels)}, {})


def test_mean_best_deviation_and_interval_of_three_runs() -> None:
    found = summarize([0.90, 0.94, 0.98])
    assert found is not None
    assert found.runs == 3
    assert found.average == pytest.approx(0.94)
    assert found.best == pytest.approx(0.98)
    assert found.deviation == pytest.approx(0.04)
    # t(0.975, 2) = 4.302653; 4.302653 * 0.04 / sqrt(3) = 0.099366, cut at 1.
    assert found.low == pytest.approx(0.94 - 0.099366, abs=1e-6)
    assert found.high == 1.0


def test_an_interval_of_few_runs_is_held_within_zero_and_one() -> None:
    found = summarize([0.02, 0.30])
    assert found is not None
    assert found.low == 0.0
    # t(0.975, 1) = 12.7062; 12.7062 * 0.197990 / sqrt(2) = 1.7789.
    assert found.high == 1.0


@pytest.mark.parametrize("values", [[0.5], [0.5, float("nan")]])
def test_one_run_has_neither_deviation_nor_interval(values: list[float]) -> None:
    found = summarize(values)
    assert found is not None
    assert (found.runs, found.average, found.best) == (1, 0.5, 0.5)
    assert (found.deviation, found.low, found.high) == (None, None, None)


def test_no_run_has_no_summary() -> None:
    assert summarize([]) is None
    assert summarize([float("nan")]) is None


def test_accuracy_is_by_slice_at_a_score_of_one_half() -> None:
    # Right: +0.1 and 0.0 of the first patient (0.5 counts as called), -2 of the second; wrong: +3 of the second.
    assert slice_accuracy(_table([0.1, 0.0, -2.0, 3.0], [1, 1, 0, 0])) == pytest.approx(0.75)


def test_the_chosen_run_is_best_on_validation_even_when_another_is_best_on_test() -> None:
    first = _run(0, [1, 1, -1, 1], [1, 1, -1, -1])  # validation 0.75, test 1.0
    second = _run(1, [1, 1, -1, -1], [1, -1, -1, 1])  # validation 1.0, test 0.5
    chosen = best_on_validation([first, second])
    assert chosen is second
    assert chosen.accuracy("test") == pytest.approx(0.5)
    cell = CellResult("A", "ConvNeXt", (first, second), chosen=chosen)
    summary = cell.accuracy("test")
    assert summary is not None
    assert (summary.average, summary.best) == (pytest.approx(0.75), pytest.approx(1.0))


def test_of_equal_runs_the_one_with_the_smaller_validation_loss_is_chosen_then_the_lower_seed() -> None:
    sure, unsure = [3.0, 3, -3, -3], [1.0, 1, -1, -1]
    assert best_on_validation([_run(0, unsure, unsure), _run(1, sure, sure)]).run.seed == 1  # type: ignore[union-attr]
    assert best_on_validation([_run(4, sure, sure), _run(2, sure, sure)]).run.seed == 2  # type: ignore[union-attr]
    assert best_on_validation([]) is None
