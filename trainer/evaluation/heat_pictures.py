"""Draws a slice beside itself with heat and the outline of the true disease."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
# Nine colors of matplotlib's inferno (CC0), evenly spaced; lightness rises throughout, for color-blind readers too.
_INFERNO = (
    (0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85), (227, 89, 51), (249, 140, 10),
    (249, 201, 50), (252, 255, 164),
)  # fmt: skip
_OUTLINE = (86, 180, 233)
# Below this share of the scale nothing is laid over the slice.
_FROM = 0.1
_OPACITY = 0.55


def enlarged(heat: Floats, shape: tuple[int, int]) -> Floats:
    """A map on the slice's plane, bilinear, its cells covering the whole plane.

    Parameters
    ----------
    heat : array of float32, shape (rows', columns')
        Coarse map.
    shape : (int, int)
        Rows and columns of the plane.
    """
    tall = _along(heat, shape[0])
    return np.ascontiguousarray(_along(tall.T, shape[1]).T)


def draw_pair(gray: Floats, heat: Floats, lesion: Floats | None = None) -> NDArray[np.uint8]:
    """The slice, and beside it the slice under its heat.

    Parameters
    ----------
    gray : array of float32, shape (rows, columns)
        0..1.
    heat : array of float32, same shape
        0..1 of the scale that all panels share.
    lesion : array of float32, same shape, optional
        Share that the disease covers; its outline is drawn in blue on the right.

    Returns
    -------
    array of uint8, shape (rows, 2 * columns, 3)
    """
    plain = np.repeat(np.rint(np.clip(gray, 0, 1) * 255)[:, :, None], 3, axis=2)
    held = np.clip(heat, 0, 1)
    opacity = (_OPACITY * (held >= _FROM))[:, :, None]
    hot = plain * (1 - opacity) + _colored(held) * opacity
    if lesion is not None:
        hot[outline(lesion >= 0.5)] = _OUTLINE
    return np.concatenate([plain, hot], axis=1).astype(np.uint8)


def outline(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels of a mask that touch what is outside by a side."""
    padded = np.pad(mask, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    edge: NDArray[np.bool_] = mask & ~inner
    return edge


def _colored(heat: Floats) -> NDArray[np.float64]:
    table = np.array(_INFERNO, dtype=np.float64)
    places = np.linspace(0, 1, len(table))
    return np.stack([np.interp(heat, places, table[:, channel]) for channel in range(3)], axis=2)


def _along(values: Floats, length: int) -> Floats:
    """Interpolate linearly along the first axis, pixel centers aligned by area."""
    position = np.clip((np.arange(length) + 0.5) * (len(values) / length) - 0.5, 0, len(values) - 1)
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, len(values) - 1)
    share = (position - below).astype(np.float32)[:, None]
    mixed: Floats = values[below] * (1 - share) + values[above] * share
    return mixed
