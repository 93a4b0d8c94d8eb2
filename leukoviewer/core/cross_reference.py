"""Where one slice cuts another: the line that shows in a second view where the first one lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane

# Row and column, in px of the picture, at pixel centers.
Point = tuple[float, float]
Segment = tuple[Point, Point]

# Planes nearer to parallel than this meet far outside of the picture, if at all.
_LEAST_SINE = 0.2


def segment(seen: SlicePlane, other: SlicePlane) -> Segment | None:
    """The line on ``seen`` along which the rectangle of ``other`` cuts its plane.

    Parameters
    ----------
    seen : SlicePlane
        The slice over which the line is drawn.
    other : SlicePlane
        The slice that the line stands for, with the outer edges of its pixels; of the same frame of reference.

    Returns
    -------
    pair of (row, column), or None
        In px of ``seen``, possibly outside of its picture; None when the slices are nearly parallel or do not meet.
    """
    first, second = np.array(seen.normal), np.array(other.normal)
    if float(np.linalg.norm(np.cross(first, second))) < _LEAST_SINE:
        return None
    corners = [
        other.point_mm(row, column)
        for row, column in (
            (-0.5, -0.5),
            (-0.5, other.columns - 0.5),
            (other.rows - 0.5, other.columns - 0.5),
            (other.rows - 0.5, -0.5),
        )
    ]
    heights = [float((corner - np.array(seen.position_mm)) @ first) for corner in corners]
    cuts = [_cut(corners[i - 1], corners[i], heights[i - 1], heights[i]) for i in range(4)]
    found = [cut for cut in cuts if cut is not None]
    if len(found) < 2:
        return None
    start, end = max(((a, b) for a in found for b in found), key=lambda pair: float(np.linalg.norm(pair[0] - pair[1])))
    return pixel_of(seen, start), pixel_of(seen, end)


def pixel_of(plane: SlicePlane, point_mm: NDArray[np.float64]) -> Point:
    """Row and column of the foot of a point, shape (3,) in mm, on a plane."""
    way = point_mm - np.array(plane.position_mm)
    down, across = np.array(plane.column_direction), np.array(plane.row_direction)
    return float(way @ down) / plane.spacing_mm[0], float(way @ across) / plane.spacing_mm[1]


def _cut(
    start: NDArray[np.float64], end: NDArray[np.float64], from_height: float, to_height: float
) -> NDArray[np.float64] | None:
    """Where an edge passes height 0."""
    if (from_height < 0) == (to_height < 0):
        return None
    share = from_height / (from_height - to_height)
    cut: NDArray[np.float64] = start + (end - start) * share
    return cut
