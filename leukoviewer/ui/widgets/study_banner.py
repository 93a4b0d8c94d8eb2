"""A strip over a view that says which study it shows, and in amber whatever speaks against comparing it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from leukoviewer.ui.widgets import shades

_LINE_PX = 22.0
_GROUND = QColor(44, 47, 50)


@dataclass(frozen=True, slots=True)
class Banner:
    """What the strip says.

    Attributes
    ----------
    title : str
        Which study it is; no strip without it.
    warning : str
        A second line; empty when all is well.
    """

    title: str = ""
    warning: str = ""


def banner_px(banner: Banner) -> float:
    """How high the strip is."""
    return shades.scaled(_LINE_PX) * (bool(banner.title) + bool(banner.title and banner.warning))


def paint_banner(painter: QPainter, area: QRectF, banner: Banner, *, font: QFont) -> None:
    """Draw the strip over the upper edge of ``area``."""
    if not banner.title:
        return
    line, bold = shades.scaled(_LINE_PX), shades.font_of(font, shades.SMALL_PX, bold=True)
    box = QRectF(area.left(), area.top(), area.width(), line)
    _paint_line(painter, box, banner.title, (_GROUND, shades.TEXT), bold)
    if banner.warning:
        box.translate(0, line)
        _paint_line(painter, box, banner.warning, (shades.AMBER, shades.PICTURE), bold)


def _paint_line(painter: QPainter, box: QRectF, text: str, colors: tuple[QColor, QColor], font: QFont) -> None:
    painter.fillRect(box, colors[0])
    painter.setFont(font)
    painter.setPen(colors[1])
    words = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 12)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
