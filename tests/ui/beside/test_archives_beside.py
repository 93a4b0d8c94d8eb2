"""A prior study comes out of a zip archive, by the menu, by a drop and from the recent list, with the same refusals."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.drop_zones import DropZones
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, opened

COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study as a folder, an older one of the patient as an archive, and a hostile archive."""
    base = tmp_path_factory.mktemp("archives")
    who = {"patient_id": "P-1", "rows": 64, "columns": 56}
    write_phantom(base / "now", slices=6, **who)
    prior = write_phantom(base / "prior", slices=8, study="prior", series="old", **who)
    with zipfile.ZipFile(base / "prior.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for file in prior.files:
            made.write(file, f"scan/{file.name}")
    with zipfile.ZipFile(base / "hostile.zip", "w") as made:
        info = zipfile.ZipInfo("x")
        info.filename = "../../out.dcm"
        made.writestr(info, b"x")
    return base


@pytest.fixture
def viewer(viewers: Callable[..., Viewer], place: Path, qtbot: QtBot) -> Viewer:
    return opened(viewers(), place / "now", qtbot)


def shows_prior(viewer: Viewer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(viewer.layouts.panes) == 1, timeout=WAIT_MS)
    (pane,) = viewer.layouts.panes
    qtbot.waitUntil(lambda: pane.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert pane.session.volume is not None
    assert len(pane.session.volume) == 8
    assert pane.session.volume.broken == ()
    assert viewer.session.volume is not None
    assert len(viewer.session.volume) == 6


def dragged(viewer: Viewer, path: Path, share: float) -> tuple[QPointF, QMimeData]:
    """The mouse with a file over the window, at this share of its width; the place and what is dragged."""
    window, data = viewer.window, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(window.width() * share, window.height() / 2)
    enter = QDragEnterEvent(QPoint(1, 1), COPY, data, LEFT, NO_KEYS)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDragMoveEvent(at.toPoint(), COPY, data, LEFT, NO_KEYS))
    return at, data


def zones(viewer: Viewer) -> DropZones:
    (found,) = viewer.window.findChildren(DropZones)
    return found


def test_the_menu_takes_an_archive_and_remembers_it(
    viewer: Viewer, place: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = place / "prior.zip"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(archive), ""))
    viewer.actions["file.open_beside_file"].trigger()
    shows_prior(viewer, qtbot)
    assert viewer.store.value.recent[0] == str(archive)
    assert viewer.window.recent_beside_menu.actions()[0].text() == str(archive)


def test_the_recent_list_opens_beside(viewer: Viewer, place: Path, qtbot: QtBot) -> None:
    viewer.store.set(viewer.store.value.with_recent(str(place / "prior.zip")))
    assert viewer.window.recent_beside_menu.isEnabled()
    viewer.window.recent_beside_menu.actions()[0].trigger()
    shows_prior(viewer, qtbot)


def test_a_drop_on_the_right_half_opens_beside(viewer: Viewer, place: Path, qtbot: QtBot) -> None:
    at, data = dragged(viewer, place / "prior.zip", 0.8)
    assert zones(viewer).isVisible()
    QApplication.sendEvent(viewer.window, QDropEvent(at, COPY, data, LEFT, NO_KEYS))
    assert not zones(viewer).isVisible()
    shows_prior(viewer, qtbot)


def test_a_drop_on_the_left_half_opens_instead(viewer: Viewer, place: Path, qtbot: QtBot) -> None:
    at, data = dragged(viewer, place / "prior.zip", 0.2)
    with qtbot.waitSignal(viewer.workflow.opened, timeout=WAIT_MS):
        QApplication.sendEvent(viewer.window, QDropEvent(at, COPY, data, LEFT, NO_KEYS))
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert not viewer.session.beside.is_open
    assert viewer.session.volume is not None
    assert len(viewer.session.volume) == 8


def test_the_halves_show_only_while_something_is_dragged_over_a_scan(
    viewer: Viewer, viewers: Callable[..., Viewer], place: Path
) -> None:
    assert not zones(viewer).isVisible()
    dragged(viewer, place / "prior.zip", 0.8)
    right = zones(viewer).grab().toImage()
    dragged(viewer, place / "prior.zip", 0.2)
    assert zones(viewer).grab().toImage() != right
    QApplication.sendEvent(viewer.window, QDragLeaveEvent())
    assert not zones(viewer).isVisible()
    empty = viewers()
    dragged(empty, place / "prior.zip", 0.8)
    assert not zones(empty).isVisible()


def test_a_hostile_archive_is_refused_in_a_sentence_and_both_views_stay(
    viewer: Viewer, place: Path, qtbot: QtBot
) -> None:
    viewer.opening_beside.open(place / "prior.zip")
    shows_prior(viewer, qtbot)
    with qtbot.waitSignal(viewer.opening_beside.failed, timeout=WAIT_MS):
        viewer.opening_beside.open(place / "hostile.zip")
    assert "lead out" in viewer.window.message_bar.text
    shows_prior(viewer, qtbot)
    assert str(place / "hostile.zip") not in viewer.store.value.recent


def test_one_that_is_gone_is_told_and_leaves_the_recent_list(viewer: Viewer, tmp_path: Path) -> None:
    gone = tmp_path / "gone.zip"
    viewer.store.set(viewer.store.value.with_recent(str(gone)))
    viewer.opening_beside.open(gone)
    assert viewer.window.message_bar.text == "gone.zip is no longer there; choose another folder."
    assert str(gone) not in viewer.store.value.recent
    assert not viewer.opening_beside.is_searching
    viewer.opening_beside.open(Path("/") / ("x" * 5000))
    assert "cannot be reached" in viewer.window.message_bar.text


def test_without_a_first_study_nothing_opens_beside(viewers: Callable[..., Viewer], place: Path) -> None:
    viewer = viewers()
    viewer.actions["file.open_beside_file"].trigger()
    assert "Open a folder" in viewer.window.message_bar.text
    viewer.opening_beside.open(place / "prior.zip")
    assert not viewer.opening_beside.is_searching
