"""Two packages of different networks, the second calibrated by patient, and a window with both."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer import app
from leukoviewer.packages.archive import Package
from leukoviewer.packages.provenance import PatientCalibration, TrainingRange
from leukoviewer.preprocessing.recipe import BUILTIN
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import begun, opened

TINY, OTHER = "tiny-1.0", "other-2.0"
BY_PATIENT = PatientCalibration(1.5, -0.25, 0.25, "validation patients, simulated patients")


@pytest.fixture(scope="session")
def models_folder(tiny_package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``tiny-1.0`` and ``other-2.0``, whose network, thresholds and training range differ."""
    from tests.packages_fixture import varied_network
    from trainer.export import Description, write

    folder = tmp_path_factory.mktemp("two-models")
    shutil.copytree(tiny_package.folder, folder / TINY)
    description = Description(
        name="other", version="2.0", recipe=BUILTIN["leuko-a"], training=tiny_package.manifest.training,
        slice_threshold=0.6, vote_needed=2, patient_calibration=BY_PATIENT,
        training_range=TrainingRange(thickness_mm=(0.5, 1.0), kernels=("H31s",)),
    )  # fmt: skip
    write(varied_network("test_convnext", seed=8), folder / OTHER, description=description)
    return folder


@pytest.fixture
def both(
    viewers: Callable[..., Viewer], models_folder: Path, head_folder: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Viewer:  # fmt: skip
    """A window with both packages and the patient open; nothing is run yet."""
    from leukoviewer.packages.store import PackageStore

    monkeypatch.setattr(app, "_store", lambda: PackageStore((models_folder,)))
    viewer = opened(begun(viewers(), qtbot), head_folder, qtbot)
    viewer.session.choose_model(TINY)
    return viewer
