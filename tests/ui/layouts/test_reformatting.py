"""Reformats through the real window: places in mm, letters, crosshair by mouse, wheel and keys; off with the reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.core.reformat import Axis, Reformat
from leukoviewer.core.window import PRESETS
from leukoviewer.display.compose import compose_packed
from leukoviewer.ui.layouts import Layout
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.phantom import write_phantom
from tests.ui.conftest import opened

LEFT = Qt.MouseButton.LeftButton
LETTERS = {Axis.AXIAL: "RLAP", Axis.CORONAL: "RLHF", Axis.SAGITTAL: "APHF"}


@pytest.fixture
def tilted(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> Viewer:
    """A tilted head with its reformats on the screen."""
    write_phantom(tmp_path, slices=14, tilt_deg=15.0, spacing_mm=(3.0, 3.5), top_mm=30.0)
    opened(viewer, tmp_path, qtbot)
    QTest.keyClick(viewer.window, Qt.Key.Key_F8)
    return viewer


def frame(view: SliceView) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """The packed pixels that a view was given."""
    assert view._pixels is not None
    return view._pixels.astype(np.uint32)


def spot(view: SliceView, row: float, column: float) -> QPoint:
    """Where a pixel's center lies in the widget."""
    return view.viewport.transform().map(QPointF(column + 0.5, row + 0.5)).toPoint()


def test_three_planes_stand_beside_the_slices_with_their_letters(tilted: Viewer) -> None:
    assert tilted.layouts.layout is Layout.REFORMATS
    assert len(tilted.window.view_grid.views) == 4
    for axis, view in tilted.reformatting.views.items():
        letters = view.letters
        assert letters.left + letters.right + letters.top + letters.bottom == LETTERS[axis]
        assert view.isVisible()
        assert "reformat" in view.accessibleName()


def test_the_pictures_are_those_of_the_planes_that_they_name(tilted: Viewer) -> None:
    session = tilted.session
    assert session.series is not None
    assert session.volume is not None
    reformat = Reformat.from_series(session.series)
    for axis, view in tilted.reformatting.views.items():
        plane = tilted.reformatting.plane(axis)
        assert plane is not None
        assert plane == reformat.plane(axis, np.array(tilted.reformatting.at_mm))
        expected = compose_packed(reformat.sample(session.volume.hu, plane), PRESETS[0])
        np.testing.assert_array_equal(frame(view), expected)


def test_a_press_puts_the_crosshair_there_and_shows_the_nearest_slice(tilted: Viewer) -> None:
    reformatting, session = tilted.reformatting, tilted.session
    plane, view = reformatting.plane(Axis.SAGITTAL), reformatting.views[Axis.SAGITTAL]
    assert plane is not None
    assert session.series is not None
    row, column = plane.rows * 0.4, plane.columns * 0.55
    before = reformatting.at_mm
    QTest.mouseClick(view, LEFT, pos=spot(view, row, column))
    wanted = plane.point_mm(row, column)
    # Half a screen px of the click is all that may be lost.
    np.testing.assert_allclose(reformatting.at_mm, wanted, atol=1.0 / view.viewport.px_per_mm)
    assert reformatting.at_mm[0] == before[0]
    assert session.view is not None
    fraction = Reformat.from_series(session.series).voxel_at(np.array(reformatting.at_mm))[0]
    assert session.view.slice_index == round(fraction)
    lines = tilted.window.slice_view.lines
    assert lines[0].start[0] == pytest.approx(
        Reformat.from_series(session.series).voxel_at(np.array(reformatting.at_mm))[1]
    )


def test_the_slice_keys_take_the_crosshair_along(tilted: Viewer) -> None:
    session, reformatting = tilted.session, tilted.reformatting
    assert session.series is not None
    reformat = Reformat.from_series(session.series)
    before = reformat.voxel_at(np.array(reformatting.at_mm))
    QTest.keyClick(tilted.window, Qt.Key.Key_Down)
    after = reformat.voxel_at(np.array(reformatting.at_mm))
    assert session.view is not None
    np.testing.assert_allclose(after, (session.view.slice_index, before[1], before[2]), atol=1e-9)


