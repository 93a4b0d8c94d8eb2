"""Arrays as Qt images."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Pixels = NDArray[np.uint8] | NDArray[np.uint32]


def image_over(pixels: Pixels) -> QImage:
    """An image over the array's own memory, which the caller keeps as long as the image.

    Parameters
    ----------
    pixels : array, C-contiguous
        uint8 (rows, columns) gray, uint8 (rows, columns, 3) red green blue, or uint32 (rows, columns) ``0xffRRGGBB``.

    Raises
    ------
    ValueError
        It is none of these.
    """
    rows, columns = pixels.shape[:2]
    if pixels.dtype == np.uint32 and pixels.ndim == 2:
        image_format = QImage.Format.Format_RGB32
    elif pixels.dtype == np.uint8 and pixels.ndim == 2:
        image_format = QImage.Format.Format_Grayscale8
    elif pixels.dtype == np.uint8 and pixels.shape[2:] == (3,):
        image_format = QImage.Format.Format_RGB888
    else:
        raise ValueError(f"a frame is gray, red green blue or packed, not {pixels.dtype} {pixels.shape}")
    return QImage(pixels.data, columns, rows, pixels.strides[0], image_format)


def image_of(pixels: Pixels) -> QImage:
    """An image with memory of its own; for the rest as :func:`image_over`, of any memory layout."""
    return image_over(cast("Pixels", np.ascontiguousarray(pixels))).copy()
