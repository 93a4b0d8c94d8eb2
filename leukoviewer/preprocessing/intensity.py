"""Steps on the values alone: HU to gray, bands, contrast (Cernekova et al., preprocessing A, B and C)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.volume import HuArray
from leukoviewer.preprocessing.draft import Draft


def _unit(values: HuArray, low: float, high: float) -> NDArray[np.float32]:
    """Clip to a range and bring it to 0..1, in float32 alone."""
    least, most = np.float32(low), np.float32(high)
    found = np.clip(values.astype(np.float32), least, most)
    found -= least
    found /= most - least
    return found


@dataclass(frozen=True, slots=True)
class Rescale:
    """Clip HU to a range and bring it to gray 0..1 (the paper: 0..100 HU, divided by 100)."""

    name: ClassVar[str] = "rescale"
    works_on: ClassVar[str] = "hu"

    low_hu: float = 0.0
    high_hu: float = 100.0

    def __post_init__(self) -> None:
        if not self.low_hu < self.high_hu:
            raise ValueError("the range in HU must grow")

    def apply(self, draft: Draft) -> Draft:
        """Gray values, float32 in 0..1."""
        return draft.with_values(_unit(draft.values, self.low_hu, self.high_hu))


@dataclass(frozen=True, slots=True)
class KeepBand:
    """Set gray at or below ``low`` and at or above ``high`` to 0, keep what lies between (the paper's B).

    The paper prints "0 otherwise"; that would empty the image and is read as "the value otherwise".
    """

    name: ClassVar[str] = "keep_band"
    works_on: ClassVar[str] = "gray"

    low: float = 0.18
    high: float = 0.8

    def __post_init__(self) -> None:
        if not 0 <= self.low < self.high:
            raise ValueError("the band must grow")

    def apply(self, draft: Draft) -> Draft:
        """The band."""
        values = draft.values.astype(np.float32)
        values[(values <= np.float32(self.low)) | (values >= np.float32(self.high))] = 0
        return draft.with_values(values)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stretch a band of gray to 0..1, as skimage's ``rescale_intensity`` with ``in_range`` (the paper's C)."""

    name: ClassVar[str] = "stretch"
    works_on: ClassVar[str] = "gray"

    low: float = 0.15
    high: float = 0.65

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError("the band must grow")

    def apply(self, draft: Draft) -> Draft:
        """The stretched values; what lies at or above ``high`` is exactly 1."""
        return draft.with_values(_unit(draft.values, self.low, self.high))


@dataclass(frozen=True, slots=True)
class RemoveWhite:
    """Set full white (gray 1) to 0, the last of the paper's C: all at or above the stretched band becomes 0."""

    name: ClassVar[str] = "remove_white"
    works_on: ClassVar[str] = "gray"

    white: float = 1.0

    def __post_init__(self) -> None:
        if self.white <= 0:
            raise ValueError("white lies above 0")

    def apply(self, draft: Draft) -> Draft:
        """The values without white."""
        values = draft.values.astype(np.float32)
        values[values >= np.float32(self.white)] = 0
        return draft.with_values(values)
