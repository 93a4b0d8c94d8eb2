"""Paints the corner texts and the orientation letters over the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from leukoviewer.display.corner_text import CornerTexts, Lines
from leukoviewer.display.orientation import EdgeLetters
from leukoviewer.ui.widgets import shades

MARGIN_PX = 10.0


def paint_corner_texts(painter: QPainter, area: QRectF, texts: CornerTexts) -> None:
    """Draw the lines of all four corners inside ``area`` with the painter's font; long lines end in an ellipsis."""
    metrics = QFontMetricsF(painter.font())
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    for lines, align, is_top in (
        (texts.top_left, left, True),
        (texts.top_right, right, True),
        (texts.bottom_left, left, False),
        (texts.bottom_right, right, False),
    ):
        _paint_lines(painter, _corner(area, metrics, len(lines), is_top=is_top), lines, align)


def _corner(area: QRectF, metrics: QFontMetricsF, lines: int, *, is_top: bool) -> QRectF:
    height = metrics.lineSpacing() * lines
    top = area.top() + MARGIN_PX if is_top else area.bottom() - MARGIN_PX - height
    return QRectF(area.left() + MARGIN_PX, top, area.width() - 2 * MARGIN_PX, height)


def _paint_lines(painter: QPainter, box: QRectF, lines: Lines, align: Qt.AlignmentFlag) -> None:
    metrics = QFontMetricsF(painter.font())
    # The two corners of a side share its width; the middle is left to the letters.
    room = min(box.width() * 0.46, box.width() / 2 - shades.scaled(22))
    align |= Qt.AlignmentFlag.AlignVCenter
    for number, line in enumerate(lines):
        row = QRectF(box.left(), box.top() + number * metrics.lineSpacing(), box.width(), metrics.lineSpacing())
        shades.draw_text(painter, row, line, align=align, room=room)


def paint_edge_letters(painter: QPainter, area: QRectF, letters: EdgeLetters, *, right_px: float = 0.0) -> None:
    """Draw the letters at the middle of the four edges of the edges; the right one ``right_px`` further in."""
    inner = area.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    middle = Qt.AlignmentFlag.AlignVCenter
    center = Qt.AlignmentFlag.AlignHCenter
    for text, align in (
        (letters.left, Qt.AlignmentFlag.AlignLeft | middle),
        (letters.top, Qt.AlignmentFlag.AlignTop | center),
        (letters.bottom, Qt.AlignmentFlag.AlignBottom | center),
    ):
        shades.draw_text(painter, inner, text, align=align)
    shades.draw_text(
        painter, inner.adjusted(0, 0, -right_px, 0), letters.right, align=Qt.AlignmentFlag.AlignRight | middle
    )
