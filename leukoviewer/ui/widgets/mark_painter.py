"""Paints one measurement over the slice: its line, its handles and the words beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from leukoviewer.core.measurements import Kind, Point, Points
from leukoviewer.display.measurement_marks import Mark, arrow_tip
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.viewport import Viewport

_HANDLE_PX = 3.5
_TIP_PX = 12.0
_GAP_PX = 8.0
_MARGIN_PX = 4.0
_LONGEST_PX = 320.0
_GROUND = QColor(0, 0, 0, 170)
# By so much it is larger than its words.
_GROUND_EDGE = (-3.0, -1.0, 3.0, 1.0)


def spot_of(point: Point, viewport: Viewport) -> QPointF:
    """Where a point of the slice (row, column; whole numbers are pixel centers) lies in the widget."""
    return viewport.transform().map(QPointF(point[1] + 0.5, point[0] + 0.5))


def spots_of(points: Points, viewport: Viewport) -> QPolygonF:
    """Where many points lie, by one look at the viewport."""
    return viewport.transform().map(QPolygonF([QPointF(column + 0.5, row + 0.5) for row, column in points]))


def point_of(at: QPointF, viewport: Viewport, *, held: bool = True) -> Point:
    """Which point of the slice lies under a place in the widget, held inside the slice unless told otherwise."""
    inverse, _ = viewport.transform().inverted()
    there = inverse.map(at)
    row, column = there.y() - 0.5, there.x() - 0.5
    if held:
        row = min(max(row, -0.5), viewport.rows - 0.5)
        column = min(max(column, -0.5), viewport.columns - 0.5)
    return row, column


def distance_px(first: QPointF, second: QPointF) -> float:
    """Between two places in the widget."""
    return math.hypot(first.x() - second.x(), first.y() - second.y())


def paint_mark(
    painter: QPainter,
    mark: Mark,
    viewport: Viewport,
    *,
    is_selected: bool,
    taken: Sequence[QRectF] = (),
    right_px: float = 0.0,
) -> tuple[QRectF, ...]:
    """Draw a measurement, a selected one in white and with handles, and the words beside it.

    They keep off taken places where they can, and leave ``right_px`` free at the right in any case. Where they stand
    comes back, for the words of the next one.
    """
    color = shades.TEXT if is_selected or not mark.id else shades.ACCENT
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line, is_closed = mark.outline()
    spots = spots_of(line, viewport)
    # A shadow that is opaque and not smoothed takes a tenth of the time, and only its rim is seen.
    for pen, is_smooth in ((QPen(Qt.GlobalColor.black, 3.0), False), (QPen(color, 1.5), True)):
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
        _paint_line(painter, mark.kind, spots, is_closed=is_closed)
    if is_selected:
        painter.setPen(QPen(shades.SHADOW, 1.0))
        painter.setBrush(color)
        for handle in mark.handles():
            painter.drawEllipse(spot_of(handle, viewport), _HANDLE_PX, _HANDLE_PX)
    painter.restore()
    if not mark.lines:
        return ()
    around = QPolygonF([spots.at(1)]).boundingRect() if mark.kind is Kind.ARROW else spots.boundingRect()
    room = QRectF(0, 0, *viewport.size).adjusted(0, 0, -right_px, 0)
    return (_paint_words(painter, mark.lines, around, room=room, taken=taken, color=color),)


def _paint_line(painter: QPainter, kind: Kind, spots: QPolygonF, *, is_closed: bool) -> None:
    if is_closed:
        painter.drawPolygon(spots)
        return
    painter.drawPolyline(spots)
    if kind is Kind.ARROW:
        head, tail = spots.at(0), spots.at(1)
        for x, y in arrow_tip((head.x(), head.y()), (tail.x(), tail.y()), _TIP_PX):
            painter.drawLine(head, QPointF(x, y))


def _paint_words(
    painter: QPainter, lines: Sequence[str], around: QRectF, *, room: QRectF, taken: Sequence[QRectF], color: QColor
) -> QRectF:
    """Beside the shape, an arrow's at its tail; where they stand."""
    font = shades.font_of(painter.font(), shades.SMALL_PX)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    longest = min(_LONGEST_PX, room.width() - 2 * _MARGIN_PX)
    lines = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, longest) for line in lines]
    size = QSizeF(max(metrics.horizontalAdvance(line) for line in lines), metrics.height() * len(lines))
    inside = room.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
    words = _placed(around, size, inside, taken)
    # On bone and on brain alike.
    ground = words.adjusted(*_GROUND_EDGE)
    painter.fillRect(ground, _GROUND)
    for number, line in enumerate(lines):
        box = QRectF(words.left(), words.top() + number * metrics.height(), words.width(), metrics.height())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shades.draw_text(painter, box, line, align=align, color=color)
    return ground


def _placed(around: QRectF, size: QSizeF, inside: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """Words right of a shape, or else left of it, under it or over it, moved inside the picture: the first place that
    neither covers the shape nor is taken; where there is none, the first that does not cover it.
    """
    middle = around.center() - QPointF(size.width() / 2, size.height() / 2)
    starts = (
        QPointF(around.right() + _GAP_PX, middle.y()),
        QPointF(around.left() - _GAP_PX - size.width(), middle.y()),
        QPointF(middle.x(), around.bottom() + _GAP_PX),
        QPointF(middle.x(), around.top() - _GAP_PX - size.height()),
    )
    boxes = [_held(QRectF(start, size), inside) for start in starts]
    shape = around.adjusted(-1, -1, 1, 1)  # a line has no area
    beside = [box for box in boxes if not box.intersects(shape)] or boxes
    for box in beside:
        ground = box.adjusted(*_GROUND_EDGE)
        if not any(ground.intersects(one) for one in taken):
            return box
    return beside[0]


def _held(box: QRectF, inside: QRectF) -> QRectF:
    """Moved as little as needed to lie inside."""
    left = min(max(box.left(), inside.left()), inside.right() - box.width())
    top = min(max(box.top(), inside.top()), inside.bottom() - box.height())
    return QRectF(QPointF(left, top), box.size())
