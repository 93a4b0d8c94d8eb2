"""Probes find what gives a label away, and nothing where there is nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tests.trainer.simulation.report.conftest import made_up
from trainer.simulation.recruit import recruit
from trainer.simulation.report.figures import INSIDE, OUTSIDE, SHOWN, Rule
from trainer.simulation.report.patients import CohortFolder
from trainer.simulation.report.probes import Probe, judge_probe, linear_probe, probe_figures, rank_auc, score_figures

LABELS = np.arange(120) % 2 == 0


def _values(pull: float) -> np.ndarray:
    return (np.random.default_rng(1).standard_normal(120) + pull * LABELS)[:, None]


@pytest.mark.parametrize(("pull", "low", "high"), [(0.0, 0.3, 0.62), (1.0, 0.68, 0.85), (6.0, 0.99, 1.0)])
def test_the_auc_follows_the_pull(pull: float, low: float, high: float) -> None:
    probe = linear_probe(_values(pull), LABELS)
    assert low <= probe.auc <= high
    assert probe.low <= probe.auc <= probe.high
    assert probe.patients == 120


def test_patients_without_the_measure_are_left_out() -> None:
    values = _values(1.0)
    values[:20] = math.nan
    assert linear_probe(values, LABELS).patients == 100


def test_too_few_of_a_class_give_no_auc() -> None:
    assert math.isnan(linear_probe(_values(1.0)[:8], LABELS[:8]).auc)


def test_the_auc_by_ranks_is_that_of_scikit_learn() -> None:
    scores = np.round(_values(0.7)[:, 0], 1)
    assert rank_auc(scores, LABELS) == pytest.approx(roc_auc_score(LABELS, scores))
    assert math.isnan(rank_auc(scores, np.ones(120, dtype=bool)))


@pytest.fixture(scope="module")
def many() -> CohortFolder:
    from pathlib import Path

    return CohortFolder(
        Path("none"), {"cohort": "paper", "format": "dicom"}, recruit("paper", patients=150, seed=1), ()
    )


@pytest.mark.parametrize(("drop", "verdict"), [(0.05, INSIDE), (4.0, OUTSIDE)])
def test_white_matter_that_gives_the_label_away_is_outside(many: CohortFolder, drop: float, verdict: str) -> None:
    chance = np.random.default_rng(2)
    measured = [made_up(r, white_mean_hu=27 - drop * r.positive + chance.normal(0, 1)) for r in many.records]
    figures = {figure.key: figure for figure in probe_figures(many, measured)}
    assert figures["probe_white"].verdict == verdict
    assert figures["probe_atrophy"].verdict == INSIDE
    assert figures["probe_white_1"].verdict == SHOWN


def test_a_models_scores_stand_beside_the_probes_by_grade(many: CohortFolder) -> None:
    scores = {r.id: float(r.grade) for r in many.records[::2]}
    figures = {figure.key: figure for figure in score_figures(many, scores, "run x")}
    assert figures["model"].numbers["value"] == 1.0
    assert set(figures) == {"model", "model_1", "model_2", "model_3"}
    assert "run x" in figures["model"].reason


def test_scores_of_strangers_are_told(many: CohortFolder) -> None:
    (figure,) = score_figures(many, {"someone": 1.0}, "run x")
    assert figure.reason == "run x scored no patient of this cohort"


@pytest.mark.parametrize(("low", "reason"), [(0.6, "too few patients to tell"), (0.8, "to be mended")])
def test_a_probe_above_its_limit_says_whether_the_sample_could_tell(low: float, reason: str) -> None:
    rule = Rule("probe", "Probes", "A probe", "", 0, 0.70, "design")
    figure = judge_probe(rule, Probe(0.85, low, 0.95, 24))
    assert figure.verdict == OUTSIDE
    assert figure.reason.endswith(reason)
