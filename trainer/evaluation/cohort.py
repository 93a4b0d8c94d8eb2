"""Evaluates a model package on a cohort through the viewer's own engine: who may be scored, scores, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import UsageError
from leukoviewer.inference.engine import Engine
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import WEIGHTS, Layout
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.cases import Case, CaseSet
from trainer.data.dataset import SliceTable, StackFiles
from trainer.data.scores import ScoreTable
from trainer.data.splits import Split
from trainer.evaluation import metrics
from trainer.evaluation.bootstrap import Index, over_patients, rows_of_patients
from trainer.evaluation.patient_calibration import probabilities
from trainer.evaluation.report import patient_scores

SCHEMA = "leukoviewer.evaluation/1"
# Labels and values of a sample to one figure.
Figure = Callable[[Any, Any], float]
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Sampling:
    """How intervals are drawn: samples of patients, and the share of them that an interval holds."""

    resamples: int = 1000
    confidence: float = 0.95


def may_be_scored(found: CaseSet, package: Package, split: Split | None) -> tuple[tuple[Case, ...], str]:
    """The cases that the model has never learned from, and which side of its split they are.

    Parameters
    ----------
    found : CaseSet
        A cohort.
    package : Package
        The model; its manifest says what it was trained on.
    split : Split or None
        Of the training.

    Raises
    ------
    UsageError
        The cohort may hold patients of the training and nothing tells which; or the split is another run's.
    """
    details = dict(package.manifest.training.details)
    if split is not None and details.get("split_sha256", split.sha256) != split.sha256:
        raise UsageError(f"The split does not belong to the training of {package.id}.", thing=package.id)
    if split is not None:
        return _side(found, split)
    cohort = dict(found.cohort)
    trained = (details.get("cohort_name"), details.get("cohort_seed"))
    asked = (cohort.get("name"), cohort.get("seed"))
    is_other = None not in trained and None not in asked and asked != trained
    if not is_other:
        raise UsageError(
            f"{package.id} may have been trained on patients of this cohort; name the split of its run: "
            "--split RUN/split.json.",
            thing=package.id,
        )
    return found.cases, "all"


def _side(found: CaseSet, split: Split) -> tuple[tuple[Case, ...], str]:
    learned = {case_id for part in ("train", "validation") for case_id in split.parts[part]}
    test = set(split.parts["test"])
    if not any(case.id in learned or case.id in test for case in found.cases):
        return found.cases, "all"
    held_out = tuple(case for case in found.cases if case.id in test)
    if not held_out:
        raise UsageError("All patients of this cohort were trained on; evaluate on another one.")
    return held_out, "test"


def score(engine: Engine, package: Package, content: CacheContent, cases: Sequence[PreparedCase]) -> Work[ScoreTable]:
    """Logits of every scored slice of prepared cases, in batches as the viewer runs them; yields after each case."""
    table = SliceTable.of(tuple(cases))
    files = StackFiles(content, table)
    layout = package.manifest.layout
    logits: list[NDArray[np.float32]] = []
    for position in range(len(cases)):
        yield Progress(position, len(cases), "Scoring the patients")
        if layout is Layout.VOLUME:
            stack = files.stacks(np.array([position], dtype=np.int64))[0]
            logits.append(engine.run(stack).logits)
            continue
        values = files.slices(np.flatnonzero(table.case == position))
        for start in range(0, len(values), engine.batch_size):
            part = values[start : start + engine.batch_size]
            logits.append(engine.run(part).logits)
    yield Progress(len(cases), len(cases), "Scoring the patients")
    joined = np.concatenate(logits)
    return ScoreTable.of_patients(table, joined) if layout is Layout.VOLUME else ScoreTable.of(table, joined)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Scores of a cohort as the package means them.

    Attributes
    ----------
    table : ScoreTable
        The logits.
    slice_scores : array of float64, shape (rows,)
        After the package's temperature, as the viewer shows them.
    patient : array of float64, shape (patients,)
        What patients are ranked by: the mean of their highest slice scores.
    probability : array of float64, shape (patients,)
        The calibrated probability where the package has a calibration by patient, else ``patient``.
    calls : array of bool, shape (patients,)
        The vote at the package's operating point.
    """

    table: ScoreTable
    slice_scores: NDArray[np.float64]
    patient: NDArray[np.float64]
    probability: NDArray[np.float64]
    calls: NDArray[np.bool_]

    @classmethod
    def of(cls, table: ScoreTable, package: Package) -> Judged:
        """Judge scores at a package's operating point."""
        manifest = package.manifest
        temperature = 1.0 if manifest.calibration is None else manifest.calibration.temperature
        scores = metrics.sigmoid(table.logit / temperature)
        ranked = patient_scores(table, scores)
        fitted = manifest.patient_calibration
        calls = table.patient_count(scores >= manifest.slice_threshold) > manifest.vote_needed
        return cls(table, scores, ranked, ranked if fitted is None else probabilities(fitted, table), calls)

    @property
    def labels(self) -> NDArray[np.int64]:
        """Label of each patient."""
        return self.table.patient_label


