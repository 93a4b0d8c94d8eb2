"""By keyboard and by screen reader: every control that takes the focus has a name, and Tab leads to each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from leukoviewer.settings import OwnWindow
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.settings_pages import PAGES
from tests.ui.conftest import analyzed
from tests.ui.widgets.picture import grabbed

# Windows that actions open.
WINDOWS = (
    "edit.settings", "view.tags", "view.study", "view.fidelity", "file.report", "model.table", "model.compare",
    "heatmap.honesty", "help.keys", "help.notice",
)  # fmt: skip


def _focusable(root: QWidget) -> Iterator[QWidget]:
    """What Tab or a click can lead to; without the parts of Qt's own controls and words that are not there now."""
    for widget in root.findChildren(QWidget):
        is_part = widget.objectName().startswith("qt_") or (isinstance(widget.parent(), QFrame) and _is_popup(widget))
        is_silent = isinstance(widget, QLabel) and not widget.text()
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not (is_part or is_silent):
            yield widget


def _is_popup(widget: QWidget) -> bool:
    """The list of a combo box."""
    above = widget.parentWidget()
    return above is not None and isinstance(above.parentWidget(), QComboBox)


def _name(widget: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(widget)
    return "" if face is None else face.text(QAccessible.Text.Name).strip()


def _nameless(root: QWidget) -> list[str]:
    return [
        f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}"
        for one in _focusable(root)
        if not _name(one)
    ]


def test_every_control_of_the_window_has_a_name(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    assert len(list(_focusable(reading.window))) > 25
    assert _nameless(reading.window) == []


def test_every_control_has_a_name_before_anything_is_open(viewer: Viewer) -> None:
    assert _nameless(viewer.window) == []


@pytest.mark.parametrize("action", WINDOWS)
def test_every_control_of_a_further_window_has_a_name(reading: Viewer, action: str) -> None:
    before = {id(one) for one in QApplication.topLevelWidgets() if one.isVisible()}
    reading.actions[action].trigger()
    opened = [one for one in QApplication.topLevelWidgets() if one.isVisible() and id(one) not in before]
    for window in opened:
        assert _nameless(window) == []
        window.close()


def test_buttons_switches_and_sliders_say_what_they_do(reading: Viewer) -> None:
    kinds = (QAbstractButton, QComboBox, QAbstractSlider)
    silent = [
        f"{type(one).__name__} {_name(one)}"
        for one in _focusable(reading.window)
        if isinstance(one, kinds) and one.window() is reading.window and not one.toolTip()
    ]
    assert silent == []


def test_tab_goes_through_every_control_and_comes_back(reading: Viewer) -> None:
    window = reading.window
    wanted = {
        one for one in _focusable(window)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }  # fmt: skip
    window.activateWindow()
    window.slice_view.setFocus()
    met = set()
    for _ in range(len(wanted) + 30):
        focused = window.focusWidget()
        assert focused is not None
        met.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {f"{type(one).__name__} {_name(one)}" for one in wanted - met} == set()
    assert window.slice_view in met


def test_tab_goes_through_the_panels_as_they_are_read(reading: Viewer, qtbot: QtBot) -> None:
    reading.store.change(own_windows=(OwnWindow("Clots", 100, 60), OwnWindow("Fat", 300, -50)))
    analyzed(reading, qtbot)
    window = reading.window
    panels = (window.window_panel, window.model_panel, window.overlay_panel, window.findings)
    window.window_panel._buttons["Brain"].setFocus()
    met: list[QWidget] = []
    while not met or met[-1] is not window.window_panel._buttons["Brain"]:
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        met.append(window.focusWidget() or focused)
    met = [met[-1], *met[:-1]]
    for panel in panels:
        places = [one.mapTo(panel, QPoint()) for one in met if panel.isAncestorOf(one)]
        # Rows from above, in a row from the left; controls of a row differ by a few px.
        assert len(places) >= 2
        back = [(a, b) for a, b in pairwise(places) if b.y() - a.y() < -12 or (b.y() - a.y() <= 12 and b.x() < a.x())]
        assert back == []
    firsts = [next(place for place, one in enumerate(met) if panel.isAncestorOf(one)) for panel in panels[1:]]
    assert firsts == sorted(firsts)


def test_every_page_of_the_settings_is_reached_by_keyboard(reading: Viewer) -> None:
    dialog = reading.preferring.show()
    for row in range(len(PAGES)):
        dialog.list.setCurrentRow(row)
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is not dialog.list
        assert dialog.focusWidget().isVisible()
    dialog.reject()


def test_the_picture_is_framed_while_tab_led_to_it(reading: Viewer) -> None:
    frame, view = reading.window.focus_frame, reading.window.slice_view
    reading.window.window_panel._invert.setFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert frame.isVisible()
    assert frame.size() == view.size()
    assert grabbed(view)[1, 1].tolist() == [shades.ACCENT.red(), shades.ACCENT.green(), shades.ACCENT.blue()]
    reading.window.window_panel._invert.setFocus()
    assert not frame.isVisible()
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not frame.isVisible()
