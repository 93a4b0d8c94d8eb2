"""Cases 28 to 42: from stored values to HU, to gray, and to what the values say of the patient."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.series import SeriesKind
from leukoviewer.core.window import VoiFunction, Window
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.header import read_images
from tests.dicom_cases.reading import Desk, check, codes, sentence
from tests.phantom import Phantom, write_capture, write_report

W = WarningCode


def painted(phantom: Phantom, hu: float, rows: slice, columns: slice) -> Phantom:
    """The phantom with one place of every slice at another HU."""
    values = phantom.hu.copy()
    values[:, rows, columns] = hu
    return replace(phantom, hu=values)


def paint(stored: int, rows: slice, columns: slice) -> object:
    """An edit that stores one value in a place of every slice."""

    def edit(data: Dataset, index: int) -> None:
        kind = "<i2" if data.PixelRepresentation else "<u2"
        values = np.frombuffer(data.PixelData, kind).reshape(data.Rows, data.Columns).copy()
        values[rows, columns] = stored
        data.PixelData = values.tobytes()

    return edit


@pytest.mark.case(28)
@pytest.mark.parametrize(("slope", "intercept"), [(1.0, -1024.0), (2.0, -1000.0), (1.0, 0.0), (-1.0, 3000.0)])
def test_case_28_hu_are_slope_times_value_plus_intercept(desk: Desk, slope: float, intercept: float) -> None:
    phantom = desk.write(slope=slope, intercept=intercept, signed=intercept == 0)
    volume = check(desk, desk.only(), phantom)
    assert volume.hu.dtype == np.int16
    assert volume.hu[0, 1, 1] == 200
    assert volume.hu[9, 1, 1] == 290


@pytest.mark.case(29)
def test_case_29_each_slice_has_its_own_rescale(desk: Desk) -> None:
    slopes = [1, 2, 1, 4, 1, 1, 2, 1, 1, 5]
    phantom = desk.write(slope=slopes, intercept=[-1024 - 10 * i for i in range(10)])
    assert check(desk, desk.only(), phantom).hu.dtype == np.int16


@pytest.mark.case(29)
def test_case_29_a_fractional_slope_in_one_slice_makes_all_floats(desk: Desk) -> None:
    phantom = desk.write(slope=[1] * 7 + [0.5] + [1] * 2)
    assert check(desk, desk.only(), phantom).hu.dtype == np.float32


@pytest.mark.case(30)
@pytest.mark.parametrize(
    "options",
    [
        {"slope": None, "intercept": None},
        {"slope": None, "intercept": 0.0},
        {"intercept": None},
        {"edit": lambda data, index: setattr(data, "RescaleType", "OD"), "intercept": 0.0},
    ],
    ids=["neither", "no slope", "no intercept", "optical density"],
)
def test_case_30_without_a_rescale_values_are_raw_and_never_scored(desk: Desk, options: dict) -> None:
    phantom = desk.write(signed=True, **options)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.NOT_HOUNSFIELD], verdict=Verdict.STACK_2D)
    assert series.report.reason == "10 of 10 slices do not say how values become HU; raw values are shown."


@pytest.mark.case(31)
@pytest.mark.parametrize(("slope", "intercept"), [(0.25, -1024.125), (1.0, -1024.5), (1.953125, -1000.5)])
def test_case_31_fractions_are_kept(desk: Desk, slope: float, intercept: float) -> None:
    phantom = desk.write(slope=slope, intercept=intercept)
    volume = check(desk, desk.only(), phantom)
    assert volume.hu.dtype == np.float32
    assert (volume.hu != np.trunc(volume.hu)).any()


@pytest.mark.case(32)
@pytest.mark.parametrize(
    ("stored", "dtype"), [(5000, np.int16), (33791, np.int16), (33792, np.float32), (65535, np.float32)]
)
def test_case_32_metal_is_kept_and_never_wraps_around(desk: Desk, stored: int, dtype: type) -> None:
    place = slice(8, 9), slice(8, 9)
    phantom = desk.write(edit=paint(stored, *place))
    phantom = painted(phantom, stored - 1024, *place)
    volume = check(desk, desk.only(), phantom, loaded=[W.METAL])
    assert volume.hu.dtype == dtype
    assert volume.hu[3, 8, 8] == stored - 1024


@pytest.mark.case(33)
@pytest.mark.parametrize(
    "options",
    [
        {"signed": True, "padding_value": -2000},
        {"signed": True, "padding_value": -2000, "padding_limit": -1500},
        {"signed": True, "padding_value": -1500, "padding_limit": -2000},
        {"padding_value": 63536},
        {"padding_value": 4095, "padding_limit": 4000},
        {"padding_value": 0},
        {"signed": True, "padding_value": -2000, "slope": 0.5},
    ],
)
def test_case_33_padding_is_told_by_stored_values_and_becomes_air(desk: Desk, options: dict) -> None:
    phantom = desk.write(**options)
    volume = check(desk, desk.only(), phantom)
    assert np.array_equal(volume.padding, phantom.padding)
    assert volume.hu.min() == -1024


@pytest.mark.case(33)
def test_case_33_padding_that_no_tag_names_is_told_by_its_place(desk: Desk) -> None:
    def forget(data: Dataset, index: int) -> None:
        del data.PixelPaddingValue

    phantom = desk.write(signed=True, padding_value=-2000, edit=forget)
    volume = check(desk, desk.only(), phantom)
    assert np.array_equal(volume.padding, phantom.padding)


@pytest.mark.case(34)
@pytest.mark.parametrize("options", [{"signed": True, "intercept": 0.0}, {"signed": False, "intercept": -32700.0}])
def test_case_34_the_pixel_representation_alone_tells_the_sign(desk: Desk, options: dict) -> None:
    phantom = desk.write(**options)
    assert check(desk, desk.only(), phantom).hu.min() == -1000


@pytest.mark.case(35)
@pytest.mark.parametrize(("signed", "intercept"), [(False, -1024.0), (True, 0.0)])
def test_case_35_bits_above_the_pixel_are_cut_off(desk: Desk, signed: bool, intercept: float) -> None:
    phantom = desk.write(bits_stored=12, dirty_high_bits=True, signed=signed, intercept=intercept)
    check(desk, desk.only(), phantom)


@pytest.mark.case(35)
@pytest.mark.parametrize(("signed", "intercept"), [(False, -1024.0), (True, 0.0)])
def test_case_35_a_pixel_that_ends_below_the_top_is_moved_down(desk: Desk, signed: bool, intercept: float) -> None:
    def shift(data: Dataset, index: int) -> None:
        # An overlay in bit 15 and dirt in bits 0 and 1, the pixel from 2 to 13.
        words = np.frombuffer(data.PixelData, "<u2") & 0x0FFF
        data.PixelData = (words << 2 | 0x8003).astype("<u2").tobytes()
        data.HighBit = 13

    phantom = desk.write(bits_stored=12, signed=signed, intercept=intercept, edit=shift)
    check(desk, desk.only(), phantom)


@pytest.mark.case(36)
@pytest.mark.parametrize("syntax", [JPEG2000Lossless, JPEGLSLossless])
@pytest.mark.parametrize("bits", [12, 16])
def test_case_36_signed_values_survive_their_compression(table: Desk, syntax: str, bits: int) -> None:
    size = {"rows": 36, "columns": 36, "spacing_mm": (6, 6)}
    phantom = table.write(signed=True, intercept=0.0, bits_stored=bits, transfer_syntax=syntax, **size)
    assert check(table, table.only(), phantom).hu.min() == -1000


@pytest.mark.case(36)
def test_case_36_a_header_that_contradicts_the_stream_decides_the_sign(decoder: DecodeProcess) -> None:
    path = Path(pydicom.__file__).parent / "data/test_files/J2K_pixelrep_mismatch.dcm"
    values = decoder.decode(read_images(path)[0].header)
    # As pydicom's own tests know them.
    assert values[0, 0] == -2000
    assert values[47:57, 279].tolist() == [621, 412, 138, -193, -520, -767, -907, -966, -988, -995]


@pytest.mark.case(37)
@pytest.mark.parametrize(
    ("photometric", "shape", "inverted"),
    [
        ("MONOCHROME1", "", True),
        ("MONOCHROME2", "", False),
        ("MONOCHROME2", "INVERSE", True),
        ("MONOCHROME1", "IDENTITY", False),
    ],
)
def test_case_37_inversion_is_for_display_and_hu_stay(desk: Desk, photometric: str, shape: str, inverted: bool) -> None:
    phantom = desk.write(photometric=photometric, extra={"PresentationLUTShape": shape} if shape else {})
    series = desk.only()
    check(desk, series, phantom)
    assert series.inverted is inverted


@pytest.mark.case(38)
def test_case_38_captures_are_shown_apart_and_never_scored(desk: Desk) -> None:
    phantom = desk.write("a")
    write_capture(desk.path / "b")
    write_report(desk.path / "c")
    catalog = desk.catalog()
    volume, captures = catalog.series
    check(desk, volume, phantom)
    assert captures.kind is SeriesKind.SECONDARY_CAPTURE
    assert captures.report.verdict is Verdict.STACK_2D
    assert captures.report.reason == "These are screen captures, not CT values."
    assert catalog.others == (("Dose report", 1),)
    gray = desk.load(captures).hu[0, 20]
    # Red, green and blue by their luma.
    assert [int(gray[x]) for x in (5, 40, 75)] == [76, 150, 29]


@pytest.mark.case(38)
def test_case_38_colors_under_the_class_of_ct_are_no_hu(desk: Desk) -> None:
    def color(data: Dataset, index: int) -> None:
        data.SamplesPerPixel, data.PhotometricInterpretation, data.PlanarConfiguration = 3, "RGB", 0
        data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
        data.PixelData = bytes([255, 0, 0]) * (16 * 16)

    desk.write(edit=color)
    series = desk.only()
    assert series.report.verdict is Verdict.STACK_2D
    assert codes(series) == [W.NOT_HOUNSFIELD]
    assert (desk.load(series).hu == 76).all()


@pytest.mark.case(39)
def test_case_39_windows_give_the_levels_of_the_standard(desk: Desk) -> None:
    desk.write(window=(40, 400))
    (window,) = desk.only().windows
    # dcm4che issue 1578; a formula without the half-unit shift gives 23, 162 and 255 elsewhere.
    assert window.to_gray(np.array([-129, 65, 194])).tolist() == [20, 144, 226]


@pytest.mark.case(39)
@pytest.mark.parametrize(
    ("function", "width", "expected"),
    [
        ("LINEAR", 4.0, {38.0: 0, 39.5: 128, 41.0: 255}),
        ("LINEAR_EXACT", 4.0, {38.0: 0, 40.0: 128, 41.0: 191, 42.0: 255}),
        ("SIGMOID", 4.0, {38.0: 30, 40.0: 128, 42.0: 225}),
        ("linear_exact", 0.5, {39.75: 0, 40.0: 128, 40.25: 255}),
        ("", 0.5, {39.75: 0, 40.0: 128, 40.25: 255}),
        ("NONSENSE", 4.0, {38.0: 0, 39.5: 128, 41.0: 255}),
    ],
)
def test_case_39_the_function_of_the_file_is_used(table: Desk, function: str, width: float, expected: dict) -> None:
    table.write(window=(40, width), extra={"VOILUTFunction": function} if function else {})
    (window,) = table.only().windows
    assert window.to_gray(np.array(list(expected))).tolist() == list(expected.values())


@pytest.mark.case(39)
def test_case_39_a_sigmoid_far_away_is_black_and_white() -> None:
    window = Window(0, 1, function=VoiFunction.SIGMOID)
    assert window.to_gray(np.array([-30000, 0, 30000])).tolist() == [0, 128, 255]


@pytest.mark.case(40)
@pytest.mark.parametrize(
    ("center", "width", "windows", "noted"),
    [
        (["40", "300"], ["80", "1500"], [(40, 80), (300, 1500)], False),
        ("40.5", "00400", [(40.5, 400)], False),
        (None, None, [], False),
        ("", "", [], False),
        ("40", "-80", [], False),
        ("40", "0", [], False),
        ("1e30", "80", [], False),
        ("40", "1e30", [], False),
        ("forty", "80", [], True),
        (["40", "x"], ["80", "400"], [], True),
        (["40", "40"], ["80", "80"], [(40, 80)], False),
    ],
)
def test_case_40_odd_windows_are_left_out(
    table: Desk, center: object, width: object, windows: list, noted: bool
) -> None:
    def edit(data: Dataset, index: int) -> None:
        for keyword, value in (("WindowCenter", center), ("WindowWidth", width)):
            if keyword in data:
                del data[keyword]
            if value is not None:
                text = "\\".join(value) if isinstance(value, list) else str(value)
                data.add_new(pydicom.datadict.tag_for_keyword(keyword), "LO", text)

    phantom = table.write(edit=edit)
    series = table.only()
    check(table, series, phantom, warnings=[W.ENCODING] if noted else [])
    assert [(one.center, one.width) for one in series.windows] == windows
    if noted:
        assert "a window that is no number (10 images)" in sentence(series, W.ENCODING)


@pytest.mark.case(41)
@pytest.mark.parametrize(
    ("spacing_mm", "at_header", "words"),
    [
        (5.0, True, "The field of view of 80 x 80 mm is unusual for a head."),
        (30.0, True, "The field of view of 480 x 480 mm is unusual for a head."),
        (22.0, False, "Bone spans 308 mm in the slices"),
        (14.0, False, ""),
        (9.0, False, ""),
    ],
)
def test_case_41_an_unusual_field_of_view_is_named(table: Desk, spacing_mm: float, at_header: bool, words: str) -> None:
    phantom = table.write(spacing_mm=(spacing_mm, spacing_mm))
    series = table.only()
    found = [W.UNUSUAL_FIELD_OF_VIEW]
    volume = check(
        table, series, phantom, warnings=found if at_header else [], loaded=found if words and not at_header else []
    )
    if words:
        assert words in sentence(volume, W.UNUSUAL_FIELD_OF_VIEW)


@pytest.mark.case(41)
def test_case_41_a_field_off_center_is_in_its_true_place(desk: Desk) -> None:
    aside = np.array((60.0, -80.0, 0.0))

    def move(data: Dataset, index: int) -> None:
        moved = np.array([float(one) for one in data.ImagePositionPatient]) + aside
        data.ImagePositionPatient = [f"{one:.6f}" for one in moved]

    phantom = desk.write(edit=move)
    check(desk, desk.only(), replace(phantom, positions_mm=phantom.positions_mm + aside))


@pytest.mark.case(42)
@pytest.mark.parametrize(
    ("age", "born", "warned"),
    [
        ("017Y", "", True), ("018Y", "", False), ("011M", "", True), ("003W", "", True), ("217M", "", False),
        ("", "20060103", True), ("", "20060102", False), ("", "19500101", False), ("", "", False), ("old", "", False),
    ],
)  # fmt: skip
def test_case_42_a_child_is_named(table: Desk, age: str, born: str, warned: bool) -> None:
    phantom = table.write(patient_age=age, extra={"PatientBirthDate": born})
    check(table, table.only(), phantom, warnings=[W.CHILD] if warned else [])


@pytest.mark.case(42)
@pytest.mark.parametrize(("stored", "columns", "warned"), [(4525, 3, True), (4024, 3, False), (4525, 1, True)])
def test_case_42_metal_is_named_with_its_volume(desk: Desk, stored: int, columns: int, warned: bool) -> None:
    place = slice(8, 9), slice(8, 8 + columns)
    phantom = painted(desk.write(edit=paint(stored, *place)), stored - 1024, *place)
    volume = check(desk, desk.only(), phantom, loaded=[W.METAL] if warned else [])
    if warned:
        millilitres = columns * 10 * 14 * 14 * 5 / 1000
        assert sentence(volume, W.METAL).startswith(f"{millilitres:.0f} mL are denser than 3000 HU, which is metal")
