"""Heatmaps of a model of volumes, brought to its stack's slices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def by_slice(maps: NDArray[np.float32], depth: int) -> NDArray[np.float32]:
    """Interpolate a 3-D map linearly in depth, edges aligned, the outermost values continued.

    Parameters
    ----------
    maps : array of float32, shape (d', h', w')
        Raw map of a whole stack; d' is usually much smaller than the stack's depth.
    depth : int
        Slices of the stack.

    Returns
    -------
    array of float32, shape (depth, h', w')
        Rows and columns keep the map's own size.
    """
    position = np.clip((np.arange(depth) + 0.5) * (len(maps) / depth) - 0.5, 0, len(maps) - 1)
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, len(maps) - 1)
    share = (position - below).astype(np.float32)[:, None, None]
    mixed: NDArray[np.float32] = maps[below] * (1 - share) + maps[above] * share
    return mixed
