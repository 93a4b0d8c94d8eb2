"""Volumes, packages and engines for the tests of inference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from leukoviewer.core.volume import Volume
from leukoviewer.inference.engine import EngineOutput
from leukoviewer.packages.archive import Package
from leukoviewer.packages.provenance import Training
from leukoviewer.preprocessing.depth import DepthWindow
from leukoviewer.preprocessing.intensity import Rescale
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.spatial import Resize
from tests.packages_fixture import varied_network
from tests.preprocessing.conftest import build_volume, draw_head

SMALL_STACK = Recipe("small-stack", (DepthWindow(slices=8), Resize(64, 64), Rescale()))


def head_volume(slices: int = 12, size: int = 96, **series: Any) -> Volume:
    """A drawn head of 5 mm slices; ``series`` replaces values of the series, ``report`` those of its geometry."""
    volume = build_volume(draw_head((slices, size, size)), spacing_mm=(240 / size, 240 / size))
    report = replace(volume.series.report, **series.pop("report", {}))
    return replace(volume, series=replace(volume.series, report=report, **series))


@pytest.fixture(scope="session")
def head() -> Volume:
    """A drawn head of 12 slices."""
    return head_volume()


@pytest.fixture(scope="session")
def volume_package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """MONAI's 3-D ResNet50 with random weights on stacks of 8 x 64 x 64."""
    from trainer.export import Description, write

    description = Description("cube", "1.0", SMALL_STACK, Training("run-of-tests", "nothing", True))
    folder = tmp_path_factory.mktemp("volume-models") / "cube-1.0"
    return write(varied_network("resnet50_3d", seed=2), folder, description=description)


class ScriptedEngine:
    """An engine whose answers and failures a test writes down; it records how many slices it was given."""

    name = "scripted"

    def __init__(self, *, device: str = "cuda", batch_size: int = 4, fits: int = 1000, volumes: bool = False) -> None:
        self.device = device
        self.batch_size = batch_size
        self.fits = fits
        self.volumes = volumes
        self.batches: list[int] = []
        self.stopped = False

    def run(self, values: NDArray[np.float32]) -> EngineOutput:
        from leukoviewer.errors import OutOfMemoryError

        self.batches.append(len(values))
        if len(values) > self.fits:
            raise OutOfMemoryError("too large")
        items = values[None] if self.volumes else values
        logits = items.reshape(len(items), -1).mean(axis=1).astype(np.float32)
        shape = (1, 2, 3, 3) if self.volumes else (len(items), 3, 3)
        return EngineOutput(logits, np.ones(shape, np.float32) * np.abs(logits).reshape(-1, *[1] * (len(shape) - 1)))

    def stop(self) -> None:
        self.stopped = True
