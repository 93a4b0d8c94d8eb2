"""Steps in the plane of the slices: resizing with antialiasing, and a square in mm.

Resizing equals ``skimage.transform.resize(..., order=1, mode="reflect", anti_aliasing=True)``: a Gaussian of
``sigma = max(0, (factor - 1) / 2)`` px cut at 4 sigma, then bilinear interpolation at pixel-edge aligned centers
``(i + 0.5) * factor - 0.5``, edges continued by mirroring (``d c b | a b c d | c b a``). Both are linear and separable,
so an output row is a short weighted sum of input rows. The sums run in one fixed order with plain float32 products:
the same bits on every machine and with any number of threads.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import RefusedError
from leukoviewer.preprocessing.draft import Draft, air

Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Taps:
    """A linear map along one axis: output ``i`` is the sum over t of ``weight[i, t] * input[index[i, t]]``.

    Attributes
    ----------
    index : array of intp, shape (outputs, taps)
        Which inputs.
    weight : array of float32, shape (outputs, taps)
        Their weights, summing to 1 for an output.
    """

    index: NDArray[np.intp]
    weight: Plane

    @classmethod
    def from_matrix(cls, matrix: NDArray[np.float64]) -> Taps:
        """Keep the narrow band of a matrix of shape (outputs, inputs) that is not zero."""
        used = np.abs(matrix) > 1e-12
        first = used.argmax(axis=1)
        last = matrix.shape[1] - 1 - used[:, ::-1].argmax(axis=1)
        width = int((last - first).max()) + 1
        start = np.minimum(first, matrix.shape[1] - width)
        index = start[:, None] + np.arange(width)[None, :]
        return cls(index.astype(np.intp), np.take_along_axis(matrix, index, axis=1).astype(np.float32))

    def apply_to_rows(self, values: Plane) -> Plane:
        """Map an array of shape (inputs, columns) to (outputs, columns)."""
        total = values[self.index[:, 0]]
        total *= self.weight[:, 0, None]
        for tap in range(1, self.index.shape[1]):
            part = values[self.index[:, tap]]
            part *= self.weight[:, tap, None]
            total += part
        return total


def linear_taps(centers: NDArray[np.float64], inputs: int) -> Taps:
    """Bilinear interpolation at given places of an axis of ``inputs`` px; edges mirrored."""
    return Taps.from_matrix(_linear_matrix(centers, inputs))


def resize_taps(inputs: int, outputs: int) -> Taps:
    """Antialiased bilinear resizing of an axis; see the module's rule."""
    factor = inputs / outputs
    centers = (np.arange(outputs, dtype=np.float64) + 0.5) * factor - 0.5
    matrix = _linear_matrix(centers, inputs)
    sigma = max(0.0, (factor - 1) / 2)
    return Taps.from_matrix(matrix @ _gaussian_matrix(inputs, sigma) if sigma > 0 else matrix)


def _mirrored(index: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    if length == 1:
        return np.zeros_like(index)
    folded = np.abs(index) % (2 * length - 2)
    mirrored: NDArray[np.int64] = np.minimum(folded, 2 * length - 2 - folded)
    return mirrored


def _linear_matrix(centers: NDArray[np.float64], inputs: int) -> NDArray[np.float64]:
    matrix = np.zeros((len(centers), inputs))
    low = np.floor(centers).astype(np.int64)
    rest = centers - low
    rows = np.arange(len(centers))
    np.add.at(matrix, (rows, _mirrored(low, inputs)), 1 - rest)
    np.add.at(matrix, (rows, _mirrored(low + 1, inputs)), rest)
    return matrix


def _gaussian_matrix(length: int, sigma: float) -> NDArray[np.float64]:
    radius = int(4 * sigma + 0.5)
    offsets = np.arange(-radius, radius + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2)
    weights /= weights.sum()
    matrix = np.zeros((length, length))
    rows = np.arange(length)
    for offset, weight in zip(offsets, weights, strict=True):
        np.add.at(matrix, (rows, _mirrored(rows + offset, length)), weight)
    return matrix


@dataclass(frozen=True, slots=True)
class Resize:
    """Resize every slice directly to a fixed size, whatever its shape (the paper: to 256 x 256)."""

    name: ClassVar[str] = "resize"
    works_on: ClassVar[str] = "hu"

    rows: int = 256
    columns: int = 256

    def __post_init__(self) -> None:
        if not (8 <= self.rows <= 4096 and 8 <= self.columns <= 4096):
            raise ValueError("slices are resized to 8 to 4096 px")

    def apply(self, draft: Draft) -> Draft:
        """The resized slices, float32."""
        count, rows, columns = draft.values.shape
        along_rows, along_columns = resize_taps(rows, self.rows), resize_taps(columns, self.columns)
        values = np.empty((count, self.rows, self.columns), dtype=np.float32)
        for index, native in enumerate(draft.values):
            narrow = along_rows.apply_to_rows(native.astype(np.float32))
            values[index] = along_columns.apply_to_rows(np.ascontiguousarray(narrow.T)).T
        scale = (draft.scale[0] * rows / self.rows, draft.scale[1] * columns / self.columns)
        return draft.with_plane(values, scale=scale, offset=draft.offset)


@dataclass(frozen=True, slots=True)
class Square:
    """Crop or pad every slice around its center to a square in mm, so that resizing keeps the aspect.

    Attributes
    ----------
    side_mm : float
        Side of the square; 0 for the slice's longer side, which only pads.
    """

    name: ClassVar[str] = "square"
    works_on: ClassVar[str] = "hu"

    side_mm: float = 0.0

    def __post_init__(self) -> None:
        if not (self.side_mm == 0 or 10 <= self.side_mm <= 2000):
            raise ValueError("the square's side is 0 (the longer side) or 10 to 2000 mm")

    def apply(self, draft: Draft) -> Draft:
        """The square slices; what is added is air.

        Raises
        ------
        RefusedError
            The series states no pixel spacing.
        """
        if draft.spacing_mm is None:
            raise RefusedError("The series states no pixel spacing, which this model's preprocessing needs.")
        count, rows, columns = draft.values.shape
        pixel_mm = (draft.spacing_mm[0] * draft.scale[0], draft.spacing_mm[1] * draft.scale[1])
        side_mm = self.side_mm or max(rows * pixel_mm[0], columns * pixel_mm[1])
        shape = (max(1, round(side_mm / pixel_mm[0])), max(1, round(side_mm / pixel_mm[1])))
        if shape == (rows, columns):
            return draft
        values = air((count, *shape), draft.values.dtype)
        row, column = _overlap(rows, shape[0]), _overlap(columns, shape[1])
        values[:, row[1], column[1]] = draft.values[:, row[0], column[0]]
        first = (row[0].start - row[1].start, column[0].start - column[1].start)
        offset = (draft.offset[0] + first[0] * draft.scale[0], draft.offset[1] + first[1] * draft.scale[1])
        return draft.with_plane(values, scale=draft.scale, offset=offset)


def _overlap(old: int, new: int) -> tuple[slice, slice]:
    """Where an axis and its centered crop or padding hold the same pixels: in the old one, in the new one."""
    length = min(old, new)
    before = math.floor(abs(old - new) / 2)
    return (
        (slice(before, before + length), slice(0, length))
        if old > new
        else (
            slice(0, length),
            slice(before, before + length),
        )
    )
