"""Where points of the slice lie in the widget, and words that never leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
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


LINE, SHAPE = ((20, 20), (20, 30)), ((18, 20), (22, 30))


@pytest.mark.parametrize(
    ("taken", "side"),
    [
        ((), "right"),
        ((QRectF(165, 0, 135, 240),), "left"),
        ((QRectF(165, 0, 135, 240), QRectF(0, 0, 88, 240)), "under"),
        ((QRectF(165, 0, 135, 240), QRectF(0, 0, 88, 240), QRectF(0, 140, 300, 100)), "over"),
        ((QRectF(0, 0, 300, 240),), "right"),  # nowhere else is better
    ],
)
@pytest.mark.parametrize(("kind", "points"), [(Kind.LENGTH, LINE), (Kind.RECTANGLE, SHAPE)])
def test_words_keep_off_what_is_written_there(kind: Kind, points: Points, taken: Sequence[QRectF], side: str) -> None:
    viewport = Viewport(SIZE, 60, 40)
    shape = QRectF(spot_of(points[0], viewport), spot_of(points[1], viewport))
    words = _changed(Mark("a", kind, points, ("9.8 mm", "2 px")), viewport, taken=taken)
    assert words.left() >= 0
    beyond = {
        "right": words.left() > shape.right(), "left": words.right() < shape.left(),
        "under": words.top() > shape.bottom(), "over": words.bottom() < shape.top(),
    }  # fmt: skip
    assert beyond[side]
    if len(taken) != 1 or side != "right":
        assert not any(words.intersects(one) for one in taken)


def test_words_of_one_keep_off_those_of_another(qtbot: QtBot) -> None:
    viewport, image = Viewport(SIZE, 60, 40), QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    marks = [Mark(name, Kind.LENGTH, ((20, 20), (20 + row, 30)), ("9.8 mm",)) for row, name in enumerate("ab")]
    (first,) = paint_mark(painter, marks[0], viewport, is_selected=False)
    (second,) = paint_mark(painter, marks[1], viewport, is_selected=False, taken=(first,))
    assert paint_mark(painter, Mark("c", Kind.ARROW, LINE), viewport, is_selected=False) == ()
    painter.end()
    assert not first.intersects(second)
    assert second.right() < first.left()


def test_room_at_the_right_stays_free_whatever_the_words(qtbot: QtBot) -> None:
    mark = Mark("a", Kind.RECTANGLE, ((18, 26), (22, 34)), ("what the reader typed in is long " * 4,))
    words = _changed(mark, Viewport(SIZE, 60, 40), taken=(QRectF(0, 0, 10, 240),), right_px=80)
    assert words.right() < SIZE[0] - 80


def _changed(mark: Mark, viewport: Viewport, *, taken: Sequence[QRectF], right_px: float = 0.0) -> QRectF:
    """Around what the words change."""
    with_words, without = (_painted(one, viewport, taken, right_px) for one in (mark, replace(mark, lines=())))
    places = [
        (x, y) for x in range(SIZE[0]) for y in range(SIZE[1]) if with_words.pixel(x, y) != without.pixel(x, y)
    ]  # fmt: skip
    (left, top), (right, bottom) = (tuple(edge(axis) for axis in zip(*places, strict=True)) for edge in (min, max))
    return QRectF(QPointF(left, top), QPointF(right, bottom))


def _painted(mark: Mark, viewport: Viewport, taken: Sequence[QRectF] = (), right_px: float = 0.0) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    paint_mark(painter, mark, viewport, is_selected=False, taken=taken, right_px=right_px)
    painter.end()
    return image
