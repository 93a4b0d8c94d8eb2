"""Steps along the stack: the paper's depth window, and slabs out of thin slices."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from leukoviewer.errors import RefusedError
from leukoviewer.preprocessing.draft import Draft, air

# More than any head scan has; a package must not ask for all memory.
_MOST_SLICES = 4096


@dataclass(frozen=True, slots=True)
class DepthWindow:
    """Take a fixed number of slices around a point of the stack (Cernekova et al., depth normalization).

    The middle lies at ``p = floor(center * n)`` of n slices, superior first; the window
    ``[p - slices/2, p + slices/2)`` is shifted to lie inside the stack. With fewer slices
    all are taken and air is added at both ends (the odd one at the lower end); added slices are marked and never
    scored.

    Attributes
    ----------
    slices : int
        Depth of the stack.
    center : float
        The paper's 2/5.
    """

    name: ClassVar[str] = "depth_window"
    works_on: ClassVar[str] = "hu"

    slices: int = 30
    center: float = 0.4

    def __post_init__(self) -> None:
        if not 1 <= self.slices <= _MOST_SLICES or not 0 <= self.center <= 1:
            raise ValueError(f"a depth window needs 1 to {_MOST_SLICES} slices and a center from 0 to 1")

    def start(self, count: int) -> int:
        """First slice of the window among ``count``; negative when air must be added before it."""
        if count < self.slices:
            return -((self.slices - count) // 2)
        # A hair is added because 0.4 * n may fall just under a whole number in binary.
        middle = math.floor(self.center * count + 1e-9)
        return min(max(middle - self.slices // 2, 0), count - self.slices)

    def apply(self, draft: Draft) -> Draft:
        """The window's slices."""
        count, rows, columns = draft.values.shape
        start = self.start(count)
        if start >= 0 and count >= self.slices:
            inside = slice(start, start + self.slices)
            return draft.with_slices(draft.values[inside], draft.native[inside])
        values = air((self.slices, rows, columns), draft.values.dtype)
        values[-start : -start + count] = draft.values
        after = self.slices - count + start
        return draft.with_slices(values, ((),) * -start + draft.native + ((),) * after)


@dataclass(frozen=True, slots=True)
class Slabs:
    """Average neighboring thin slices to slabs of about one thickness, so that a thin series shows the whole head.

    From the vertex down, a slab takes the next slice while that brings its extent nearer to ``thickness_mm``; slices of
    about this spacing or more stay as they are. Unreadable slices do not count into an average.

    Attributes
    ----------
    thickness_mm : float
        Wanted extent of a slab along the normal.
    """

    name: ClassVar[str] = "slabs"
    works_on: ClassVar[str] = "hu"

    thickness_mm: float = 5.0

    def __post_init__(self) -> None:
        if not 0 < self.thickness_mm < 1000:
            raise ValueError("slabs need a positive thickness in mm")

    def groups(self, position_mm: tuple[float, ...]) -> tuple[range, ...]:
        """Which neighboring slices make a slab, from their positions (superior first)."""
        count = len(position_mm)
        if count < 2:
            return tuple(range(i, i + 1) for i in range(count))
        steps = [abs(a - b) for a, b in itertools.pairwise(position_mm)]
        steps.append(steps[-1])
        found: list[range] = []
        first = 0
        while first < count:
            end, extent = first + 1, steps[first]
            while end < count and abs(extent + steps[end] - self.thickness_mm) < abs(extent - self.thickness_mm):
                extent += steps[end]
                end += 1
            found.append(range(first, end))
            first = end
        return tuple(found)

    def apply(self, draft: Draft) -> Draft:
        """Average the groups.

        Raises
        ------
        RefusedError
            The series states no positions.
        """
        if draft.position_mm is None:
            raise RefusedError("The series states no slice positions, which this model's preprocessing needs.")
        groups = self.groups(draft.position_mm)
        if len(groups) == len(draft.values):
            return draft
        values = air((len(groups), *draft.values.shape[1:]), np.dtype(np.float32))
        native: list[tuple[int, ...]] = []
        for index, group in enumerate(groups):
            good = [i for i in group if draft.native[i]]
            native.append(tuple(n for i in good for n in draft.native[i]))
            if good:
                values[index] = draft.values[good].mean(axis=0, dtype=np.float32)
        return draft.with_slices(values, tuple(native))
