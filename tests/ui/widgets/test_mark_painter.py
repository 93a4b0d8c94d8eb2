"""Where points of the slice lie in the widget, and words that never leave it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from leukoviewer.core.measurements import Kind, Points
from leukoviewer.display.measurement_marks import Mark
from leukoviewer.display.orientation import Turn
from leukoviewer.ui.widgets.mark_painter import distance_px, paint_mark, point_of, spot_of
from leukoviewer.ui.widgets.viewport import Viewport

SIZE = (300, 240)
TURNS = [Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)]


def _viewport(turn: Turn, zoom: float = 1.0) -> Viewport:
    return Viewport(SIZE, 60, 40, spacing_mm=(1.5, 0.7), turn=turn, zoom=zoom, pan=(12.0, -7.0))


@pytest.mark.parametrize("zoom", [0.5, 4.0])
@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_a_px_of_the_screen_is_the_same_part_of_a_mm_in_every_direction(turn: Turn, zoom: float) -> None:
    viewport = _viewport(turn, zoom)
    start, down, across = (spot_of(point, viewport) for point in ((10, 10), (20, 10), (10, 20)))
    assert distance_px(start, down) == pytest.approx(10 * 1.5 * viewport.px_per_mm)
    assert distance_px(start, across) == pytest.approx(10 * 0.7 * viewport.px_per_mm)
    assert point_of(down, viewport) == pytest.approx((20, 10))


def test_the_middle_of_a_pixel_is_a_whole_number() -> None:
    viewport = _viewport(Turn())
    assert viewport.pixel_at(spot_of((7, 11), viewport)) == (7, 11)


def test_a_place_beside_the_picture_is_held_at_its_edge() -> None:
    viewport = _viewport(Turn())
    assert point_of(QPointF(-999, -999), viewport) == (-0.5, -0.5)
    assert point_of(QPointF(999, 999), viewport) == (39.5, 59.5)
    assert point_of(QPointF(999, 999), viewport, held=False)[0] > 39.5


@pytest.mark.parametrize("points", [((1, 1), (3, 3)), ((1, 56), (3, 58)), ((36, 56), (38, 58)), ((0, 0), (39, 59))])
@pytest.mark.parametrize("kind", [Kind.LENGTH, Kind.RECTANGLE, Kind.ARROW])
def test_words_stay_inside_the_widget(kind: Kind, points: Points, qtbot: QtBot) -> None:
    viewport = Viewport(SIZE, 60, 40)
    with_words = _painted(Mark("a", kind, points, ("first line", "second")), viewport)
    without = _painted(Mark("a", kind, points), viewport)
    changed = [
        (x, y) for x in range(0, SIZE[0]) for y in range(0, SIZE[1]) if with_words.pixel(x, y) != without.pixel(x, y)
    ]
    assert changed
    assert min(x for x, _ in changed) > 0
    assert max(x for x, _ in changed) < SIZE[0] - 1
    assert max(y for _, y in changed) < SIZE[1] - 1


def _painted(mark: Mark, viewport: Viewport) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    paint_mark(painter, mark, viewport, is_selected=False)
    painter.end()
    return image
