"""Paints the bar that says what the heatmap's colors mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from leukoviewer.display import colormap
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.array_image import image_of
from leukoviewer.ui.widgets.pieces import draw_piece

WIDTH_PX = 10.0
_NOTE_PX = 300.0
_LEAST_PX, _LETTER_PX = 130.0, 40.0
_TICK_PX = 4.0
_LINE_PX = 16.0
_UNDER_PX = 9.0
_GAP_PX = 7.0


@dataclass(frozen=True, slots=True)
class ColorBar:
    """What the bar says.

    Attributes
    ----------
    style : HeatmapStyle
        Color map and threshold; the part under the threshold stays empty, as it does on the picture.
    top, bottom : str
        What the ends mean; one scale for the whole scan.
    method : str
        A line under the bar: how the heat was made.
    note : str
        A line under that, e.g. which model it comes from.
    """

    style: HeatmapStyle
    top: str = later("scan max")
    bottom: str = "0"
    method: str = ""
    note: str = ""

    @property
    def under_px(self) -> float:
        """Height of the lines under the bar at the chosen font size."""
        lines = bool(self.method) + bool(self.note)
        return lines * shades.scaled(_LINE_PX) + _UNDER_PX if lines else 0.0


def paint_color_bar(painter: QPainter, box: QRectF, bar: ColorBar) -> None:
    """Draw the bar at the right side of ``box`` over its full height, labels to its left."""
    column = QRectF(box.right() - WIDTH_PX, box.top(), WIDTH_PX, box.height())
    whole = column.adjusted(-_TICK_PX, 0, 0, 0)
    draw_piece(painter, whole, ("color bar", bar.style), lambda into, where: _paint_column(into, where, bar.style))
    align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    metrics = QFontMetricsF(painter.font())
    line_px = shades.scaled(_LINE_PX)
    under = QRectF(box.left(), column.bottom() + _UNDER_PX, box.width(), line_px)
    for text in filter(None, (bar.method, bar.note)):
        words = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _under_px(box))
        shades.draw_text(painter, under, words, align=align, color=shades.QUIET)
        under.translate(0, line_px)
    for text, y in _labels(bar, column):
        line = QRectF(box.left(), y - line_px / 2, column.left() - _GAP_PX - box.left(), line_px)
        shades.draw_text(painter, line, text, align=align)


def label_px(box: QRectF, bar: ColorBar, *, y: float, metrics: QFontMetricsF) -> float:
    """Width in px of the label that stands beside the bar at this height; 0 where there is none."""
    near_px = shades.scaled(_LINE_PX)
    widths = [metrics.horizontalAdvance(text) for text, at in _labels(bar, box) if abs(at - y) < near_px]
    return max(widths, default=-_GAP_PX) + _GAP_PX


def boxes_of(box: QRectF, bar: ColorBar, metrics: QFontMetricsF) -> list[QRectF]:
    """Where :func:`paint_color_bar` draws and writes: the bar, its labels, the lines under it."""
    line_px, height, left = shades.scaled(_LINE_PX), metrics.height(), box.right() - WIDTH_PX
    boxes = [QRectF(left - _TICK_PX, box.top(), WIDTH_PX + _TICK_PX, box.height())]
    for text, y in _labels(bar, box):
        width = metrics.horizontalAdvance(text)
        boxes.append(QRectF(left - _GAP_PX - width, y - height / 2, width, height))
    for number, text in enumerate(filter(None, (bar.method, bar.note))):
        width = min(metrics.horizontalAdvance(text), _under_px(box))
        top = box.bottom() + _UNDER_PX + number * line_px + (line_px - height) / 2
        boxes.append(QRectF(box.right() - width, top, width, height))
    return boxes


def _under_px(box: QRectF) -> float:
    """Room for the lines under the bar: half of the view, in a narrow one all but what the left letter takes."""
    half_px, free_px = box.width() * 0.46, box.width() - shades.scaled(_LETTER_PX)
    return min(max(half_px, min(free_px, shades.scaled(_LEAST_PX))), _NOTE_PX)


def _paint_column(painter: QPainter, box: QRectF, style: HeatmapStyle) -> None:
    """The colors above the threshold, a frame around all, a tick at the threshold."""
    column = box.adjusted(_TICK_PX, 0, 0, 0)
    painted = QRectF(column)
    painted.setBottom(column.bottom() - style.threshold * column.height())
    if painted.height() > 0:
        painter.drawImage(painted, _gradient(style))
    painter.setPen(QPen(shades.QUIET, 1))
    painter.drawRect(column)
    if 0 < style.threshold < 1:
        painter.drawLine(QPointF(box.left(), painted.bottom()), QPointF(column.right(), painted.bottom()))


def _labels(bar: ColorBar, column: QRectF) -> list[tuple[str, float]]:
    threshold = bar.style.threshold
    labels = [(tr(bar.top), column.top()), (bar.bottom, column.bottom())]
    # A label for the threshold only where it does not run into those of the ends.
    room = shades.scaled(18) / max(column.height(), 1)
    if room <= threshold <= 1 - room:
        labels.append((f"{threshold * 100:.0f} %", column.bottom() - threshold * column.height()))
    return labels


def _gradient(style: HeatmapStyle) -> QImage:
    """The colors from the top of the scale down to the threshold, one px wide."""
    first = round(style.threshold * 255)
    return image_of(colormap.table(style.colormap)[first:][::-1, None])
