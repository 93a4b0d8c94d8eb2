"""Reformats: true axial, coronal and sagittal planes through a volume, sampled where they really lie in mm.

Slices of a tilted gantry are shifted against each other along the table. Every voxel is placed by its own slice's
position, so the shear is undone by the geometry alone; slices of unequal distance keep their true places too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane, Vector, WarningCode
from leukoviewer.core.series import Series
from leukoviewer.core.volume import AIR_HU, HuArray

Points = NDArray[np.float64]

# Positions are written with few digits; a slice farther beside the line of the others than this is no rounding.
_STRAIGHT_MM = 0.1
_PARALLEL = 1e-3
_LEAST_SLICES = 3
# Coordinates that change less than this over a whole plane, in voxels, are constant.
_STILL = 1e-7


class Axis(StrEnum):
    """The patient's three planes."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"

    @property
    def directions(self) -> tuple[Vector, Vector]:
        """Along a row and along a column of the picture, as radiologists hang it (right at the left, head on top)."""
        return _DIRECTIONS[self]

    @property
    def normal(self) -> int:
        """The patient coordinate that is constant: 0 for x, 1 for y, 2 for z."""
        return _NORMALS[self]


_DIRECTIONS: dict[Axis, tuple[Vector, Vector]] = {
    Axis.AXIAL: ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    Axis.CORONAL: ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    Axis.SAGITTAL: ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
}
_NORMALS = {Axis.AXIAL: 2, Axis.CORONAL: 1, Axis.SAGITTAL: 0}


def why_not(series: Series, *, broken: tuple[int, ...] = ()) -> str:
    """Why a series cannot be reformatted, as a sentence; empty when it can.

    Parameters
    ----------
    series : Series
        With the gate's report.
    broken : tuple of int
        Slices that could not be read.
    """
    if not series.is_volume:
        return f"Reformats are off: {series.report.reason.rstrip('.')}."
    if series.report.has(WarningCode.GAP):
        return "Reformats are off: slices are missing, and nothing is known of what lies in the gap."
    if broken:
        return f"Reformats are off: slice {broken[0] + 1} could not be read."
    planes = [header.plane for header in series.slices if header.plane is not None]
    if len(planes) < max(len(series.slices), _LEAST_SLICES):
        return f"Reformats are off: they need at least {_LEAST_SLICES} slices, each with its position."
    return "" if _is_straight(planes) else "Reformats are off: the slices do not stand in one straight row."


