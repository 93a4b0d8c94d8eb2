"""Paints black where no pixel of the picture comes to lie."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.viewport import Viewport


def paint_ground(painter: QPainter, whole: QRect, image: QImage | None, viewport: Viewport) -> None:
    """Fill what of ``whole`` the image leaves free; to fill all would take a part of every frame."""
    covered = QRect()
    if image is not None:
        # A px less on every side: what rounding leaves of the edges is black too.
        laid = viewport.transform().mapRect(QRectF(image.rect()))
        covered = laid.toAlignedRect().adjusted(2, 2, -2, -2) & whole
    if covered.isEmpty():
        painter.fillRect(whole, shades.PICTURE)
        return
    top, height, right = covered.top(), covered.height(), covered.right() + 1
    painter.fillRect(0, 0, whole.width(), top, shades.PICTURE)
    painter.fillRect(0, top + height, whole.width(), whole.height() - top - height, shades.PICTURE)
    painter.fillRect(0, top, covered.left(), height, shades.PICTURE)
    painter.fillRect(right, top, whole.width() - right, height, shades.PICTURE)
