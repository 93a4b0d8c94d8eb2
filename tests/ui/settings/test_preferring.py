"""What is set holds: how a series opens, what the mouse does, what runs by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, OwnWindow, Settings
from leukoviewer.ui import theme
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, analyzed, begun, opened


def _settings(**changes: object) -> Settings:
    return Settings(notice_accepted=NOTICE_VERSION, **changes)  # type: ignore[arg-type]


@pytest.fixture
def reading_with(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot
) -> Callable[[Settings], Viewer]:
    """Opens the patient with these settings."""
    return lambda value: opened(begun(viewers(value), qtbot), head_folder, qtbot)


def _drag(viewer: Viewer, way: QPoint) -> None:
    view, start = viewer.window.slice_view, QPoint(200, 200)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + way / 2)
    QTest.mouseMove(view, start + way)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + way)


@pytest.mark.parametrize(
    ("changes", "width", "index"),
    [
        ({}, 80, 6),
        ({"first_window": "Bone", "first_slice": "first"}, 2500, 0),
        ({"first_window": "Clots", "own_windows": (OwnWindow("Clots", 120, 60),)}, 120, 6),
        ({"first_window": "Gone"}, 80, 6),
    ],
    ids=["usual", "bone", "own", "gone"],
)
def test_a_head_opens_by_the_hanging_rule_and_is_reset_to_it(
    reading_with: Callable[[Settings], Viewer], changes: dict[str, object], width: float, index: int
) -> None:
    viewer = reading_with(_settings(**changes))
    view = viewer.session.view
    assert view is not None
    assert (view.window.width, view.slice_index) == (width, index)
    viewer.actions["window.preset7"].trigger()
    viewer.actions["view.reset"].trigger()
    assert viewer.session.view is not None
    assert viewer.session.view.window.width == width


def test_the_window_of_the_files_can_be_the_first(reading_with: Callable[[Settings], Viewer]) -> None:
    viewer = reading_with(_settings(first_window="DICOM"))
    assert viewer.session.view is not None
    assert viewer.session.series is not None
    assert viewer.session.view.window == viewer.session.series.windows[0]


def test_an_own_window_is_taken_by_its_key_and_by_its_button(reading_with: Callable[[Settings], Viewer]) -> None:
    viewer = reading_with(_settings(own_windows=(OwnWindow("Clots", 120, 60), OwnWindow("Fat", 300, -50))))
    QTest.keyClick(viewer.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert viewer.session.view is not None
    assert viewer.session.view.window.name == "Fat"
    assert viewer.window.window_panel._buttons["Fat"].isChecked()
    viewer.window.window_panel._buttons["Clots"].click()
    assert viewer.session.view.window.width == 120


def test_the_model_runs_by_itself_once_and_goes_to_the_most_suspicious_slice(
    reading_with: Callable[[Settings], Viewer], qtbot: QtBot
) -> None:
    viewer = reading_with(_settings(run_after_loading=True, go_to_suspicious=True))
    qtbot.waitUntil(lambda: viewer.session.result is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    result, view = viewer.session.result, viewer.session.view
    assert result is not None
    assert view is not None
    assert view.slice_index == int(np.nanargmax(result.by_native()))
    viewer.workflow.loaded.emit()
    assert not viewer.workflow.is_analyzing
    assert viewer.session.result is result


def test_by_itself_nothing_runs_and_the_slice_stays(reading_with: Callable[[Settings], Viewer], qtbot: QtBot) -> None:
    viewer = reading_with(_settings())
    assert viewer.session.result is None
    assert viewer.workflow.is_idle
    viewer.actions["slice.first"].trigger()
    analyzed(viewer, qtbot)
    assert viewer.session.view is not None
    assert viewer.session.view.slice_index == 0


def test_the_left_drag_does_what_is_set(reading_with: Callable[[Settings], Viewer]) -> None:
    viewer = reading_with(_settings(left_drag="scroll"))
    assert viewer.session.view is not None
    before = viewer.session.view
    _drag(viewer, QPoint(0, 40))
    assert viewer.session.view.slice_index == before.slice_index + 4
    assert viewer.session.view.window == before.window
    viewer.store.change(left_drag="move")
    _drag(viewer, QPoint(30, 0))
    assert viewer.window.slice_view.viewport.pan[0] == pytest.approx(30)
    zoom = viewer.window.slice_view.zoom
    viewer.store.change(left_drag="zoom")
    _drag(viewer, QPoint(0, -40))
    assert viewer.window.slice_view.zoom > zoom
    viewer.store.change(left_drag="window")
    _drag(viewer, QPoint(40, 0))
    assert viewer.session.view.window.width > before.window.width


def test_cine_runs_as_fast_as_is_set(viewer: Viewer) -> None:
    viewer.store.change(cine_per_s=30)
    assert viewer.reading.cine.rate == 30


def test_the_speed_of_cine_is_remembered_and_no_other_setting_takes_it_back(
    viewer: Viewer, viewers: Callable[..., Viewer]
) -> None:
    viewer.actions["cine.faster"].trigger()
    rate = viewer.reading.cine.rate
    assert rate > Settings().cine_per_s
    viewer.store.change(swap_drag=True)
    assert viewer.reading.cine.rate == rate
    viewer.close()
    kept, _ = settings.load()
    assert kept.cine_per_s == rate
    assert viewers(kept).reading.cine.rate == rate


def test_what_the_panel_changed_stays_when_something_else_is_set(viewer: Viewer) -> None:
    viewer.session.set_style(viewer.session.style.with_opacity(0.9))
    viewer.store.change(cine_per_s=5)
    assert viewer.session.style.opacity == 0.9


def test_swapped_directions_hold_in_menu_and_settings_alike(viewer: Viewer) -> None:
    viewer.actions["window.swap_drag"].trigger()
    assert viewer.store.value.swap_drag
    assert viewer.window.slice_view._swaps_drag
    viewer.store.change(swap_drag=False)
    assert not viewer.actions["window.swap_drag"].isChecked()
    assert not viewer.window.slice_view._swaps_drag


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_no_control_is_cut_off_at_any_size_of_words(
    reading_with: Callable[[Settings], Viewer], plain_look: QApplication, percent: int, size: tuple[int, int]
) -> None:
    viewer = reading_with(_settings())
    window = viewer.window
    window.resize(*size)
    theme.apply(plain_look)
    viewer.store.change(font_percent=percent, theme="light")
    QApplication.processEvents()
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for panel in (window.window_panel, window.model_panel, window.overlay_panel, window.findings):
        assert panel.width() >= panel.minimumSizeHint().width()
        assert panel.mapTo(window, QPoint(panel.width(), 0)).x() <= window.width()
    assert window.slice_view.width() >= 0.35 * size[0]
    assert window.slice_view.height() >= 0.5 * size[1]
