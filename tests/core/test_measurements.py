"""Lengths, angles, areas and HU of measurements, against phantoms of known size and HU."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leukoviewer.core.measurements import (
    MAX_TEXT,
    Kind,
    Measurement,
    Points,
    geometry,
    inside,
    measured,
    statistics,
)
from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from tests.phantom import marker_hu, write_phantom

NOT_SQUARE = (0.5, 0.8)


def _volume(folder: Path, **options: object) -> Volume:
    write_phantom(folder, **options)
    return finish(load(finish(discover(folder)).series[0]))


@pytest.mark.parametrize(
    ("points", "length_mm"),
    [
        (((0, 0), (30, 0)), 15.0),
        (((0, 0), (0, 30)), 24.0),
        (((10, 10), (70, 60)), 50.0),
        (((70, 60), (10, 10)), 50.0),
        (((1.5, 2.25), (1.5, 2.25)), 0.0),
    ],
)
def test_a_length_takes_the_spacing_of_rows_and_of_columns(points: Points, length_mm: float) -> None:
    assert geometry(Kind.LENGTH, points, NOT_SQUARE).length_mm == pytest.approx(length_mm, abs=1e-12)


@pytest.mark.parametrize(
    ("points", "angle_deg"),
    [
        (((0, 50), (0, 0), (80, 0)), 90.0),
        (((0, 50), (0, 0), (80, 50)), 45.0),
        (((0, 50), (0, 0), (-80, 50)), 45.0),
        (((0, 50), (0, 0), (0, -10)), 180.0),
        (((0, 50), (0, 0), (0, 10)), 0.0),
        (((0, 50), (0, 0), (80 * math.tan(math.radians(1e-3)), 50)), 1e-3),
    ],
)
def test_an_angle_is_that_in_the_patient_and_not_in_the_matrix(points: Points, angle_deg: float) -> None:
    assert geometry(Kind.ANGLE, points, NOT_SQUARE).angle_deg == pytest.approx(angle_deg, rel=1e-9, abs=1e-12)


def test_an_angle_with_an_arm_of_no_length_has_no_value() -> None:
    assert geometry(Kind.ANGLE, ((1, 1), (1, 1), (5, 5)), NOT_SQUARE).angle_deg is None


@pytest.mark.parametrize(
    ("kind", "points", "area_mm2"),
    [
        (Kind.RECTANGLE, ((10, 10), (30, 60)), 10 * 40),
        (Kind.RECTANGLE, ((30, 10), (10, 60)), 10 * 40),
        (Kind.ELLIPSE, ((10, 10), (30, 60)), math.pi * 5 * 20),
        (Kind.FREEHAND, ((0, 0), (0, 50), (80, 0)), 40 * 40 / 2),
        (Kind.FREEHAND, ((80, 0), (0, 50), (0, 0)), 40 * 40 / 2),
    ],
)
def test_an_area_is_that_of_the_outline(kind: Kind, points: Points, area_mm2: float) -> None:
    assert geometry(kind, points, NOT_SQUARE).area_mm2 == pytest.approx(area_mm2)


def test_an_arrow_measures_nothing() -> None:
    values = measured(Kind.ARROW, ((0, 0), (5, 5)), spacing_mm=NOT_SQUARE, hu=np.zeros((9, 9)))
    assert (values.length_mm, values.angle_deg, values.area_mm2, values.statistics) == (None, None, None, None)


@pytest.mark.parametrize(
    ("kind", "points", "count"),
    [
        (Kind.RECTANGLE, ((1, 1), (3, 4)), 12),
        (Kind.RECTANGLE, ((0.6, 0.6), (3.4, 4.4)), 12),
        (Kind.RECTANGLE, ((1.1, 1.1), (1.9, 1.9)), 0),
        (Kind.RECTANGLE, ((-5, -5), (50, 50)), 100),
        (Kind.RECTANGLE, ((20, 20), (30, 30)), 0),
        (Kind.ELLIPSE, ((2, 2), (6, 6)), 13),
        (Kind.ELLIPSE, ((3, 1), (5, 9)), 9 + 2),
        (Kind.FREEHAND, ((0.5, 0.5), (0.5, 4.5), (3.5, 4.5), (3.5, 0.5)), 12),
        (Kind.FREEHAND, ((0.5, 0.5), (0.5, 6.5), (2.5, 6.5), (2.5, 2.5), (6.5, 2.5), (6.5, 0.5)), 12 + 8),
    ],
)
def test_pixels_count_whose_centers_lie_inside(kind: Kind, points: Points, count: int) -> None:
    assert int(inside(kind, points, (10, 10))[1].sum()) == count


_QUARTERS = st.integers(-8, 56).map(lambda number: number / 4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_QUARTERS, _QUARTERS), min_size=3, max_size=9))
def test_the_inside_of_any_outline_is_that_of_the_even_odd_rule(points: list[tuple[float, float]]) -> None:
    corner, mask = inside(Kind.FREEHAND, tuple(points), (10, 12))
    whole = np.zeros((10, 12), dtype=bool)
    whole[corner[0] : corner[0] + mask.shape[0], corner[1] : corner[1] + mask.shape[1]] = mask
    expected = np.array([[_is_inside(points, row, column) for column in range(12)] for row in range(10)])
    np.testing.assert_array_equal(whole, expected)


def _is_inside(points: list[tuple[float, float]], row: int, column: int) -> bool:
    odd = False
    for (y, x), (end_y, end_x) in zip(points, [*points[1:], points[0]], strict=True):
        if (y <= row) != (end_y <= row) and x + (row - y) / (end_y - y) * (end_x - x) <= column:
            odd = not odd
    return odd


def test_two_outlines_that_share_a_side_share_no_pixel() -> None:
    left = ((0, 0), (0, 4), (8, 4), (8, 0))
    right = ((0, 4), (0, 8), (8, 8), (8, 4))
    counts = [int(inside(Kind.FREEHAND, points, (20, 20))[1].sum()) for points in (left, right)]
    assert counts == [32, 32]


def test_a_length_has_no_inside() -> None:
    with pytest.raises(ValueError, match="no inside"):
        inside(Kind.LENGTH, ((0, 0), (1, 1)), (5, 5))


def test_statistics_are_those_of_the_pixels_themselves() -> None:
    hu = np.arange(100, dtype=np.int16).reshape(10, 10)
    found = statistics(Kind.RECTANGLE, ((2, 3), (4, 5)), hu)
    assert found is not None
    part = hu[2:5, 3:6].astype(float)
    assert (found.count, found.min_hu, found.max_hu) == (9, 23, 45)
    assert found.mean_hu == pytest.approx(part.mean())
    assert found.sd_hu == pytest.approx(math.sqrt(((part - part.mean()) ** 2).sum() / 9))
    assert sum(found.counts) == 9
    assert (found.edges_hu[0], found.edges_hu[-1], len(found.edges_hu)) == (22.5, 45.5, len(found.counts) + 1)


@pytest.mark.parametrize(("most", "bins"), [(1, 1), (20, 20), (32, 32), (33, 17), (64, 32), (1000, 32)])
def test_bins_of_whole_hu_hold_equally_many_values(most: int, bins: int) -> None:
    values = np.arange(most).reshape(1, -1)
    found = statistics(Kind.RECTANGLE, ((0, 0), (0, most - 1)), values)
    assert found is not None
    assert (len(found.counts), sum(found.counts)) == (bins, most)
    assert set(found.counts[:-1]) <= {math.ceil(most / 32)}


def test_bins_of_fractions_span_the_values() -> None:
    values = np.linspace(0.25, 8.5, 64).reshape(8, 8)
    found = statistics(Kind.RECTANGLE, ((0, 0), (7, 7)), values)
    assert found is not None
    assert (found.edges_hu[0], found.edges_hu[-1], len(found.counts), sum(found.counts)) == (0.25, 8.5, 32, 64)
    flat = statistics(Kind.RECTANGLE, ((0, 0), (7, 7)), np.full((8, 8), 0.5))
    assert flat is not None
    assert flat.counts == (64,)


def test_padding_is_no_tissue_and_does_not_count() -> None:
    hu, padding = np.full((10, 10), 40, np.int16), np.zeros((10, 10), bool)
    hu[:, :5], padding[:, :5] = -1024, True
    found = statistics(Kind.RECTANGLE, ((0, 0), (9, 9)), hu, padding=padding)
    assert found is not None
    assert (found.count, found.mean_hu, found.sd_hu, found.counts) == (50, 40, 0, (50,))
    assert statistics(Kind.RECTANGLE, ((0, 0), (9, 3)), hu, padding=padding) is None


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"spacing_mm": (2.0, 3.1), "rows": 80, "columns": 60},
        {"tilt_deg": 18.5},
        {"orientation": "prone"},
        {"orientation": ((0.0, 1.0, 0.0), (1.0, 0.0, 0.0))},
        {"orientation": "coronal"},
    ],
    ids=["plain", "not square", "tilted", "prone", "transposed", "coronal"],
)
def test_a_length_is_the_distance_in_the_patient_and_the_marker_has_its_hu(
    options: dict[str, object], tmp_path: Path
) -> None:
    volume = _volume(tmp_path, slices=3, **options)
    for index, header in enumerate(volume.series.slices):
        plane = header.plane
        assert plane is not None
        ends = ((3.0, 5.0), (41.5, 30.25))
        values = measured(Kind.LENGTH, ends, spacing_mm=plane.spacing_mm)
        assert values.length_mm == pytest.approx(math.dist(plane.point_mm(*ends[0]), plane.point_mm(*ends[1])))
        found = statistics(Kind.RECTANGLE, ((0.6, 0.6), (4.4, 4.4)), volume.hu[index])
        assert found is not None
        assert (found.count, found.mean_hu, found.sd_hu) == (16, marker_hu(_told(volume, index)), 0)


def _told(volume: Volume, index: int) -> int:
    """Which slice of the phantom this is, by the order of the files alone."""
    return int((int(volume.hu[index, 2, 2]) - marker_hu(0)) / (marker_hu(1) - marker_hu(0)))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda: Measurement("a", Kind.LENGTH, ((0, 0),), "1.2"), "points"),
        (lambda: Measurement("a", Kind.ANGLE, ((0, 0), (1, 1)), "1.2"), "points"),
        (lambda: Measurement("a", Kind.FREEHAND, ((0, 0), (1, 1)), "1.2"), "points"),
        (lambda: Measurement("a", Kind.LENGTH, ((0, 0), (math.nan, 1)), "1.2"), "finite"),
        (lambda: Measurement("", Kind.LENGTH, ((0, 0), (1, 1)), "1.2"), "id"),
        (lambda: Measurement("a", Kind.LENGTH, ((0, 0), (1, 1)), ""), "image"),
        (lambda: Measurement("a", Kind.LENGTH, ((0, 0), (1, 1)), "1.2", slice_index=-1), "from 0"),
        (lambda: Measurement("a", Kind.LENGTH, ((0, 0), (1, 1)), "1.2", text="x" * (MAX_TEXT + 1)), "short"),
    ],
)
def test_what_cannot_be_a_measurement_is_refused(change: Callable[[], Measurement], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        change()


def test_a_changed_measurement_keeps_the_rest() -> None:
    one = Measurement("a", Kind.ARROW, ((0, 0), (1, 1)), "1.2", text="here")
    assert one.with_points(((2, 2), (3, 3))).text == "here"
    assert len(one.with_text("y" * 999).text) == MAX_TEXT
    assert one.with_slice(7).points == one.points
