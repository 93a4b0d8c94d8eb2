"""Paints the corner texts and the orientation letters over the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from leukoviewer.display.corner_text import KEY_IMAGE, CornerTexts, Lines
from leukoviewer.display.orientation import EdgeLetters
from leukoviewer.ui.widgets import shades

MARGIN_PX = 10.0


# About twelve letters: a line that ends sooner tells nothing.
_LEAST_PX = 84.0
_RIGHT = Qt.AlignmentFlag.AlignRight


def is_narrow(area: QRectF) -> bool:
    """Whether two corners beside each other have no room for words in it; see :func:`brief`."""
    return _half_px(area) < shades.scaled(_LEAST_PX)


def brief(texts: CornerTexts, area: QRectF, metrics: QFontMetricsF) -> CornerTexts:
    """For a narrow area: whose slice it is, how it is shown and which it is, at the left and over the whole width.

    Lines that would reach the letter of the left edge are left out, the least important first.
    """
    half_px = area.height() / 2 - MARGIN_PX - 1.5 * letter_px()
    most = max(1, int(half_px / metrics.lineSpacing()))
    right = texts.bottom_right
    is_key = len(right) > 1 and right[0].startswith(KEY_IMAGE[0])
    which = (*right[: int(is_key)], *right[-1:])[-most:]
    # From the end: first the zoom goes, last what a picture is for and how it lies.
    return CornerTexts(
        top_left=texts.top_left[:most], bottom_left=(*texts.bottom_left[: most - len(which)], *which)
    )  # fmt: skip


def paint_corner_texts(painter: QPainter, area: QRectF, texts: CornerTexts) -> None:
    """Draw the lines of all four corners inside ``area`` with the painter's font; long lines end in an ellipsis.

    In a narrow area they are to be brief ones; they stand between the letters of the upper and the lower edge.
    """
    metrics, room = QFontMetricsF(painter.font()), _room_px(area)
    line_px = metrics.lineSpacing()
    for lines, align, box in _corners(area, texts, metrics):
        across = align | Qt.AlignmentFlag.AlignVCenter
        for number, line in enumerate(lines):
            row = QRectF(box.left(), box.top() + number * line_px, box.width(), line_px)
            shades.draw_text(painter, row, line, align=across, room=room)


def line_boxes(area: QRectF, texts: CornerTexts, metrics: QFontMetricsF) -> list[QRectF]:
    """Where :func:`paint_corner_texts` writes, line by line."""
    boxes = []
    for lines, align, box in _corners(area, texts, metrics):
        for number, line in enumerate(lines):
            width = min(metrics.horizontalAdvance(line), _room_px(area))
            left = box.right() - width if align & _RIGHT else box.left()
            boxes.append(QRectF(left, box.top() + number * metrics.lineSpacing(), width, metrics.lineSpacing()))
    return boxes


def _corners(area: QRectF, texts: CornerTexts, metrics: QFontMetricsF) -> list[tuple[Lines, Qt.AlignmentFlag, QRectF]]:
    """Lines of each corner that has some, their side, and the rows of the view that they take."""
    left = Qt.AlignmentFlag.AlignLeft
    inner = area.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    if is_narrow(area):
        inner.adjust(0, letter_px(), 0, -letter_px())
    found = []
    for lines, align, is_top in (
        (texts.top_left, left, True),
        (texts.top_right, _RIGHT, True),
        (texts.bottom_left, left, False),
        (texts.bottom_right, _RIGHT, False),
    ):
        height = metrics.lineSpacing() * len(lines)
        top = inner.top() if is_top else inner.bottom() - height
        if lines:
            found.append((lines, align, QRectF(inner.left(), top, inner.width(), height)))
    return found


def letter_px() -> float:
    """Height of the letters of the upper and the lower edge, between which the lines of a narrow area stand."""
    return shades.scaled(shades.LETTER_PX) * 1.2


def _half_px(area: QRectF) -> float:
    # The two corners of a side share its width; the middle is left to the letters.
    width = area.width() - 2 * MARGIN_PX
    return min(width * 0.46, width / 2 - shades.scaled(22))


def _room_px(area: QRectF) -> float:
    return area.width() - 2 * MARGIN_PX if is_narrow(area) else _half_px(area)


def paint_edge_letters(painter: QPainter, area: QRectF, letters: EdgeLetters, *, right_px: float = 0.0) -> None:
    """Draw the letters at the middle of the four edges; the right one ``right_px`` further in."""
    for text, align, box in _edges(area, letters, right_px):
        shades.draw_text(painter, box, text, align=align)


def letter_boxes(area: QRectF, letters: EdgeLetters, metrics: QFontMetricsF, *, right_px: float = 0.0) -> list[QRectF]:
    """Where :func:`paint_edge_letters` writes in a font of these metrics."""
    height, boxes = metrics.lineSpacing(), []
    for text, align, inner in _edges(area, letters, right_px):
        box = QRectF(0, 0, metrics.horizontalAdvance(text), height)
        box.moveCenter(inner.center())
        if align & Qt.AlignmentFlag.AlignLeft:
            box.moveLeft(inner.left())
        elif align & _RIGHT:
            box.moveRight(inner.right())
        elif align & Qt.AlignmentFlag.AlignTop:
            box.moveTop(inner.top())
        else:
            box.moveBottom(inner.bottom())
        if text:
            boxes.append(box)
    return boxes


def _edges(area: QRectF, letters: EdgeLetters, right_px: float) -> list[tuple[str, Qt.AlignmentFlag, QRectF]]:
    inner = area.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    middle, center = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignHCenter
    return [
        (letters.left, Qt.AlignmentFlag.AlignLeft | middle, inner),
        (letters.top, Qt.AlignmentFlag.AlignTop | center, inner),
        (letters.bottom, Qt.AlignmentFlag.AlignBottom | center, inner),
        (letters.right, _RIGHT | middle, inner.adjusted(0, 0, -right_px, 0)),
    ]
