from __future__ import annotations

from dataclasses import replace

import pytest

from leukoviewer.packages.manifest import Layout, Manifest
from leukoviewer.packages.provenance import Training, TrainingRange
from tests.packages.conftest import MANIFEST
from trainer.export_card import card
from trainer.export_evaluations import NOTES, Evaluations


def test_a_card_tells_training_figures_range_and_limits() -> None:
    evaluations = Evaluations().with_value(
        "notes", {"schema": NOTES, "notes": ["It calls calcified vessels positive."]}
    )
    text = card(MANIFEST, evaluations)
    for words in (
        "# leuko-small 1.2",
        "**Trained on simulated patients.** It has never seen a real patient",
        "| training run | run-1 |",
        "| seed | 3 |",
        "| AUC | patient | test | 90 | 0.910 | 0.850 to 0.960 |",
        "| AUC | slice | test | 90 | 0.800 | not computed |",
        "| slice thickness | 2.5 to 5 mm |",
        "| distance of slices | not recorded |",
        "| kernels | H30s |",
        "on real scans a score is no probability",
        "not for diagnosis",
        "- It calls calcified vessels positive.",
        "Apache-2.0",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("manifest", "present", "absent"),
    [
        (replace(MANIFEST, calibration=None), "none: scores are no probabilities", "temperature"),
        (replace(MANIFEST, metrics=()), "its scores mean nothing yet", "95 % interval"),
        (replace(MANIFEST, training=Training("r", "hospital patients", False)), "hospital patients", "never seen"),
        (replace(MANIFEST, layout=Layout.VOLUME, map_shape=(2, 8, 8)), "all slices or none", "each slice by itself"),
        (replace(MANIFEST, training_range=TrainingRange()), "| kernels | not recorded |", "2.5 to 5"),
        (replace(MANIFEST, operating_point=""), "not chosen on data", "chosen on validation"),
    ],
    ids=["uncalibrated", "unmeasured", "real patients", "volume", "unknown range", "no operating point"],
)
def test_a_card_never_tells_more_than_the_manifest(manifest: Manifest, present: str, absent: str) -> None:
    text = card(manifest, Evaluations())
    assert present in text
    assert absent not in text
