"""The slice view: what it paints, and what it makes of mouse and wheel."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.core.window import BRAIN, Window
from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.orientation import EdgeLetters, Turn
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.slice_overlay import Notice
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.display import scene
from tests.ui.widgets.picture import grabbed

SIZE = 400
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


@pytest.fixture
def view(qtbot: QtBot) -> SliceView:
    """An empty view of 400 x 400 px."""
    widget = SliceView()
    qtbot.addWidget(widget)
    widget.resize(SIZE, SIZE)
    widget.set_smooth(False)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def quarters() -> NDArray[np.uint8]:
    """A picture of 100 x 100 px: gray levels 50, 100, 150, 200 in its four quarters, in reading order."""
    picture = np.zeros((100, 100), dtype=np.uint8)
    picture[:50, :50], picture[:50, 50:], picture[50:, :50], picture[50:, 50:] = 50, 100, 150, 200
    return picture


def levels(view: SliceView) -> list[int]:
    """Gray level in the middle of each quarter of the widget, in reading order."""
    picture = grabbed(view)
    return [int(picture[y, x, 0]) for y, x in ((120, 120), (120, 280), (280, 120), (280, 280))]


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


# What is painted


def test_without_a_slice_the_view_is_black(view: SliceView) -> None:
    assert grabbed(view).max() == 0


@pytest.mark.parametrize("kind", ["gray", "color", "packed"])
def test_gray_color_and_packed_frames_are_painted_alike(view: SliceView, kind: str) -> None:
    gray = quarters()
    packed = gray.astype(np.uint32) * np.uint32(0x010101) | np.uint32(0xFF000000)
    view.set_frame({"gray": gray, "color": np.repeat(gray[..., None], 3, axis=2), "packed": packed}[kind])
    assert levels(view) == [50, 100, 150, 200]


def test_colors_are_not_exchanged(view: SliceView) -> None:
    picture = np.zeros((10, 10, 3), dtype=np.uint8)
    picture[...] = (200, 100, 20)
    view.set_frame(picture)
    assert grabbed(view)[200, 200].tolist() == [200, 100, 20]
    view.set_frame(np.full((10, 10), 0xFFC86414, dtype=np.uint32))
    assert grabbed(view)[200, 200].tolist() == [200, 100, 20]


def test_a_frame_that_is_not_contiguous_is_shown_as_it_is(view: SliceView) -> None:
    view.set_frame(quarters()[:, ::-1])
    assert levels(view) == [100, 50, 200, 150]


@pytest.mark.parametrize(
    "frame", [np.zeros((4, 4, 4), np.uint8), np.zeros((4, 4), np.uint16), np.zeros((4, 4, 3), np.uint32)]
)
def test_pixels_of_another_kind_are_refused(view: SliceView, frame: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="a frame is gray"):
        view.set_frame(frame)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (Turn(), [50, 100, 150, 200]),
        (Turn(1), [150, 50, 200, 100]),
        (Turn(2), [200, 150, 100, 50]),
        (Turn(3), [100, 200, 50, 150]),
        (Turn(0, mirrored=True), [100, 50, 200, 150]),
        (Turn(1, mirrored=True), [200, 100, 150, 50]),
    ],
    ids=str,
)
def test_flips_and_rotations_are_painted(view: SliceView, turn: Turn, expected: list[int]) -> None:
    view.set_frame(quarters())
    view.set_geometry(scene.plane(), turn=turn)
    assert levels(view) == expected


def test_pixels_are_drawn_in_mm(view: SliceView) -> None:
    view.set_frame(np.full((100, 100), 255, dtype=np.uint8))
    view.set_geometry(scene.plane(spacing_mm=(1.0, 0.5)))
    lit = grabbed(view)[100].min(axis=1) > 250
    # 100 mm high and 50 mm wide: half the widget's width.
    assert int(lit.sum()) == SIZE // 2
    assert lit[101:299].all()


@pytest.mark.parametrize("smooth", [False, True])
def test_pixels_are_squares_or_smooth(view: SliceView, smooth: bool) -> None:
    view.set_frame(np.array([[0, 200], [0, 200]], dtype=np.uint8))
    view.set_smooth(smooth)
    between = set(grabbed(view)[100, :, 0].tolist()) - {0, 200}
    assert bool(between) == smooth


def test_letters_follow_plane_and_turn(view: SliceView) -> None:
    view.set_geometry(scene.plane())
    assert view.letters == EdgeLetters("R", "L", "A", "P")
    view.set_geometry(scene.plane(), turn=Turn(0, mirrored=True))
    assert view.letters == EdgeLetters("L", "R", "A", "P")
    view.set_geometry(None)
    assert view.letters == EdgeLetters()


@pytest.mark.parametrize(
    ("region", "what"),
    [
        (np.s_[180:220, 0:30], "left letter"),
        (np.s_[180:220, 370:400], "right letter"),
        (np.s_[0:30, 180:220], "top letter"),
        (np.s_[370:400, 180:220], "bottom letter"),
        (np.s_[340:372, 130:270], "scale bar"),
    ],
)
def test_letters_and_scale_bar_stand_at_their_edges_with_geometry_alone(
    view: SliceView, region: tuple[slice, slice], what: str
) -> None:
    view.set_frame(np.zeros((100, 100), dtype=np.uint8))
    assert grabbed(view)[region].max() == 0
    view.set_geometry(scene.plane())
    assert grabbed(view)[region].max() > 150, what


@pytest.mark.parametrize(
    ("corner", "region"),
    [
        ("top_left", np.s_[:40, :120]),
        ("top_right", np.s_[:40, 280:]),
        ("bottom_left", np.s_[360:, :120]),
        ("bottom_right", np.s_[360:, 280:]),
    ],
)
def test_each_corner_text_stands_in_its_corner(view: SliceView, corner: str, region: tuple[slice, slice]) -> None:
    view.set_corner_texts(CornerTexts(**{corner: ("Slice 3 / 9",)}))
    picture = grabbed(view)
    assert picture[region].max() > 150
    picture[region] = 0
    assert picture.max() == 0
    view.set_texts_visible(False)
    assert grabbed(view).max() == 0


def test_the_readout_stands_over_the_lower_left_lines(view: SliceView) -> None:
    view.set_corner_texts(CornerTexts(bottom_left=("W 80  C 40",)))
    before = grabbed(view)
    view.set_readout("34 HU")
    changed = np.argwhere((grabbed(view) != before).any(axis=2))
    assert changed[:, 0].min() > 350
    assert changed[:, 0].max() < 380
    assert changed[:, 1].max() < 100


def test_the_color_bar_shows_only_while_it_is_set(view: SliceView) -> None:
    view.set_frame(np.zeros((100, 100), dtype=np.uint8))
    view.set_color_bar(ColorBar(HeatmapStyle()))
    colorful = np.ptp(grabbed(view)[100:300, 380:], axis=2).max()
    assert colorful > 100
    view.set_color_bar(None)
    assert grabbed(view).max() == 0


@pytest.mark.parametrize(
    ("notice", "is_amber"),
    [(Notice.loading(12), False), (Notice.loading(), False), (Notice.broken("it ends early"), True)],
)
def test_a_notice_stands_in_the_middle_in_its_color(view: SliceView, notice: Notice, is_amber: bool) -> None:
    view.set_notice(notice)
    middle = grabbed(view)[180:220, 60:340]
    assert middle.max() > 120
    assert bool((middle[..., 0] - middle[..., 2]).max() > 80) == is_amber
    view.set_notice(None)
    assert grabbed(view).max() == 0


def test_notices_say_what_is_wrong() -> None:
    assert Notice.loading(12).text == "Loading slice 12 …"
    assert Notice.broken("The file is empty.").text == "This slice could not be read. The file is empty."
    assert Notice.broken("x").is_trouble
    assert not Notice.loading().is_trouble


def test_a_cleared_frame_leaves_no_old_slice_behind(view: SliceView) -> None:
    view.set_frame(quarters())
    view.set_geometry(scene.plane())
    view.set_frame(None)
    assert levels(view) == [0, 0, 0, 0]


# Wheel


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
