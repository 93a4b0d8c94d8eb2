"""Measurements on one slice: what was drawn, exact lengths and areas in mm, and the HU of the pixels inside.

Points are ``(row, column)`` of the stored slice, whole numbers being pixel centers as in :meth:`SlicePlane.point_mm`:
a measurement does not know how the picture is laid, zoomed or windowed. Distances in the plane of the slice follow from
Pixel Spacing alone (DICOM PS3.3 10.7.1.3); a tilt of the gantry changes nothing in them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Points = tuple[Point, ...]

MAX_TEXT = 200
MAX_POINTS = 4096
_HISTOGRAM_BINS = 32


class Kind(StrEnum):
    """What can be drawn; the names stand in saved files and never change their meaning."""

    LENGTH = "length"
    ANGLE = "angle"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    FREEHAND = "freehand"
    ARROW = "arrow"

    @property
    def point_count(self) -> int | None:
        """How many points it has; None when any number from three on."""
        return {Kind.ANGLE: 3, Kind.FREEHAND: None}.get(self, 2)

    @property
    def has_area(self) -> bool:
        """Whether it has an inside."""
        return self in {Kind.RECTANGLE, Kind.ELLIPSE, Kind.FREEHAND}


@dataclass(frozen=True, slots=True)
class Measurement:
    """Something drawn on one slice.

    Attributes
    ----------
    id : str
        Unique among the measurements of a series.
    kind : Kind
        Length: two ends. Angle: end, vertex, end. Rectangle and ellipse: two opposite corners of the box along rows and
        columns. Freehand: the outline, closed by itself. Arrow: its head, then its tail.
    points : tuple of (row, column)
        In px of the stored slice.
    sop_instance_uid : str
        The image that it was drawn on.
    frame : int
        The frame in the file, from 0.
    slice_index : int
        Native index of that slice in the series as it was open, superior first.
    text : str
        The reader's words.
    """

    id: str
    kind: Kind
    points: Points
    sop_instance_uid: str
    frame: int = 0
    slice_index: int = 0
    text: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.sop_instance_uid:
            raise ValueError("a measurement has an id and belongs to an image")
        if self.frame < 0 or self.slice_index < 0 or len(self.text) > MAX_TEXT:
            raise ValueError("a measurement's frame and slice are counted from 0, and its text is short")
        check_points(self.kind, self.points)

    def with_points(self, points: Points) -> Measurement:
        """The same one, drawn elsewhere on the slice."""
        return replace(self, points=points)

    def with_text(self, text: str) -> Measurement:
        """The same one with other words, cut to :data:`MAX_TEXT`."""
        return replace(self, text=text[:MAX_TEXT])

    def with_slice(self, index: int) -> Measurement:
        """The same one in a series where its image has another index."""
        return replace(self, slice_index=index)


def check_points(kind: Kind, points: Points) -> None:
    """Refuse points that no measurement of this kind has.

    Raises
    ------
    ValueError
        Their number is wrong or one is not finite.
    """
    count = kind.point_count
    if len(points) != count if count is not None else not 3 <= len(points) <= MAX_POINTS:
        raise ValueError(f"a measurement of kind {kind.value} cannot have {len(points)} points")
    if not all(math.isfinite(value) for point in points for value in point):
        raise ValueError("points are finite")


@dataclass(frozen=True, slots=True)
class Statistics:
    """HU of the pixels inside an outline.

    Attributes
    ----------
    count : int
        Number of pixels, at least 1.
    mean_hu, sd_hu, min_hu, max_hu : float
        The deviation is that of the pixels themselves (divided by their number, not by one less).
    edges_hu : tuple of float
        Limits of the histogram's bins, one more than bins.
    counts : tuple of int
        Pixels in each bin.
    """

    count: int
    mean_hu: float
    sd_hu: float
    min_hu: float
    max_hu: float
    edges_hu: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """What a measurement says; None where it does not apply.

    Attributes
    ----------
    length_mm : float or None
        Of a length.
    angle_deg : float or None
        Of an angle, 0 to 180.
    area_mm2 : float or None
        Of the outline itself, not of the pixels in it.
    statistics : Statistics or None
        Of the pixels whose centers lie inside the outline; None when there are none.
    """

    length_mm: float | None = None
    angle_deg: float | None = None
    area_mm2: float | None = None
    statistics: Statistics | None = None


def geometry(kind: Kind, points: Points, spacing_mm: tuple[float, float]) -> Values:
    """Length, angle or area.

    Parameters
    ----------
    spacing_mm : (float, float)
        Distance between rows, distance between columns.
    """
    at = np.array(points, dtype=np.float64) * np.array(spacing_mm, dtype=np.float64)
    if kind is Kind.LENGTH:
        return Values(length_mm=float(np.hypot(*(at[1] - at[0]))))
    if kind is Kind.ANGLE:
        return Values(angle_deg=_angle_deg(at[0] - at[1], at[2] - at[1]))
    if kind is Kind.FREEHAND:
        y, x = at[:, 0], at[:, 1]
        return Values(area_mm2=float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2))
    if kind.has_area:
        box = float(np.prod(np.abs(at[1] - at[0])))
        return Values(area_mm2=box * (math.pi / 4 if kind is Kind.ELLIPSE else 1))
    return Values()


def _angle_deg(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """Stable near 0 and 180 degrees, where the arc cosine is not; None when an arm has no length."""
    if not first.any() or not second.any():
        return None
    cross = first[0] * second[1] - first[1] * second[0]
    return math.degrees(math.atan2(abs(float(cross)), float(np.dot(first, second))))


def measured(
    kind: Kind,
    points: Points,
    *,
    spacing_mm: tuple[float, float],
    hu: NDArray[np.generic] | None = None,
    padding: NDArray[np.bool_] | None = None,
) -> Values:
    """Everything that a measurement says.

    Parameters
    ----------
    hu : array, shape (rows, columns), optional
        HU of the slice; without it there are no statistics.
    padding : array of bool, same shape, optional
        Pixels that hold no data; they are not counted.
    """
    values = geometry(kind, points, spacing_mm)
    if hu is None or not kind.has_area:
        return values
    return replace(values, statistics=statistics(kind, points, hu, padding=padding))


def statistics(
    kind: Kind, points: Points, hu: NDArray[np.generic], *, padding: NDArray[np.bool_] | None = None
) -> Statistics | None:
    """HU of the pixels whose centers lie inside an outline; None when there are none."""
    corner, mask = inside(kind, points, (int(hu.shape[0]), int(hu.shape[1])))
    part = (slice(corner[0], corner[0] + mask.shape[0]), slice(corner[1], corner[1] + mask.shape[1]))
    if padding is not None:
        mask = mask & ~padding[part]
    found = np.asarray(hu[part][mask], dtype=np.float64)
    if not found.size:
        return None
    low, high = float(found.min()), float(found.max())
    bins, ends = _bins(found, low, high)
    counts, edges = np.histogram(found, bins=bins, range=ends)
    return Statistics(
        int(found.size), float(found.mean()), float(found.std()), low, high,
        tuple(float(edge) for edge in edges), tuple(int(count) for count in counts),
    )  # fmt: skip


def _bins(found: NDArray[np.float64], low: float, high: float) -> tuple[int, tuple[float, float]]:
    """At most 32 bins; those of whole HU hold equally many values each, or some would stand out by themselves."""
    if not (found == np.rint(found)).all():
        return (_HISTOGRAM_BINS, (low, high)) if high > low else (1, (low, low + 1))
    width = math.ceil((high - low + 1) / _HISTOGRAM_BINS)
    bins = math.ceil((high - low + 1) / width)
    return bins, (low - 0.5, low - 0.5 + width * bins)


def inside(kind: Kind, points: Points, shape: tuple[int, int]) -> tuple[tuple[int, int], NDArray[np.bool_]]:
    """Which pixels have their center inside an outline, or on it for boxes and ellipses.

    Returns
    -------
    corner : (int, int)
        First row and column of the part of the slice that the mask covers.
    mask : array of bool, shape (rows, columns) of that part
        May be empty.
    """
    at = np.array(points, dtype=np.float64)
    low = np.maximum(np.ceil(at.min(axis=0)), 0).astype(int)
    high = np.minimum(np.floor(at.max(axis=0)), np.array(shape) - 1).astype(int)
    rows, columns = np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1)
    corner = (int(low[0]), int(low[1]))
    if kind is Kind.FREEHAND:
        return corner, _in_polygon(at, rows, columns)
    if kind is Kind.ELLIPSE:
        center, half = (at[0] + at[1]) / 2, np.maximum(np.abs(at[1] - at[0]) / 2, 1e-12)
        y, x = (rows - center[0]) / half[0], (columns - center[1]) / half[1]
        return corner, y[:, None] ** 2 + x[None, :] ** 2 <= 1 + 1e-9
    if kind is not Kind.RECTANGLE:
        raise ValueError(f"a measurement of kind {kind.value} has no inside")
    return corner, np.ones((rows.size, columns.size), dtype=bool)


def _in_polygon(at: NDArray[np.float64], rows: NDArray[np.int_], columns: NDArray[np.int_]) -> NDArray[np.bool_]:
    """By the even-odd rule: a row of pixels is crossed by the outline at some columns, and each crossing turns it."""
    crossings = np.zeros((rows.size, columns.size + 1), dtype=np.int64)
    ends = np.roll(at, -1, axis=0)
    for (row, column), (end_row, end_column) in zip(at.tolist(), ends.tolist(), strict=True):
        # Half open, so that a corner that lies on a row is counted once.
        hit = np.flatnonzero((row <= rows) != (end_row <= rows))
        if hit.size:
            share = (rows[hit] - row) / (end_row - row)
            met = column + share * (end_column - column)
            np.add.at(crossings, (hit, np.searchsorted(columns, met, side="left")), 1)
    odd: NDArray[np.bool_] = np.cumsum(crossings, axis=1)[:, :-1] % 2 == 1
    return odd
