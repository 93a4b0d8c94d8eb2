"""A result's raw maps as heat on the native pixels, on one scale for the whole scan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import Analysis
from leukoviewer.preprocessing.projection import project


def native_heat(analysis: Analysis, index: int) -> NDArray[np.float32] | None:
    """Heat of one native slice.

    Returns
    -------
    array of float32, shape (rows, columns), or None
        0..1 of the largest value over the whole scan, never stretched by slice; None where the model did not look.
    """
    raw = analysis.map_of(index)
    if raw is None:
        return None
    heat = project(raw, analysis.mapping)
    scale = analysis.map_scale
    return heat / np.float32(scale) if scale > 0 else np.zeros_like(heat)


def cell_mm(analysis: Analysis, spacing_mm: tuple[float, float]) -> tuple[float, float]:
    """Height and width of one cell of the raw map on the patient, in mm: how coarse the heatmap is.

    Parameters
    ----------
    analysis : Analysis
        A result with at least one map.
    spacing_mm : (float, float)
        Native distance between rows and between columns.
    """
    mapping = analysis.mapping
    sizes = [
        mapping.stack_shape[axis + 1] * mapping.scale[axis] * spacing_mm[axis] / analysis.maps.shape[axis + 1]
        for axis in range(2)
    ]
    return sizes[0], sizes[1]
