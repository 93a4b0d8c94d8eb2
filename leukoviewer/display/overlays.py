"""Drawings laid over a picture: what the reader measured, made apart from the pixels under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.display.lettering import Picture

# uint8 (height, width, 4): red, green, blue, each multiplied by the opacity already, and the opacity.
Overlay = NDArray[np.uint8]


def with_overlay(frame: Picture, overlay: Overlay | None) -> Picture:
    """The frame, uint8 (height, width, 3), with an overlay on it.

    An overlay of another size is brought to that of the frame, as for the small preview of a large page.
    """
    if overlay is None:
        return frame
    if overlay.shape[:2] != frame.shape[:2]:
        overlay = _resized(overlay, (frame.shape[1], frame.shape[0]))
    kept = 255 - overlay[..., 3:].astype(np.uint16)
    under = (frame.astype(np.uint16) * kept + 127) // 255
    laid: Picture = np.minimum(under + overlay[..., :3], 255).astype(np.uint8)
    return laid


def _resized(overlay: Overlay, size: tuple[int, int]) -> Overlay:
    from PIL import Image

    # Colors are multiplied by their opacity, so that each channel may be averaged for itself.
    channels = [Image.fromarray(np.ascontiguousarray(overlay[..., band])) for band in range(4)]
    return np.stack([np.asarray(one.resize(size, Image.Resampling.BOX)) for one in channels], axis=-1)
