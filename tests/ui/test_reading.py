"""A series is read in the real window: scroll, drag, preset, invert, reset, cine, full screen, menu."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leukoviewer.core.window import BRAIN, PRESETS
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS
from tests.ui.on_window import expected_frame, frame, index_of, press, window_of


@pytest.mark.parametrize(
    ("key", "modifier", "start", "expected"),
    [
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 3, 4),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 3, 2),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, 0, 10),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, 11, 1),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 5, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 5, -1),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 0, 0),
    ],
)
def test_keys_scroll(reading: Viewer, key: Qt.Key, modifier: Qt.KeyboardModifier, start: int, expected: int) -> None:
    reading.reading.go_to(start)
    press(reading, key, modifier)
    assert reading.session.volume is not None
    assert index_of(reading) == (expected if expected >= 0 else len(reading.session.volume) - 1)
    assert reading.window.ribbon.current == index_of(reading)
    np.testing.assert_array_equal(frame(reading), expected_frame(reading, heat=False))


def test_the_wheel_scrolls(reading: Viewer) -> None:
    start, view = index_of(reading), reading.window.slice_view
    for delta, expected in ((-120, start + 1), (120, start), (240, start - 2)):
        event = QWheelEvent(
            QPointF(100, 100), QPointF(100, 100), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
        assert index_of(reading) == expected


def test_dragging_changes_the_window_and_the_panel_follows(reading: Viewer, qtbot: QtBot) -> None:
    view = reading.window.slice_view
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(view, QPoint(264, 216))
    QTest.mouseMove(view, QPoint(264, 216))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(264, 216))
    window = window_of(reading)
    assert window.width > BRAIN.width
    assert window.center != BRAIN.center
    assert window.name == ""
    assert reading.window.window_panel._width.value() == round(window.width)
    np.testing.assert_array_equal(frame(reading), expected_frame(reading, heat=False))


def test_digits_choose_presets(reading: Viewer) -> None:
    for number, preset in enumerate(PRESETS, start=1):
        press(reading, Qt.Key(Qt.Key.Key_0.value + number))
        assert window_of(reading) == preset
        checked = [name for name, button in reading.window.window_panel._buttons.items() if button.isChecked()]
        assert checked == [preset.name]


def test_eight_is_the_files_own_window_and_zero_the_automatic_one(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_3)
    press(reading, Qt.Key.Key_8)
    assert reading.session.series is not None
    assert window_of(reading) == reading.session.series.windows[0]
    press(reading, Qt.Key.Key_0)
    assert window_of(reading).name == "Automatic"


def test_typing_into_a_field_does_not_choose_a_preset(reading: Viewer, qtbot: QtBot) -> None:
    field = reading.window.window_panel._width
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "150")
    assert window_of(reading) == BRAIN
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (window_of(reading).width, window_of(reading).center) == (150, BRAIN.center)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_lead_from_a_field_back_to_the_keys_of_the_picture(
    reading: Viewer, qtbot: QtBot, key: Qt.Key
) -> None:
    field = reading.window.window_panel._center
    reading.window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=WAIT_MS)
    qtbot.keyClick(field, key)
    assert not field.hasFocus()
    QTest.keyClick(reading.window.focusWidget() or reading.window, Qt.Key.Key_6)
    assert window_of(reading) == PRESETS[5]


@pytest.mark.parametrize("name", ["_slice", "_warnings"])
def test_a_click_on_a_text_leaves_the_keys_to_the_picture(reading: Viewer, qtbot: QtBot, name: str) -> None:
    label = getattr(reading.window.findings, name)
    label.setText("A line that can be selected.")
    label.show()
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=label.rect().center())
    for key, expected in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1)):
        QTest.keyClick(reading.window.focusWidget() or reading.window, key)
        assert index_of(reading) == expected


def test_invert_and_reset(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_I)
    assert reading.session.view is not None
    assert reading.session.view.inverted
    assert reading.actions["view.invert"].isChecked()
    assert reading.window.window_panel._invert.isChecked()
    np.testing.assert_array_equal(frame(reading), expected_frame(reading, heat=False))
    press(reading, Qt.Key.Key_6)
    reading.window.slice_view.zoom_in()
    before = index_of(reading)
    press(reading, Qt.Key.Key_R)
    assert not reading.session.view.inverted
    assert window_of(reading) == BRAIN
    assert reading.window.slice_view.viewport.zoom == 1
    assert index_of(reading) == before


def test_page_keys_change_the_series(reading: Viewer, qtbot: QtBot) -> None:
    keys = reading.window.series_list.keys
    assert reading.session.series is not None
    place = keys.index(reading.session.series.key)
    steps = (Qt.Key.Key_PageDown, 1) if place == 0 else (Qt.Key.Key_PageUp, -1)
    with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
        press(reading, steps[0])
    assert reading.session.series.key == keys[place + steps[1]]
    shown = reading.window.series_list._list.currentItem()
    assert shown.data(Qt.ItemDataRole.UserRole).key == reading.session.series.key


def test_cine_runs_round_and_stops(reading: Viewer, qtbot: QtBot) -> None:
    reading.reading.last()
    press(reading, Qt.Key.Key_C)
    assert reading.actions["view.cine"].isChecked()
    qtbot.waitUntil(lambda: index_of(reading) == 1, timeout=WAIT_MS)
    press(reading, Qt.Key.Key_C)
    assert not reading.reading.cine.is_running
    assert not reading.actions["view.cine"].isChecked()


def test_the_value_under_the_cursor_is_the_hounsfield_unit_of_the_volume(reading: Viewer) -> None:
    reading.window.slice_view.cursor_moved.emit((30, 20))
    assert reading.session.volume is not None
    value = int(reading.session.volume.hu[index_of(reading), 30, 20])
    assert reading.window._cursor_label.text().startswith(f"{value} HU")
    assert " mm" in reading.window._cursor_label.text()
    reading.window.slice_view.cursor_moved.emit(None)
    assert reading.window._cursor_label.text() == ""


def test_full_screen_by_key_and_back_by_escape(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_F11)
    assert reading.window.isFullScreen()
    assert reading.actions["view.full_screen"].isChecked()
    press(reading, Qt.Key.Key_Escape)
    assert not reading.window.isFullScreen()
    assert not reading.actions["view.full_screen"].isChecked()


def test_a_double_click_gives_the_picture_all_room(reading: Viewer, qtbot: QtBot) -> None:
    view = reading.window.slice_view
    width = view.width()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.waitUntil(lambda: view.width() > width, timeout=WAIT_MS)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.waitUntil(lambda: view.width() == width, timeout=WAIT_MS)


def test_full_screen_brings_a_maximized_window_back_maximized(reading: Viewer) -> None:
    reading.window.setWindowState(Qt.WindowState.WindowMaximized)
    reading.actions["view.full_screen"].trigger()
    assert reading.window.isFullScreen()
    reading.actions["view.full_screen"].trigger()
    assert reading.window.isMaximized()
    assert not reading.window.isFullScreen()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_right_click_offers_the_usual_actions(reading: Viewer, qtbot: QtBot) -> None:
    qtbot.mouseClick(reading.window.slice_view, Qt.MouseButton.RightButton, pos=QPoint(90, 90))
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    offered = {action.objectName() for action in menu.actions()}
    assert {"window.preset2", "view.reset", "view.invert", "heatmap.toggle", "model.run", "model.key_image"} <= offered
    next(action for action in menu.actions() if action.objectName() == "window.preset2").trigger()
    assert window_of(reading) == PRESETS[1]
    menu.close()


def test_a_scout_is_not_told_from_vertex_to_base(reading: Viewer, qtbot: QtBot) -> None:
    assert reading.window.ribbon._ends == ("vertex", "base")
    assert reading.session.catalog is not None
    scout = next(s for s in reading.session.catalog.series if not s.is_volume)
    with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
        reading.workflow.show_series(scout.key)
    assert reading.window.ribbon._ends == ("first", "last")
