"""Findings that only the values of a loaded volume can tell: metal, and a head of an unusual size."""

from __future__ import annotations

from collections.abc import Iterator

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


def of_volume(series: Series, hu: HuArray) -> Iterator[SeriesWarning]:
    """What the values of an axial volume say against it.

    Parameters
    ----------
    series : Series
        Its geometry; nothing is said of what is no axial volume.
    hu : array of int16 or float32, shape (slices, rows, columns)
        HU; looked at every 2 mm.
    """
    plane = series.slices[0].plane
    if plane is None or not series.is_volume or series.kind is not SeriesKind.AXIAL:
        return
    strides = tuple(max(1, round(_CELL_MM / spacing)) for spacing in plane.spacing_mm)
    metal, rows, columns = _looked_at(hu, strides)
    height_mm, width_mm = (stride * spacing for stride, spacing in zip(strides, plane.spacing_mm, strict=True))
    metal_ml = metal * height_mm * width_mm * abs(series.report.spacing_mm or 0) / 1000
    if metal_ml >= MIN_METAL_ML:
        yield SeriesWarning(
            WarningCode.METAL,
            f"{metal_ml:.0f} mL are denser than {METAL_HU} HU, which is metal; its streaks may be taken for tissue.",
        )
    side_mm = _longer_mm(rows, columns, height_mm, width_mm)
    if (
        side_mm
        and not series.report.has(WarningCode.UNUSUAL_FIELD_OF_VIEW)
        and not (HEAD_MM[0] <= side_mm <= HEAD_MM[1])
    ):
        yield SeriesWarning(
            WarningCode.UNUSUAL_FIELD_OF_VIEW,
            f"Bone spans {side_mm:.0f} mm in the slices, which is unusual for a head; it may be cut off or not a head.",
        )


def _looked_at(hu: HuArray, strides: tuple[int, ...]) -> tuple[int, NDArray[np.bool_], NDArray[np.bool_]]:
    """Cells of metal, and which rows and which columns of each slice hold bone.

    One slice at a time, its cells brought together: a copy of them all would take memory, and to look at values that
    lie apart takes time whenever it is done.
    """
    metal, rows, columns = 0, [], []
    for plane in hu:
        cells = np.ascontiguousarray(plane[:: strides[0], :: strides[1]])
        bone = cells > BONE_HU
        rows.append(bone.any(axis=1))
        columns.append(bone.any(axis=0))
        metal += int(np.count_nonzero(cells > METAL_HU))
    return metal, np.array(rows), np.array(columns)


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
