"""Paints one measurement over the slice: its line, its handles and the words beside it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
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


def paint_mark(painter: QPainter, mark: Mark, viewport: Viewport, *, is_selected: bool, right_px: float = 0.0) -> None:
    """Draw a measurement, a selected one in white and with handles; words leave so much room free at the right."""
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
    if mark.lines:
        width, height = viewport.size
        _paint_words(painter, mark, spots, room=(width - right_px, height), color=color)


def _paint_line(painter: QPainter, kind: Kind, spots: QPolygonF, *, is_closed: bool) -> None:
    if is_closed:
        painter.drawPolygon(spots)
        return
    painter.drawPolyline(spots)
    if kind is Kind.ARROW:
        head, tail = spots.at(0), spots.at(1)
        for x, y in arrow_tip((head.x(), head.y()), (tail.x(), tail.y()), _TIP_PX):
            painter.drawLine(head, QPointF(x, y))


def _paint_words(painter: QPainter, mark: Mark, spots: QPolygonF, *, room: tuple[float, float], color: QColor) -> None:
    """Right of the shape, or left of it where the picture ends; an arrow's words stand at its tail."""
    font = shades.font_of(painter.font(), shades.SMALL_PX)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    longest = min(_LONGEST_PX, room[0] - 2 * _MARGIN_PX)
    lines = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, longest) for line in mark.lines]
    width = max(metrics.horizontalAdvance(line) for line in lines)
    height = metrics.height() * len(lines)
    around = QPolygonF([spots.at(1)]).boundingRect() if mark.kind is Kind.ARROW else spots.boundingRect()
    left = around.right() + _GAP_PX
    if left + width > room[0] - _MARGIN_PX:
        left = around.left() - _GAP_PX - width
    left = min(max(left, _MARGIN_PX), room[0] - width - _MARGIN_PX)
    top = min(max(around.center().y() - height / 2, _MARGIN_PX), room[1] - height - _MARGIN_PX)
    # On bone and on brain alike.
    painter.fillRect(QRectF(left - 3, top - 1, width + 6, height + 2), _GROUND)
    for number, line in enumerate(lines):
        box = QRectF(left, top + number * metrics.height(), width, metrics.height())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        shades.draw_text(painter, box, line, align=align, color=color)
