"""What tests of the window share: real folders, real tasks, a viewer that is closed in the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer import app
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui import theme
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom, write_scout

WAIT_MS = 20_000
HEADS = {"first": "Head 5.0 H30s", "second": "Head 4.0 H40s"}


class Gate:
    """Lets work go on when it is opened; tells when the work stands before it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def open(self) -> None:
        """Let the work go on."""
        self._open.set()

    def wait(self) -> None:
        """Stand before the gate."""
        self.reached.set()
        assert self._open.wait(15)


@pytest.fixture(scope="session")
def head_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One patient: two axial heads of 12 and 14 slices and a scout."""
    folder = tmp_path_factory.mktemp("patient")
    write_phantom(folder / "a", slices=12, series="first", series_number=2, description=HEADS["first"])
    write_phantom(
        folder / "b", slices=14, step_mm=4.0, thickness_mm=4.0, series="second", series_number=3,
        description=HEADS["second"], kernel="H60s",
    )  # fmt: skip
    write_scout(folder / "c")
    return folder


@pytest.fixture(scope="session")
def plastic_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head of plastic: an axial volume without brain."""
    folder = tmp_path_factory.mktemp("plastic")
    write_phantom(folder, brain=False, patient_id="PLASTIC")
    return folder


@pytest.fixture
def tasks() -> Tasks:
    """The program's own tasks."""
    return app._tasks()


@pytest.fixture
def with_model(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> Package:
    """One real package is installed: timm's smallest ConvNeXt with random weights."""
    from leukoviewer.packages.store import PackageStore

    monkeypatch.setattr(app, "_store", lambda: PackageStore((tiny_package.folder.parent,)))
    return tiny_package


@pytest.fixture
def viewers(qtbot: QtBot, tasks: Tasks) -> Generator[Callable[..., Viewer], None, None]:
    """Makes viewers on these tasks (or changed ones) that are closed when the test ends."""
    made: list[Viewer] = []

    def make(settings: Settings | None = None, **changed: object) -> Viewer:
        value = settings or Settings(notice_accepted=NOTICE_VERSION)
        viewer = Viewer(replace(tasks, **changed), SettingsStore(value))  # type: ignore[arg-type]
        qtbot.addWidget(viewer.window)
        viewer.window.resize(1280, 800)
        viewer.window.show()
        made.append(viewer)
        return viewer

    yield make
    for viewer in made:
        viewer.close()
        viewer.deleteLater()


@pytest.fixture
def gate() -> Gate:
    """A closed gate."""
    return Gate()


@pytest.fixture
def viewer(viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot) -> Viewer:
    """A viewer with one model, looked for already; nothing is open."""
    return begun(viewers(), qtbot)


@pytest.fixture
def reading(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> Viewer:
    """A viewer with the patient open and the suggested series loaded."""
    return opened(viewer, head_folder, qtbot)


@pytest.fixture
def gated_viewer(viewers: Callable[..., Viewer], with_model: Package, tasks: Tasks, gate: Gate, qtbot: QtBot) -> Viewer:
    """A viewer with one model, whose run stops at the gate; nothing is open."""
    return begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot)


@pytest.fixture
def gated(gated_viewer: Viewer, head_folder: Path, qtbot: QtBot) -> Viewer:
    """A viewer with the patient open, in which a run of the model stops at the gate."""
    return opened(gated_viewer, head_folder, qtbot)


def begun(viewer: Viewer, qtbot: QtBot) -> Viewer:
    """The viewer once its models are known."""
    with qtbot.waitSignal(viewer.workflow.models_listed, timeout=WAIT_MS):
        viewer.workflow.list_models()
    return viewer


def opened(viewer: Viewer, folder: Path, qtbot: QtBot) -> Viewer:
    """The viewer once this folder is open, its series loaded and all thumbnails made."""
    viewer.opening.open(folder)
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    return viewer


def analyzed(viewer: Viewer, qtbot: QtBot) -> Analysis:
    """The result of the chosen model on the shown series."""
    with qtbot.waitSignal(viewer.workflow.analyzed, timeout=WAIT_MS):
        viewer.actions["model.run"].trigger()
    result = viewer.session.result
    assert result is not None
    return result


def held_at(gate: Gate, work: Work[Analysis], past: Progress) -> Work[Analysis]:
    """Work that waits at a gate after its first step, and tells when it is past it."""
    try:
        yield next(work)
        gate.wait()
        yield past
        return (yield from work)
    finally:
        work.close()


def gated_analysis(tasks: Tasks, gate: Gate) -> Callable[[Volume, str, str], Work[Analysis]]:
    """The real analysis that stops at a gate in its middle, after its first steps."""

    def analyze(volume: Volume, package_id: str, device: str) -> Work[Analysis]:
        return (yield from held_at(gate, tasks.analyze(volume, package_id, device), Progress(0, 0, "past the gate")))

    return analyze


def gated_loading(tasks: Tasks, gate: Gate) -> Callable[..., Work[Volume]]:
    """The real loading that stops at a gate after its first slice."""

    def load(series: Series, *, first: int | None = None) -> Work[Volume]:
        work = tasks.load(series, first=first)
        try:
            yield next(work)
            gate.wait()
            return (yield from work)
        finally:
            work.close()

    return load


@pytest.fixture
def plain_look(qapp: QApplication) -> Generator[QApplication, None, None]:
    """The application, whose looks are given back in the end."""
    sheet, palette, style = qapp.styleSheet(), QPalette(qapp.palette()), qapp.style().name()
    yield qapp
    theme.apply(qapp)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
