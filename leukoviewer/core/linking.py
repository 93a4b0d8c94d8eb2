"""Which slice of one series belongs beside a slice of another: by position in mm, else by the share of the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.series import Series

# Stacks that stand steeper to each other than this share no course through the patient.
_STEEPEST_DEG = 45.0


class LinkedBy(StrEnum):
    """How two views scroll together."""

    SAME_SERIES = "same_series"
    POSITION = "position"
    FRACTION = "fraction"
    ANCHOR = "anchor"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Two slices that the reader set beside each other.

    Attributes
    ----------
    index, beside : int
        The slice of the one series and that of the other, superior first, from 0.
    """

    index: int
    beside: int

    @property
    def turned(self) -> Anchor:
        """As the other series sees it."""
        return Anchor(self.beside, self.index)


@dataclass(frozen=True, slots=True)
class Match:
    """The slice of another series that belongs beside one of the first.

    Attributes
    ----------
    by : LinkedBy
        How it was found.
    index : int or None
        The slice, superior first, from 0; None when nothing links the two.
    off_mm : float
        How far the middle of the first slice lies from it, only where positions are compared.
    reason : str
        Why positions are not compared; empty when they are.
    """

    by: LinkedBy
    index: int | None
    off_mm: float = 0.0
    reason: str = ""


def match(index: int, series: Series, other: Series, *, anchor: Anchor | None = None) -> Match:
    """The slice of ``other`` beside slice ``index`` of ``series``.

    Positions count only in one frame of reference: numbers of two frames mean different places (DICOM PS3.3
    C.7.4.1.1.1). Between two frames the share of the way from the first to the last slice is all that is left, unless
    the reader set two slices beside each other: then the way from those counts in mm.

    Raises
    ------
    IndexError
        ``series`` has no such slice.
    """
    plane = series.slices[index].plane
    if series.key == other.key:
        return Match(LinkedBy.SAME_SERIES, index)
    first = other.slices[0].plane
    if plane is not None and first is not None and _angle_deg(plane, first) > _STEEPEST_DEG:
        return Match(LinkedBy.NOTHING, None, reason="its slices stand across")
    if anchor is not None:
        return _by_anchor(index, series, other, anchor)
    frame = series.frame_of_reference_uid
    if not frame or frame != other.frame_of_reference_uid:
        return _by_fraction(index, series, other, "no common frame of reference")
    planes = [one.plane for one in other.slices if one.plane is not None]
    if plane is None or len(planes) < len(other.slices):
        return _by_fraction(index, series, other, "positions are missing")
    off_mm = [abs(distance_mm(center_mm(plane), beside)) for beside in planes]
    nearest = int(np.argmin(off_mm))
    return Match(LinkedBy.POSITION, nearest, off_mm[nearest])


def center_mm(plane: SlicePlane) -> NDArray[np.float64]:
    """The middle of a slice in patient coordinates, shape (3,), in mm."""
    return plane.point_mm((plane.rows - 1) / 2, (plane.columns - 1) / 2)


def distance_mm(point_mm: NDArray[np.float64], plane: SlicePlane) -> float:
    """Signed distance of a point, shape (3,) in mm, from a plane, positive along its normal."""
    return float(np.dot(point_mm - np.array(plane.position_mm), np.array(plane.normal)))


def _by_anchor(index: int, series: Series, other: Series, anchor: Anchor) -> Match:
    here, there = series.position_mm, other.position_mm
    at, start, beside = here[index], here[anchor.index], there[anchor.beside]
    known = [place for place in there if place is not None]
    if at is None or start is None or beside is None or len(known) < len(there):
        held = min(max(anchor.beside + index - anchor.index, 0), len(there) - 1)
        return Match(LinkedBy.ANCHOR, held, reason="positions are missing")
    off_mm = [abs(place - (beside + at - start)) for place in known]
    nearest = int(np.argmin(off_mm))
    return Match(LinkedBy.ANCHOR, nearest, off_mm[nearest])


def _by_fraction(index: int, series: Series, other: Series, reason: str) -> Match:
    share = index / max(len(series.slices) - 1, 1)
    # Half way lies nearer to the feet: Python's own rounding to even numbers would make the course jump.
    return Match(LinkedBy.FRACTION, math.floor(share * (len(other.slices) - 1) + 0.5), reason=reason)


def _angle_deg(plane: SlicePlane, other: SlicePlane) -> float:
    cosine = abs(float(np.dot(plane.normal, other.normal)))
    return math.degrees(math.acos(min(1.0, cosine)))
