"""Descriptions of packages, without networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leukoviewer.packages.manifest import PACKAGE_FILES, FileEntry, Layout, Manifest, Task
from leukoviewer.packages.provenance import Calibration, Metric, Training, TrainingRange
from leukoviewer.preprocessing.recipe import BUILTIN

MANIFEST = Manifest(
    name="leuko-small",
    version="1.2",
    task=Task.BINARY,
    architecture="convnext_atto",
    layout=Layout.SLICES,
    recipe=BUILTIN["leuko-a"],
    labels=("no", "yes"),
    slice_threshold=0.45,
    vote_needed=3,
    operating_point="chosen on validation",
    map_shape=(8, 8),
    training=Training("run-1", "simulated patients", True, (("seed", 3), ("optimizer", "adam"), ("rate", 1e-5))),
    intended_use="Research.",
    license="Apache-2.0",
    calibration=Calibration(1.5, "validation slices"),
    metrics=(Metric("AUC", "patient", "test", 90, 0.91, (0.85, 0.96)), Metric("AUC", "slice", "test", 90, 0.8, None)),
    training_range=TrainingRange((2.5, 5.0), None, ("H30s",)),
    files={name: FileEntry("0" * 64, 1) for name in PACKAGE_FILES},
)


@pytest.fixture
def manifest() -> Manifest:
    """A complete manifest; its file entries fit no file."""
    return MANIFEST


@pytest.fixture
def make_manifest() -> Callable[..., Manifest]:
    """The manifest with some values replaced."""

    def make(**changes: Any) -> Manifest:
        return replace(MANIFEST, **changes)

    return make
