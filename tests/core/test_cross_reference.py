"""The line where one slice cuts another, against places known by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.cross_reference import pixel_of, segment
from leukoviewer.core.geometry import SlicePlane

AXIAL = SlicePlane((-40.0, -30.0, 10.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 2.0), 60, 40)
SAGITTAL = SlicePlane((0.0, -50.0, 60.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0), (0.5, 1.0), 240, 100)


def test_an_axial_slice_is_a_level_line_on_a_sagittal_one() -> None:
    found = segment(SAGITTAL, AXIAL)
    assert found is not None
    (row, start), (other_row, end) = sorted(found, key=lambda point: point[1])
    # 50 mm under the first row, 0.5 mm each; from y = -30.5 to 29.5 mm, edge to edge.
    assert row == pytest.approx(100)
    assert other_row == pytest.approx(100)
    assert (start, end) == (pytest.approx(19.5), pytest.approx(79.5))


def test_a_sagittal_slice_is_an_upright_line_on_an_axial_one() -> None:
    found = segment(AXIAL, SAGITTAL)
    assert found is not None
    assert {round(column, 6) for _, column in found} == {20.0}


@pytest.mark.parametrize("degrees", [-20.0, 12.0])
def test_a_tilted_slice_is_a_slanted_line(degrees: float) -> None:
    angle = math.radians(degrees)
    tilted = replace(AXIAL, column_direction=(0.0, math.cos(angle), -math.sin(angle)))
    found = segment(SAGITTAL, tilted)
    assert found is not None
    (row, column), (other_row, other_column) = sorted(found, key=lambda point: point[1])
    slope = (other_row - row) * 0.5 / ((other_column - column) * 1.0)
    assert math.degrees(math.atan(slope)) == pytest.approx(degrees)


def test_the_ends_lie_on_both_slices() -> None:
    found = segment(SAGITTAL, AXIAL)
    assert found is not None
    for point in found:
        place = SAGITTAL.point_mm(*point)
        assert float((place - np.array(AXIAL.position_mm)) @ np.array(AXIAL.normal)) == pytest.approx(0)
        np.testing.assert_allclose(SAGITTAL.point_mm(*pixel_of(SAGITTAL, place)), place)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(AXIAL, position_mm=(-40.0, -30.0, 5.0)), id="parallel"),
        pytest.param(replace(SAGITTAL, position_mm=(0.0, -50.0, -20.0)), id="below the slice"),
    ],
)
def test_slices_that_do_not_meet_have_no_line(other: SlicePlane) -> None:
    assert segment(AXIAL, other) is None