def about_model(package: Package) -> dict[str, Any]:
    """Which model was evaluated, and at which operating point: a card takes no evaluation of another one."""
    manifest = package.manifest
    return {
        "id": package.id,
        "architecture": manifest.architecture,
        "training_run": manifest.training.run,
        "weights_sha256": manifest.files[WEIGHTS].sha256,
        "slice_threshold": manifest.slice_threshold,
        "vote_needed": manifest.vote_needed,
        "temperature": None if manifest.calibration is None else manifest.calibration.temperature,
        "patient_calibration": manifest.patient_calibration and manifest.patient_calibration.to_json(),
    }


def figures(judged: Judged, sampling: Sampling) -> dict[str, Any]:
    """Figures by patient and by slice with their intervals, and calibration before and after."""
    labels, table = judged.labels, judged.table
    by_patient: Mapping[str, tuple[Figure, Any]] = {
        "auc": (metrics.auc, judged.patient),
        "average_precision": (metrics.average_precision, judged.patient),
        "sensitivity": (metrics.sensitivity, judged.calls),
        "specificity": (metrics.specificity, judged.calls),
        "accuracy": (metrics.accuracy, judged.calls),
        "brier": (metrics.brier, judged.probability),
        "calibration_error": (metrics.calibration_error, judged.probability),
    }
    rows = rows_of_patients(table.patient, len(table.patients))
    by_slice: Mapping[str, tuple[Figure, Any]] = {
        "auc": (metrics.auc, judged.slice_scores),
        "calibration_error": (metrics.calibration_error, judged.slice_scores),
    }
    # Slices are many: fewer samples give the same bounds to a percent.
    fewer = Sampling(max(1, sampling.resamples // 5), sampling.confidence)
    return {
        "patient": {n: interval(f, labels, v, sampling=sampling) for n, (f, v) in by_patient.items()},
        "slice": {
            n: interval(f, table.label, v, sampling=fewer, rows=rows, patients=len(labels))
            for n, (f, v) in by_slice.items()
        },
        "calibration": calibration(judged),
        "intervals": {"method": "bootstrap over patients", **_shown(sampling)},
    }


def calibration(judged: Judged) -> dict[str, Any]:
    """Expected calibration error before and after calibration, by patient and by slice.

    ``by_chance`` is what perfectly calibrated probabilities of so many patients would show on average: with few
    patients no model can reach 0.
    """
    plain = metrics.sigmoid(judged.table.logit)
    ranked = patient_scores(judged.table, plain)
    return {
        "patient": {
            "before": _rounded(metrics.calibration_error(judged.labels, ranked)),
            "after": _rounded(metrics.calibration_error(judged.labels, judged.probability)),
            "by_chance": _rounded(_error_by_chance(judged.probability)),
        },
        "slice": {
            "before": _rounded(metrics.calibration_error(judged.table.label, plain)),
            "after": _rounded(metrics.calibration_error(judged.table.label, judged.slice_scores)),
        },
    }


def _error_by_chance(probability: NDArray[np.float64], *, draws: int = 200) -> float:
    chance = np.random.default_rng(0)
    labels = (chance.random((draws, len(probability))) < probability).astype(np.int64)
    return float(np.mean([metrics.calibration_error(drawn, probability) for drawn in labels]))


def interval(
    figure: Figure,
    labels: NDArray[np.int64],
    values: NDArray[Any],
    *,
    sampling: Sampling,
    rows: Callable[[Index], Index] = lambda sample: sample,
    patients: int | None = None,
) -> dict[str, float | None]:
    """A figure with its interval over patients; ``rows`` turns a sample of patients into rows of the values."""

    def of(sample: Index) -> float:
        chosen = rows(sample)
        return figure(labels[chosen], values[chosen])

    count = len(labels) if patients is None else patients
    drawn = over_patients(of, count, resamples=sampling.resamples, confidence=sampling.confidence)
    return drawn.to_json()


def _shown(sampling: Sampling) -> dict[str, Any]:
    return {"resamples": sampling.resamples, "confidence": sampling.confidence}


def _rounded(value: float) -> float | None:
    return round(value, _DECIMALS) if np.isfinite(value) else None
