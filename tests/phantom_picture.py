"""The computed pictures of the phantom builder: a head in mm with the marker of its slice."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

AIR_HU, SKULL_HU, BRAIN_HU, VENTRICLE_HU, PLASTIC_HU = -1000, 1000, 34, 8, 180
# A square in the first corner (patient's right, front) tells which slice it is: MARKER_HU + MARKER_STEP_HU * index.
MARKER_HU, MARKER_STEP_HU, MARKER_PX = 200, 10, 4


def head(shape: tuple[int, int], index: int, *, slices: int, brain: bool) -> NDArray[np.float32]:
    """A head in mm: skull shell, brain with faint texture, two ventricles, and the marker of this slice."""
    rows, columns = shape
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    # Narrower towards the vertex, so that slices differ; never so small that the shell closes.
    size = 0.62 + 0.30 * math.sin(math.pi * (0.15 + 0.6 * (index + 1) / (slices + 1)))
    radius = np.sqrt((x / (0.86 * size)) ** 2 + (y / size) ** 2)
    image = np.full((rows, columns), AIR_HU, np.float32)
    image[radius < 1.0] = SKULL_HU
    inside = radius < 0.90
    texture = ((np.arange(rows)[:, None] * 7 + np.arange(columns)[None, :] * 13 + index * 5) % 9) - 4
    image[inside] = (BRAIN_HU + texture)[inside] if brain else PLASTIC_HU
    if brain:
        ventricles = ((np.abs(x) - 0.12) / 0.07) ** 2 + (y / 0.25) ** 2 < 1
        image[ventricles] = VENTRICLE_HU
    side = min(MARKER_PX, rows // 8 or 1, columns // 8 or 1)
    image[1 : 1 + side, 1 : 1 + side] = marker_hu(index)
    return image


def marker_hu(index: int) -> int:
    """HU of the marker of slice ``index`` (superior first), found at pixel (1, 1)."""
    return MARKER_HU + MARKER_STEP_HU * index


def outside_circle(rows: int, columns: int) -> NDArray[np.bool_]:
    y, x = np.linspace(-1, 1, rows)[:, None], np.linspace(-1, 1, columns)[None, :]
    outside: NDArray[np.bool_] = np.hypot(y, x) > 1.2
    outside[1 : 1 + MARKER_PX, 1 : 1 + MARKER_PX] = False
    return outside
