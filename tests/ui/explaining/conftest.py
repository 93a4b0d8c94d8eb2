"""What tests of other heatmap methods share: real work held at a gate, and the hands of the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from leukoviewer import app
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.packages.archive import Package
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, Gate, analyzed, begun, held_at, opened

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint32]]
Explain = Callable[[Analysis, Volume, str, str], Work[Analysis]]


@pytest.fixture(scope="module", autouse=True)
def _slow_packages() -> None:
    """Imported before any test waits for a heatmap: on a busy machine that alone takes longer than a test may wait."""
    from leukoviewer.inference import gradcam_library, torch_engine

    assert torch_engine.is_there("cpu")
    gradcam_library._library()


@pytest.fixture
def two_models(tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two packages of one network under two names."""
    from leukoviewer.packages.store import PackageStore
    from leukoviewer.preprocessing.recipe import BUILTIN
    from tests.packages_fixture import varied_network
    from trainer.export import Description, write

    manifest = tiny_package.manifest
    for name, seed in (("alpha", 7), ("beta", 8)):
        description = Description(
            name=name, version="1.0", recipe=BUILTIN["leuko-a"], training=manifest.training, slice_threshold=0.5,
            vote_needed=4,
        )  # fmt: skip
        write(varied_network("test_convnext", seed=seed), tmp_path / f"{name}-1.0", description=description)
    monkeypatch.setattr(app, "_store", lambda: PackageStore((tmp_path,)))
    return "alpha-1.0", "beta-1.0"


@pytest.fixture
def asked() -> list[str]:
    """The methods that were computed."""
    return []


@pytest.fixture
def held_work(tasks: Tasks, gate: Gate, asked: list[str]) -> Explain:
    """The real work, held at a gate after its first step."""

    def held(result: Analysis, volume: Volume, method: str, device: str) -> Work[Analysis]:
        asked.append(method)
        work = tasks.explain(result, volume, method, device)
        return (yield from held_at(gate, work, Progress(1, 4, "past the gate")))

    return held


@pytest.fixture
def held(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, held_work: Explain, qtbot: QtBot
) -> Viewer:
    """A viewer with a result, whose other heatmaps stand before a gate."""
    viewer = opened(begun(viewers(explain=held_work), qtbot), head_folder, qtbot)
    analyzed(viewer, qtbot)
    return viewer


@pytest.fixture
def held_two(
    viewers: Callable[..., Viewer], two_models: tuple[str, str], head_folder: Path, held_work: Explain, qtbot: QtBot
) -> Viewer:
    """A viewer with two models."""
    return opened(begun(viewers(explain=held_work), qtbot), head_folder, qtbot)


def choose(viewer: Viewer, method: str) -> None:
    """Choose a method as the reader does: in the list, by its place."""
    combo = viewer.window.overlay_panel.method_choice._combo
    assert combo.isEnabled()
    number = combo.findData(method)
    combo.setCurrentIndex(number)
    combo.activated.emit(number)


def explained(viewer: Viewer, method: str, qtbot: QtBot) -> Analysis:
    """The heatmaps of a method, once they are computed."""
    with qtbot.waitSignal(viewer.workflow.explained, timeout=WAIT_MS):
        choose(viewer, method)
    shown = viewer.session.explanation
    assert shown is not None
    return shown


def chosen(viewer: Viewer) -> str:
    """The method that the list shows."""
    return str(viewer.window.overlay_panel.method_choice._combo.currentData())


def pixels_of(viewer: Viewer) -> Pixels:
    """What the slice view was given."""
    pixels = viewer.window.slice_view._pixels
    assert pixels is not None
    return pixels


def method_on_bar(viewer: Viewer) -> str:
    """The method that the color bar names."""
    bar = viewer.window.slice_view._overlay.bar
    return "" if bar is None else bar.method


def other_series(viewer: Viewer) -> str:
    """Another volume of the patient than the one that is shown."""
    session = viewer.session
    assert session.catalog is not None
    assert session.series is not None
    return next(series.key for series in session.catalog.volumes if series.key != session.series.key)
