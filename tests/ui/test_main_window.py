"""The frame: room for everything at the sizes of real screens, menus, drops, remembered layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QListWidget,
    QScrollArea,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from leukoviewer.ui import actions, theme
from leukoviewer.ui.main_window import MainWindow, _dropped_path
from leukoviewer.ui.values import Cutoffs


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    window.setStyleSheet(theme.style_sheet())
    qtbot.addWidget(window)
    window.install(actions.build(window, {spec.id: (lambda *_: None) for spec in actions.ACTIONS}))
    return window


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900), (1920, 1080)])
def test_all_controls_have_room(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.show_reading(True)
    window.show()
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for panel in (window.window_panel, window.model_panel, window.overlay_panel):
        assert panel.height() >= panel.minimumSizeHint().height()
        assert panel.width() >= panel.minimumSizeHint().width()
    findings = window.findings
    area = window.findChild(QScrollArea, "rightArea")
    assert area is not None
    assert findings.minimumSizeHint().width() <= area.viewport().width()
    assert area.height() >= 180
    assert window.slice_view.width() > size[0] / 2


def test_each_menu_opens_by_a_letter_of_its_own(window: MainWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    letters = [title[title.index("&") + 1] for title in titles]
    assert len(set(letters)) == len(actions.MENUS)


def test_every_control_beside_the_picture_is_reached_by_tab_and_has_a_name(window: MainWindow) -> None:
    window.show_reading(True)
    window.show()
    window.findings.set_cutoffs(Cutoffs(0.5, 4), scored=12, moved=True)
    reached: set[QWidget] = set()
    widget: QWidget = window.slice_view
    while widget not in reached:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider, QListWidget):
        for control in window.findChildren(kind):
            if not control.isVisible() or control.objectName().startswith("qt_"):
                continue
            assert control in reached
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.toolTip()
            assert control.accessibleName() or control.text(), control.toolTip()


def test_every_action_stands_in_its_menu(window: MainWindow) -> None:
    menus = {menu.title(): menu for menu in (action.menu() for action in window.menuBar().actions())}
    assert list(menus) == [f"&{name}" for name in actions.MENUS]
    for spec in actions.ACTIONS:
        offered = menus[f"&{spec.menu}"].actions()
        if spec.group:
            offered = next(one for one in offered if one.menu() and one.text() == spec.group).menu().actions()
        assert spec.id in {action.objectName() for action in offered}
    assert window.recent_menu in [action.menu() for action in menus["&File"].actions()]


def test_the_layout_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    window.show_reading(True)
    window.show()
    # Within the screen of the offscreen platform: Qt brings larger windows back to the screen.
    window.resize(780, 740)
    window._splitter.setSizes([150, 330, 300])
    sizes = window._splitter.sizes()
    geometry, layout = window.layout_state()
    other = MainWindow()
    qtbot.addWidget(other)
    other.show_reading(True)
    other.restore_layout(geometry, layout)
    other.show()
    assert other.size() == QSize(780, 740)
    assert other._splitter.sizes() == sizes


def test_progress_shows_only_while_something_runs(window: MainWindow) -> None:
    window.show()
    window.set_progress("Reading slices", 0.25, busy=True)
    assert window._progress.isVisible()
    assert window._progress.value() == 25
    assert window._stop_label.text() == "Reading slices  (Esc stops)"
    window.set_progress("", None, busy=False)
    assert not window._progress.isVisible()


def test_progress_of_unknown_length_is_a_moving_bar(window: MainWindow) -> None:
    window.set_progress("Searching", None, busy=True)
    assert (window._progress.minimum(), window._progress.maximum()) == (0, 0)


def test_the_research_line_is_always_in_sight(window: MainWindow) -> None:
    window.resize(1280, 800)
    window.show()
    badge = next(child for child in window.statusBar().children() if child.objectName() == "researchBadge")
    for reading in (False, True):
        window.show_reading(reading)
        window.set_progress("Reading slices", 0.5, busy=reading)
        assert badge.isVisible()  # type: ignore[attr-defined]
        assert badge.text() == "Research use, not for diagnosis"  # type: ignore[attr-defined]


def test_both_sides_hide_and_come_back(window: MainWindow) -> None:
    window.show_reading(True)
    window.show()
    window.set_sides_visible(False)
    assert not window.are_sides_visible
    assert not window.findings.isVisible()
    window.set_sides_visible(True)
    assert window.are_sides_visible
    assert window.findings.isVisible()


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["file:///scans/a"], Path("/scans/a")),
        (["file:///scans/a/1.dcm", "file:///scans/a/2.dcm"], Path("/scans/a")),
        (["https://example.org/a"], None),
        ([], None),
    ],
)
def test_drops_of_this_computer_are_taken(urls: list[str], expected: Path | None) -> None:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    assert _dropped_path(data) == expected
