"""The star that marks a key image."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

_POINTS = 5
# A regular star: its inner corners lie where its sides cross.
_INNER = 0.382


def star(center: QPointF, radius_px: float) -> QPolygonF:
    """Corners of a star that stands upright."""
    corners = []
    for number in range(2 * _POINTS):
        angle = math.pi * number / _POINTS
        reach = radius_px * (_INNER if number % 2 else 1.0)
        corners.append(QPointF(center.x() + reach * math.sin(angle), center.y() - reach * math.cos(angle)))
    return QPolygonF(corners)
