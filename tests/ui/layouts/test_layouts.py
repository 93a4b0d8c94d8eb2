"""Several views through the real window: each with its own window, zoom and slice; linked, exchanged, maximized."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.core.window import BRAIN, PRESETS
from leukoviewer.display.compose import compose_packed
from leukoviewer.ui.layouts import Layout
from leukoviewer.ui.pane import Pane
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, Gate, analyzed, gated_loading, opened

WHITE = PRESETS[1]
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def shown(viewer: Viewer, qtbot: QtBot, action: str) -> tuple[Pane, ...]:
    """The panes after an action, once their slices are read."""
    viewer.actions[action].trigger()
    qtbot.waitUntil(lambda: all(pane.session.volume is not None for pane in viewer.layouts.panes), timeout=WAIT_MS)
    return viewer.layouts.panes


def state(viewer: Viewer) -> tuple[str, int, str]:
    """Series, slice and window of the active view."""
    view = viewer.session.view
    assert view is not None
    return view.series_key, view.slice_index, view.window.name


def state_of(pane: Pane) -> tuple[str, int, str]:
    """Series, slice and window of a pane."""
    view = pane.session.view
    assert view is not None
    return view.series_key, view.slice_index, view.window.name


def frame(view: SliceView) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """The packed pixels that a view was given."""
    assert view._pixels is not None
    return view._pixels.astype(np.uint32)


def wheel(view: SliceView, steps: int) -> None:
    """Turn the wheel over a view, positive steps toward the feet."""
    at = QPointF(view.width() / 2, view.height() / 2)
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, -120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def drag(view: SliceView, button: Qt.MouseButton, by: QPoint) -> None:
    """Press in the middle of a view, move over the screen, release; the view may change its place meanwhile."""
    start = view.mapToGlobal(view.rect().center())
    QTest.mousePress(view, button, pos=view.mapFromGlobal(start))
    for step in (1, 2):
        QTest.mouseMove(view, view.mapFromGlobal(start + by * step / 2))
    QTest.mouseRelease(view, button, pos=view.mapFromGlobal(start + by))


def test_one_key_shows_brain_beside_white_matter_and_the_slices_go_together(reading: Viewer, qtbot: QtBot) -> None:
    viewer = reading
    QTest.keyClick(viewer.window, Qt.Key.Key_W)
    (pane,) = viewer.layouts.panes
    key, index, _ = state(viewer)
    assert state(viewer)[2] == BRAIN.name
    assert state_of(pane) == (key, index, WHITE.name)
    assert pane.view.isVisible()
    assert pane.view.width() == pytest.approx(viewer.window.slice_view.width(), abs=2)
    QTest.keyClick(viewer.window, Qt.Key.Key_Down)
    assert state_of(pane) == (key, index + 1, WHITE.name)
    assert viewer.session.volume is not None
    assert pane.session.volume is viewer.session.volume
    np.testing.assert_array_equal(frame(pane.view), compose_packed(viewer.session.volume.hu[index + 1], WHITE))
    QTest.keyClick(viewer.window, Qt.Key.Key_W)
    assert viewer.layouts.panes == ()
    assert viewer.layouts.layout is Layout.ONE


def test_the_second_view_of_a_white_matter_view_is_not_white_matter_again(reading: Viewer, qtbot: QtBot) -> None:
    QTest.keyClick(reading.window, Qt.Key.Key_2)
    (pane,) = shown(reading, qtbot, "layout.windows")
    assert state_of(pane)[2] != WHITE.name


def test_another_series_is_linked_by_mm_and_says_so(reading: Viewer, qtbot: QtBot) -> None:
    (pane,) = shown(reading, qtbot, "layout.two")
    session = reading.session
    assert session.series is not None
    assert pane.session.series is not None
    assert pane.session.series.key != session.series.key
    assert pane.view.remark.startswith("Linked by position")
    for index in range(len(session.series.slices)):
        reading.reading.go_to(index)
        here = session.series.position_mm[index]
        beside = state_of(pane)[1]
        away = [abs((at or 0) - (here or 0)) for at in pane.session.series.position_mm]
        assert away[beside] == min(away)


def test_two_studies_without_a_common_frame_are_linked_by_the_share_of_the_way(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot
) -> None:
    write_phantom(tmp_path / "now", slices=12)
    write_phantom(tmp_path / "prior", slices=23, step_mm=2.5, thickness_mm=2.5, study="prior", series="old", top_mm=55)
    opened(viewer, tmp_path, qtbot)
    (pane,) = shown(viewer, qtbot, "layout.two")
    first = viewer.session.series
    assert first is not None
    assert pane.session.series is not None
    assert pane.session.series.study_uid != first.study_uid
    assert pane.view.remark == "Linked by slice fraction: no common frame of reference"
    viewer.reading.first()
    assert state_of(pane)[1] == 0
    viewer.reading.last()
    assert state_of(pane)[1] == len(pane.session.series.slices) - 1


def test_with_linking_off_the_other_view_stays(reading: Viewer, qtbot: QtBot) -> None:
    (pane,) = shown(reading, qtbot, "layout.windows")
    before = state_of(pane)
    QTest.keyClick(reading.window, Qt.Key.Key_F3)
    assert not reading.actions["layout.link"].isChecked()
    reading.reading.move(2)
    assert state_of(pane) == before
    assert pane.view.remark == "Not linked"
    QTest.keyClick(reading.window, Qt.Key.Key_F3)
    assert state_of(pane)[1] == state(reading)[1]


def test_the_next_view_becomes_active_and_takes_the_keys(reading: Viewer, qtbot: QtBot) -> None:
    (pane,) = shown(reading, qtbot, "layout.two")
    main = reading.window.slice_view
    first, second = state(reading), state_of(pane)
    volume, other = reading.session.volume, pane.session.volume
    assert main.is_active
    assert not pane.view.is_active
    QTest.keyClick(reading.window, Qt.Key.Key_F4)
    assert state(reading) == second
    assert state_of(pane) == first
    # Nothing is read anew: the slices change hands.
    assert reading.session.volume is other
    assert pane.session.volume is volume
    assert reading.layouts.cells == (pane.view, main)
    assert main.x() > pane.view.x()
    QTest.keyClick(reading.window, Qt.Key.Key_6)
    assert state(reading)[2] == PRESETS[5].name
    assert state_of(pane)[2] == first[2]


def test_each_view_keeps_its_own_zoom_place_and_turn(reading: Viewer, qtbot: QtBot) -> None:
    shown(reading, qtbot, "layout.windows")
    main, pane = reading.window.slice_view, reading.layouts.panes[0]
    drag(main, MIDDLE, QPoint(30, 20))
    main.zoom_in()
    view = reading.session.view
    assert view is not None
    reading.session.set_view(view.with_turn(view.turn.rotated(1)))
    held, letters = main.viewport, main.letters
    assert pane.view.viewport.zoom == 1
    assert pane.view.letters != letters
    QTest.keyClick(reading.window, Qt.Key.Key_F4)
    assert (main.viewport.zoom, main.viewport.pan) == (1, (0, 0))
    assert (pane.view.viewport.zoom, pane.view.viewport.pan) == (held.zoom, held.pan)
    assert pane.view.letters == letters


def test_a_drag_on_another_view_makes_it_active_and_goes_on(reading: Viewer, qtbot: QtBot) -> None:
    (pane,) = shown(reading, qtbot, "layout.windows")
    drag(pane.view, LEFT, QPoint(40, 0))
    view = reading.session.view
    assert view is not None
    assert view.window.width > WHITE.width
    assert state_of(pane)[2] == BRAIN.name
    assert reading.layouts.cells[1] is reading.window.slice_view


def test_the_wheel_over_another_view_scrolls_it(reading: Viewer, qtbot: QtBot) -> None:
    (pane,) = shown(reading, qtbot, "layout.two")
    key, index, _ = state_of(pane)
    wheel(pane.view, 2)
    assert state(reading)[:2] == (key, index + 2)


def test_four_views_fill_up_with_windows_of_the_same_series(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    write_phantom(tmp_path, slices=6)
    opened(viewer, tmp_path, qtbot)
    panes = shown(viewer, qtbot, "layout.four")
    assert [state_of(pane)[2] for pane in panes] == [WHITE.name, PRESETS[2].name, PRESETS[5].name]
    places = {(view.x(), view.y()) for view in viewer.layouts.cells}
    assert len(places) == 4
    assert len({x for x, _ in places}) == len({y for _, y in places}) == 2


def test_a_double_click_gives_one_view_all_the_room_and_takes_it_back(reading: Viewer, qtbot: QtBot) -> None:
    shown(reading, qtbot, "layout.four")
    main = reading.window.slice_view
    width = main.width()
    QTest.mouseDClick(main, LEFT)
    assert reading.layouts.is_maximized
    assert main.width() > 1.9 * width
    assert not any(pane.view.isVisible() for pane in reading.layouts.panes)
    assert reading.window.are_sides_visible
    QTest.keyClick(reading.window, Qt.Key.Key_F9)
    assert main.width() == width
    assert all(pane.view.isVisible() for pane in reading.layouts.panes)


def test_heat_shows_in_every_view_of_its_series_and_in_no_other(reading: Viewer, qtbot: QtBot) -> None:
    own, again = "own", "again"
    result = analyzed(reading, qtbot)
    reading.session.set_style(replace(reading.session.style, threshold=0.0))
    index = next(score.native[0] for score in result.scores)
    reading.reading.go_to(index)
    (pane,) = shown(reading, qtbot, "layout.windows")
    assert reading.session.volume is not None
    heats = {own: frame(reading.window.slice_view), again: frame(pane.view)}
    gray = {own: BRAIN, again: WHITE}
    for name, picture in heats.items():
        assert (picture != compose_packed(reading.session.volume.hu[index], gray[name])).any() == (result.map_scale > 0)
    QTest.keyClick(reading.window, Qt.Key.Key_G)
    np.testing.assert_array_equal(frame(pane.view), compose_packed(reading.session.volume.hu[index], WHITE))
    QTest.keyClick(reading.window, Qt.Key.Key_G)
    (other,) = shown(reading, qtbot, "layout.two")
    assert other.session.volume is not None
    beside = other.session.volume.hu[state_of(other)[1]]
    np.testing.assert_array_equal(frame(other.view), compose_packed(beside, BRAIN))


def test_a_view_beside_a_series_that_is_still_read_gets_its_slices_as_they_come(
    viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = viewers(load=gated_loading(tasks, gate))
    viewer.opening.open(head_folder)
    qtbot.waitUntil(lambda: viewer.session.loaded_count == 1, timeout=WAIT_MS)
    viewer.actions["layout.windows"].trigger()
    (pane,) = viewer.layouts.panes
    assert pane.session.loaded_count == 1
    gate.open()
    qtbot.waitUntil(lambda: pane.session.volume is not None, timeout=WAIT_MS)
    assert pane.session.volume is viewer.session.volume


def test_another_series_in_the_active_view_leaves_the_other_one_as_it_is(reading: Viewer, qtbot: QtBot) -> None:
    (pane,) = shown(reading, qtbot, "layout.windows")
    before = state_of(pane)
    reading.actions["series.next"].trigger()
    qtbot.waitUntil(lambda: reading.session.volume is not None and reading.workflow.is_idle, timeout=WAIT_MS)
    assert state(reading)[0] != before[0]
    assert state_of(pane)[0] == before[0]
    assert pane.session.volume is not None
    assert pane.session.volume.series.key == before[0]


def test_another_folder_leaves_one_view(reading: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    shown(reading, qtbot, "layout.four")
    write_phantom(tmp_path, slices=6, patient_id="OTHER")
    reading.opening.open(tmp_path)
    qtbot.waitUntil(lambda: reading.session.volume is not None and len(reading.session.volume) == 6, timeout=WAIT_MS)
    assert reading.layouts.panes == ()
    assert reading.window.view_grid.views == (reading.window.slice_view,)


def test_a_scout_shows_where_the_active_slice_lies(reading: Viewer, qtbot: QtBot) -> None:
    panes = shown(reading, qtbot, "layout.four")
    scout = next(pane for pane in panes if pane.session.series is not None and len(pane.session.series.slices) == 1)
    assert scout.session.series is not None
    assert scout.view.remark == "Not linked: its slices stand across"
    beside = scout.session.series.slices[0].plane
    assert beside is not None
    for _ in range(2):
        reading.reading.move(1)
        assert reading.session.series is not None
        plane = reading.session.series.slices[state(reading)[1]].plane
        assert plane is not None
        (line,) = scout.view.lines
        for end in (line.start, line.end):
            assert beside.point_mm(*end)[2] == pytest.approx(plane.position_mm[2])
    # Slices that lie side by side do not cut each other.
    assert all(pane.view.lines == () for pane in panes if pane is not scout)
    QTest.keyClick(reading.window, Qt.Key.Key_X)
    assert scout.view.lines == ()
    assert not reading.actions["layout.lines"].isChecked()


@pytest.mark.parametrize("action", ["layout.windows", "layout.two", "layout.four", "layout.next", "layout.maximize"])
def test_without_a_series_a_layout_does_nothing(viewer: Viewer, action: str) -> None:
    viewer.actions[action].trigger()
    assert viewer.layouts.layout is Layout.ONE
    assert len(viewer.layouts.cells) == 1
