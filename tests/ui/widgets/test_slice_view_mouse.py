"""The slice view: what it makes of mouse and wheel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.core.window import BRAIN, Window
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.display import scene
from tests.ui.widgets.quartered import SIZE, levels, quarters

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


def drag(qtbot: QtBot, view: SliceView, button: Qt.MouseButton, way: tuple[int, int]) -> None:
    """Press in the middle, move in two steps, release."""
    start = QPoint(SIZE // 2, SIZE // 2)
    end = start + QPoint(*way)
    qtbot.mousePress(view, button, pos=start)
    for point in (start + QPoint(way[0] // 2, way[1] // 2), end):
        qtbot.mouseMove(view, point)
    qtbot.mouseRelease(view, button, pos=end)


def turn_wheel(view: SliceView, delta: int, *, control: bool = False, at: tuple[float, float] = (200, 200)) -> None:
    """One wheel event, as a mouse or a touch pad sends it."""
    modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(*at),
        view.mapToGlobal(QPointF(*at)),
        QPoint(0, 0),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


@pytest.mark.parametrize(("delta", "step"), [(-120, 1), (120, -1), (-360, 3)])
def test_the_wheel_asks_for_slices(qtbot: QtBot, view: SliceView, delta: int, step: int) -> None:
    with qtbot.waitSignal(view.slice_requested) as asked:
        turn_wheel(view, delta)
    assert asked.args == [step]


def test_a_fine_wheel_asks_once_a_whole_step_is_turned(qtbot: QtBot, view: SliceView) -> None:
    steps: list[int] = []
    view.slice_requested.connect(steps.append)
    for _ in range(9):
        turn_wheel(view, -40)
    assert steps == [1, 1, 1]


def test_control_and_wheel_zoom_at_the_cursor(qtbot: QtBot, view: SliceView) -> None:
    view.set_frame(quarters())
    under = view.viewport.pixel_at(QPointF(302, 102))
    with qtbot.assertNotEmitted(view.slice_requested), qtbot.waitSignal(view.zoom_changed) as told:
        turn_wheel(view, 120, control=True, at=(302, 102))
    assert view.viewport.zoom == pytest.approx(1.15)
    assert told.args == [pytest.approx(4 * 1.15)]
    assert view.viewport.pixel_at(QPointF(302, 102)) == under
    turn_wheel(view, -120, control=True, at=(302, 102))
    assert view.viewport.zoom == pytest.approx(1.0)


# Drags


@pytest.mark.parametrize(
    ("way", "swapped", "center_and_width"),
    [
        ((64, 0), False, (40, 100)),
        ((-64, 0), False, (40, 60)),
        ((0, 64), False, (60, 80)),
        ((0, -64), False, (20, 80)),
        ((64, 64), False, (60, 100)),
        ((64, 0), True, (60, 80)),
        ((0, 64), True, (40, 100)),
    ],
)
def test_a_left_drag_moves_the_window(
    qtbot: QtBot, view: SliceView, way: tuple[int, int], swapped: bool, center_and_width: tuple[float, float]
) -> None:
    told: list[tuple[float, float]] = []
    view.window_dragged.connect(lambda c, w: told.append((c, w)))
    view.set_window(BRAIN)
    view.set_drag_swapped(swapped)
    drag(qtbot, view, LEFT, way)
    assert told[-1] == center_and_width


def test_the_window_is_counted_from_where_the_drag_began(qtbot: QtBot, view: SliceView) -> None:
    told: list[tuple[float, float]] = []

    def follow(center: float, width: float) -> None:
        told.append((center, width))
        view.set_window(Window(center, width))

    view.window_dragged.connect(follow)
    view.set_window(BRAIN)
    drag(qtbot, view, LEFT, (64, 0))
    assert told == [(40, 90), (40, 100)]


def test_a_drag_never_asks_for_an_impossible_width(qtbot: QtBot, view: SliceView) -> None:
    told: list[float] = []
    view.window_dragged.connect(lambda _, width: told.append(width))
    view.set_window(Window(40, 20))
    drag(qtbot, view, LEFT, (-199, 0))
    assert told[-1] == 1
    view.set_window(Window(40, 19_000))
    drag(qtbot, view, LEFT, (199, 0))
    assert told[-1] == 20_000


def test_a_click_moves_no_window(qtbot: QtBot, view: SliceView) -> None:
    with qtbot.assertNotEmitted(view.window_dragged):
        qtbot.mouseClick(view, LEFT, pos=QPoint(100, 100))
        drag(qtbot, view, LEFT, (1, 1))


def test_a_middle_drag_pans(qtbot: QtBot, view: SliceView) -> None:
    view.set_frame(quarters())
    drag(qtbot, view, MIDDLE, (50, -20))
    assert view.viewport.pan == (50, -20)
    assert view.viewport.pixel_at(QPointF(250, 180)) == (50, 50)


@pytest.mark.parametrize(("way", "zoom"), [((0, -160), 2.0), ((0, 160), 0.5), ((100, 0), 1.0)])
def test_a_right_drag_zooms_where_it_began(qtbot: QtBot, view: SliceView, way: tuple[int, int], zoom: float) -> None:
    view.set_frame(quarters())
    with qtbot.assertNotEmitted(view.menu_requested):
        drag(qtbot, view, RIGHT, way)
    assert view.viewport.zoom == pytest.approx(zoom)


def test_a_right_click_asks_for_the_menu(qtbot: QtBot, view: SliceView) -> None:
    with qtbot.waitSignal(view.menu_requested) as asked:
        qtbot.mouseClick(view, RIGHT, pos=QPoint(30, 40))
    assert asked.args == [view.mapToGlobal(QPoint(30, 40))]


def test_a_second_button_does_not_disturb_a_drag(qtbot: QtBot, view: SliceView) -> None:
    view.set_frame(quarters())
    view.set_window(BRAIN)
    middle = QPoint(200, 200)
    qtbot.mousePress(view, LEFT, pos=middle)
    with qtbot.assertNotEmitted(view.menu_requested):
        qtbot.mouseClick(view, RIGHT, pos=middle)
    with qtbot.waitSignal(view.window_dragged):
        qtbot.mouseMove(view, middle + QPoint(30, 0))
    qtbot.mouseRelease(view, LEFT, pos=middle)
    with qtbot.assertNotEmitted(view.window_dragged):
        qtbot.mouseMove(view, middle)
    assert view.viewport.zoom == 1.0


def test_a_double_click_asks_to_maximize(qtbot: QtBot, view: SliceView) -> None:
    with qtbot.waitSignal(view.maximize_requested), qtbot.assertNotEmitted(view.window_dragged):
        qtbot.mouseDClick(view, LEFT, pos=QPoint(10, 10))
    with qtbot.assertNotEmitted(view.maximize_requested):
        qtbot.mouseDClick(view, RIGHT, pos=QPoint(10, 10))


# Cursor and zoom


def test_the_pixel_under_the_cursor_is_told(qtbot: QtBot, view: SliceView) -> None:
    told: list[object] = []
    view.cursor_moved.connect(told.append)
    qtbot.mouseMove(view, QPoint(5, 5))
    view.set_frame(np.zeros((50, 100), dtype=np.uint8))
    for point in (QPoint(202, 202), QPoint(0, 100), QPoint(399, 299), QPoint(200, 20)):
        qtbot.mouseMove(view, point)
    assert told == [None, (25, 50), (0, 0), (49, 99), None]


def test_leaving_the_view_leaves_no_pixel_under_the_cursor(qtbot: QtBot, view: SliceView) -> None:
    from PySide6.QtCore import QEvent

    view.set_frame(quarters())
    with qtbot.waitSignal(view.cursor_moved) as told:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told.args == [None]


def test_zoom_is_told_when_it_changes_and_only_then(qtbot: QtBot, view: SliceView) -> None:
    told: list[float] = []
    view.zoom_changed.connect(told.append)
    view.set_frame(quarters())
    view.set_frame(quarters())
    view.zoom_in()
    view.zoom_out()
    view.resize(200, 200)
    view.reset_view()
    assert told == [pytest.approx(4), pytest.approx(4.6), pytest.approx(4), pytest.approx(2)]
    assert view.zoom == told[-1]


def test_reset_fits_the_picture_again(qtbot: QtBot, view: SliceView) -> None:
    view.set_frame(quarters())
    view.zoom_in()
    drag(qtbot, view, MIDDLE, (30, 30))
    view.reset_view()
    assert (view.viewport.zoom, view.viewport.pan) == (1.0, (0.0, 0.0))
    assert levels(view) == [50, 100, 150, 200]


def test_zoom_and_pan_stay_while_slices_change(qtbot: QtBot, view: SliceView) -> None:
    view.set_frame(quarters())
    drag(qtbot, view, RIGHT, (0, -80))
    before = view.viewport
    view.set_frame(quarters() // 2)
    view.set_geometry(scene.plane(3, spacing_mm=(1.0, 1.0)))
    assert view.viewport == before
