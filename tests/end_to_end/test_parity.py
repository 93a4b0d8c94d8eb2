"""What a network sees in the viewer is bit for bit what it saw in the trainer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.inference import pipeline
from leukoviewer.inference.device import start
from leukoviewer.inference.engine import EngineOutput
from leukoviewer.packages.archive import Package
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from tests.phantom import write_phantom
from trainer.data.cache import fill
from trainer.data.cases import Case

Batch = NDArray[np.float32]


class _Recorder:
    """The processor's engine, keeping what it was given."""

    def __init__(self, package: Package) -> None:
        self._engine = start(package, "onnxruntime", "cpu")
        self.seen: list[Batch] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def run(self, values: Batch) -> EngineOutput:
        self.seen.append(values.copy())
        return self._engine.run(values)


def _seen_by_the_viewer(folder: Path, package: Package, monkeypatch: pytest.MonkeyPatch) -> Batch:
    recorder = _Recorder(package)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: recorder)
    catalog = finish(discover(folder))
    assert catalog.suggestion is not None
    series = catalog.find(catalog.suggestion.key)
    assert series is not None
    finish(pipeline.analyze(finish(load(series)), package))
    return np.concatenate(recorder.seen)


def _seen_by_the_trainer(folder: Path, package: Package, cache: Path) -> Batch:
    content = finish(fill([Case("case", folder, 1)], package.recipe, cache))
    (case,) = content.cases
    stack = np.load(content.stack_path(case))
    values: Batch = stack[list(case.scored)]
    return values


@pytest.mark.parametrize(
    "options",
    [
        {"slices": 9},
        {"slices": 40, "step_mm": 3.0},
        {"slices": 12, "rows": 96, "columns": 72, "spacing_mm": (2.2, 3.1), "tilt_deg": 15},
        {"slices": 10, "slope": 0.5, "intercept": -1000.0, "padding_value": 0},
        {"slices": 10, "transfer_syntax": "1.2.840.10008.1.2.5"},
    ],
    ids=["plain", "more than the stack", "tilted and not square", "scaled and padded", "compressed"],
)
def test_a_phantom(
    tmp_path: Path, tiny_package: Package, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    folder = tmp_path / "patient"
    write_phantom(folder, **options)
    viewer = _seen_by_the_viewer(folder, tiny_package, monkeypatch)
    trainer = _seen_by_the_trainer(folder, tiny_package, tmp_path / "cache")
    assert viewer.dtype == trainer.dtype == np.float32
    assert viewer.tobytes() == trainer.tobytes()
    assert float(viewer.std()) > 0


THIN = {"slices": 48, "step_mm": 1.25, "thickness_mm": 1.25, "rows": 64, "columns": 64}
OBLONG = {"slices": 12, "rows": 512, "columns": 600, "spacing_mm": (0.45, 0.45), "tilt_deg": 12}


@pytest.mark.parametrize("options", [THIN, OBLONG], ids=["thin slices", "512 x 600"])
@pytest.mark.parametrize("recipe", [one for one in BUILTIN.values() if one.depth is not None], ids=lambda one: one.id)
def test_every_recipe(
    tmp_path: Path,
    tiny_package: Package,
    monkeypatch: pytest.MonkeyPatch,
    recipe: Recipe,
    options: dict[str, Any],
) -> None:
    package = replace(tiny_package, manifest=replace(tiny_package.manifest, recipe=recipe))
    folder = tmp_path / "patient"
    write_phantom(folder, **options)
    viewer = _seen_by_the_viewer(folder, package, monkeypatch)
    trainer = _seen_by_the_trainer(folder, package, tmp_path / "cache")
    assert viewer.shape[1:] == recipe.plane_shape
    assert viewer.tobytes() == trainer.tobytes()
    assert float(viewer.std()) > 0


def test_the_real_head(real_data: Path, tmp_path: Path, tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = real_data / "head_ct_ge"
    viewer = _seen_by_the_viewer(folder, tiny_package, monkeypatch)
    assert viewer.shape == (28, 256, 256)
    assert viewer.tobytes() == _seen_by_the_trainer(folder, tiny_package, tmp_path / "cache").tobytes()