@dataclass(frozen=True, slots=True, eq=False)
class Reformat:
    """The voxels of a series in the patient.

    Attributes
    ----------
    origin_mm : array, shape (3,)
        Center of the first pixel of the first slice.
    steps_mm : array, shape (3, 3)
        Columns: the unit step from slice to slice, then what one row and one column add, in mm.
    travel_mm : array, shape (slices,)
        How far each slice lies along the unit step, strictly growing from 0.
    shape : (int, int, int)
        Slices, rows, columns.
    """

    origin_mm: Points
    steps_mm: Points
    travel_mm: Points
    shape: tuple[int, int, int]

    def __post_init__(self) -> None:
        if self.travel_mm.shape != self.shape[:1] or not np.all(np.diff(self.travel_mm) > 0):
            raise ValueError("each slice of a reformat lies farther along than the one before")
        for array in (self.origin_mm, self.steps_mm, self.travel_mm):
            array.setflags(write=False)

    @staticmethod
    def from_series(series: Series) -> Reformat:
        """The voxels of a series.

        Raises
        ------
        ValueError
            The series cannot be reformatted; the message says why.
        """
        reason = why_not(series)
        if reason:
            raise ValueError(reason)
        planes = [header.plane for header in series.slices if header.plane is not None]
        first = planes[0]
        positions = np.array([plane.position_mm for plane in planes])
        along, travel = _course(positions)
        across = np.array(first.row_direction) * first.spacing_mm[1]
        down = np.array(first.column_direction) * first.spacing_mm[0]
        steps = np.stack([along, down, across], axis=1)
        return Reformat(positions[0], steps, travel, (len(planes), first.rows, first.columns))

    # Between voxels and the patient

    def point_mm(self, slice_index: float, row: float, column: float) -> Points:
        """Patient coordinates of a voxel, shape (3,), in mm."""
        travel = _travel(np.array(slice_index, dtype=np.float64), self.travel_mm)
        point: Points = self.origin_mm + self.steps_mm @ np.array([float(travel), row, column])
        return point

    def voxel_at(self, point_mm: Points) -> tuple[float, float, float]:
        """Slice, row and column of a point, fractions and places outside the volume included."""
        travel, row, column = np.linalg.inv(self.steps_mm) @ (point_mm - self.origin_mm)
        return float(_slices(np.array(travel), self.travel_mm)), float(row), float(column)

    @property
    def box_mm(self) -> tuple[Points, Points]:
        """Least and greatest patient coordinates of all voxels with their edges, each of shape (3,)."""
        ends = [(-0.5, size - 0.5) for size in self.shape]
        corners = np.array([self.point_mm(s, r, c) for s in ends[0] for r in ends[1] for c in ends[2]])
        return corners.min(axis=0), corners.max(axis=0)

    @property
    def middle_mm(self) -> Points:
        """The middle of the middle slice."""
        return self.point_mm(self.shape[0] // 2, (self.shape[1] - 1) / 2, (self.shape[2] - 1) / 2)

    def held(self, point_mm: Points) -> Points:
        """The point, or the nearest one inside :attr:`box_mm`."""
        low, high = self.box_mm
        return np.clip(point_mm, low, high)

    # Planes

    def plane(self, axis: Axis, at_mm: Points) -> SlicePlane:
        """The plane through a point, over the whole box, with square pixels of the smaller distance in a slice."""
        pixel_mm = float(min(np.linalg.norm(self.steps_mm[:, 1]), np.linalg.norm(self.steps_mm[:, 2])))
        low, high = self.box_mm
        across, down = (np.array(direction) for direction in axis.directions)
        sizes = [math.ceil(abs(float(direction @ (high - low))) / pixel_mm - 1e-6) for direction in (down, across)]
        rows, columns = (max(size, 1) for size in sizes)
        # The corner from which both directions lead into the box.
        corner = np.where(across + down > 0, low, high)
        corner = corner + (across + down) * pixel_mm / 2
        corner[axis.normal] = at_mm[axis.normal]
        x, y, z = (float(value) for value in corner)
        return SlicePlane((x, y, z), *axis.directions, (pixel_mm, pixel_mm), rows, columns)

    def sample(self, hu: HuArray, plane: SlicePlane) -> HuArray:
        """HU on a plane, linear between voxels; air (-1024) outside of them.

        Parameters
        ----------
        hu : array of int16 or float32, shape (slices, rows, columns)
            The volume.
        plane : SlicePlane
            Where to sample.

        Returns
        -------
        array of the same dtype, shape (rows, columns)
            Whole numbers are rounded to the nearest.

        Raises
        ------
        ValueError
            The volume has another shape than this series.
        """
        if hu.shape != self.shape:
            raise ValueError(f"the volume {hu.shape} is not that of the series {self.shape}")
        coordinates = self._coordinates(plane)
        inside = np.ones((1, 1), dtype=np.bool_)
        for at, size in zip(coordinates, self.shape, strict=True):
            inside = inside & (at >= -0.5 - 1e-6) & (at <= size - 0.5 + 1e-6)
        values = np.where(inside, _interpolated(hu, coordinates), np.float32(AIR_HU))
        values = np.broadcast_to(values, (plane.rows, plane.columns))
        return np.rint(values).astype(np.int16) if hu.dtype == np.int16 else values.astype(np.float32)

    def _coordinates(self, plane: SlicePlane) -> list[Points]:
        """Slice, row and column of each pixel, broadcast where they do not change along an axis."""
        inverse = np.linalg.inv(self.steps_mm)
        start = inverse @ (np.array(plane.position_mm) - self.origin_mm)
        by_row = inverse @ (np.array(plane.column_direction) * plane.spacing_mm[0])
        by_column = inverse @ (np.array(plane.row_direction) * plane.spacing_mm[1])
        travel, row, column = (
            first + _ramp(down, plane.rows)[:, None] + _ramp(across, plane.columns)[None, :]
            for first, down, across in zip(start, by_row, by_column, strict=True)
        )
        return [_slices(travel, self.travel_mm), row, column]


def _is_straight(planes: list[SlicePlane]) -> bool:
    """Whether all slices lie alike, one behind the other on one line."""
    directions = np.array([(*plane.row_direction, *plane.column_direction) for plane in planes])
    sizes = {(plane.rows, plane.columns, *plane.spacing_mm) for plane in planes}
    if len(sizes) > 1 or np.abs(directions - directions[0]).max() > _PARALLEL:
        return False
    positions = np.array([plane.position_mm for plane in planes])
    if np.allclose(positions[0], positions[-1]):
        return False
    along, travel = _course(positions)
    beside = positions - positions[0] - travel[:, None] * along
    is_flat = abs(float(along @ np.array(planes[0].normal))) < 0.5
    return bool(np.linalg.norm(beside, axis=1).max() <= _STRAIGHT_MM and np.all(np.diff(travel) > 0)) and not is_flat


def _course(positions_mm: Points) -> tuple[Points, Points]:
    """The unit step from the first to the last slice, and how far each lies along it."""
    way = positions_mm[-1] - positions_mm[0]
    along = way / np.linalg.norm(way)
    return along, (positions_mm - positions_mm[0]) @ along


def _ramp(step: float, count: int) -> Points:
    """0, step, 2 step, ...; a single 0 where nothing changes over the whole plane."""
    return np.zeros(1) if abs(step) * count < _STILL else step * np.arange(count, dtype=np.float64)


def _slices(travel: Points, stops: Points) -> Points:
    """Slice coordinates of ways along the unit step; the first and the last distance go on outside."""
    found = np.interp(travel, stops, np.arange(len(stops), dtype=np.float64))
    before, behind = travel / (stops[1] - stops[0]), (travel - stops[-1]) / (stops[-1] - stops[-2])
    result: Points = np.where(travel < 0, before, np.where(behind > 0, len(stops) - 1 + behind, found))
    return result


def _travel(slices: Points, stops: Points) -> Points:
    """Ways along the unit step of slice coordinates: the inverse of :func:`_slices`."""
    last = len(stops) - 1
    found = np.interp(slices, np.arange(len(stops), dtype=np.float64), stops)
    before, behind = slices * (stops[1] - stops[0]), (slices - last) * (stops[-1] - stops[-2])
    result: Points = np.where(slices < 0, before, np.where(slices > last, stops[-1] + behind, found))
    return result


def _interpolated(data: HuArray, coordinates: list[Points]) -> NDArray[np.float32]:
    """Values between voxels: the constant coordinates first, which leaves less to be looked up."""
    for axis in reversed(range(len(coordinates))):
        if coordinates[axis].size == 1 and data.ndim > 1:
            low, high, share = _neighbors(coordinates[axis], data.shape[axis])
            along = np.moveaxis(data, axis, 0)
            near, far = along[int(low.flat[0])], along[int(high.flat[0])]
            data = _mixed(near, far, np.float32(share.flat[0]))
            coordinates = [one for place, one in enumerate(coordinates) if place != axis]
    return _looked_up(data, coordinates, ())


def _looked_up(data: HuArray, coordinates: list[Points], chosen: tuple[NDArray[np.intp], ...]) -> NDArray[np.float32]:
    if len(chosen) == len(coordinates):
        return data[chosen].astype(np.float32)
    at = coordinates[len(chosen)]
    low, high, share = _neighbors(at, data.shape[len(chosen)])
    near = _looked_up(data, coordinates, (*chosen, low))
    return near + (_looked_up(data, coordinates, (*chosen, high)) - near) * share


def _mixed(near: HuArray, far: HuArray, share: np.float32) -> NDArray[np.float32]:
    first = near.astype(np.float32)
    mixed: NDArray[np.float32] = first + (far.astype(np.float32) - first) * share
    return mixed


def _neighbors(at: Points, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """The voxels before and behind, and how far toward the second; the edge voxels go on to their outer edge."""
    held = np.clip(at, 0, size - 1)
    low = np.minimum(held.astype(np.intp), max(size - 2, 0))
    return low, np.minimum(low + 1, size - 1), (held - low).astype(np.float32)
