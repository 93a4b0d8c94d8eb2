"""Cases 12 to 22: tilt, planes, sides, sizes and pixel spacing."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence

from leukoviewer.core.geometry import Verdict, WarningCode, direction_letters
from leukoviewer.core.series import SeriesKind
from tests.dicom_cases.reading import Desk, check, own_uid, sentence

W = WarningCode
DECUBITUS = ((0, 1, 0), (-1, 0, 0))
OTHER_DECUBITUS = ((0, -1, 0), (1, 0, 0))


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
