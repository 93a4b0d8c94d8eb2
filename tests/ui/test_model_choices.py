"""What is told of installed packages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.provenance import Calibration, Metric
from leukoviewer.packages.store import BrokenPackage
from leukoviewer.ui.model_choices import choices, details, facts, headline, metric_line
from leukoviewer.ui.values import Cutoffs, HeatmapChoice, ModelChoice


def _metric(name: str = "AUC", by: str = "patient", split: str = "test") -> Metric:
    return Metric(name, by, split, 120, 0.934, (0.88, 0.971))


def test_a_package_tells_what_it_was_trained_on_and_how_good_it_was(tiny_package: Package) -> None:
    assert facts(tiny_package) == (
        "Trained on nothing: random weights",
        "AUC by patient 0.50 (0.35–0.65) on 40 simulated patients, test",
    )


def test_a_package_without_figures_tells_its_training_only(tiny_package: Package) -> None:
    bare = replace(tiny_package, manifest=replace(tiny_package.manifest, metrics=()))
    assert facts(bare) == ("Trained on nothing: random weights",)


def test_the_details_say_whether_scores_are_probabilities(tiny_package: Package) -> None:
    assert "Scores are no probabilities" in details(tiny_package)
    calibration = Calibration(1.5, "80 simulated patients")
    calibrated = replace(tiny_package, manifest=replace(tiny_package.manifest, calibration=calibration))
    assert "Calibrated on 80 simulated patients" in details(calibrated)


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        ((_metric("F1"), _metric("AUC")), _metric("AUC")),
        ((_metric(by="slice"), _metric(by="patient")), _metric()),
        ((_metric(split="validation"), _metric(split="test")), _metric()),
        ((_metric("F1"),), _metric("F1")),
        ((), None),
    ],
)
def test_the_headline_is_the_patients_auc_on_test_data(metrics: tuple[Metric, ...], expected: Metric | None) -> None:
    assert headline(metrics) == expected


def test_patients_are_called_simulated_only_when_they_are() -> None:
    assert metric_line(_metric(), simulated=True) == "AUC by patient 0.93 (0.88–0.97) on 120 simulated patients, test"
    no_interval = replace(_metric(), interval=None)
    nearly = replace(_metric(), value=0.998, interval=(0.996, 1.0))
    assert metric_line(nearly, simulated=True) == "AUC by patient 0.99 (0.99–1.00) on 120 simulated patients, test"
    assert metric_line(no_interval, simulated=False) == "AUC by patient 0.93 on 120 patients, test"


def test_the_default_comes_first_and_damaged_ones_last(tiny_package: Package) -> None:
    other = replace(tiny_package, manifest=replace(tiny_package.manifest, name="another"))
    broken = BrokenPackage(Path("torn-1.0"), "torn-1.0", "The model in torn-1.0 cannot be used.")
    made = choices((broken, other, tiny_package), tiny_package.id)
    assert [choice.id for choice in made] == ["tiny-1.0", "another-1.0", "torn-1.0"]
    assert made[-1].problem == "The model in torn-1.0 cannot be used."
    assert made[0].ref == tiny_package.ref


def test_a_model_offers_the_heatmaps_of_its_layout(tiny_package: Package) -> None:
    own, other = HeatmapChoice("gradcam", "Grad-CAM"), HeatmapChoice("fem", "FEM")
    (made,) = choices((tiny_package,), "", heatmaps={Layout.SLICES: (own, other), Layout.VOLUME: (own,)})
    assert made.heatmaps == (own, other)
    assert made.heatmap("fem") is other
    assert made.heatmap("unheard-of").name == "unheard-of"


def test_a_choice_has_either_a_package_or_a_problem(tiny_package: Package) -> None:
    with pytest.raises(ValueError, match="either"):
        ModelChoice("x")
    with pytest.raises(ValueError, match="either"):
        ModelChoice("x", tiny_package.ref, problem="torn")


@pytest.mark.parametrize(("threshold", "needed"), [(-0.1, 0), (1.1, 0), (0.5, -1)])
def test_impossible_limits_are_refused(threshold: float, needed: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        Cutoffs(threshold, needed)
