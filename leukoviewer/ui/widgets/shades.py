"""Colors, fonts and text of the painted widgets: light text on black, one accent, one color for trouble."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from leukoviewer.ui.theme import COLORS

PICTURE = QColor(COLORS["picture"])
PANEL = QColor(COLORS["panel"])
FIELD = QColor(COLORS["field"])
LINE = QColor(COLORS["line"])
RAISED = QColor(COLORS["raised"])
HOVER = QColor(COLORS["hover"])
TEXT = QColor(COLORS["text"])
QUIET = QColor(COLORS["quiet"])
DISABLED = QColor(COLORS["disabled"])
ACCENT = QColor(COLORS["accent"])
AMBER = QColor(COLORS["amber"])
SHADOW = QColor(0, 0, 0, 190)

SMALL_PX = 12
TINY_PX = 11
LETTER_PX = 15


def font_of(base: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """The widget's own font family in a size in px."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def draw_text(painter: QPainter, box: QRectF, text: str, *, align: Qt.AlignmentFlag, color: QColor = TEXT) -> None:
    """One line of text with a soft shadow, so that it reads on bone and on air alike."""
    flags = int(align) | int(Qt.TextFlag.TextSingleLine) | int(Qt.TextFlag.TextDontClip)
    painter.setPen(SHADOW)
    painter.drawText(box.translated(QPointF(1, 1)), flags, text)
    painter.setPen(color)
    painter.drawText(box, flags, text)


def plain_tip(text: str) -> str:
    """A tip that shows words from a file as they stand: Qt would take what looks like HTML for HTML, pictures too."""
    return QtGui.Qt.convertFromPlainText(text) if QtGui.Qt.mightBeRichText(text) else text
