"""Probes: how well one simple measure alone tells ill from healthy patients; a cohort must not give itself away."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trainer.simulation.report.figures import SHOWN, Figure, Rule, Values, column, finite
from trainer.simulation.report.patients import CohortFolder, Measured

GROUP = "Probes"
_FOLDS = 5
_RESAMPLES = 400
_LEAST_OF_A_CLASS = 5


@dataclass(frozen=True, slots=True)
class Probe:
    """Cross-validated AUC of a linear classifier.

    Attributes
    ----------
    auc, low, high : float
        By patient, with the 95 % interval over resampled patients; NaN with too few patients.
    patients : int
        How many had the measure.
    """

    auc: float
    low: float
    high: float
    patients: int


def linear_probe(values: NDArray[np.float64], labels: NDArray[np.bool_], *, seed: int = 0) -> Probe:
    """Train a logistic regression on every fold's rest and score the fold.

    Parameters
    ----------
    values : ndarray
        float64, shape (patients, measures); patients with a missing one are left out.
    labels : ndarray
        bool, shape (patients,).
    seed : int
        Of folds and resampling.
    """
    held = np.isfinite(values).all(axis=1)
    values, labels = values[held], labels[held]
    count = len(labels)
    if min(np.count_nonzero(labels), count - np.count_nonzero(labels)) < _LEAST_OF_A_CLASS:
        return Probe(math.nan, math.nan, math.nan, count)
    scores = _cross_validated(values, labels, seed)
    chance = np.random.default_rng(seed)
    drawn = []
    for _ in range(_RESAMPLES):
        chosen = chance.integers(0, count, count)
        drawn.append(rank_auc(scores[chosen], labels[chosen]))
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return Probe(rank_auc(scores, labels), float(low), float(high), count)


def _cross_validated(values: NDArray[np.float64], labels: NDArray[np.bool_], seed: int) -> Values:
    """Scores of patients that the classifier has not seen: each patient lies in one fold alone."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    scores = np.zeros(len(labels))
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(values, labels):
        model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
        scores[test] = model.fit(values[train], labels[train]).decision_function(values[test])
    return scores


def rank_auc(scores: Values, labels: NDArray[np.bool_]) -> float:
    """Area under the ROC curve, ties counted half; NaN when one class is absent."""
    positive, negative = scores[labels], np.sort(scores[~labels])
    if not positive.size or not negative.size:
        return math.nan
    below = np.searchsorted(negative, positive, side="left") + np.searchsorted(negative, positive, side="right")
    return float(below.mean() / 2 / negative.size)


def probe_figures(folder: CohortFolder, measured: Sequence[Measured]) -> list[Figure]:
    """White matter, atrophy and what is drawn with it; the first two have limits in the design."""
    labels = np.array([one.record.positive for one in measured])
    every = np.array([r.positive for r in folder.records])
    design = "design: at most {:.2f} patient AUC, {}"
    white = Rule("probe_white", GROUP, "Linear classifier on the HU of white matter, grade 1 to 3 against 0", "", 0,
                 0.85, design.format(0.85, "else a threshold solves the task"), digits=3)  # fmt: skip
    atrophy = Rule("probe_atrophy", GROUP, "Atrophy alone (as drawn)", "", 0, 0.70,
                   design.format(0.70, "at the default correlation"), digits=3)  # fmt: skip
    seen = Rule("probe_atrophy_seen", GROUP, "Atrophy alone (ventricles and fluid in the picture)", "", 0, 0.70,
                design.format(0.70, "at the default correlation"), digits=3)  # fmt: skip
    age = Rule("probe_age", GROUP, "Age alone", "", 0, 0.70, "design: the label is not to be read from age", digits=3)
    figures = [
        judge_probe(white, linear_probe(_white(measured), labels)),
        judge_probe(atrophy, linear_probe(column([r.atrophy for r in folder.records])[:, None], every)),
        judge_probe(seen, linear_probe(_seen(measured), labels)),
        judge_probe(age, linear_probe(column([r.age for r in folder.records])[:, None], every)),
    ]
    if all(one.known for one in measured):
        title = "Mean and tenth percentile of white matter, less grey matter, by truth"
        figures.append(
            _shown("probe_white_rich", title, linear_probe(_rich(measured), labels), "the design limits the mean")
        )
    for grade in (1, 2, 3):
        among = np.array([one.record.grade in (0, grade) for one in measured])
        probe = linear_probe(_white(measured)[among], labels[among])
        key, title = f"probe_white_{grade}", f"White matter again, grade {grade} against 0"
        figures.append(_shown(key, title, probe, "no limit is stated for a single grade"))
    return figures


