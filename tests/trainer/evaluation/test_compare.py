"""Cells against each other: exact AUCs of draws, Holm's correction, pairs that differ in one thing."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.compare import PatientScores, compare, holm, sampled_aucs
from trainer.evaluation.metrics import auc

LABELS = np.array([1, 0] * 15)


def _scores(values: np.ndarray, labels: np.ndarray = LABELS) -> PatientScores:
    ids = [f"p{i}" for i in range(len(values))]
    return PatientScores(dict(zip(ids, labels.tolist(), strict=True)), dict(zip(ids, values.tolist(), strict=True)))


def _drawn(seed: int, strength: float) -> PatientScores:
    return _scores(np.random.default_rng(seed).normal(size=30) + strength * LABELS)


def test_sampled_aucs_are_those_of_the_drawn_patients() -> None:
    chance = np.random.default_rng(0)
    scores = np.round(chance.normal(size=30), 1)  # with ties
    draws = chance.multinomial(30, np.full(30, 1 / 30), 20)
    for draw, found in zip(draws, sampled_aucs(LABELS, scores, draws), strict=True):
        rows = np.repeat(np.arange(30), draw)
        assert found == pytest.approx(auc(LABELS[rows], scores[rows]))


def test_a_draw_of_one_class_alone_has_no_auc() -> None:
    assert np.isnan(sampled_aucs(np.array([1, 0]), np.array([0.1, 0.2]), np.array([[2, 0]]))).all()


@pytest.mark.parametrize(
    ("ps", "corrected"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),  # 3 * 0.01; 2 * 0.03 = 0.06; max(0.06, 1 * 0.04) = 0.06
        ([0.5, 0.9], [1.0, 1.0]),
        ([0.001], [0.001]),
        ([], []),
    ],
)
def test_holm_by_hand(ps: list[float], corrected: list[float]) -> None:
    assert holm(ps) == pytest.approx(corrected)


def test_only_cells_that_differ_in_one_thing_are_compared() -> None:
    cells = {(row, column): [_drawn(0, 1)] for row in "AB" for column in ("x", "y")}
    pairs = [(one.first, one.second) for one in compare(cells, resamples=50).pairs]
    assert pairs == [
        (("A", "x"), ("A", "y")), (("A", "x"), ("B", "x")), (("A", "y"), ("B", "y")), (("B", "x"), ("B", "y")),
    ]  # fmt: skip


def test_a_clear_difference_is_told_apart_and_none_is_not() -> None:
    cells = {("A", "x"): [_drawn(1, 6)], ("A", "y"): [_drawn(2, 0)], ("A", "z"): [_drawn(1, 6)]}
    found = {(one.first[1], one.second[1]): one for one in compare(cells, resamples=2000).pairs}
    clear, none = found["x", "y"], found["x", "z"]
    assert clear.difference > 0.3
    assert clear.low > 0
    assert clear.p_corrected < 0.05
    assert (none.difference, none.low, none.high, none.p, none.p_corrected) == (0, 0, 0, 1, 1)


def test_the_difference_is_that_of_the_mean_over_runs() -> None:
    first, second = _drawn(1, 2), _drawn(2, 0)
    other = _drawn(3, 1)
    (found,) = compare({("A", "x"): [first, second], ("B", "x"): [other]}, resamples=50).pairs
    values = [auc(LABELS, np.array(list(one.scores.values()))) for one in (first, second, other)]
    assert found.difference == pytest.approx((values[0] + values[1]) / 2 - values[2])


def test_only_patients_that_all_runs_scored_count() -> None:
    fewer = PatientScores({f"p{i}": int(LABELS[i]) for i in range(20)}, {f"p{i}": float(LABELS[i]) for i in range(20)})
    assert compare({("A", "x"): [_drawn(1, 1)], ("B", "x"): [fewer]}, resamples=50).patients == 20


def test_nothing_to_compare_is_told() -> None:
    alone = compare({("A", "x"): [_drawn(1, 1)], ("B", "x"): []})
    assert alone.pairs == ()
    assert alone.reason
    one_class = PatientScores({"p0": 1}, {"p0": 0.3})
    assert "in common" in compare({("A", "x"): [one_class], ("B", "x"): [one_class]}).reason


def test_the_same_scores_give_the_same_comparisons() -> None:
    cells = {("A", "x"): [_drawn(1, 1)], ("B", "x"): [_drawn(2, 1)]}
    assert compare(cells, resamples=100) == compare(cells, resamples=100)
