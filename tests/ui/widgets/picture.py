"""What a widget paints, as an array."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget


def grabbed(widget: QWidget) -> NDArray[np.int16]:
    """Red, green and blue of a widget's pixels, shape (height, width, 3); signed, so that they can be subtracted."""
    return _array(widget.grab().toImage())


def painted(width: int, height: int, paint: Callable[[QPainter], None]) -> NDArray[np.int16]:
    """Red, green and blue of what a function paints on black."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return _array(image)


def _array(image: QImage) -> NDArray[np.int16]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = flat[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
    return pixels[..., 2::-1].astype(np.int16)
