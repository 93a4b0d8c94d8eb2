"""Metal and heads of an unusual size, on arrays of known measures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Verdict, WarningCode
from leukoviewer.core.series import Patient, PixelFormat, Series, SeriesKind, SliceHeader
from leukoviewer.dicom.volume_findings import of_volume

SLICES, ROWS, COLUMNS = 5, 120, 100


def series(spacing_mm: tuple[float, float] = (2.0, 2.0), **changes: object) -> Series:
    pixels = PixelFormat(ROWS, COLUMNS, 1, 16, 16, 15, True, "MONOCHROME2", "1.2.840.10008.1.2.1", 0, 0)
    plane = SlicePlane((0, 0, 0), (1, 0, 0), (0, 1, 0), spacing_mm, ROWS, COLUMNS)
    header = SliceHeader(Path("x"), "1", 1, plane, 1.0, 0.0, None, None, pixels)
    made = Series(
        "1", "1", "1", SeriesKind.AXIAL, Patient(), (header,) * SLICES, GeometryReport(Verdict.VOLUME, spacing_mm=5.0)
    )
    return replace(made, **changes)


def volume(hu: int, rows: slice, columns: slice) -> np.ndarray:
    made = np.full((SLICES, ROWS, COLUMNS), -1000, np.int16)
    made[:, rows, columns] = hu
    return made


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (slice(0, 49), slice(0, 49), "98 mm"), (slice(0, 50), slice(0, 50), ""), (slice(0, 1), slice(0, 50), ""),
        (slice(5, 55), slice(7, 8), ""), (slice(0, 120), slice(0, 1), ""), (slice(3, 3), slice(0, 9), ""),
    ],
)  # fmt: skip
def test_the_longer_side_of_the_bones_is_100_to_250_mm(rows: slice, columns: slice, words: str) -> None:
    found = list(of_volume(series(), volume(251, rows, columns)))
    assert [one.code for one in found] == ([WarningCode.UNUSUAL_FIELD_OF_VIEW] if words else [])
    assert all(words in one.message for one in found)


@pytest.mark.parametrize(("spacing", "words"), [(2.0, ""), (2.08, ""), (2.1, "252 mm")])
def test_too_large_a_head_is_named(spacing: float, words: str) -> None:
    found = list(of_volume(series((spacing, spacing)), volume(1000, slice(0, 120), slice(0, 50))))
    assert [words in one.message for one in found] == ([True] if words else [])


@pytest.mark.parametrize(("rows", "is_named"), [(100, False), (101, True)])
def test_a_head_of_250_mm_is_usual(rows: int, is_named: bool) -> None:
    found = list(of_volume(series((2.5, 2.5)), volume(1000, slice(0, rows), slice(0, 9))))
    assert bool(found) == is_named


def test_250_hu_are_no_bone_and_a_series_without_bone_is_not_judged() -> None:
    assert list(of_volume(series(), volume(250, slice(0, 3), slice(0, 3)))) == []


def test_slices_without_bone_have_no_say() -> None:
    hu = volume(1000, slice(0, 60), slice(0, 60))
    hu[:4] = -1000
    assert list(of_volume(series(), hu)) == []


# A cell of 2 x 2 mm in 5 slices 5 mm apart is 0.1 mL.
@pytest.mark.parametrize(
    ("hu", "cells", "words"), [(3001, 10, "1 mL"), (3001, 9, ""), (3000, 50, ""), (3071, 55, "6 mL")]
)
def test_a_milliliter_above_3000_hu_is_metal(hu: int, cells: int, words: str) -> None:
    found = list(of_volume(series(), volume(hu, slice(0, cells), slice(0, 1))))
    metal = [one.message for one in found if one.code is WarningCode.METAL]
    assert [one.startswith(f"{words} are denser than 3000 HU") for one in metal] == ([True] if words else [])


def test_fine_pixels_are_looked_at_every_two_millimeters() -> None:
    hu = volume(3500, slice(0, 80), slice(0, 80))
    (metal, small) = of_volume(series((0.5, 0.5)), hu)
    assert metal.message.startswith("40 mL")
    assert "40 mm" in small.message


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": SeriesKind.NON_AXIAL},
        {"report": GeometryReport(Verdict.STACK_2D, "why")},
        {"slices": tuple(replace(one, plane=None) for one in series().slices)},
    ],
)
def test_nothing_is_said_of_what_is_no_axial_volume(changes: dict) -> None:
    assert list(of_volume(series(**changes), volume(3500, slice(0, 9), slice(0, 9)))) == []
