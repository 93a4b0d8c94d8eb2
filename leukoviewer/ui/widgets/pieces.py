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

# A few windows full; a line of words takes some 10 kB. On fine screens all of them together take 32 MB at most.
MAX_PIECES = 256
MAX_PX = 8 << 20
# Longer ones, 1 MB each, are painted anew: files can bring words of any length.
MAX_PIECE_PX = 1 << 18
# Bars throw a shadow; letters lean out of their boxes besides, and marks stand over and under them.
_PAD_PX = 3.0
_PAD_OF_HEIGHT = 0.25
_RIGHT, _CENTER = Qt.AlignmentFlag.AlignRight.value, Qt.AlignmentFlag.AlignHCenter.value
_BOTTOM, _MIDDLE = Qt.AlignmentFlag.AlignBottom.value, Qt.AlignmentFlag.AlignVCenter.value
_SINGLE = Qt.TextFlag.TextSingleLine.value
# Each by itself: flags of Python take longer than to copy the words.
_HINT = QPainter.RenderHint
_HINTS = (_HINT.Antialiasing, _HINT.TextAntialiasing, _HINT.SmoothPixmapTransform)
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A picture of a piece of this size in px, with a rim of so many px around it; ``px`` of the device in all."""

    image: QImage
    size: QSizeF
    rim: float
    px: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """How large a piece of this size in px becomes with ``pad`` px or a little more around it."""

    size: QSizeF
    ratio: float
    pad: float

    @property
    def rim(self) -> float:
        """Px around it, so that what is painted begins on a whole pixel of the device."""
        return math.ceil(self.pad * self.ratio) / self.ratio

    @property
    def device_px(self) -> tuple[int, int]:
        """Width and height in pixels of the device; none where nothing can be copied."""
        if not self.ratio:
            return 0, 0
        width, height = self.size.width() + 2 * self.rim, self.size.height() + 2 * self.rim
        return math.ceil(width * self.ratio), math.ceil(height * self.ratio)


_pieces: dict[Hashable, _Piece] = {}


def draw_piece(painter: QPainter, box: QRectF, key: Hashable, paint: Paint) -> None:
    """Paint into a box, or copy what was painted into one of its size before; the painter is left as it was.

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
    size, laid = box.size(), painter.deviceTransform()
    ratio = _ratio(painter, laid)
    known = (key, size.width(), size.height(), ratio, *_look(painter))
    piece = _pieces.get(known) or _made(known, painter, _Frame(size, ratio, _PAD_PX), paint)
    if piece is None:
        _anew(painter, box, paint)
    else:
        _copy(painter, piece, box.topLeft(), laid)


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
    laid = painter.deviceTransform()
    ratio = _ratio(painter, laid)
    known = (text, room, colors[0].rgba(), colors[1].rgba(), ratio, *_look(painter))
    piece = _pieces.get(known)
    if piece is None:
        words, metrics = _fitted(painter, text, room), QFontMetricsF(painter.font())
        # Letters that another font lends may be higher than the painter's own.
        size = metrics.size(_SINGLE, words)
        frame = _Frame(size, ratio, _PAD_PX + _PAD_OF_HEIGHT * size.height())
        piece = _made(known, painter, frame, lambda into, where: _paint_words(into, where, words, _START, colors))
        if piece is None:
            _anew(painter, box, lambda into, where: _paint_words(into, where, words, align, colors))
            return
    _copy(painter, piece, _corner(box, piece.size, align), laid)


def _ratio(painter: QPainter, laid: QTransform) -> float:
    """Pixels of the device a px, 0 where a copy would not look as what is painted anew.

    As the painter has it: a widget may be painted onto a picture that is coarser or finer than its screen.
    """
    is_upright = laid.m12() == laid.m21() == 0 and laid.m11() == laid.m22() > 0
    return laid.m11() if is_upright and painter.paintEngine().type() is QPaintEngine.Type.Raster else 0.0


def _look(painter: QPainter) -> tuple[str, bool, bool, bool]:
    """What the look of every piece depends on: the font, and how it is smoothed."""
    return painter.font().key(), *map(painter.testRenderHint, _HINTS)  # type: ignore[return-value]


def _anew(painter: QPainter, box: QRectF, paint: Paint) -> None:
    painter.save()
    paint(painter, box)
    painter.restore()


def _made(known: Hashable, painter: QPainter, frame: _Frame, paint: Paint) -> _Piece | None:
    """A new piece that is kept; None where none can be copied, or it would be too large."""
    width, height = frame.device_px
    if not 0 < width * height <= MAX_PIECE_PX:
        return None
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(frame.ratio)
    image.fill(Qt.GlobalColor.transparent)
    inner = QPainter(image)
    inner.setRenderHints(painter.renderHints())
    inner.setFont(painter.font())
    paint(inner, QRectF(QPointF(frame.rim, frame.rim), frame.size))
    inner.end()
    room = MAX_PX - width * height
    while len(_pieces) >= MAX_PIECES or sum(piece.px for piece in _pieces.values()) > room:
        # The oldest: what is shown of it will be made again.
        del _pieces[next(iter(_pieces))]
    made = _pieces[known] = _Piece(image, frame.size, frame.rim, width * height)
    return made


def _copy(painter: QPainter, piece: _Piece, at: QPointF, laid: QTransform) -> None:
    ratio, left, top = laid.m11(), laid.dx(), laid.dy()
    # On whole pixels of the device: between them, words would blur.
    x = (round((at.x() - piece.rim) * ratio + left) - left) / ratio
    y = (round((at.y() - piece.rim) * ratio + top) - top) / ratio
    painter.drawImage(QPointF(x, y), piece.image)


def _corner(box: QRectF, size: QSizeF, align: Qt.AlignmentFlag) -> QPointF:
    """Where the upper left corner of aligned words lies."""
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
