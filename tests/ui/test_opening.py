"""Folders and files open in the real window: from the menu, by a drop, from the list of the recent ones, and not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, Gate, gated_loading, opened
from tests.ui.on_window import expected_frame, frame, press

ACCEPTED = Settings(notice_accepted=NOTICE_VERSION)


def test_the_start_page_gives_way_to_the_picture(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    assert not viewer.window.is_reading
    opened(viewer, head_folder, qtbot)
    assert viewer.window.is_reading
    assert len(viewer.window.series_list.keys) == 3
    np.testing.assert_array_equal(frame(viewer), expected_frame(viewer, heat=False))


def test_a_slice_that_is_not_read_yet_shows_no_other_slice(
    viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = viewers(load=gated_loading(tasks, gate))
    viewer.opening.open(head_folder)
    qtbot.waitUntil(lambda: viewer.session.loaded_count == 1, timeout=WAIT_MS)
    assert viewer.window.slice_view._pixels is not None
    assert viewer.window.slice_view.notice is None
    press(viewer, Qt.Key.Key_Home)
    assert viewer.window.slice_view._pixels is None
    notice = viewer.window.slice_view.notice
    assert notice is not None
    assert notice.text == "Loading slice 1 …"
    gate.open()
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)
    assert viewer.window.slice_view.notice is None
    np.testing.assert_array_equal(frame(viewer), expected_frame(viewer, heat=False))


@pytest.mark.parametrize("name", ["a", "a/slice_000.dcm"])
def test_a_dropped_folder_or_file_opens(viewer: Viewer, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    phantom = write_phantom(tmp_path / "a", slices=6)
    target = tmp_path / "a" if name == "a" else phantom.files[0]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    position, actions, buttons = QPoint(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(position, actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewer.window, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(position), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewer.window, dropped)
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)
    assert len(viewer.session.volume or ()) == 6


def test_dropped_text_is_not_taken(viewer: Viewer) -> None:
    data = QMimeData()
    data.setText("hello")
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(viewer.window, event)
    assert not event.isAccepted()


def test_opened_folders_are_remembered_and_open_again(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    opened(viewer, head_folder, qtbot)
    assert settings.load()[0].recent == (str(head_folder),)
    entry = viewer.window.recent_menu.actions()[0]
    assert entry.text() == str(head_folder)
    viewer.session.open_catalog(replace(viewer.session.catalog, series=()))  # type: ignore[type-var]
    entry.trigger()
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)


def test_a_recent_folder_is_written_as_it_is_named(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(replace(ACCEPTED, recent=("/scans/A&B",)))
    assert viewer.window.recent_menu.actions()[0].text().replace("&&", "&") == "/scans/A&B"
    assert "&&" in viewer.window.recent_menu.actions()[0].text()
    assert viewer.window.recent_menu.toolTipsVisible()


def test_the_recent_list_can_be_cleared_and_switched_off(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    opened(viewer, head_folder, qtbot)
    menu = {action.text(): action for action in viewer.window.recent_menu.actions()}
    menu["Clear this list"].trigger()
    assert settings.load()[0].recent == ()
    menu = {action.text(): action for action in viewer.window.recent_menu.actions()}
    menu["Remember opened folders"].trigger()
    opened(viewer, head_folder, qtbot)
    loaded, _ = settings.load()
    assert loaded.recent == ()
    assert not loaded.keep_recent


def test_a_recent_folder_that_is_gone_is_told_and_forgotten(viewers: Callable[..., Viewer], tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    viewer = viewers(replace(ACCEPTED, recent=(str(gone),)))
    viewer.window.recent_menu.actions()[0].trigger()
    assert viewer.window.message_bar.text == "gone is no longer there; choose another folder."
    assert viewer.store.value.recent == ()


def test_a_place_that_cannot_be_reached_is_told(viewer: Viewer) -> None:
    viewer.window.dropped.emit(Path("/") / ("x" * 5000))
    assert viewer.window.message_bar.text.endswith("cannot be reached; check its permissions and the connection.")
    assert viewer.workflow.is_idle


def test_an_unreadable_folder_is_told_in_the_bar(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
        viewer.opening.open(tmp_path)
    assert viewer.window.message_bar.kind is Kind.ERROR
    assert viewer.window.message_bar.text.endswith(".")
    assert not viewer.window.is_reading
