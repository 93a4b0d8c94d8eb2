"""Planes of slices in the patient's space, and the verdict on a series' geometry.

All positions are DICOM patient coordinates in mm: +x to the patient's left, +y to the back, +z to the head (DICOM PS3.3
C.7.6.2.1.1). Slices are kept superior first, so index 0 is nearest to the vertex.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Vector = tuple[float, float, float]

# Cosines of Image Orientation are written with limited digits; more deviation than this is not a rounding error.
_UNIT_TOLERANCE = 1e-2


class Verdict(StrEnum):
    """What a series may be used for."""

    VOLUME = "volume"
    VOLUME_WITH_WARNINGS = "volume_with_warnings"
    STACK_2D = "stack_2d"
    REFUSED = "refused"

    @property
    def can_be_scored(self) -> bool:
        """Models run on volumes alone."""
        return self in {Verdict.VOLUME, Verdict.VOLUME_WITH_WARNINGS}


class WarningCode(StrEnum):
    """Names of what was found in a series; they stand in result files and never change their meaning."""

    TILT = "tilt"
    IRREGULAR_SPACING = "irregular_spacing"
    GAP = "gap"
    MIXED_THICKNESS = "mixed_thickness"
    OVERLAPPING_SLICES = "overlapping_slices"
    DUPLICATE_FILES = "duplicate_files"
    DUPLICATE_POSITIONS = "duplicate_positions"
    ORDER_BY_INSTANCE_NUMBER = "order_by_instance_number"
    POSITION_MISSING = "position_missing"
    MIXED_ORIENTATION = "mixed_orientation"
    NOT_HOUNSFIELD = "not_hounsfield"
    LOSSY = "lossy"
    CONTRAST = "contrast"
    BROKEN_SLICES = "broken_slices"
    UNUSUAL_FIELD_OF_VIEW = "unusual_field_of_view"
    CHILD = "child"
    METAL = "metal"
    JOINED_SERIES = "joined_series"
    ENCODING = "encoding"
    NO_BRAIN = "no_brain"
    OUTSIDE_TRAINING_RANGE = "outside_training_range"
    OUT_OF_MEMORY = "out_of_memory"


@dataclass(frozen=True, slots=True)
class SeriesWarning:
    """One named finding about a series.

    Attributes
    ----------
    code : WarningCode
        Its stable name.
    message : str
        One sentence for the reader, with the numbers.
    slices : tuple of int
        The native slices it concerns (superior first, from 0); empty when it concerns all.
    """

    code: WarningCode
    message: str
    slices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GeometryReport:
    """The gate's finding on one series.

    Attributes
    ----------
    verdict : Verdict
        What the series may be used for.
    reason : str
        Why it is not a volume; empty for volumes.
    warnings : tuple of SeriesWarning
        All that was found.
    tilt_deg : float
        Signed angle between the stacking direction and the slice normal in the sagittal plane, as the gantry is tilted;
        computed from positions and orientation, never from the tag.
    spacing_mm : float or None
        Median distance of neighboring slices along the normal; None with fewer than two positions.
    steps_mm : tuple of float
        Distance from each slice to the next along the normal.
    thicknesses_mm : tuple of float
        The distinct slice thicknesses, ascending.
    """

    verdict: Verdict
    reason: str = ""
    warnings: tuple[SeriesWarning, ...] = ()
    tilt_deg: float = 0.0
    spacing_mm: float | None = None
    steps_mm: tuple[float, ...] = ()
    thicknesses_mm: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.verdict.can_be_scored and not self.reason:
            raise ValueError("a verdict other than volume needs a reason")

    def has(self, code: WarningCode) -> bool:
        """Whether a warning of this name was found."""
        return any(warning.code is code for warning in self.warnings)


@dataclass(frozen=True, slots=True)
class SlicePlane:
    """Where one slice lies in the patient.

    Attributes
    ----------
    position_mm : Vector
        Center of the first transmitted pixel (Image Position (Patient)).
    row_direction, column_direction : Vector
        Unit vectors along a row (growing column index) and along a column (growing row index).
    spacing_mm : (float, float)
        Distance between rows, distance between columns (Pixel Spacing, DICOM PS3.3 10.7.1.3).
    rows, columns : int
        Size of the slice in px.
    thickness_mm : float or None
        Slice Thickness, if stated.
    """

    position_mm: Vector
    row_direction: Vector
    column_direction: Vector
    spacing_mm: tuple[float, float]
    rows: int
    columns: int
    thickness_mm: float | None = None

    def __post_init__(self) -> None:
        numbers = (*self.position_mm, *self.row_direction, *self.column_direction, *self.spacing_mm)
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError("a slice plane needs finite numbers")
        if self.rows < 1 or self.columns < 1 or min(self.spacing_mm) <= 0:
            raise ValueError("a slice plane needs positive size and spacing")
        row, column = self.row_direction, self.column_direction
        # Plain arithmetic: thousands of planes are made while a folder is read, and arrays of three are slow.
        product = sum(a * b for a, b in zip(row, column, strict=True))
        deviation = max(abs(math.hypot(*row) - 1), abs(math.hypot(*column) - 1), abs(product))
        if deviation > _UNIT_TOLERANCE:
            raise ValueError("row and column directions must be orthogonal unit vectors")

    @property
    def normal(self) -> Vector:
        """Unit vector ``row_direction x column_direction``, turned so that its largest component is positive.

        For axial slices it points to the head whatever the patient's position on the table.
        """
        # Plain arithmetic here too: it is asked for each slice whenever a series is shown.
        (a, b, c), (d, e, f) = self.row_direction, self.column_direction
        cross = (b * f - c * e, c * d - a * f, a * e - b * d)
        length = math.hypot(*cross)
        signed = -length if max(cross, key=abs) < 0 else length
        return (cross[0] / signed, cross[1] / signed, cross[2] / signed)

    @property
    def along_normal_mm(self) -> float:
        """Position along :attr:`normal`; slices are ordered by it, never by name or number."""
        return sum(at * along for at, along in zip(self.position_mm, self.normal, strict=True))

    @property
    def angle_to_axial_deg(self) -> float:
        """Angle between the slice and the patient's axial plane, 0 to 90."""
        return math.degrees(math.acos(min(1.0, abs(self.normal[2]))))

    @property
    def size_mm(self) -> tuple[float, float]:
        """Height and width of the slice."""
        return self.rows * self.spacing_mm[0], self.columns * self.spacing_mm[1]

    def point_mm(self, row: float, column: float) -> NDArray[np.float64]:
        """Patient coordinates of a pixel center, shape (3,), in mm (DICOM PS3.3 C.7.6.2.1.1)."""
        down = np.array(self.column_direction) * (row * self.spacing_mm[0])
        across = np.array(self.row_direction) * (column * self.spacing_mm[1])
        return np.array(self.position_mm, dtype=np.float64) + down + across


def direction_letters(direction: Vector) -> str:
    """Letters of a direction in the patient, strongest first, e.g. ``"A"`` or ``"AH"`` for a tilted one.

    R and L, A and P, H and F (DICOM PS3.3 C.7.6.1.1.1); components under 0.25 (about 15 degrees) are left out, but the
    strongest always stands.
    """
    names = (("L", "R"), ("P", "A"), ("H", "F"))
    order = sorted(range(3), key=lambda axis: -abs(direction[axis]))
    kept = [axis for rank, axis in enumerate(order) if rank == 0 or abs(direction[axis]) >= 0.25]
    return "".join(names[axis][0] if direction[axis] > 0 else names[axis][1] for axis in kept)
