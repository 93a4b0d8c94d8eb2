"""Lines over a slice that show where other planes lie: crosshair and cross-reference."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from leukoviewer.core.cross_reference import Point
from leukoviewer.ui.widgets.viewport import Viewport

# Told apart by every kind of color vision (Okabe and Ito 2008).
COLORS = (QColor("#e69f00"), QColor("#56b4e9"), QColor("#2fbf94"))


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One straight line over the picture.

    Attributes
    ----------
    start, end : (float, float)
        Row and column at pixel centers of the stored picture; what lies outside of the picture is not drawn.
    color : int
        Which of :data:`COLORS`.
    gap : (float, float) or None
        A point that is left free around, so that the line does not hide what it points at.
    """

    start: Point
    end: Point
    color: int = 0
    gap: Point | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.color < len(COLORS):
            raise ValueError(f"there is no color {self.color} for lines")


_GAP_PX = 14.0


def paint_guide_lines(painter: QPainter, lines: tuple[GuideLine, ...], viewport: Viewport) -> None:
    """Draw the lines over the picture, one px wide whatever the zoom."""
    if not lines:
        return
    transform = viewport.transform()
    painter.save()
    area = transform.mapRect(QRectF(0, 0, viewport.columns, viewport.rows))
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in lines:
        painter.setPen(QPen(COLORS[line.color], 1))
        start, end = (transform.map(QPointF(column + 0.5, row + 0.5)) for row, column in (line.start, line.end))
        if line.gap is None:
            painter.drawLine(start, end)
            continue
        middle = transform.map(QPointF(line.gap[1] + 0.5, line.gap[0] + 0.5))
        for outer in (start, end):
            way = outer - middle
            length = (way.x() ** 2 + way.y() ** 2) ** 0.5
            if length > _GAP_PX:
                painter.drawLine(middle + way * (_GAP_PX / length), outer)
    painter.restore()
