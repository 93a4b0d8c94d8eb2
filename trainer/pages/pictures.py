"""Pictures inside a page: as addresses that hold the whole file."""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray


def jpeg_bytes(image: NDArray[np.uint8], *, quality: int = 86) -> bytes:
    """Return a JPEG file of a gray (rows, columns) or colored (rows, columns, 3) picture."""
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def jpeg_address(data: bytes) -> str:
    """Return a JPEG file as a data address."""
    return "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")
