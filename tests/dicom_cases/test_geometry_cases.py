"""Cases 1 to 27: order, side, position, gaps, tilt, and what belongs together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import LegacyConvertedEnhancedCTImageStorage, RLELossless

from leukoviewer.core.geometry import Verdict, WarningCode, direction_letters
from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.errors import UsageError
from tests.dicom_cases.reading import SMALL, Desk, check, codes, sentence, shown_markers
from tests.phantom import Phantom, write_enhanced

W = WarningCode
DECUBITUS = ((0, 1, 0), (-1, 0, 0))
OTHER_DECUBITUS = ((0, -1, 0), (1, 0, 0))


def own_uid(data: Dataset, index: int) -> None:
    """Another image than the one of the same number in the first folder."""
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{index}"


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


@pytest.mark.case(12)
@pytest.mark.parametrize(("tilt", "words"), [(17.0, "+17.0"), (-25.0, "-25.0"), (0.6, "+0.6"), (0.4, "")])
def test_case_12_tilt_is_computed_and_never_believed(desk: Desk, tilt: float, words: str) -> None:
    phantom = desk.write(tilt_deg=tilt, extra={"GantryDetectorTilt": "-3"})
    series = desk.only()
    check(desk, series, phantom, warnings=[W.TILT] if words else [])
    assert series.report.tilt_deg == pytest.approx(tilt, abs=0.01)
    assert series.report.spacing_mm == pytest.approx(5.0, abs=1e-4)
    if words:
        assert f"tilted by {words} degrees" in sentence(series, W.TILT)


@pytest.mark.case(13)
@pytest.mark.parametrize("image_type", [("ORIGINAL", "PRIMARY", "LOCALIZER"), ("ORIGINAL", "PRIMARY", "AXIAL")])
def test_case_13_a_scout_inside_the_series_is_shown_apart(desk: Desk, image_type: tuple) -> None:
    phantom = desk.write("a")
    desk.write("b", slices=1, orientation="sagittal", image_type=image_type, edit=own_uid)
    volume, scout = desk.catalog().series
    check(desk, volume, phantom, warnings=[W.MIXED_ORIENTATION])
    assert sentence(volume, W.MIXED_ORIENTATION) == (
        "1 image of this series lies otherwise or differ in size, and are shown apart."
    )
    assert (scout.kind, len(scout.slices), scout.report.verdict) == (SeriesKind.LOCALIZER, 1, Verdict.STACK_2D)


@pytest.mark.case(14)
@pytest.mark.parametrize("odd", [0, 5, 9])
def test_case_14_one_reformatted_slice_does_not_spoil_the_volume(desk: Desk, odd: int) -> None:
    def turn(data: Dataset, index: int) -> None:
        if index == odd:
            data.ImageOrientationPatient = ["1", "0", "0", "0", "0", "-1"]

    phantom = desk.write(slices=12, edit=turn, instance_order="shuffled")
    volume, stranger = desk.catalog().series
    kept = [i for i in range(12) if i != odd]
    assert [one.sop_instance_uid for one in volume.slices] == [phantom.sop_uids[i] for i in kept]
    assert volume.report.has(W.MIXED_ORIENTATION)
    assert volume.kind is SeriesKind.AXIAL
    assert volume.is_volume
    assert (stranger.kind, stranger.is_volume) == (SeriesKind.LOCALIZER, False)
    assert np.array_equal(desk.load(volume).hu, phantom.hu[kept])


@pytest.mark.case(15)
@pytest.mark.parametrize(
    ("options", "warnings", "is_volume"),
    [
        ({"orientation": "coronal"}, [], False),
        ({"orientation": "sagittal"}, [], False),
        ({"tilt_deg": 31.0}, [W.TILT], False),
        ({"tilt_deg": 29.0}, [W.TILT], True),
    ],
)
def test_case_15_a_plane_beyond_30_degrees_is_no_axial_volume(
    desk: Desk, options: dict, warnings: list, is_volume: bool
) -> None:
    phantom = desk.write(**options)
    series = desk.only()
    check(desk, series, phantom, warnings=warnings, verdict=None if is_volume else Verdict.STACK_2D)
    assert series.kind is (SeriesKind.AXIAL if is_volume else SeriesKind.NON_AXIAL)
    assert series.report.reason == ("" if is_volume else "The slices are not axial; models read axial slices.")


@pytest.mark.case(16)
@pytest.mark.parametrize("position", ["HFS", "FFS", "FFP", "HFDR", ""])
@pytest.mark.parametrize(
    ("orientation", "letters"),
    [("axial", "LP"), ("prone", "RA"), (DECUBITUS, "PR"), (OTHER_DECUBITUS, "AL")],
    ids=["supine", "prone", "decubitus", "other decubitus"],
)
def test_case_16_sides_come_from_the_orientation_and_never_from_the_table(
    table: Desk, orientation: object, letters: str, position: str
) -> None:
    phantom = table.write(orientation=orientation, extra={"PatientPosition": position})
    series = table.only()
    check(table, series, phantom)
    plane = series.slices[0].plane
    assert direction_letters(plane.row_direction) + direction_letters(plane.column_direction) == letters
    assert series.slices[0].plane.position_mm[2] > series.slices[-1].plane.position_mm[2]


@pytest.mark.case(19)
@pytest.mark.parametrize("second", [{"rows": 18}, {"columns": 18}, {"spacing_mm": (14.01, 14)}])
def test_case_19_other_sizes_and_spacings_are_split(desk: Desk, second: dict) -> None:
    phantom = desk.write("a")
    other = desk.write("b", **{"slices": 2, "top_mm": 500.0, "edit": own_uid, **second})
    volume, pair = desk.catalog().series
    check(desk, volume, phantom, warnings=[W.MIXED_ORIENTATION])
    check(desk, pair, other, warnings=[W.MIXED_ORIENTATION], verdict=Verdict.STACK_2D)
    assert pair.report.reason == "2 slices are not enough for a volume; it takes 5."


@pytest.mark.case(20)
def test_case_20_a_thumbnail_inside_is_not_the_image(desk: Desk) -> None:
    def add_icon(data: Dataset, index: int) -> None:
        icon = Dataset()
        icon.Rows, icon.Columns, icon.BitsAllocated, icon.BitsStored, icon.HighBit = 4, 4, 8, 8, 7
        icon.SamplesPerPixel, icon.PhotometricInterpretation, icon.PixelRepresentation = 1, "MONOCHROME1", 0
        icon.RescaleSlope, icon.RescaleIntercept, icon.ImagePositionPatient = "9", "9", ["1", "2", "3"]
        icon.PixelData = bytes(16)
        data.IconImageSequence = DicomSequence([icon])

    phantom = desk.write(edit=add_icon)
    check(desk, desk.only(), phantom)


@pytest.mark.case(21)
@pytest.mark.parametrize(("rows", "columns"), [(24, 16), (16, 24)])
def test_case_21_rows_and_columns_never_change_places(desk: Desk, rows: int, columns: int) -> None:
    phantom = desk.write(rows=rows, columns=columns, spacing_mm=(9, 9))
    volume = check(desk, desk.only(), phantom)
    assert volume.hu.shape == (10, rows, columns)
    assert volume.series.slices[0].plane.size_mm == (rows * 9, columns * 9)


@pytest.mark.case(22)
def test_case_22_pixel_spacing_is_between_rows_first(desk: Desk) -> None:
    phantom = desk.write(rows=20, columns=16, spacing_mm=(10, 14))
    plane = check(desk, desk.only(), phantom).series.slices[0].plane
    assert plane.size_mm == (200.0, 224.0)
    assert (plane.point_mm(1, 0) - plane.point_mm(0, 0)).tolist() == [0.0, 10.0, 0.0]
    assert (plane.point_mm(0, 1) - plane.point_mm(0, 0)).tolist() == [14.0, 0.0, 0.0]


@pytest.mark.case(23)
@pytest.mark.parametrize("syntax", ["", RLELossless])
@pytest.mark.parametrize("sop_class", ["", LegacyConvertedEnhancedCTImageStorage])
def test_case_23_frames_in_any_order_with_rescales_of_their_own(desk: Desk, sop_class: str, syntax: str) -> None:
    options = {"slope": [1, 2] * 5, "intercept": list(range(-1024, -924, 10))}
    options |= {"sop_class": sop_class} if sop_class else {}
    options |= {"transfer_syntax": syntax} if syntax else {}
    phantom = write_enhanced(desk.path, frame_order=[3, 9, 1, 0, 5, 2, 8, 7, 6, 4], **{**SMALL, **options})
    series = desk.only()
    check(desk, series, phantom)
    assert [one.frame for one in series.slices] == [3, 2, 5, 0, 9, 4, 8, 7, 6, 1]


@pytest.mark.case(23)
def test_case_23_frames_of_two_acquisitions_are_split(desk: Desk) -> None:
    def acquire(data: Dataset, index: int) -> None:
        for number, group in enumerate(data.PerFrameFunctionalGroupsSequence):
            content = Dataset()
            content.FrameAcquisitionNumber = 1 + number // 10
            group.FrameContentSequence = DicomSequence([content])

    order = [*range(10), *reversed(range(10))]
    phantom = write_enhanced(desk.path, frame_order=order, edit=acquire, **SMALL)
    found = desk.catalog().series
    assert [one.is_volume for one in found] == [True, True]
    for series in found:
        assert np.array_equal(desk.load(series).hu, phantom.hu)


@pytest.mark.case(23)
@pytest.mark.parametrize("lost", ["PlanePositionSequence", "PerFrameFunctionalGroupsSequence"])
def test_case_23_frames_without_a_place_are_refused_with_the_reason(desk: Desk, lost: str) -> None:
    def lose(data: Dataset, index: int) -> None:
        if lost in data:
            del data[lost]
        else:
            del data.PerFrameFunctionalGroupsSequence[4][lost]

    write_enhanced(desk.path, edit=lose, **SMALL)
    series = desk.only()
    assert series.report.verdict is Verdict.STACK_2D
    assert "no position in space" in series.report.reason
    assert len(series.slices) == 10


def scattered(data: Dataset, index: int) -> None:
    data.SeriesInstanceUID = f"1.2.3.{index}"


@pytest.mark.case(24)
def test_case_24_series_of_one_slice_each_are_joined_only_as_an_offer(desk: Desk) -> None:
    phantom = desk.write(edit=scattered)
    catalog = desk.catalog()
    *singles, offer = catalog.series
    assert [(len(one.slices), one.is_volume) for one in singles] == [(1, False)] * 10
    assert offer.key == "1.2.3.0+joined"
    check(desk, offer, phantom, warnings=[W.JOINED_SERIES])
    assert sentence(offer, W.JOINED_SERIES) == (
        "10 series were put together by their positions; use it only if they are one scan."
    )
    assert catalog.suggestion is None
    assert catalog.find("1.2.3.0") == singles[0]


@pytest.mark.case(24)
@pytest.mark.parametrize(("in_each", "is_offered"), [(2, True), (4, True), (5, False)])
def test_case_24_series_that_are_long_enough_alone_are_not_joined(desk: Desk, in_each: int, is_offered: bool) -> None:
    def cut(data: Dataset, index: int) -> None:
        data.SeriesInstanceUID = f"1.2.3.{index // in_each}"

    desk.write(slices=2 * in_each if in_each > 2 else 10, edit=cut)
    assert any(one.key.endswith("+joined") for one in desk.catalog().series) == is_offered


@pytest.mark.case(24)
def test_case_24_a_series_with_an_image_of_no_position_is_not_joined(desk: Desk) -> None:
    def cut(data: Dataset, index: int) -> None:
        data.SeriesInstanceUID = f"1.2.3.{index // 2}"
        if index == 9:
            del data.ImagePositionPatient

    desk.write(edit=cut)
    (offer,) = [one for one in desk.catalog().series if one.key.endswith("+joined")]
    assert len(offer.slices) == 8


@pytest.mark.case(24)
@pytest.mark.parametrize(
    "strange",
    [
        lambda data, index: setattr(data, "FrameOfReferenceUID", f"1.2.4.{index}"),
        lambda data, index: setattr(data, "FrameOfReferenceUID", ""),
        lambda data, index: setattr(data, "StudyInstanceUID", f"1.2.4.{index}"),
        lambda data, index: setattr(data, "ConvolutionKernel", f"H{index}"),
        lambda data, index: setattr(data, "ImagePositionPatient", ["0", "0", str(index // 2 * 5)]),
        lambda data, index: setattr(data, "PixelSpacing", [f"{14 + index}", "14"]),
    ],
    ids=["frame", "no frame", "study", "kernel", "place", "spacing"],
)
def test_case_24_what_does_not_fit_together_is_not_offered(table: Desk, strange: object) -> None:
    def edit(data: Dataset, index: int) -> None:
        scattered(data, index)
        strange(data, index)

    table.write(edit=edit)
    assert [one for one in table.catalog().series if one.report.has(W.JOINED_SERIES)] == []


@pytest.mark.case(25)
def test_case_25_two_patients_are_never_mixed_and_none_is_chosen(desk: Desk) -> None:
    first = desk.write("a")

    def steal(data: Dataset, index: int) -> None:
        own_uid(data, index)
        data.SeriesInstanceUID, data.StudyInstanceUID = first.series_uid, first.study_uid

    second = desk.write("b", patient_id="PHANTOM-2", edit=steal, slope=2.0, intercept=-1000.0)
    catalog = desk.catalog()
    by_patient = {one.patient.patient_id: one for one in catalog.series}
    check(desk, by_patient["PHANTOM-1"], first)
    check(desk, by_patient["PHANTOM-2"], second)
    assert len({one.key for one in catalog.series}) == 2
    assert catalog.suggestion is None


@pytest.mark.case(25)
def test_case_25_an_analysis_without_a_choice_stops(table: Desk) -> None:
    from leukoviewer.commands.analyze import choose_series

    table.write("a")
    table.write("b", patient_id="PHANTOM-2")
    catalog = table.catalog()
    with pytest.raises(UsageError, match="several patients"):
        choose_series(catalog, None)
    assert choose_series(catalog, catalog.series[1].key) == catalog.series[1]


@pytest.mark.case(26)
@pytest.mark.parametrize(
    ("rival", "reason"),
    [
        ({"kernel": "H60s", "description": "Brain"}, "soft-tissue kernel (H30s)"),
        ({"thickness_mm": 0.75, "step_mm": 0.75}, "slices of 5 mm"),
        ({"image_type": ("DERIVED", "SECONDARY", "MPR")}, "original images"),
    ],
)
def test_case_26_the_soft_thick_original_series_is_suggested_with_its_reasons(
    desk: Desk, rival: dict, reason: str
) -> None:
    good = desk.write("a", series="good", series_number=9, description="x", slices=12)
    desk.write("b", **{"series": "rival", "series_number": 1, "slices": 12, **rival})
    catalog = desk.catalog()
    assert catalog.suggestion.key == good.series_uid
    assert reason in catalog.suggestion.reasons
    assert catalog.find(good.series_uid).kernel == "H30s"


@pytest.mark.case(27)
@pytest.mark.parametrize(
    ("options", "warned"),
    [
        ({"contrast_agent": "Iomeprol 350"}, True),
        ({"contrast_agent": "NONE"}, False),
        ({"description": "CTA Head 0.6"}, True),
        ({"description": "Perfusion 4D"}, True),
        ({"description": "HEAD WITH CONTRAST"}, True),
        ({"description": "Head +C 5.0"}, True),
        ({"description": "Head post KM"}, True),
        ({"description": "HEAD WITHOUT CONTRAST"}, False),
        ({"description": "Head non-contrast"}, False),
        ({"description": "Head w/o contrast"}, False),
        ({"description": "Posterior fossa 2.0"}, False),
    ],
)
def test_case_27_contrast_is_named_from_agent_and_description(table: Desk, options: dict, warned: bool) -> None:
    phantom = table.write(**options)
    check(table, table.only(), phantom, warnings=[W.CONTRAST] if warned else [])


def test_a_case_of_a_series_names_no_path(table: Desk) -> None:
    table.write(duplicated=(1,))
    series: Series = table.only()
    assert str(Path(table.path)) not in repr(series)
