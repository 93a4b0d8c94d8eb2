"""Which slice stands beside which: by mm in one frame of reference, by the share of the way otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Vector, Verdict
from leukoviewer.core.linking import Anchor, LinkedBy, match
from leukoviewer.core.series import Patient, PixelFormat, Series, SeriesKind, SliceHeader

PIXELS = PixelFormat(8, 8, 1, 16, 16, 15, False, "MONOCHROME2", "1.2.840.10008.1.2.1")


def stack(key: str, heights_mm: list[float], *, frame: str = "1.2", column: Vector = (0.0, 1.0, 0.0)) -> Series:
    """Slices of 8 x 8 px of 10 mm at these heights, superior first."""
    planes = [SlicePlane((-35.0, -35.0, z), (1.0, 0.0, 0.0), column, (10.0, 10.0), 8, 8) for z in heights_mm]
    headers = tuple(
        SliceHeader(Path(f"{i}.dcm"), f"1.{i}", i, plane, 1.0, 0.0, None, None, PIXELS)
        for i, plane in enumerate(planes)
    )
    report = GeometryReport(Verdict.VOLUME)
    return Series(key, "1", key, SeriesKind.AXIAL, Patient(), headers, report, frame_of_reference_uid=frame)


FIVE = stack("five", [50.0, 45.0, 40.0, 35.0, 30.0, 25.0, 20.0])


def test_the_same_series_shows_the_same_slice() -> None:
    found = match(3, FIVE, FIVE)
    assert (found.by, found.index) == (LinkedBy.SAME_SERIES, 3)


@pytest.mark.parametrize(("index", "other", "off_mm"), [(0, 0, 2.0), (2, 5, 0.0), (4, 7, 4.0), (6, 7, 14.0)])
def test_in_one_frame_the_nearest_slice_in_mm_is_found(index: int, other: int, off_mm: float) -> None:
    thin = stack("thin", [48.0, 47.0, 46.0, 44.0, 42.0, 40.0, 38.0, 34.0])
    found = match(index, FIVE, thin)
    assert (found.by, found.index) == (LinkedBy.POSITION, other)
    assert found.off_mm == pytest.approx(off_mm)


def test_a_tilted_stack_is_compared_at_the_middle_of_the_slice() -> None:
    # 20 degrees about x: the first corner of a slice lies 12 mm above its middle.
    tilted = stack("tilted", [55.0, 50.0, 45.0, 40.0], column=(0.0, 0.9396926, -0.3420201))
    middles = [55.0 - 35 * 0.3420201, 50 - 35 * 0.3420201, 45 - 35 * 0.3420201, 40 - 35 * 0.3420201]
    index = match(2, FIVE, tilted).index  # its middle at 40 mm
    # Along the tilted normal, from (0, 0, 40) to the plane through (0, -2.1, middle).
    assert index == min(range(4), key=lambda i: abs((middles[i] - 40.0) * 0.94 - 2.1 * 0.34))


@pytest.mark.parametrize("frame", ["", "9.9"])
@pytest.mark.parametrize(("index", "other"), [(0, 0), (3, 2), (6, 3)])
def test_between_two_frames_the_share_of_the_way_counts(frame: str, index: int, other: int) -> None:
    found = match(index, FIVE, stack("other", [350.0, 340.0, 330.0, 320.0], frame=frame))
    assert (found.by, found.index) == (LinkedBy.FRACTION, other)
    assert found.reason


def test_no_frame_at_all_is_no_common_frame() -> None:
    first, second = stack("a", [10.0, 5.0], frame=""), stack("b", [5.0, 0.0], frame="")
    assert match(1, first, second).by is LinkedBy.FRACTION


def test_a_slice_without_a_place_leaves_the_share_of_the_way() -> None:
    other = stack("other", [50.0, 40.0, 30.0])
    holed = replace(other, slices=(other.slices[0], replace(other.slices[1], plane=None), other.slices[2]))
    assert match(6, FIVE, holed) == match(6, FIVE, replace(holed, key="again"))
    assert match(6, FIVE, holed).by is LinkedBy.FRACTION


def test_stacks_across_are_not_linked() -> None:
    found = match(2, FIVE, stack("coronal", [50.0, 40.0], column=(0.0, 0.0, -1.0)))
    assert (found.by, found.index) == (LinkedBy.NOTHING, None)


def test_a_single_slice_is_matched_without_a_fault() -> None:
    assert match(0, stack("one", [40.0]), FIVE).index == 2
    assert match(0, stack("one", [40.0], frame="9"), FIVE).index == 0


@pytest.mark.parametrize(("index", "beside"), [(2, 3), (3, 5), (0, 0), (6, 7)])
def test_from_two_slices_that_the_reader_set_the_way_counts_in_mm(index: int, beside: int) -> None:
    thin = stack("thin", [148.0, 145.5, 143.0, 140.5, 138.0, 135.5, 133.0, 130.5], frame="1.9")
    found = match(index, FIVE, thin, anchor=Anchor(2, 3))
    assert (found.by, found.index) == (LinkedBy.ANCHOR, beside)
    assert match(3, thin, FIVE, anchor=Anchor(2, 3).turned).index == 2


def test_without_positions_slices_count_from_where_the_reader_set_them() -> None:
    bare = replace(FIVE, key="bare", slices=tuple(replace(one, plane=None) for one in FIVE.slices))
    found = [match(index, FIVE, bare, anchor=Anchor(1, 4)).index for index in (0, 1, 3, 6)]
    assert found == [3, 4, 6, 6]
