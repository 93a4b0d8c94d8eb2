"""Paints a bar of a round length in mm."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.pieces import draw_piece

_LENGTHS_MM = (1, 2, 5, 10, 20, 50, 100, 200)
_TICK_PX = 4.0
_LABEL_PX = 120.0


def round_length_mm(px_per_mm: float, longest_px: float) -> int | None:
    """The longest round length that fits into ``longest_px``; None when not even 1 mm fits."""
    return next((mm for mm in reversed(_LENGTHS_MM) if mm * px_per_mm <= longest_px), None)


def paint_scale_bar(painter: QPainter, foot: QPointF, px_per_mm: float, *, longest_px: float) -> None:
    """Draw the bar centered above ``foot`` with its length written over it; nothing when no round length fits."""
    length_mm = round_length_mm(px_per_mm, longest_px)
    if length_mm is None:
        return
    length_px, height = length_mm * px_per_mm, shades.scaled(16)
    width, above = max(length_px, _LABEL_PX), _TICK_PX + 2 + height
    box = QRectF(foot.x() - width / 2, foot.y() - above, width, above)
    text = f"{length_mm // 10} cm" if length_mm >= 10 else f"{length_mm} mm"
    draw_piece(painter, box, ("scale bar", length_px, text), lambda into, where: _paint(into, where, length_px, text))


def _paint(painter: QPainter, box: QRectF, length_px: float, text: str) -> None:
    """The bar at the foot of the box, its length over it."""
    foot, half = QPointF(box.center().x(), box.bottom()), length_px / 2
    ends = [QPointF(foot.x() - half, foot.y()), QPointF(foot.x() + half, foot.y())]
    for color, shift in ((shades.SHADOW, QPointF(1, 1)), (shades.TEXT, QPointF(0, 0))):
        painter.setPen(QPen(color, 1))
        start, stop = ends[0] + shift, ends[1] + shift
        painter.drawLine(start, stop)
        for end in (start, stop):
            painter.drawLine(end, end - QPointF(0, _TICK_PX))
    label = box.adjusted(0, 0, 0, -_TICK_PX - 2)
    align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    shades.draw_text(painter, label, text, align=align)
