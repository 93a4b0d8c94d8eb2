"""What the steps of a recipe hand to each other: an array with its place on the native series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import StackMapping
from leukoviewer.core.volume import AIR_HU, HuArray, Volume


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A stack in the making.

    Attributes
    ----------
    values : array of int16 or float32, shape (slices, rows, columns)
        HU, or gray 0..1 once the recipe has rescaled.
    native : tuple of tuple of int
        For each slice the native slices behind it; empty for padding and for slices that could not be read.
    native_shape : (int, int, int)
        Slices, rows, columns of the native series.
    scale, offset : (float, float)
        See :class:`~leukoviewer.core.results.StackMapping`.
    spacing_mm : (float, float) or None
        Distance between native rows and between native columns.
    position_mm : tuple of float, or None
        Position of each native slice along the normal, superior first; None when the series states none.
    """

    values: HuArray
    native: tuple[tuple[int, ...], ...]
    native_shape: tuple[int, int, int]
    scale: tuple[float, float] = (1.0, 1.0)
    offset: tuple[float, float] = (0.0, 0.0)
    spacing_mm: tuple[float, float] | None = None
    position_mm: tuple[float, ...] | None = None

    @classmethod
    def from_volume(cls, volume: Volume) -> Draft:
        """The start: every native slice by itself, unreadable ones marked as not to be scored."""
        count, rows, columns = volume.hu.shape
        positions = [p for p in volume.series.position_mm if p is not None]
        return cls(
            values=volume.hu,
            native=tuple(() if i in volume.broken else (i,) for i in range(count)),
            native_shape=(count, rows, columns),
            spacing_mm=volume.spacing_mm,
            position_mm=tuple(positions) if len(positions) == count else None,
        )

    def with_values(self, values: HuArray) -> Draft:
        """The same place, other values of the same shape."""
        return replace(self, values=values)

    def with_slices(self, values: HuArray, native: tuple[tuple[int, ...], ...]) -> Draft:
        """Other slices of the same plane."""
        return replace(self, values=values, native=native)

    def with_plane(self, values: HuArray, *, scale: tuple[float, float], offset: tuple[float, float]) -> Draft:
        """The same slices on another plane; ``scale`` and ``offset`` tell of the native plane."""
        return replace(self, values=values, scale=scale, offset=offset)

    def mapping(self) -> StackMapping:
        """Where the slices and pixels lie on the native series."""
        count, rows, columns = self.values.shape
        return StackMapping(self.native, self.native_shape, (count, rows, columns), self.scale, self.offset)


def air(shape: tuple[int, ...], dtype: np.dtype[np.int16] | np.dtype[np.float32]) -> HuArray:
    """An array of air in HU."""
    empty: NDArray[np.int16] | NDArray[np.float32] = np.full(shape, AIR_HU, dtype=dtype)
    return empty
