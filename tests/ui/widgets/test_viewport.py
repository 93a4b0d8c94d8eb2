"""Where the picture lies in its widget."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from leukoviewer.display.orientation import Turn
from leukoviewer.ui.widgets.viewport import MAX_ZOOM, MIN_ZOOM, Viewport

TURNS = [Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)]
SQUARE = Viewport((400.0, 300.0), 100, 100)


@pytest.mark.parametrize(
    ("columns", "rows", "spacing", "turn", "scale"),
    [
        (100, 100, (1.0, 1.0), Turn(), 3.0),
        (200, 100, (1.0, 1.0), Turn(), 2.0),
        (200, 100, (1.0, 1.0), Turn(1), 1.5),
        (100, 100, (2.0, 1.0), Turn(), 1.5),
        (100, 100, (0.5, 0.5), Turn(), 6.0),
        (512, 512, (0.5, 0.25), Turn(3, mirrored=True), 300 / 128),
    ],
)
def test_the_picture_is_fitted_in_mm(
    columns: int, rows: int, spacing: tuple[float, float], turn: Turn, scale: float
) -> None:
    view = Viewport((400.0, 300.0), columns, rows, spacing, turn)
    if turn.quarters == 3:
        scale = min(400 / (512 * 0.5), 300 / (512 * 0.25))
    assert view.px_per_mm == pytest.approx(scale)


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_the_pictures_center_lies_in_the_widgets_center(turn: Turn) -> None:
    view = Viewport((400.0, 300.0), 60, 100, (0.7, 0.4), turn)
    center = view.transform().map(QPointF(30, 50))
    assert (center.x(), center.y()) == pytest.approx((200, 150))


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_pixels_have_their_size_in_mm_whatever_the_turn(turn: Turn) -> None:
    view = Viewport((400.0, 300.0), 60, 100, (0.7, 0.4), turn)
    start = view.transform().map(QPointF(10, 20))
    across = view.transform().map(QPointF(11, 20)) - start
    down = view.transform().map(QPointF(10, 21)) - start
    assert across.manhattanLength() == pytest.approx(0.4 * view.px_per_mm)
    assert down.manhattanLength() == pytest.approx(0.7 * view.px_per_mm)


@pytest.mark.parametrize("turn", TURNS, ids=str)
@pytest.mark.parametrize("pixel", [(0, 0), (99, 59), (42, 7)])
def test_the_pixel_under_a_point_is_the_one_painted_there(turn: Turn, pixel: tuple[int, int]) -> None:
    view = Viewport((400.0, 300.0), 60, 100, (0.7, 0.4), turn).zoomed(1.7, QPointF(90, 200)).panned(QPointF(5, -9))
    row, column = pixel
    assert view.pixel_at(view.transform().map(QPointF(column + 0.5, row + 0.5))) == pixel
    assert view.pixel_at(view.transform().map(QPointF(column + 0.02, row + 0.98))) == pixel


def test_beside_the_picture_there_is_no_pixel() -> None:
    assert SQUARE.pixel_at(QPointF(49.9, 150)) is None
    assert SQUARE.pixel_at(QPointF(50.1, 150)) == (50, 0)
    assert SQUARE.pixel_at(QPointF(200, -0.1)) is None


@pytest.mark.parametrize("anchor", [(200.0, 150.0), (60.0, 20.0), (333.0, 280.0)])
def test_zooming_leaves_the_anchor_where_it_is(anchor: tuple[float, float]) -> None:
    point = QPointF(*anchor)
    before, _ = SQUARE.transform().inverted()
    under = before.map(point)
    grown = SQUARE.zoomed(2.5, point)
    there = grown.transform().map(under)
    assert (there.x(), there.y()) == pytest.approx(anchor)
    assert grown.px_per_mm == pytest.approx(2.5 * SQUARE.px_per_mm)


@pytest.mark.parametrize(("factor", "zoom"), [(1e9, MAX_ZOOM), (1e-9, MIN_ZOOM)])
def test_zoom_has_limits(factor: float, zoom: float) -> None:
    assert SQUARE.zoomed(factor, QPointF(0, 0)).zoom == zoom


@pytest.mark.parametrize("way", [(9999.0, 0.0), (-9999.0, 0.0), (0.0, 9999.0), (0.0, -9999.0)])
def test_the_picture_cannot_be_dragged_out_of_sight(way: tuple[float, float]) -> None:
    view = SQUARE.panned(QPointF(*way))
    corners = [view.transform().map(QPointF(x, y)) for x in (0, 100) for y in (0, 100)]
    left, right = min(c.x() for c in corners), max(c.x() for c in corners)
    top, bottom = min(c.y() for c in corners), max(c.y() for c in corners)
    assert right >= 48 - 1e-6
    assert left <= 400 - 48 + 1e-6
    assert bottom >= 48 - 1e-6
    assert top <= 300 - 48 + 1e-6


def test_reset_fits_and_centers_again() -> None:
    assert SQUARE.zoomed(3, QPointF(10, 10)).panned(QPointF(30, 3)).reset() == SQUARE


def test_zoom_and_pan_outlive_a_new_size_picture_and_geometry() -> None:
    view = SQUARE.zoomed(2, QPointF(100, 100))
    changed = view.with_size(800, 600).with_picture(50, 60).with_geometry((0.5, 0.6), Turn(1))
    assert (changed.zoom, changed.pan) == (view.zoom, view.pan)
    assert (changed.size, changed.columns, changed.rows) == ((800, 600), 50, 60)


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_an_exact_scale_holds_beyond_the_limits_and_through_turns(turn: Turn) -> None:
    tiny = Viewport((400.0, 300.0), 10, 14, (1.0, 2.0)).at_scale(1.0)
    assert tiny.zoom < MIN_ZOOM
    assert tiny.turned(turn).px_per_mm == pytest.approx(1.0)
    assert tiny.zoomed(1.5, QPointF(0, 0)).zoomed(1 / 1.5, QPointF(0, 0)).px_per_mm == pytest.approx(1.0)
    assert Viewport((400.0, 300.0), 60, 100, (0.7, 0.4)).turned(turn).zoom == 1


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_a_turn_does_not_swing_the_picture_out_of_sight(turn: Turn) -> None:
    wide = Viewport((900.0, 200.0), 100, 100).zoomed(2, QPointF(450, 100)).panned(QPointF(9999, -9999))
    laid = wide.turned(turn)
    corners = [laid.transform().map(QPointF(x, y)) for x in (0, 100) for y in (0, 100)]
    for low, high, room in (
        (min(c.x() for c in corners), max(c.x() for c in corners), 900),
        (min(c.y() for c in corners), max(c.y() for c in corners), 200),
    ):
        assert high >= 48 - 1e-6
        assert low <= room - 48 + 1e-6
