"""Planes, normals, letters and reports."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.geometry import (
    GeometryReport,
    SeriesWarning,
    SlicePlane,
    Verdict,
    WarningCode,
    direction_letters,
)

AXIAL = SlicePlane((-100.0, -120.0, 30.0), (1, 0, 0), (0, 1, 0), (0.5, 0.8), 400, 250, 5.0)
COS, SIN = math.cos(math.radians(18.5)), math.sin(math.radians(18.5))


@pytest.mark.parametrize(
    ("row", "column", "normal", "angle"),
    [
        ((1, 0, 0), (0, 1, 0), (0, 0, 1), 0),
        ((-1, 0, 0), (0, -1, 0), (0, 0, 1), 0),
        ((1, 0, 0), (0, -1, 0), (0, 0, 1), 0),
        ((1, 0, 0), (0, COS, -SIN), (0, SIN, COS), 18.5),
        ((1, 0, 0), (0, 0, -1), (0, 1, 0), 90),
        ((0, 1, 0), (0, 0, -1), (1, 0, 0), 90),
    ],
)
def test_the_normal_points_to_the_head_whatever_the_position_on_the_table(
    row: tuple[float, ...], column: tuple[float, ...], normal: tuple[float, ...], angle: float
) -> None:
    plane = replace(AXIAL, row_direction=row, column_direction=column)
    assert plane.normal == pytest.approx(normal)
    assert plane.angle_to_axial_deg == pytest.approx(angle)


def test_the_position_along_the_normal_of_a_tilted_slice_is_not_its_z() -> None:
    plane = replace(AXIAL, column_direction=(0, COS, -SIN))
    assert plane.along_normal_mm == pytest.approx(-120 * SIN + 30 * COS)


def test_rows_and_columns_have_their_own_spacing() -> None:
    assert AXIAL.size_mm == (200.0, 200.0)
    assert AXIAL.point_mm(0, 0) == pytest.approx((-100, -120, 30))
    assert AXIAL.point_mm(10, 0) == pytest.approx((-100, -115, 30))
    assert AXIAL.point_mm(0, 10) == pytest.approx((-92, -120, 30))


@pytest.mark.parametrize(
    "change",
    [
        {"position_mm": (0.0, math.nan, 0.0)},
        {"spacing_mm": (0.5, 0.0)},
        {"spacing_mm": (-0.5, 0.5)},
        {"rows": 0},
        {"columns": -1},
        {"row_direction": (0, 0, 0)},
        {"row_direction": (2, 0, 0)},
        {"column_direction": (1, 0, 0)},
        {"column_direction": (0.5, 0.866, 0)},
    ],
)
def test_an_impossible_plane_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"plane|directions"):
        replace(AXIAL, **change)


def test_cosines_with_few_digits_are_accepted() -> None:
    assert replace(AXIAL, column_direction=(0, 0.948, -0.317)).angle_to_axial_deg == pytest.approx(18.5, abs=0.1)


@pytest.mark.parametrize(
    ("direction", "letters"),
    [
        ((1, 0, 0), "L"),
        ((-1, 0, 0), "R"),
        ((0, 1, 0), "P"),
        ((0, -1, 0), "A"),
        ((0, 0, 1), "H"),
        ((0, 0, -1), "F"),
        ((0, COS, -SIN), "PF"),
        ((0, 0.99, 0.1), "P"),
        ((0.2, 0.2, 0.2), "L"),
        ((-0.6, -0.6, 0.53), "RAH"),
    ],
)
def test_letters_name_directions_strongest_first(direction: tuple[float, float, float], letters: str) -> None:
    assert direction_letters(direction) == letters


def test_only_volumes_can_be_scored() -> None:
    assert [verdict for verdict in Verdict if verdict.can_be_scored] == [Verdict.VOLUME, Verdict.VOLUME_WITH_WARNINGS]


def test_a_report_against_a_volume_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        GeometryReport(Verdict.STACK_2D)
    assert GeometryReport(Verdict.REFUSED, "It is.").reason == "It is."


def test_a_report_knows_its_warnings() -> None:
    report = GeometryReport(Verdict.VOLUME_WITH_WARNINGS, warnings=(SeriesWarning(WarningCode.TILT, "Tilted."),))
    assert report.has(WarningCode.TILT)
    assert not report.has(WarningCode.GAP)


def test_a_plane_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        AXIAL.rows = 3  # type: ignore[misc]
    assert np.isfinite(AXIAL.point_mm(1, 1)).all()


def test_a_plane_of_one_pixel_is_a_plane_and_of_none_is_not() -> None:
    place = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 1.0))
    assert SlicePlane(*place, 1, 1).size_mm == (1.0, 1.0)
    for rows, columns in ((0, 1), (1, 0)):
        with pytest.raises(ValueError, match="positive size"):
            SlicePlane(*place, rows, columns)


@pytest.mark.parametrize("lean", [0.6, -0.6])
def test_directions_that_are_not_orthogonal_are_refused_to_either_side(lean: float) -> None:
    with pytest.raises(ValueError, match="orthogonal unit vectors"):
        SlicePlane((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (lean, 0.8, 0.0), (1.0, 1.0), 4, 4)
