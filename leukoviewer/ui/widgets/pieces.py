"""Words and bars over the picture that are painted once and then copied: they stay the same while slices change.

Shaping and rasterizing words takes far longer than to copy what was painted before: a fifth of a frame, were it done
for each. What is not painted onto pixels as they are (a printer, a turned or magnified view) is painted anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPaintEngine, QPainter, QTransform

# A few windows full; a word takes some 10 kB.
MAX_PIECES = 256
# Letters lean out of their boxes, and throw a shadow.
_PAD_PX = 3.0
_RIGHT, _CENTER = Qt.AlignmentFlag.AlignRight.value, Qt.AlignmentFlag.AlignHCenter.value
_BOTTOM, _MIDDLE = Qt.AlignmentFlag.AlignBottom.value, Qt.AlignmentFlag.AlignVCenter.value
_UPRIGHT = {QTransform.TransformationType.TxNone, QTransform.TransformationType.TxTranslate}
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A picture of a piece of this size in px, with a rim of 3 px around it."""

    image: QImage
    size: QSizeF


_pieces: dict[Hashable, _Piece] = {}


def draw_piece(painter: QPainter, box: QRectF, key: Hashable, paint: Paint) -> None:
    """Paint into a box, or copy what was painted into one of its size before.

    Parameters
    ----------
    painter : QPainter
        Its font is that of the words.
    box : QRectF
        Where; nothing may be painted more than 3 px outside.
    key : hashable
        All that the look depends on, but the font, the size of the box and the device.
    paint : (QPainter, QRectF) -> None
        Paints it into a box of this size.
    """
    if not _copies(painter):
        paint(painter, box)
        return
    size = box.size()
    known = (key, size.width(), size.height(), *_look(painter))
    _copy(painter, _pieces.get(known) or _made(known, painter, size, paint), box.topLeft())


def draw_words(
    painter: QPainter,
    box: QRectF,
    text: str,
    *,
    align: Qt.AlignmentFlag,
    colors: tuple[QColor, QColor],
    room: float = math.inf,
) -> None:
    """One line of words in the painter's font, aligned in a box; it may be longer than that.

    Parameters
    ----------
    colors : (QColor, QColor)
        Of the words, and of their shadow.
    room : float
        Words that are wider, in px, end in an ellipsis.
    """
    if not text:
        return
    if not _copies(painter):
        _paint_words(painter, box, _fitted(painter, text, room), align, colors)
        return
    known = (text, room, colors[0].rgba(), colors[1].rgba(), *_look(painter))
    piece = _pieces.get(known)
    if piece is None:
        words, metrics = _fitted(painter, text, room), QFontMetricsF(painter.font())
        size = QSizeF(metrics.horizontalAdvance(words), metrics.height())
        piece = _made(known, painter, size, lambda into, where: _paint_words(into, where, words, _START, colors))
    _copy(painter, piece, _corner(box, piece.size, align))


def _copies(painter: QPainter) -> bool:
    """Whether a copy looks as what is painted anew."""
    return painter.paintEngine().type() is QPaintEngine.Type.Raster and painter.worldTransform().type() in _UPRIGHT


def _look(painter: QPainter) -> tuple[str, float]:
    """What the look of every piece depends on: the font, and device px a px."""
    return painter.font().key(), painter.device().devicePixelRatioF()


def _made(known: Hashable, painter: QPainter, size: QSizeF, paint: Paint) -> _Piece:
    ratio = painter.device().devicePixelRatioF()
    width, height = (math.ceil((length + 2 * _PAD_PX) * ratio) for length in (size.width(), size.height()))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    inner = QPainter(image)
    inner.setRenderHints(painter.renderHints())
    inner.setFont(painter.font())
    paint(inner, QRectF(QPointF(_PAD_PX, _PAD_PX), size))
    inner.end()
    if len(_pieces) >= MAX_PIECES:
        # The oldest: what is shown of it will be made again.
        del _pieces[next(iter(_pieces))]
    made = _pieces[known] = _Piece(image, size)
    return made


def _copy(painter: QPainter, piece: _Piece, at: QPointF) -> None:
    ratio = piece.image.devicePixelRatio()
    # On whole pixels of the screen: between them, words would blur.
    x, y = (round((place - _PAD_PX) * ratio) / ratio for place in (at.x(), at.y()))
    painter.drawImage(QPointF(x, y), piece.image)


def _corner(box: QRectF, size: QSizeF, align: Qt.AlignmentFlag) -> QPointF:
    """Where the upper left corner of aligned words lies."""
    # Plain numbers: flags of Python take longer than to copy the words.
    flags, x, y = align.value, box.left(), box.top()
    if flags & _RIGHT:
        x += box.width() - size.width()
    elif flags & _CENTER:
        x += (box.width() - size.width()) / 2
    if flags & _BOTTOM:
        y += box.height() - size.height()
    elif flags & _MIDDLE:
        y += (box.height() - size.height()) / 2
    return QPointF(x, y)


def _fitted(painter: QPainter, text: str, room: float) -> str:
    if math.isinf(room):
        return text
    return QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room)


def _paint_words(
    painter: QPainter, box: QRectF, text: str, align: Qt.AlignmentFlag, colors: tuple[QColor, QColor]
) -> None:
    flags = int(align) | int(Qt.TextFlag.TextSingleLine) | int(Qt.TextFlag.TextDontClip)
    painter.setPen(colors[1])
    painter.drawText(box.translated(QPointF(1, 1)), flags, text)
    painter.setPen(colors[0])
    painter.drawText(box, flags, text)
