"""Slice threshold and the paper's t."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.errors import UsageError
from trainer.data.scores import ScoreTable
from trainer.evaluation.operating_point import OperatingPoint, choose


def _scores(by_patient: list[tuple[int, list[float]]]) -> tuple[ScoreTable, np.ndarray]:
    patient = np.repeat(np.arange(len(by_patient)), [len(s) for _, s in by_patient])
    labels = np.array([by_patient[p][0] for p in patient], dtype=np.int64)
    values = np.array([v for _, scores in by_patient for v in scores])
    index = np.concatenate([np.arange(len(s)) for _, s in by_patient])
    ids = tuple(f"p{i}" for i in range(len(by_patient)))
    return ScoreTable(ids, patient, index, labels, values), values


def test_separable_patients_are_separated_with_a_wide_margin() -> None:
    table, values = _scores([(1, [0.9] * 10 + [0.1] * 10)] * 5 + [(0, [0.9] * 2 + [0.1] * 18)] * 5)
    point = choose(table, values, least_sensitivity=0.95)
    assert (point.sensitivity, point.specificity) == (1.0, 1.0)
    assert 3 <= point.needed <= 8
    assert 0.1 < point.slice_threshold <= 0.9
    assert point.calls(table, values).tolist() == [True] * 5 + [False] * 5


def test_the_asked_sensitivity_is_kept_at_the_price_of_false_alarms() -> None:
    positives = [(1, [0.9] * k + [0.1] * (20 - k)) for k in range(1, 21)]
    negatives = [(0, [0.9] * k + [0.1] * (20 - k)) for k in range(20)]
    table, values = _scores(positives + negatives)
    for asked in (0.5, 0.8, 0.95, 1.0):
        point = choose(table, values, least_sensitivity=asked)
        called = point.calls(table, values)
        assert called[:20].mean() >= asked
        assert point.sensitivity == called[:20].mean()
        assert point.specificity == pytest.approx(1 - called[20:].mean())
    assert choose(table, values, least_sensitivity=0.5).needed > choose(table, values, least_sensitivity=0.95).needed


def test_no_other_point_on_the_grid_is_better() -> None:
    chance = np.random.default_rng(5)
    table, values = _scores(
        [(i % 2, list(np.clip(chance.normal(0.4 + 0.1 * (i % 2), 0.2, 15), 0, 1))) for i in range(60)]
    )
    point = choose(table, values, least_sensitivity=0.9)
    labels = table.patient_label
    for threshold in np.arange(0.05, 1.0, 0.05).round(2):
        for needed in range(15):
            called = OperatingPoint(threshold, needed, 0, 0, 0).calls(table, values)
            if called[labels == 1].mean() >= 0.9:
                assert 1 - called[labels == 0].mean() <= point.specificity + 1e-12


def test_when_nothing_else_reaches_it_everyone_is_called() -> None:
    table, values = _scores([(1, [0.0]), (0, [0.9])])
    point = choose(table, values, least_sensitivity=1.0)
    assert point.calls(table, values).all()


@pytest.mark.parametrize("asked", [0.0, 1.5, -1.0])
def test_an_impossible_sensitivity_is_refused(asked: float) -> None:
    table, values = _scores([(1, [0.5]), (0, [0.5])])
    with pytest.raises(UsageError):
        choose(table, values, least_sensitivity=asked)