def score_figures(folder: CohortFolder, scores: Mapping[str, float], origin: str) -> list[Figure]:
    """The AUC of a model's scores of this cohort's patients beside the probes, and by grade.

    Parameters
    ----------
    scores : mapping of str to float
        One score a patient id.
    origin : str
        Where they come from, for the reader.
    """
    known = [r for r in folder.records if r.id in scores]
    if not known:
        return [Figure("model", GROUP, "A model's scores", "none", reason=f"{origin} scored no patient of this cohort")]
    values = column([scores[r.id] for r in known])
    grades = np.array([r.grade for r in known])
    figures = [_shown("model", "A trained model", _scored(values, grades > 0), f"from {origin}; to stand above probes")]
    for grade in (1, 2, 3):
        among = (grades == 0) | (grades == grade)
        probe = _scored(values[among], grades[among] > 0)
        figures.append(_shown(f"model_{grade}", f"The model, grade {grade} against 0", probe, f"from {origin}"))
    return figures


def judge_probe(rule: Rule, probe: Probe) -> Figure:
    """Hold the AUC against its limit."""
    spread = f" ({probe.low:.3f} to {probe.high:.3f})" if math.isfinite(probe.auc) else ""
    if probe.low <= rule.high:
        rule = replace(rule, why_outside="its interval reaches into the range: too few patients to tell")
    figure = rule.judge(probe.auc, spread=spread, count=probe.patients)
    numbers = {**figure.numbers, "interval_low": finite(probe.low), "interval_high": finite(probe.high)}
    return Figure(
        rule.key, rule.group, rule.title, figure.found, numbers, rule.allowed, rule.source, figure.verdict,
        figure.reason,
    )  # fmt: skip


def _shown(key: str, title: str, probe: Probe, reason: str) -> Figure:
    judged = judge_probe(Rule(key, GROUP, title, "", 0, 1, "", digits=3), probe)
    return Figure(key, GROUP, title, judged.found, judged.numbers, verdict=SHOWN, reason=judged.reason or reason)


def _white(measured: Sequence[Measured]) -> NDArray[np.float64]:
    """Mean HU of all white matter, by truth where it is known, else by the picture."""
    return column([(one.known or one.measures).white_mean_hu for one in measured])[:, None]


def _rich(measured: Sequence[Measured]) -> NDArray[np.float64]:
    """Two measures of white matter from which the scanner's offset is taken by grey matter."""
    known = [one.known for one in measured if one.known is not None]
    return np.array([[k.white_mean_hu - k.grey_hu, k.white_low_hu - k.grey_hu] for k in known], dtype=np.float64)


def _seen(measured: Sequence[Measured]) -> NDArray[np.float64]:
    return np.array([[m.ventricle_ml, m.fluid_share] for m in (one.measures for one in measured)], dtype=np.float64)


def _scored(scores: Values, labels: NDArray[np.bool_]) -> Probe:
    chance = np.random.default_rng(0)
    count = len(labels)
    drawn = [rank_auc(scores[i], labels[i]) for i in (chance.integers(0, count, count) for _ in range(_RESAMPLES))]
    held = column(drawn)[np.isfinite(drawn)]
    low, high = np.quantile(held, (0.025, 0.975)) if held.size else (math.nan, math.nan)
    return Probe(rank_auc(scores, labels), float(low), float(high), count)
