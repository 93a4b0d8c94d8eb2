"""Cases 1 to 11: the order of slices, copies, splits, gaps and distances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pydicom.dataset import Dataset

from leukoviewer.core.geometry import Verdict, WarningCode
from tests.dicom_cases.reading import Desk, check, codes, own_uid, sentence, shown_markers
from tests.phantom import Phantom

W = WarningCode


def part(phantom: Phantom, kept: slice) -> Phantom:
    """Some slices of a phantom."""
    return replace(
        phantom, hu=phantom.hu[kept], positions_mm=phantom.positions_mm[kept], sop_uids=phantom.sop_uids[kept]
    )


@pytest.mark.case(1)
@pytest.mark.parametrize("instances", ["superior_first", "inferior_first", "shuffled", "absent"])
def test_case_01_position_orders_slices_and_instance_numbers_do_not(desk: Desk, instances: str) -> None:
    def strip(data: Dataset, index: int) -> None:
        del data.InstanceNumber

    phantom = desk.write(edit=strip) if instances == "absent" else desk.write(instance_order=instances)
    assert shown_markers(check(desk, desk.only(), phantom)) == list(range(10))


@pytest.mark.case(2)
def test_case_02_both_orders_of_files_give_one_volume_head_first(desk: Desk) -> None:
    volumes = []
    for folder, order in (("a", "superior_first"), ("b", "inferior_first")):
        own = Desk(desk.path / folder, desk.arrangement, desk.decoder)
        phantom = own.write(instance_order=order)
        volumes.append(check(own, own.only(), phantom))
    assert np.array_equal(volumes[0].hu, volumes[1].hu)
    heights = [one.plane.position_mm[2] for one in volumes[0].series.slices]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.case(3)
def test_case_03_a_missing_position_makes_a_stack_by_number_with_a_banner(desk: Desk) -> None:
    phantom = desk.write(without_position=(4, 7), instance_order="superior_first")
    series = desk.only()
    assert codes(series) == [W.POSITION_MISSING, W.ORDER_BY_INSTANCE_NUMBER]
    assert series.report.verdict is Verdict.STACK_2D
    assert series.report.reason == "2 of 10 slices have no position in space."
    assert series.report.warnings[0].slices == (4, 7)
    assert (series.report.spacing_mm, series.report.tilt_deg) == (None, 0.0)
    assert np.array_equal(desk.load(series).hu, phantom.hu)


@pytest.mark.case(4)
def test_case_04_exact_copies_are_dropped_and_counted(desk: Desk) -> None:
    phantom = desk.write(duplicated=(2, 5, 9))
    series = desk.only()
    check(desk, series, phantom, warnings=[W.DUPLICATE_FILES])
    assert sentence(series, W.DUPLICATE_FILES) == "3 exact copies of images left out."


@pytest.mark.case(4)
def test_case_04_one_identifier_with_two_pictures_is_refused(desk: Desk) -> None:
    desk.write("a")
    desk.write("b", slices=2, brain=False)
    series = desk.only()
    assert series.report.verdict is Verdict.REFUSED
    assert series.report.reason == "2 images carry the identifier of another image and show something else."


@pytest.mark.case(5)
@pytest.mark.parametrize(
    "second",
    [
        {"acquisition": 2},
        {"kernel": "H60s"},
        {"thickness_mm": 4.9},
        {"extra": {"ContentTime": "101500"}},
    ],
)
def test_case_05_images_at_one_position_are_split_by_what_tells_them_apart(desk: Desk, second: dict) -> None:
    first = desk.write("a")
    other = desk.write("b", **{"edit": own_uid, "slope": 2.0, "intercept": -1000.0, **second})
    found = desk.catalog().series
    assert sorted(one.key[-2:] for one in found) == ["#1", "#2"]
    by_first = {one.slices[0].sop_instance_uid: one for one in found}
    for phantom in (first, other):
        check(desk, by_first[phantom.sop_uids[0]], phantom)


@pytest.mark.case(5)
def test_case_05_what_nothing_tells_apart_is_shown_apart_and_never_averaged(desk: Desk) -> None:
    first = desk.write("a")
    other = desk.write("b", edit=own_uid, slope=2.0, intercept=-1000.0)
    series = desk.only()
    assert series.report.verdict is Verdict.STACK_2D
    assert codes(series) == [W.DUPLICATE_POSITIONS]
    assert series.report.reason == ("Several images lie at one position (10 pairs, the first are slices 1 and 2).")
    known = {one.tobytes() for one in (*first.hu, *other.hu)}
    assert {one.astype(np.float32).tobytes() for one in desk.load(series).hu} == known


@pytest.mark.case(6)
def test_case_06_interleaved_acquisitions_are_split_when_that_cures_the_spacing(desk: Desk) -> None:
    phantom = desk.write(slices=12, steps_mm=[2, 3] * 5 + [2], acquisition=[1, 2] * 6)
    found = sorted(desk.catalog().series, key=lambda one: one.key)
    assert [len(one.slices) for one in found] == [6, 6]
    for series in found:
        start = phantom.sop_uids.index(series.slices[0].sop_instance_uid)
        check(desk, series, part(phantom, slice(start, None, 2)))


@pytest.mark.case(6)
def test_case_06_interleaved_acquisitions_that_stay_uneven_are_not_split(desk: Desk) -> None:
    phantom = desk.write(steps_mm=[2, 3, 2, 3.5, 2, 3, 1.5, 3, 2], acquisition=[1, 2] * 5, thickness_mm=None)
    check(desk, desk.only(), phantom, warnings=[W.IRREGULAR_SPACING])


@pytest.mark.case(7)
@pytest.mark.parametrize(
    ("options", "warnings"),
    [
        ({"acquisition": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]}, []),
        ({"acquisition": list(range(10))}, []),
        ({"acquisition": [1, 2] * 5}, []),
        ({"acquisition": [1] * 4 + [2] * 6, "steps_mm": [10] * 4 + [5] * 5, "thickness_mm": None},
         [W.IRREGULAR_SPACING]),
        ({"acquisition": [1] * 5 + [2] * 5, "steps_mm": [7] * 4 + [1.1] + [4] * 4, "thickness_mm": None},
         [W.IRREGULAR_SPACING]),
    ],
)  # fmt: skip
def test_case_07_acquisitions_that_stack_stay_one_series(desk: Desk, options: dict, warnings: list) -> None:
    phantom = desk.write(**options)
    check(desk, desk.only(), phantom, warnings=warnings)


@pytest.mark.case(8)
@pytest.mark.parametrize(
    ("missing", "words", "between"),
    [
        ((4,), "1 slice missing between slices 4 and 5 (10.0 mm apart, 5.0 mm around).", (3, 4)),
        ((4, 5), "2 slices missing between slices 4 and 5 (15.0 mm apart, 5.0 mm around).", (3, 4)),
        ((1,), "1 slice missing between slices 1 and 2 (10.0 mm apart, 5.0 mm around).", (0, 1)),
    ],
)
def test_case_08_a_gap_is_named_with_its_place(desk: Desk, missing: tuple, words: str, between: tuple) -> None:
    phantom = desk.write(missing=missing)
    series = desk.only()
    volume = check(desk, series, phantom, warnings=[W.IRREGULAR_SPACING, W.GAP])
    assert sentence(series, W.GAP) == words
    assert series.report.warnings[1].slices == between
    assert shown_markers(volume) == [i for i in range(10) if i not in missing]


@pytest.mark.case(9)
def test_case_09_a_base_of_5_and_a_vault_of_10_mm_keep_their_true_places(desk: Desk) -> None:
    phantom = desk.write(thickness_mm=[10] * 4 + [5] * 6, steps_mm=[10] * 4 + [5] * 5)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.MIXED_THICKNESS, W.IRREGULAR_SPACING])
    assert series.report.steps_mm == pytest.approx((10,) * 4 + (5,) * 5)
    assert series.report.spacing_mm == pytest.approx(5.0)
    assert series.report.thicknesses_mm == (5.0, 10.0)
    assert sentence(series, W.MIXED_THICKNESS) == "Slices differ in thickness: 5 mm (6) and 10 mm (4)."
    assert sentence(series, W.IRREGULAR_SPACING) == (
        "Distances between slices are irregular: 5.0 to 10.0 mm, median 5.0 mm; 10.0 mm between slices 1 and 2."
    )


@pytest.mark.case(10)
def test_case_10_spacing_comes_from_positions_and_from_no_tag(desk: Desk) -> None:
    phantom = desk.write(step_mm=2.5, thickness_mm=2.5, extra={"SpacingBetweenSlices": "9"})
    series = desk.only()
    check(desk, series, phantom)
    assert series.report.spacing_mm == pytest.approx(2.5)


@pytest.mark.case(10)
def test_case_10_a_thickness_that_is_no_spacing_is_named(desk: Desk) -> None:
    phantom = desk.write(step_mm=2.5, thickness_mm=5.0)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.OVERLAPPING_SLICES])
    assert sentence(series, W.OVERLAPPING_SLICES) == "Slices overlap: 5.0 mm thick every 2.5 mm."


@pytest.mark.case(11)
@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (5.001, ""), (5.05, ""), (4.95, ""), (5.06, "vary slightly"), (4.93, "vary slightly"),
        (5.5, "vary slightly"), (4.5, "vary slightly"), (5.51, "are irregular"), (4.49, "are irregular"),
    ],
)  # fmt: skip
def test_case_11_one_percent_is_regular_and_ten_are_slight(desk: Desk, odd: float, words: str) -> None:
    phantom = desk.write(steps_mm=[5, 5, 5, odd, 5, 5, 5, 5, 5], thickness_mm=None)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.IRREGULAR_SPACING] if words else [])
    if words:
        assert words in sentence(series, W.IRREGULAR_SPACING)
        assert series.report.warnings[0].slices == (3,)
