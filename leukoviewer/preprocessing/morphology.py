"""Steps that look at a pixel's neighbors: gray opening and mean filter, slice by slice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from leukoviewer.preprocessing.draft import Draft

Gray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Opening:
    """Gray opening with a square (erosion, then dilation with the mirrored square), as skimage's ``opening``.

    Edges are continued by reflection (``d c b a | a b c d | d c b a``).

    Attributes
    ----------
    size_px : int
        Side of the square; the paper's B uses 4.
    """

    name: ClassVar[str] = "opening"
    works_on: ClassVar[str] = "gray"

    size_px: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.size_px <= 64:
            raise ValueError("the square's side lies between 1 and 64 px")

    def apply(self, draft: Draft) -> Draft:
        """The opened slices."""
        before, after = (self.size_px - 1) // 2, self.size_px // 2
        values = draft.values.astype(np.float32)
        for axis in (1, 2):
            values = _extreme(values, axis=axis, reach=(before, after), pick=np.minimum)
        for axis in (1, 2):
            values = _extreme(values, axis=axis, reach=(after, before), pick=np.maximum)
        return draft.with_values(values)


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean filter over a square of odd side; edges are continued by reflection (the paper's C: 3 x 3)."""

    name: ClassVar[str] = "mean"
    works_on: ClassVar[str] = "gray"

    size_px: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.size_px <= 63 or self.size_px % 2 == 0:
            raise ValueError("the square's side is odd and lies between 1 and 63 px")

    def apply(self, draft: Draft) -> Draft:
        """The smoothed slices."""
        half = self.size_px // 2
        values = draft.values.astype(np.float32)
        for axis in (1, 2):
            length = values.shape[axis]
            around = _reflected(values, axis=axis, reach=(half, half))
            total = _window(around, axis=axis, start=0, length=length).copy()
            for start in range(1, self.size_px):
                total += _window(around, axis=axis, start=start, length=length)
            total /= np.float32(self.size_px)
            values = total
        return draft.with_values(values)


def _extreme(values: Gray, *, axis: int, reach: tuple[int, int], pick: np.ufunc) -> Gray:
    """Minimum or maximum over ``[-reach[0], +reach[1]]`` along an axis."""
    length = values.shape[axis]
    around = _reflected(values, axis=axis, reach=reach)
    best = _window(around, axis=axis, start=0, length=length).copy()
    for start in range(1, sum(reach) + 1):
        pick(best, _window(around, axis=axis, start=start, length=length), out=best)
    return best


def _reflected(values: Gray, *, axis: int, reach: tuple[int, int]) -> Gray:
    width = [(0, 0), (0, 0), (0, 0)]
    width[axis] = reach
    return np.pad(values, width, mode="symmetric")


def _window(values: Gray, *, axis: int, start: int, length: int) -> Gray:
    index = [slice(None)] * 3
    index[axis] = slice(start, start + length)
    window: Gray = values[tuple(index)]
    return window
