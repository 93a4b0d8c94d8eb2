"""From a model's map back to the native pixels of a slice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import StackMapping
from leukoviewer.preprocessing.spatial import Taps, linear_taps


def project(raw: NDArray[np.float32], mapping: StackMapping) -> NDArray[np.float32]:
    """Spread a raw map over the native plane by bilinear interpolation.

    Parameters
    ----------
    raw : array of float32, shape (map rows, map columns)
        Covers the whole plane of the stack, edge to edge; a map pixel's value stands at its center.
    mapping : StackMapping
        Where the stack lies on the native plane.

    Returns
    -------
    array of float32, shape (native rows, native columns)
        In the map's own units; 0 where the model did not look (outside the stack's plane).
    """
    down, seen_rows = _axis(raw.shape[0], mapping, 0)
    across, seen_columns = _axis(raw.shape[1], mapping, 1)
    tall = down.apply_to_rows(raw.astype(np.float32))
    spread = np.ascontiguousarray(across.apply_to_rows(np.ascontiguousarray(tall.T)).T)
    spread[~seen_rows] = 0
    spread[:, ~seen_columns] = 0
    return spread


def _axis(cells: int, mapping: StackMapping, axis: int) -> tuple[Taps, NDArray[np.bool_]]:
    """Weights from map cells to native pixels of one axis, and which native pixels the stack's plane covers."""
    length = mapping.native_shape[axis + 1]
    extent = mapping.stack_shape[axis + 1] * mapping.scale[axis]
    # Distance of each native pixel's center from the plane's edge, in native px.
    along = np.arange(length) + 0.5 - mapping.offset[axis]
    centers = np.clip(along / extent * cells - 0.5, 0, cells - 1)
    return linear_taps(centers, cells), (along >= 0) & (along <= extent)
