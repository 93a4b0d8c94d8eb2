"""A loaded series: HU values with their geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning, SlicePlane
from leukoviewer.core.series import Series

# What padding and placeholders are set to: air for display and for models (DICOM CT range begins at -1024).
AIR_HU = -1024

HuArray = NDArray[np.int16] | NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class LoadedSlice:
    """One slice as soon as it is read.

    Attributes
    ----------
    index : int
        Native index, superior first.
    hu : array of int16 or float32, shape (rows, columns)
        HU; padding is -1024.
    padding : array of bool, shape (rows, columns), or None
        Where padding is; None when there is none.
    broken : str
        Why the slice is a placeholder (all air); empty for a good one.
    """

    index: int
    hu: HuArray
    padding: NDArray[np.bool_] | None = None
    broken: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A slice of a folder that is still being searched: a picture, of no known series.

    Attributes
    ----------
    hu : array of int16 or float32, shape (rows, columns)
        HU, read-only.
    plane : SlicePlane
        Where it lies.
    """

    hu: HuArray
    plane: SlicePlane


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """All slices of a series in HU.

    Attributes
    ----------
    series : Series
        Where it comes from, with the geometry.
    hu : array of int16 or float32, shape (slices, rows, columns)
        Read-only HU, superior first: int16 where slope and intercept keep whole numbers in its range, else float32.
        Padding and broken slices are -1024.
    padding : array of bool, same shape, or None
        Where padding is, found on stored values before the rescale (DICOM PS3.3 C.7.5.1.1.2).
    broken : tuple of int
        Native indices of placeholders.
    warnings : tuple of SeriesWarning
        Those of the geometry gate and those found while loading.
    """

    series: Series
    hu: HuArray
    padding: NDArray[np.bool_] | None = None
    broken: tuple[int, ...] = ()
    warnings: tuple[SeriesWarning, ...] = ()

    def __post_init__(self) -> None:
        if self.hu.ndim != 3 or self.hu.shape[0] != len(self.series.slices):
            raise ValueError("a volume holds one image a slice of its series")
        if self.hu.dtype not in (np.dtype(np.int16), np.dtype(np.float32)):
            raise ValueError("HU are int16 or float32")
        if self.padding is not None and self.padding.shape != self.hu.shape:
            raise ValueError("the padding mask has the volume's shape")
        self.hu.setflags(write=False)
        if self.padding is not None:
            self.padding.setflags(write=False)

    def __len__(self) -> int:
        return int(self.hu.shape[0])

    @property
    def spacing_mm(self) -> tuple[float, float] | None:
        """Distance between rows and between columns; None without geometry."""
        plane = self.series.slices[0].plane
        return None if plane is None else plane.spacing_mm
