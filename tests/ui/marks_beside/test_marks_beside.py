"""Measurements in layouts through the real window: drawn in whichever view is pressed, shown in every one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.core.measurement_file import file_of, save
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.display.corner_text import KEY_IMAGE
from leukoviewer.display.measurement_marks import Mark
from leukoviewer.ui.measuring import PROJECTION
from leukoviewer.ui.pane import Pane
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.mark_painter import spot_of
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.ui.conftest import WAIT_MS, opened

LEFT = Qt.MouseButton.LeftButton
START, END = (12.0, 14.0), (40.0, 44.0)


def two(viewer: Viewer, qtbot: QtBot) -> Pane:
    """The other view of the layout of two series, once its slices are read."""
    viewer.actions["layout.two"].trigger()
    (pane,) = viewer.layouts.panes
    qtbot.waitUntil(lambda: pane.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    return pane


def spot(view: SliceView, point: tuple[float, float]) -> QPoint:
    """Where a point of the slice lies in a view."""
    return spot_of(point, view.viewport).toPoint()


def drag(pressed: SliceView, viewer: Viewer) -> None:
    """Press in a view, and go on where its picture now lies: in the active view."""
    QTest.mousePress(pressed, LEFT, pos=spot(pressed, START))
    active = viewer.window.slice_view
    QTest.mouseMove(active, spot(active, END))
    QTest.mouseRelease(active, LEFT, pos=spot(active, END))


def lines(view: SliceView) -> list[tuple[str, ...]]:
    """Words beside the marks of a view."""
    return [mark.lines for mark in view.layer.marks]


def test_the_tool_stays_in_hand_when_a_view_of_another_series_is_pressed(reading: Viewer, qtbot: QtBot) -> None:
    pane, session = two(reading, qtbot), reading.session
    assert session.series is not None
    assert pane.session.series is not None
    first, second = session.series.key, pane.session.series.key
    QTest.keyClick(reading.window, Qt.Key.Key_L)
    drag(reading.window.slice_view, reading)
    drag(pane.view, reading)
    assert session.series.key == second
    assert reading.measuring.tool is Kind.LENGTH
    assert [len(session.measurements.of(key)) for key in (first, second)] == [1, 1]
    # Each stands in the view of its own series, the one beside the active view with its words, too.
    assert len(lines(reading.window.slice_view)) == 1
    (words,) = lines(pane.view)
    assert words[0].endswith(" mm")
    assert pane.view.layer.marks[0].id == session.measurements.of(first)[0].id
    # And so back again.
    QTest.mousePress(pane.view, LEFT, pos=spot(pane.view, START))
    assert session.series.key == first


def test_both_views_of_one_slice_show_what_is_measured_on_it(reading: Viewer) -> None:
    QTest.keyClick(reading.window, Qt.Key.Key_W)
    (pane,) = reading.layouts.panes
    QTest.keyClick(reading.window, Qt.Key.Key_B)
    drag(reading.window.slice_view, reading)
    assert lines(pane.view) == lines(reading.window.slice_view)
    assert "mean" in lines(pane.view)[0][1]
    QTest.keyClick(reading.window, Qt.Key.Key_Down)
    assert (lines(pane.view), lines(reading.window.slice_view)) == ([], [])
    QTest.keyClick(reading.window, Qt.Key.Key_Up)
    assert len(lines(pane.view)) == 1
    QTest.keyClick(reading.window, Qt.Key.Key_Delete)
    assert lines(pane.view) == []


def test_a_mark_in_another_view_can_be_taken_hold_of_there(reading: Viewer, qtbot: QtBot) -> None:
    pane = two(reading, qtbot)
    QTest.keyClick(reading.window, Qt.Key.Key_L)
    drag(reading.window.slice_view, reading)
    QTest.keyClick(reading.window, Qt.Key.Key_Escape)
    (one,) = reading.session.measurements.shown
    reading.layouts.activate(pane)
    assert reading.session.measurements.shown == ()
    QTest.mouseClick(pane.view, LEFT, pos=spot(pane.view, START))
    assert reading.session.measurements.selected == one.id


def test_kept_measurements_and_key_images_of_a_series_show_beside_before_it_was_active(
    reading: Viewer, viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot
) -> None:
    session = reading.session
    assert session.series is not None
    assert session.catalog is not None
    other = next(one for one in session.catalog.series if one.is_volume and one.key != session.series.key)
    uids = [header.sop_instance_uid for header in other.slices]
    kept = tuple(Measurement(uid, Kind.LENGTH, (START, END), uid, slice_index=i) for i, uid in enumerate(uids))
    save(file_of(other), kept)
    reading.workflow.show_series(other.key)
    qtbot.waitUntil(lambda: session.volume is not None and reading.workflow.is_idle, timeout=WAIT_MS)
    for index in range(len(uids)):
        reading.reading.go_to(index)
        reading.actions["model.key_image"].trigger()
    again = opened(viewers(), head_folder, qtbot)
    pane = two(again, qtbot)
    assert pane.session.series is not None
    assert pane.session.series.key == other.key
    assert isinstance(pane.view.layer.marks[0], Mark)
    assert pane.view._overlay.texts.bottom_right[0] == KEY_IMAGE
    assert again.window.slice_view.layer.marks == ()
    assert again.window.measurement_list.rows == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_E])
def test_on_a_localizer_the_reason_is_told_and_the_tool_is_put_away(reading: Viewer, qtbot: QtBot, key: Qt.Key) -> None:
    reading.actions["layout.four"].trigger()
    panes = reading.layouts.panes
    qtbot.waitUntil(lambda: all(pane.session.volume is not None for pane in panes), timeout=WAIT_MS)
    scout = next(pane for pane in panes if pane.session.series and pane.session.series.kind.value == "localizer")
    QTest.keyClick(reading.window, key)
    QTest.mousePress(scout.view, LEFT, pos=scout.view.rect().center())
    assert reading.measuring.tool is None
    assert reading.window.message_bar.text == PROJECTION
