"""Findings that only the values of a loaded volume can tell: metal, and a head of an unusual size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.core.volume import HuArray

METAL_HU = 3000
# Fillings of teeth and clips are smaller; this much throws streaks over whole slices.
MIN_METAL_ML = 1.0
BONE_HU = 250
# The longer side of a head's bones, in the slices that show them.
HEAD_MM = (100.0, 250.0)
_CELL_MM = 2.0


class Look:
    """Looks at the slices of a volume one by one, best as soon as each is there: then its values lie in the cache.

    Parameters
    ----------
    series : Series
        Its geometry; nothing is said of what is no axial volume.
    """

    def __init__(self, series: Series) -> None:
        plane = series.slices[0].plane
        self._series = series
        self._is_wanted = plane is not None and series.is_volume and series.kind is SeriesKind.AXIAL
        spacing_mm = (1.0, 1.0) if plane is None else plane.spacing_mm
        down, across = (max(1, round(_CELL_MM / spacing)) for spacing in spacing_mm)
        self._strides = down, across
        self._cell_mm = down * spacing_mm[0], across * spacing_mm[1]
        self._metal = 0
        self._rows: list[NDArray[np.int16]] = []
        self._columns: list[NDArray[np.int16]] = []

    def add(self, plane: HuArray) -> None:
        """Count cells of metal of a slice (rows, columns) in HU, and note the highest HU of each row and column."""
        if not self._is_wanted:
            return
        # Brought together first: to look at values that lie apart takes time whenever it is done.
        cells = cast("NDArray[np.int16]", np.ascontiguousarray(plane[:: self._strides[0], :: self._strides[1]]))
        # Two walks in the slices' own type, by ufuncs: what is bone and metal is told from the highest of each line.
        self._columns.append(np.maximum.reduce(cells, axis=0))
        self._rows.append(rows := np.maximum.reduce(cells, axis=1))
        if rows.max() > METAL_HU:
            self._metal += int(np.count_nonzero(cells > METAL_HU))

    def warnings(self) -> Iterator[SeriesWarning]:
        """What the values of the slices that were added say against an axial volume."""
        if not self._is_wanted or not self._rows:
            return
        height_mm, width_mm = self._cell_mm
        metal_ml = self._metal * height_mm * width_mm * abs(self._series.report.spacing_mm or 0) / 1000
        if metal_ml >= MIN_METAL_ML:
            yield SeriesWarning(
                WarningCode.METAL,
                f"{metal_ml:.0f} mL are denser than {METAL_HU} HU, which is metal; its streaks may be taken for "
                "tissue.",
            )
        rows, columns = (np.array(highest) > BONE_HU for highest in (self._rows, self._columns))
        side_mm = _longer_mm(rows, columns, height_mm, width_mm)
        if (
            side_mm
            and not self._series.report.has(WarningCode.UNUSUAL_FIELD_OF_VIEW)
            and not (HEAD_MM[0] <= side_mm <= HEAD_MM[1])
        ):
            yield SeriesWarning(
                WarningCode.UNUSUAL_FIELD_OF_VIEW,
                f"Bone spans {side_mm:.0f} mm in the slices, which is unusual for a head; it may be cut off or not a "
                "head.",
            )


def of_volume(series: Series, hu: HuArray) -> Iterator[SeriesWarning]:
    """What the values of an axial volume say against it.

    Parameters
    ----------
    series : Series
        See :class:`Look`.
    hu : array of int16 or float32, shape (slices, rows, columns)
        HU; looked at every 2 mm.
    """
    look = Look(series)
    for plane in hu:
        look.add(plane)
    yield from look.warnings()


def _longer_mm(rows: NDArray[np.bool_], columns: NDArray[np.bool_], height_mm: float, width_mm: float) -> float:
    """The longer side of the box around bone, median over the slices that show any, in mm; 0 without bone."""
    sides = np.maximum(_extents(rows) * height_mm, _extents(columns) * width_mm)
    shown = sides[sides > 0]
    return float(np.median(shown)) if shown.size else 0.0


def _extents(lines: NDArray[np.bool_]) -> NDArray[np.intp]:
    """From the first to the last true value of each line, both included; 0 for a line without any."""
    first, behind = lines.argmax(axis=1), lines[:, ::-1].argmax(axis=1)
    found: NDArray[np.intp] = np.where(lines.any(axis=1), lines.shape[1] - behind - first, 0)
    return found
