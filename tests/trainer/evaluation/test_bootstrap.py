"""Intervals over patients."""

from __future__ import annotations

import math

import numpy as np
import pytest

from trainer.evaluation.bootstrap import Interval, over_patients, rows_of_patients


def test_the_interval_of_a_mean_has_the_textbook_width() -> None:
    values = np.random.default_rng(1).normal(5, 2, 400)
    found = over_patients(lambda s: float(values[s].mean()), 400, resamples=2000, confidence=0.95)
    assert found.value == pytest.approx(values.mean())
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)
    assert found.low < found.value < found.high


def test_the_same_seed_gives_the_same_interval_and_more_confidence_a_wider_one() -> None:
    values = np.random.default_rng(1).random(50)
    wide, narrow, again = (
        over_patients(lambda s: float(values[s].mean()), 50, resamples=500, confidence=c) for c in (0.95, 0.8, 0.95)
    )
    assert wide == again
    assert wide.high - wide.low > narrow.high - narrow.low


def test_samples_without_a_figure_are_left_out() -> None:
    found = over_patients(lambda s: float("nan") if 0 in s else 1.0, 3, resamples=200, confidence=0.9)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (1.0, 1.0)
    assert over_patients(lambda _s: float("nan"), 3, resamples=5, confidence=0.9).to_json() == {
        "value": None,
        "low": None,
        "high": None,
    }


def test_a_patient_drawn_twice_brings_all_slices_twice() -> None:
    rows = rows_of_patients(np.array([0, 2, 1, 2, 2]), 3)
    assert rows(np.array([2, 0, 2])).tolist() == [1, 3, 4, 0, 1, 3, 4]
    assert rows(np.array([1])).tolist() == [2]


def test_slices_of_a_patient_are_no_independent_witnesses() -> None:
    by_patient = np.random.default_rng(2).normal(0, 1, 40)
    slices = np.repeat(by_patient, 25)
    rows = rows_of_patients(np.repeat(np.arange(40), 25), 40)
    clustered = over_patients(lambda s: float(slices[rows(s)].mean()), 40, resamples=500, confidence=0.95)
    naive = over_patients(lambda s: float(slices[s].mean()), 1000, resamples=500, confidence=0.95)
    assert clustered.high - clustered.low > 4 * (naive.high - naive.low)


def test_json_keeps_six_digits() -> None:
    assert Interval(1 / 3, 0.0, 1.0).to_json() == {"value": 0.333333, "low": 0.0, "high": 1.0}
