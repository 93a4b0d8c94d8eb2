"""A lens under the cursor: the same frame twice as large, with what is measured on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QRegion
from PySide6.QtWidgets import QWidget

from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.viewport import Viewport

FACTOR = 2.0
RADIUS_PX = 110.0
_RIM_PX = 2.0

PaintPicture = Callable[[QPainter, Viewport], None]


class Magnifier:
    """The lens of one view; a move repaints only what lay and what now lies under it."""

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._is_on = False
        self._at: QPointF | None = None

    @property
    def is_on(self) -> bool:
        """Whether the lens follows the cursor."""
        return self._is_on

    @property
    def at(self) -> QPointF | None:
        """Where the lens lies, None while none shows."""
        return self._at if self._is_on else None

    def set_on(self, on: bool, *, at: QPointF | None = None) -> None:
        """Show the lens, at first here, or take it away."""
        self._is_on, self._at = on, at
        self._view.update()

    def follow(self, at: QPointF | None) -> None:
        """The cursor lies here now; None: it left the view."""
        if not self._is_on:
            return
        before, self._at = self._at, at
        for place in (before, at):
            if place is not None:
                self._view.update(QRegion(_box(place)))

    def paint(self, painter: QPainter, viewport: Viewport, paint_picture: PaintPicture) -> None:
        """Paint the lens over the picture."""
        at = self.at
        if at is None:
            return
        rim = QPainterPath()
        rim.addEllipse(at, RADIUS_PX, RADIUS_PX)
        painter.save()
        painter.setClipPath(rim)
        painter.fillRect(_box(at), shades.PICTURE)
        paint_picture(painter, magnified(viewport, at))
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shades.ACCENT, _RIM_PX))
        painter.drawPath(rim)
        painter.restore()


def magnified(viewport: Viewport, at: QPointF) -> Viewport:
    """The picture enlarged about a point of the widget, which stays where it is."""
    from_center = (at.x() - viewport.size[0] / 2, at.y() - viewport.size[1] / 2)
    pan = [spot - (spot - pan) * FACTOR for spot, pan in zip(from_center, viewport.pan, strict=True)]
    return replace(viewport, zoom=viewport.zoom * FACTOR, pan=(pan[0], pan[1]))


def _box(at: QPointF) -> QRect:
    half = int(RADIUS_PX + 2 * _RIM_PX)
    return QRect(int(at.x()) - half, int(at.y()) - half, 2 * half + 1, 2 * half + 1)
