"""Reformats lie where they say: to 0.01 mm, for tilted, turned and unequally spaced slices; off where they cannot."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from leukoviewer.core.geometry import (
    GeometryReport,
    SeriesWarning,
    SlicePlane,
    Vector,
    Verdict,
    WarningCode,
    direction_letters,
)
from leukoviewer.core.reformat import Axis, Reformat, why_not
from leukoviewer.core.series import Patient, PixelFormat, Series, SeriesKind, SliceHeader
from leukoviewer.core.volume import AIR_HU

PIXELS = PixelFormat(40, 36, 1, 16, 16, 15, True, "MONOCHROME2", "1.2.840.10008.1.2.1")
ROWS, COLUMNS = 40, 36
NEAR_MM = 0.01


def series(
    heights_mm: list[float],
    *,
    row: Vector = (1.0, 0.0, 0.0),
    column: Vector = (0.0, 1.0, 0.0),
    spacing_mm: tuple[float, float] = (2.0, 2.5),
    **changes: object,
) -> Series:
    """Slices that move along the table, whatever their tilt."""
    headers = tuple(
        SliceHeader(
            Path("x"), f"1.{i}", i, SlicePlane((-40.0, -30.0, z), row, column, spacing_mm, ROWS, COLUMNS),
            1.0, 0.0, None, None, PIXELS,
        )
        for i, z in enumerate(heights_mm)
    )  # fmt: skip
    values = {"report": GeometryReport(Verdict.VOLUME), **changes}
    return Series("1", "1", "1", SeriesKind.AXIAL, Patient(), headers, **values)  # type: ignore[arg-type]


def tilted(degrees: float) -> Vector:
    """Direction of a column when the gantry is tilted about the rows."""
    return (0.0, math.cos(math.radians(degrees)), -math.sin(math.radians(degrees)))


def even(step_mm: float = 5.0, count: int = 14) -> list[float]:
    """Heights of slices, superior first."""
    return [100.0 - step_mm * i for i in range(count)]


TURNED = ((math.cos(0.2), math.sin(0.2), 0.0), (-math.sin(0.2), math.cos(0.2), 0.0))
CASES = {
    "plain": series(even()),
    "thin": series(even(0.7, 60), spacing_mm=(0.9, 0.9)),
    "tilted": series(even(), column=tilted(18.0)),
    "tilted back": series(even(), column=tilted(-23.0)),
    "pixels that are not square": series(even(3.0), spacing_mm=(1.2, 3.1), column=tilted(11.0)),
    "unequal distances": series([100.0, 93.0, 86.0, 79.0, 75.0, 71.0, 67.0], column=tilted(20.0)),
    "turned head": series(even(), row=TURNED[0], column=TURNED[1]),
    "prone": series(even(), row=(-1.0, 0.0, 0.0), column=(0.0, -1.0, 0.0)),
    "coronal slices": series(even(), row=(1.0, 0.0, 0.0), column=(0.0, 0.0, -1.0)),
}


def spread(one: Series) -> Series:
    """Coronal slices lie one behind the other from front to back, not over each other."""
    headers = tuple(
        replace(header, plane=replace(header.plane, position_mm=(-40.0, -30.0 + 5 * i, 100.0)))  # type: ignore[type-var]
        for i, header in enumerate(one.slices)
    )
    return replace(one, slices=headers)


CASES["coronal slices"] = spread(CASES["coronal slices"])


def voxels_mm(one: Series) -> NDArray[np.float64]:
    """Patient coordinates of all voxel centers from the headers alone, shape (3, slices, rows, columns)."""
    at = np.empty((3, len(one.slices), ROWS, COLUMNS))
    for index, header in enumerate(one.slices):
        plane = header.plane
        assert plane is not None
        down = np.arange(ROWS)[:, None, None] * plane.spacing_mm[0] * np.array(plane.column_direction)
        across = np.arange(COLUMNS)[None, :, None] * plane.spacing_mm[1] * np.array(plane.row_direction)
        at[:, index] = np.moveaxis(np.array(plane.position_mm) + down + across, -1, 0)
    return at


def grid_mm(plane: SlicePlane) -> NDArray[np.float64]:
    """Patient coordinates of all pixel centers of a plane, shape (3, rows, columns)."""
    rows, columns = np.mgrid[: plane.rows, : plane.columns]
    down = np.array(plane.column_direction)[:, None, None] * rows * plane.spacing_mm[0]
    across = np.array(plane.row_direction)[:, None, None] * columns * plane.spacing_mm[1]
    grid: NDArray[np.float64] = np.array(plane.position_mm)[:, None, None] + down + across
    return grid


@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize("name", CASES)
def test_every_pixel_holds_what_lies_at_its_place_in_the_patient(name: str, axis: Axis) -> None:
    one = CASES[name]
    reformat = Reformat.from_series(one)
    places = voxels_mm(one)
    # Near the middle but between rows, columns and slices.
    at_mm = reformat.point_mm(reformat.shape[0] / 2 - 0.37, 19.3, 17.6)
    plane = reformat.plane(axis, at_mm)
    grid = grid_mm(plane)
    seen = 0
    for coordinate in range(3):
        # A volume whose values are its own coordinates.
        values = reformat.sample(places[coordinate].astype(np.float32), plane)
        # Between the outermost centers; the half voxels around them hold the edge's own value.
        inverse = np.array([reformat.voxel_at(point) for point in grid.reshape(3, -1)[:, ::37].T])
        limits = np.array(reformat.shape) - 1
        inside = np.all((inverse >= 0) & (inverse <= limits), axis=1)
        wrong = np.abs(values.reshape(-1)[::37] - grid[coordinate].reshape(-1)[::37])
        assert wrong[inside].max() <= NEAR_MM
        seen += int(inside.sum())
    assert seen > 30


@pytest.mark.parametrize("axis", Axis)
@pytest.mark.parametrize("name", ["plain", "tilted", "unequal distances", "turned head"])
def test_numbered_markers_are_found_at_their_places(name: str, axis: Axis) -> None:
    one = CASES[name]
    reformat = Reformat.from_series(one)
    places = voxels_mm(one)
    voxels = [(2, 8, 9), (3, 30, 12), (4, 20, 28), (5, 12, 24)]
    hu = np.full(reformat.shape, -1000, dtype=np.int16)
    for number, voxel in enumerate(voxels, start=1):
        hu[voxel] = 100 * number
    for number, voxel in enumerate(voxels, start=1):
        true_mm = places[(slice(None), *voxel)]
        np.testing.assert_allclose(reformat.point_mm(*voxel), true_mm, atol=NEAR_MM)
        np.testing.assert_allclose(reformat.voxel_at(true_mm), voxel, atol=1e-6)
        plane = reformat.plane(axis, true_mm)
        # A plane of one pixel at the marker itself: its number, to the last digit.
        spot = replace(plane, position_mm=tuple(float(v) for v in true_mm), rows=1, columns=1)
        assert reformat.sample(hu, spot)[0, 0] == 100 * number
        # By itself, since a brighter one may shine into its plane.
        alone = np.full(reformat.shape, -1000, dtype=np.int16)
        alone[voxel] = 3000
        picture = reformat.sample(alone, plane)
        row, column = np.unravel_index(int(np.argmax(picture)), picture.shape)
        away = np.array(plane.point_mm(float(row), float(column))) - true_mm
        assert away[axis.normal] == pytest.approx(0, abs=NEAR_MM)
        assert np.abs(away).max() <= plane.spacing_mm[0]


def test_the_center_of_a_smooth_ball_is_found_to_a_hundredth_of_a_mm_in_a_tilted_scan() -> None:
    one = series([40.0 - 1.5 * i for i in range(40)], column=tilted(17.0), spacing_mm=(1.5, 1.5))
    reformat, places = Reformat.from_series(one), voxels_mm(one)
    center = reformat.point_mm(19.0, 20.0, 18.0)
    away = places - center[:, None, None, None]
    hu = (3000 * np.exp(-(away**2).sum(axis=0) / (2 * 4.5**2))).astype(np.float32)
    for axis in Axis:
        plane = reformat.plane(axis, center)
        picture = reformat.sample(hu, plane).clip(min=0).astype(np.float64)
        found = (grid_mm(plane) * picture).sum(axis=(1, 2)) / picture.sum()
        np.testing.assert_allclose(found, center, atol=NEAR_MM)


def test_whole_numbers_stay_whole_and_outside_is_air() -> None:
    reformat = Reformat.from_series(CASES["tilted"])
    hu = np.full(reformat.shape, 37, dtype=np.int16)
    picture = reformat.sample(hu, reformat.plane(Axis.SAGITTAL, reformat.middle_mm))
    assert picture.dtype == np.int16
    # The corners of the upright box lie outside of the slanted stack.
    assert set(np.unique(picture)) == {AIR_HU, 37}


def test_the_plane_covers_the_whole_volume_with_its_outer_edges() -> None:
    reformat = Reformat.from_series(CASES["plain"])
    picture = reformat.sample(
        np.full(reformat.shape, 37, dtype=np.int16), reformat.plane(Axis.CORONAL, reformat.middle_mm)
    )
    assert picture.shape == (14 * 5 / 2, COLUMNS * 2.5 / 2)
    assert (picture == 37).all()


@pytest.mark.parametrize(("axis", "letters"), [(Axis.AXIAL, "LP"), (Axis.CORONAL, "LF"), (Axis.SAGITTAL, "PF")])
def test_planes_hang_as_radiologists_expect(axis: Axis, letters: str) -> None:
    plane = Reformat.from_series(CASES["turned head"]).plane(axis, np.zeros(3))
    assert direction_letters(plane.row_direction) + direction_letters(plane.column_direction) == letters


def _shifted(one: Series, index: int, by_mm: tuple[float, float, float]) -> Series:
    headers = list(one.slices)
    plane = headers[index].plane
    assert plane is not None
    moved = tuple(a + b for a, b in zip(plane.position_mm, by_mm, strict=True))
    headers[index] = replace(headers[index], plane=replace(plane, position_mm=moved))
    return replace(one, slices=tuple(headers))


def _reported(*codes: WarningCode) -> GeometryReport:
    return GeometryReport(Verdict.VOLUME_WITH_WARNINGS, warnings=tuple(SeriesWarning(code, "x") for code in codes))


REFUSED = {
    "verdict": (replace(CASES["plain"], report=GeometryReport(Verdict.STACK_2D, "Positions are missing.")), "missing"),
    "gap": (replace(CASES["plain"], report=_reported(WarningCode.GAP)), "gap"),
    "too few": (replace(CASES["plain"], slices=CASES["plain"].slices[:2]), "at least 3 slices"),
    "one beside the others": (_shifted(CASES["plain"], 5, (0.5, 0.0, 0.0)), "straight row"),
    "two at one place": (_shifted(CASES["plain"], 5, (0.0, 0.0, 5.0)), "straight row"),
    "all at one place": (series([10.0] * 5), "straight row"),
    "no place": (
        replace(
            CASES["plain"],
            slices=(*CASES["plain"].slices[:-1], replace(CASES["plain"].slices[-1], plane=None)),
        ),
        "position",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_where_the_geometry_forbids_it_the_reason_is_told(name: str) -> None:
    one, words = REFUSED[name]
    reason = why_not(one)
    assert words in reason
    assert reason.endswith(".")
    with pytest.raises(ValueError, match="Reformats are off"):
        Reformat.from_series(one)


def test_a_slice_that_could_not_be_read_forbids_it() -> None:
    assert "slice 4 could not be read" in why_not(CASES["plain"], broken=(3,))


@pytest.mark.parametrize("name", CASES)
def test_tilt_and_unequal_distances_do_not_forbid_it(name: str) -> None:
    assert why_not(CASES[name]) == ""


def test_another_volume_is_refused() -> None:
    reformat = Reformat.from_series(CASES["plain"])
    with pytest.raises(ValueError, match="is not that of the series"):
        reformat.sample(np.zeros((3, 3, 3), np.int16), reformat.plane(Axis.AXIAL, reformat.middle_mm))


def test_a_point_is_held_inside_the_box() -> None:
    reformat = Reformat.from_series(CASES["plain"])
    low, high = reformat.box_mm
    np.testing.assert_array_equal(reformat.held(np.array([-999.0, 0.0, 999.0])), [low[0], 0.0, high[2]])
