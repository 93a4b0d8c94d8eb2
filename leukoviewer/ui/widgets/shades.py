"""Colors, fonts and text of the painted widgets: light text on the black picture, the theme's own on panels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6 import QtGui
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QWidget

from leukoviewer.ui import theme
from leukoviewer.ui.widgets.pieces import draw_words

# Over the picture, which is black in every theme.
PICTURE = QColor(theme.COLORS["picture"])
TEXT = QColor(theme.COLORS["text"])
QUIET = QColor(theme.COLORS["quiet"])
ACCENT = QColor(theme.COLORS["accent"])
AMBER = QColor(theme.COLORS["amber"])
SHADOW = QColor(0, 0, 0, 190)

SMALL_PX = 12
TINY_PX = 11
LETTER_PX = 15


@dataclass(frozen=True, slots=True)
class Shades:
    """Colors on panels, as the theme has them."""

    panel: QColor
    field: QColor
    hover: QColor
    text: QColor
    quiet: QColor
    disabled: QColor
    accent: QColor
    amber: QColor


def on_panel() -> Shades:
    """Colors of the theme in use, for what is painted outside the picture."""
    return _shades(theme.scheme())


@lru_cache(maxsize=len(theme.SCHEMES))
def _shades(scheme: str) -> Shades:
    return Shades(**{name: QColor(theme.SCHEMES[scheme][name]) for name in Shades.__slots__})


def scaled(pixels: float) -> float:
    """A length that holds words, in px at the chosen font size."""
    return pixels * theme.font_percent() / 100


def scaled_size(widget: QWidget, wished_px: tuple[int, int]) -> QSize:
    """A size for a window at the chosen font size, no larger than its screen."""
    wished = QSize(*(round(scaled(length)) for length in wished_px))
    return wished.boundedTo(widget.screen().availableSize() * 0.92)


def font_of(base: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """The widget's own font family in a size in px at 100 %; it follows the chosen font size."""
    font = QFont(base)
    font.setPixelSize(round(scaled(pixels)))
    font.setBold(bold)
    return font


def draw_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    *,
    align: Qt.AlignmentFlag,
    color: QColor = TEXT,
    room: float = math.inf,
) -> None:
    """One line of text with a soft shadow, so that it reads on bone and on air alike; cut where it is wider than
    ``room`` px.
    """
    draw_words(painter, box, text, align=align, colors=(color, SHADOW), room=room)


def plain_tip(text: str) -> str:
    """A tip that shows words from a file as they stand: Qt would take what looks like HTML for HTML, pictures too."""
    return QtGui.Qt.convertFromPlainText(text) if QtGui.Qt.mightBeRichText(text) else text
