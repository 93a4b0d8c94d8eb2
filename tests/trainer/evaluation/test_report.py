"""All figures of a run."""

from __future__ import annotations

import json

import numpy as np
import pytest

from trainer.data.scores import ScoreTable
from trainer.evaluation import metrics
from trainer.evaluation.report import TOP_SHARE, evaluate, judge


def _table(seed: int, *, strength: float = 1.0, patients: int = 40, slices: int = 12) -> ScoreTable:
    chance = np.random.default_rng(seed)
    labels = np.arange(patients) % 2
    logits = chance.normal(0, 1.5, (patients, slices)) + strength * (2 * labels - 1)[:, None]
    patient = np.repeat(np.arange(patients), slices)
    index = np.tile(np.arange(slices), patients)
    ids = tuple(f"p{i}" for i in range(patients))
    return ScoreTable(ids, patient, index, labels[patient].astype(np.int64), logits.ravel())


@pytest.fixture(scope="module")
def report() -> dict:
    return evaluate(_table(1), _table(2), least_sensitivity=0.95, resamples=100, confidence=0.95)


def test_the_report_is_json_and_names_its_ways(report: dict) -> None:
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert report["schema"] == "leukoviewer.metrics/1"
    assert report["operating_point"]["chosen_on"] == "validation patients"
    assert report["intervals"]["method"] == "bootstrap over patients"


def test_figures_are_those_of_the_scores(report: dict) -> None:
    table = _table(2)
    scores = metrics.sigmoid(table.logit / report["calibration"]["temperature"])
    test = report["test"]
    assert (test["patients"], test["positive_patients"], test["slices"]) == (40, 20, 480)
    assert test["patient"]["auc"]["value"] == pytest.approx(
        metrics.auc(table.patient_label, table.patient_top(scores, share=TOP_SHARE)), abs=1e-6
    )
    assert test["slice"]["brier"]["value"] == pytest.approx(metrics.brier(table.label, scores), abs=1e-6)
    point = report["operating_point"]
    votes = table.patient_count(scores >= point["slice_threshold"]) > point["needed"]
    assert test["patient"]["sensitivity"]["value"] == pytest.approx(votes[1::2].mean(), abs=1e-6)


def test_every_figure_has_an_interval_around_it(report: dict) -> None:
    for side in ("validation", "test"):
        for level in ("patient", "slice"):
            for figure in report[side][level].values():
                assert figure["low"] <= figure["value"] + 0.05
                assert figure["high"] >= figure["value"] - 0.05


def test_slices_that_were_learnt_by_their_own_labels_keep_their_scores() -> None:
    kept = evaluate(_table(1), _table(2), least_sensitivity=0.95, resamples=10, confidence=0.95, slice_temperature=1.0)
    assert kept["calibration"]["temperature"] == 1.0
    assert "in training" in kept["calibration"]["fitted_on"]
    scores = metrics.sigmoid(_table(2).logit)
    assert kept["test"]["slice"]["brier"]["value"] == pytest.approx(metrics.brier(_table(2).label, scores), abs=1e-6)


def test_the_operating_point_does_not_see_the_test_side(report: dict) -> None:
    other = evaluate(_table(1), _table(3, strength=-1), least_sensitivity=0.95, resamples=10, confidence=0.95)
    assert other["operating_point"] == report["operating_point"]
    assert other["calibration"] == report["calibration"]


def test_selection_prefers_the_better_auc_then_the_smaller_loss() -> None:
    weak, strong = judge(_table(1, strength=0.1)), judge(_table(1, strength=2))
    assert strong["selection"] > weak["selection"]
    sure = _table(1, strength=3)
    unsure = ScoreTable(sure.patients, sure.patient, sure.slice, sure.label, sure.logit * 0.01)
    assert judge(sure)["patient_auc"] == judge(unsure)["patient_auc"] == 1
    assert judge(sure)["selection"] > judge(unsure)["selection"]
