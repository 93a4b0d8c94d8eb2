"""Whom a model may be evaluated on, its scores through the viewer's engine, and its figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import UsageError
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from leukoviewer.packages.provenance import Calibration, PatientCalibration
from tests.trainer.evaluation.evaluations import judged, known_patients
from tests.trainer.phantom_cohort import write_cohort
from trainer.data.cache import fill, open_volume
from trainer.data.cases import Case, CaseSet
from trainer.data.sources import simulated
from trainer.data.splits import Split
from trainer.evaluation import metrics
from trainer.evaluation.cohort import Judged, Sampling, about_model, calibration, figures, may_be_scored, score

SPLIT = Split({"train": ("a", "b"), "validation": ("c",), "test": ("d", "e")})


def _trained(package: Package, **details: object) -> Package:
    training = replace(package.manifest.training, details=tuple(details.items()))
    return replace(package, manifest=replace(package.manifest, training=training))


def _cohort(ids: str, *, name: str = "paper", seed: int = 2026) -> CaseSet:
    cases = tuple(Case(one, Path(one), i % 2) for i, one in enumerate(ids))
    return CaseSet(cases, "simulated patients", True, cohort=(("name", name), ("seed", seed), ("simulator_version", 3)))


@pytest.fixture
def package(tiny_package: Package) -> Package:
    return _trained(tiny_package, cohort_name="paper", cohort_seed=2026, split_sha256=SPLIT.sha256)


def test_of_the_trainings_own_cohort_the_test_side_alone_is_scored(package: Package) -> None:
    cases, side = may_be_scored(_cohort("abcdef"), package, SPLIT)
    assert ("".join(case.id for case in cases), side) == ("de", "test")


def test_of_another_cohort_every_patient_is_scored(package: Package) -> None:
    for found, split in (
        (_cohort("xyz", name="external"), None),
        (_cohort("xyz"), SPLIT),
        (_cohort("xy", seed=3), None),
    ):
        cases, side = may_be_scored(found, package, split)
        assert (len(cases), side) == (len(found.cases), "all")


@pytest.mark.parametrize("version", [2, 3])
def test_the_trainings_own_cohort_without_its_split_is_refused(package: Package, version: int) -> None:
    found = replace(_cohort("de"), cohort=(("name", "paper"), ("seed", 2026), ("simulator_version", version)))
    with pytest.raises(UsageError, match="may have been trained on patients of this cohort"):
        may_be_scored(found, package, None)


def test_what_is_known_of_nobody_needs_a_split(package: Package, tiny_package: Package) -> None:
    hospital = CaseSet(_cohort("xy").cases, "hospital patients", False)
    for model, found in ((package, hospital), (tiny_package, _cohort("xy"))):
        with pytest.raises(UsageError, match="--split"):
            may_be_scored(found, model, None)


def test_the_split_of_another_run_is_refused(package: Package) -> None:
    other = Split({"train": ("d",), "validation": ("c",), "test": ("a",)})
    with pytest.raises(UsageError, match="does not belong"):
        may_be_scored(_cohort("abc"), package, other)


def test_patients_that_were_all_trained_on_are_refused(package: Package) -> None:
    with pytest.raises(UsageError, match="All patients of this cohort were trained on"):
        may_be_scored(_cohort("abc"), package, SPLIT)


def test_scores_are_those_of_the_viewer(tiny_package: Package, tmp_path: Path) -> None:
    found = simulated.read_cases(write_cohort(tmp_path / "cohort", patients=2))
    content = finish(fill(found.cases, tiny_package.recipe, tmp_path / "cache"))
    table = finish(score(OnnxEngine(tiny_package), tiny_package, content, content.cases))
    judged_ = Judged.of(table, tiny_package)
    for position, case in enumerate(found.cases):
        analysis = finish(analyze(open_volume(case.folder), tiny_package, device="cpu"))
        rows = table.patient == position
        np.testing.assert_array_equal(table.slice[rows], [item.stack_index for item in analysis.scores])
        np.testing.assert_allclose(table.logit[rows], [item.logit for item in analysis.scores], atol=1e-6)
        assert judged_.calls[position] == analysis.vote().is_positive


def test_calibrations_of_the_package_are_applied(tiny_package: Package) -> None:
    table = judged(known_patients(10)).table
    by_patient = PatientCalibration(2.0, -1.0, 0.25, "validation")
    manifest = replace(
        tiny_package.manifest, calibration=Calibration(2.0, "validation"), patient_calibration=by_patient
    )
    found = Judged.of(table, replace(tiny_package, manifest=manifest))
    np.testing.assert_allclose(found.slice_scores, metrics.sigmoid(table.logit / 2))
    top = table.patient_top(table.logit, share=0.25)
    np.testing.assert_allclose(found.probability, metrics.sigmoid(2 * top - 1))
    plain = Judged.of(table, tiny_package)
    np.testing.assert_array_equal(plain.probability, plain.patient)


def test_figures_are_those_of_the_metrics_with_intervals_around_them() -> None:
    found = judged(known_patients())
    told = figures(found, Sampling(50))
    auc = told["patient"]["auc"]
    assert auc["value"] == pytest.approx(metrics.auc(found.labels, found.patient), abs=1e-6)
    assert auc["low"] <= auc["value"] <= auc["high"]
    assert told["patient"]["sensitivity"]["value"] == pytest.approx(found.calls[found.labels == 1].mean(), abs=1e-6)
    assert told["slice"]["auc"]["value"] == pytest.approx(metrics.auc(found.table.label, found.slice_scores), abs=1e-6)
    assert told["intervals"] == {"method": "bootstrap over patients", "resamples": 50, "confidence": 0.95}


def test_chance_alone_makes_a_calibration_error_that_shrinks_with_the_patients() -> None:
    few, many = (calibration(judged(known_patients(count)))["patient"] for count in (40, 640))
    assert few["by_chance"] > 2.5 * many["by_chance"] > 0
    assert few["before"] == few["after"]  # nothing was calibrated


def test_the_model_is_told_by_its_weights_and_operating_point(tiny_package: Package) -> None:
    told = about_model(tiny_package)
    assert told["weights_sha256"] == tiny_package.manifest.files["weights.safetensors"].sha256
    assert (told["slice_threshold"], told["vote_needed"], told["patient_calibration"]) == (0.5, 4, None)