@pytest.mark.parametrize(
    ("key", "way"),
    [
        (Qt.Key.Key_Left, (-1, 0, 0)), (Qt.Key.Key_Right, (1, 0, 0)), (Qt.Key.Key_Up, (0, -1, 0)),
        (Qt.Key.Key_Down, (0, 1, 0)), (Qt.Key.Key_PageUp, (0, 0, 1)), (Qt.Key.Key_PageDown, (0, 0, -1)),
    ],
)  # fmt: skip
def test_keys_move_the_crosshair_by_one_mm(tilted: Viewer, key: Qt.Key, way: tuple[int, int, int]) -> None:
    before = np.array(tilted.reformatting.at_mm)
    QTest.keyClick(tilted.window, key, Qt.KeyboardModifier.AltModifier)
    np.testing.assert_allclose(tilted.reformatting.at_mm, before + np.array(way))


@pytest.mark.parametrize("axis", Axis)
def test_the_wheel_goes_through_the_planes(tilted: Viewer, axis: Axis) -> None:
    view, before = tilted.reformatting.views[axis], tilted.reformatting.at_mm
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    moved = np.array(tilted.reformatting.at_mm) - before
    assert abs(moved[axis.normal]) == pytest.approx(2.0)
    assert np.abs(np.delete(moved, axis.normal)).max() == 0


def test_a_window_shows_in_all_planes(tilted: Viewer) -> None:
    before = {axis: frame(view).copy() for axis, view in tilted.reformatting.views.items()}
    QTest.keyClick(tilted.window, Qt.Key.Key_6)
    assert all((frame(view) != before[axis]).any() for axis, view in tilted.reformatting.views.items())


def test_a_double_click_gives_a_reformat_all_the_room(tilted: Viewer) -> None:
    view = tilted.reformatting.views[Axis.CORONAL]
    QTest.mouseDClick(view, LEFT)
    assert tilted.window.view_grid.views == (view,)
    QTest.mouseDClick(view, LEFT)
    assert len(tilted.window.view_grid.views) == 4


def test_one_view_ends_the_reformats(tilted: Viewer) -> None:
    QTest.keyClick(tilted.window, Qt.Key.Key_F5)
    assert tilted.reformatting.views == {}
    assert tilted.window.slice_view.lines == ()
    QTest.keyClick(tilted.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "F8" in tilted.window.message_bar.text


def test_the_value_under_the_cursor_is_called_interpolated(tilted: Viewer) -> None:
    view = tilted.reformatting.views[Axis.AXIAL]
    plane = tilted.reformatting.plane(Axis.AXIAL)
    assert plane is not None
    at, none = QPointF(spot(view, plane.rows / 2, plane.columns / 2)), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)
    assert "HU (interpolated)" in tilted.window._cursor_label.text()


def test_a_scan_with_a_gap_tells_why_there_are_no_reformats(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    write_phantom(tmp_path, slices=12, missing=(5,))
    opened(viewer, tmp_path, qtbot)
    QTest.keyClick(viewer.window, Qt.Key.Key_F8)
    assert viewer.layouts.layout is Layout.ONE
    assert viewer.window.message_bar.text.startswith("Reformats are off: ")


def test_another_series_ends_the_reformats_of_the_one_before(reading: Viewer, qtbot: QtBot) -> None:
    QTest.keyClick(reading.window, Qt.Key.Key_F8)
    assert reading.layouts.layout is Layout.REFORMATS
    reading.actions["series.next"].trigger()
    assert reading.layouts.layout is Layout.ONE
    qtbot.waitUntil(lambda: reading.session.volume is not None and reading.workflow.is_idle, timeout=20_000)
