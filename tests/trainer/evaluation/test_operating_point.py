"""Slice threshold and the paper's t."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.errors import UsageError
from trainer.data.scores import ScoreTable
from trainer.evaluation.metrics import sigmoid
from trainer.evaluation.operating_point import SHIFTS, OperatingPoint, choose


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


def test_no_point_of_the_grid_is_better_than_by_chance() -> None:
    chance = np.random.default_rng(5)
    table, values = _scores(
        [(i % 2, list(np.clip(chance.normal(0.4 + 0.1 * (i % 2), 0.2, 15), 0.01, 0.99))) for i in range(60)]
    )
    point = choose(table, values, least_sensitivity=0.9)
    labels = table.patient_label
    own = point.calls(table, values)[labels == 0].astype(float)
    assert point.sensitivity >= 0.9
    for threshold in np.arange(0.05, 1.0, 0.05).round(2):
        for needed in range(15):
            called = OperatingPoint(threshold, needed, 0, 0, 0).calls(table, values)
            if called[labels == 1].mean() >= 0.9:
                more = own - called[labels == 0]
                assert more.mean() <= 1.645 * more.std() / np.sqrt(len(more)) + 1e-9 or more.mean() <= 0.1


def test_a_threshold_in_the_crowd_of_slices_that_show_nothing_is_passed_over() -> None:
    # Every head has 15 slices near 0.5 that cannot show the disease. Calling by how many of them lie just above it
    # separates these patients without an error, and so does one threshold far away from the crowd.
    positives = [(1, [0.505] * 10 + [0.495] * 5 + [0.9] * 5)] * 10
    negatives = [(0, [0.505] * 4 + [0.495] * 11 + [0.1] * 5)] * 10
    table, values = _scores(positives + negatives)
    point = choose(table, values, least_sensitivity=0.95)
    assert (point.sensitivity, point.specificity) == (1.0, 1.0)
    assert 0.55 < point.slice_threshold < 0.89
    for shift in SHIFTS:
        moved = sigmoid(np.log(values / (1 - values)) + shift)
        assert point.calls(table, moved).tolist() == [True] * 10 + [False] * 10


def test_one_lucky_negative_does_not_outweigh_steadiness() -> None:
    # Threshold 0.51 spares every negative of this sample, but then every positive stands right on it.
    table, values = _scores([(1, [0.51])] * 20 + [(0, [0.2])] * 19 + [(0, [0.505])])
    point = choose(table, values, least_sensitivity=0.95)
    assert (point.sensitivity, point.specificity) == (1.0, 0.95)
    assert 0.22 < point.slice_threshold < 0.45


def test_many_negatives_outweigh_it() -> None:
    table, values = _scores([(1, [0.51])] * 20 + [(0, [0.2])] * 10 + [(0, [0.505])] * 10)
    assert choose(table, values, least_sensitivity=0.95).specificity == 1.0


def test_when_nothing_else_reaches_it_everyone_is_called() -> None:
    table, values = _scores([(1, [0.0]), (0, [0.9])])
    point = choose(table, values, least_sensitivity=1.0)
    assert point.calls(table, values).all()


@pytest.mark.parametrize("asked", [0.0, 1.5, -1.0])
def test_an_impossible_sensitivity_is_refused(asked: float) -> None:
    table, values = _scores([(1, [0.5]), (0, [0.5])])
    with pytest.raises(UsageError):
        choose(table, values, least_sensitivity=asked)
