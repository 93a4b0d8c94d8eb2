"""What one file says, with the limits that hold before any pixel is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, JPEGLSLossless, RLELossless

from leukoviewer.core.window import Window
from leukoviewer.dicom import header
from leukoviewer.dicom.elements import NotDicomError
from leukoviewer.dicom.header import Image, OtherObjectError, UnreadableImageError, other_name, read_images
from tests.phantom import write_capture, write_enhanced, write_phantom, write_report


def image(tmp_path: Path, **options: object) -> Image:
    return read_images(write_phantom(tmp_path, **{"slices": 1, "rows": 16, "columns": 24, **options}).files[0])[0]


def edited(tmp_path: Path, keyword: str, value: object) -> Image:
    """One image with one element changed, or removed when the value is None."""

    def change(data: Dataset, index: int) -> None:
        if value is None:
            delattr(data, keyword)
        else:
            setattr(data, keyword, value)

    return image(tmp_path, edit=change)


def test_an_image_tells_where_it_lies_and_how_it_is_stored(tmp_path: Path) -> None:
    found = image(tmp_path, spacing_mm=(5.0, 4.0), thickness_mm=2.5, tilt_deg=18.5, signed=True, bits_stored=12)
    plane, pixels = found.header.plane, found.header.pixels
    assert plane.spacing_mm == (5.0, 4.0)
    assert plane.thickness_mm == 2.5
    assert plane.angle_to_axial_deg == pytest.approx(18.5, abs=0.01)
    assert (pixels.rows, pixels.columns, pixels.samples, pixels.frames) == (16, 24, 1, 1)
    assert (pixels.bits_allocated, pixels.bits_stored, pixels.high_bit, pixels.signed) == (16, 12, 11, True)
    assert pixels.length == 16 * 24 * 2
    assert (found.header.slope, found.header.intercept) == (1.0, -1024.0)


def test_series_facts(tmp_path: Path) -> None:
    facts = image(tmp_path, kernel="H60s", contrast_agent="Iodine", patient_name="Müller^Jörg", series_number=7).facts
    assert facts.kernel == "H60s"
    assert facts.contrast_agent == "Iodine"
    assert facts.patient.name == "Müller^Jörg"
    assert facts.series_number == 7
    assert facts.image_type == ("ORIGINAL", "PRIMARY", "AXIAL")
    assert facts.windows == (Window(40, 80),)
    assert facts.kvp == 120


@pytest.mark.parametrize(
    ("age", "years"),
    [("061Y", 61), ("018M", 1.5), ("004W", 28 / 365.25), ("010D", 10 / 365.25), ("old", None), ("", None)],
)
def test_age_strings(tmp_path: Path, age: str, years: float | None) -> None:
    found = image(tmp_path, patient_age=age).facts.patient.age_years
    assert found == (None if years is None else pytest.approx(years))


@pytest.mark.parametrize(
    ("born", "years"),
    [("19400101", 84), ("20100901", 13), ("20300101", None), ("1940", None), ("18950101", 129), ("18940101", None)],
)
def test_age_from_the_date_of_birth(tmp_path: Path, born: str, years: int | None) -> None:
    assert image(tmp_path, patient_age="", extra={"PatientBirthDate": born}).facts.patient.age_years == years


@pytest.mark.parametrize(
    ("center", "width", "windows"),
    [
        (["40", "400"], ["80", "2000"], [(40, 80), (400, 2000)]),
        (["40", "40"], ["80", "80"], [(40, 80)]),
        (["40"], ["0"], []),
        (["99999999"], ["80"], []),
        # 20,000 HU is the limit, of both, and belongs to what is kept.
        (["20000", "-20000", "20001"], ["20000", "80", "80"], [(20000, 20000), (-20000, 80)]),
        (["40"], ["20001"], []),
        (["40", "50"], ["80"], [(40, 80)]),
        (["00040"], ["00080"], [(40, 80)]),
    ],
)
def test_windows_of_a_file_are_kept_when_they_make_sense(
    tmp_path: Path, center: list[str], width: list[str], windows: list[tuple[float, float]]
) -> None:
    found = image(tmp_path, window=None, extra={"WindowCenter": center, "WindowWidth": width}).facts.windows
    assert [(window.center, window.width) for window in found] == windows


def test_frames_are_numbered_by_their_place_and_single_images_by_their_file(tmp_path: Path) -> None:
    assert edited(tmp_path / "one", "InstanceNumber", 17).header.instance_number == 17
    for count in (2, 3):
        phantom = write_enhanced(tmp_path / f"{count}", slices=count, rows=16, columns=16)
        assert [one.header.instance_number for one in read_images(phantom.files[0])] == list(range(1, count + 1))


@pytest.mark.parametrize(("rows", "columns"), [(1, 24), (16, 1)])
def test_an_image_of_one_row_or_column_is_an_image(tmp_path: Path, rows: int, columns: int) -> None:
    def state(data: Dataset, index: int) -> None:
        data.Rows, data.Columns = rows, columns

    found = image(tmp_path, edit=state).header.pixels
    assert (found.rows, found.columns) == (rows, columns)


@pytest.mark.parametrize(("value", "thickness_mm"), [("0", None), ("-5", None), ("0.5", 0.5)])
def test_a_thickness_that_is_none_is_absent(tmp_path: Path, value: str, thickness_mm: float | None) -> None:
    plane = edited(tmp_path, "SliceThickness", value).header.plane
    assert plane is not None
    assert plane.thickness_mm == thickness_mm


def test_an_image_has_at_most_64_megapixels(tmp_path: Path) -> None:
    def size(rows: int, columns: int) -> Image:
        def state(data: Dataset, index: int) -> None:
            data.Rows, data.Columns = rows, columns

        return image(tmp_path / f"{rows}", edit=state)

    assert size(8192, 8192).header.pixels.rows == 8192
    with pytest.raises(UnreadableImageError, match="larger than 64 megapixels"):
        size(8193, 8192)


def test_a_file_has_at_most_ten_thousand_frames_and_none_that_it_cannot_hold(tmp_path: Path) -> None:
    path = write_phantom(tmp_path, slices=1, rows=200, columns=208).files[0]  # more than 80,000 bytes

    def frames(count: int) -> int:
        data = dcmread(path)
        data.NumberOfFrames = count
        data.save_as(path)
        return len(read_images(path))

    assert frames(10_000) == 10_000
    with pytest.raises(UnreadableImageError, match="larger than 64 megapixels"):
        frames(10_001)
    small = write_phantom(tmp_path / "small", slices=1, rows=16, columns=24).files[0]
    data = dcmread(small)
    data.NumberOfFrames = 9999
    data.save_as(small)
    # As many digits, so that the size of the file stays.
    data.NumberOfFrames = most = f"{small.stat().st_size // 8:04d}"
    data.save_as(small)
    assert len(read_images(small)) == int(most)
    data.NumberOfFrames = f"{int(most) + 1:04d}"
    data.save_as(small)
    with pytest.raises(UnreadableImageError, match="more frames than its file holds"):
        read_images(small)


@pytest.mark.parametrize(
    ("allocated", "is_known"), [(8, True), (16, True), (32, True), (12, False), (33, False), (64, False)]
)
def test_pixels_take_one_two_or_four_bytes(tmp_path: Path, allocated: int, is_known: bool) -> None:
    def state(data: Dataset, index: int) -> None:
        data.BitsAllocated, data.BitsStored, data.HighBit = allocated, 8, 7

    if is_known:
        assert image(tmp_path, edit=state).header.pixels.bits_allocated == allocated
    else:
        with pytest.raises(UnreadableImageError, match="unknown pixel format"):
            image(tmp_path, edit=state)


@pytest.mark.parametrize(("value", "kept"), [("1e9", 1e9), ("-1e9", -1e9), ("1000000001", None)])
def test_a_rescale_up_to_a_billion_is_taken(tmp_path: Path, value: str, kept: float | None) -> None:
    assert edited(tmp_path, "RescaleIntercept", value).header.intercept == kept


@pytest.mark.parametrize(("value", "is_placed"), [("100000", True), ("-100000", True), ("100000.5", False)])
def test_a_position_lies_within_100_m(tmp_path: Path, value: str, is_placed: bool) -> None:
    found = edited(tmp_path, "ImagePositionPatient", ["0", "0", value]).header.plane
    assert (found is not None) == is_placed


@pytest.mark.parametrize("keyword", ["Rows", "Columns"])
@pytest.mark.parametrize("value", [None, 0])
def test_an_image_without_a_size_is_none(tmp_path: Path, keyword: str, value: int | None) -> None:
    with pytest.raises(UnreadableImageError, match="image without a size"):
        edited(tmp_path, keyword, value)


@pytest.mark.parametrize(
    ("stated", "taken"), [(11, 11), (12, 12), (15, 15), (10, 11), (0, 11), (16, 11), (17, 11)],
)  # fmt: skip
def test_a_high_bit_that_cannot_be_is_the_one_below_the_stored_bits(tmp_path: Path, stated: int, taken: int) -> None:
    def state(data: Dataset, index: int) -> None:
        data.HighBit = stated

    found = image(tmp_path, bits_stored=12, edit=state)
    assert (found.header.pixels.bits_stored, found.header.pixels.high_bit) == (12, taken)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("ImagePositionPatient", None),
        ("ImageOrientationPatient", None),
        ("PixelSpacing", None),
        ("ImageOrientationPatient", ["0", "0", "0", "0", "0", "0"]),
        ("ImageOrientationPatient", ["1", "0", "0", "1", "0", "0"]),
        ("PixelSpacing", ["0", "0.5"]),
        ("ImagePositionPatient", ["0", "0", "1e30"]),
    ],
)
def test_without_a_sound_plane_there_is_none(tmp_path: Path, keyword: str, value: object) -> None:
    assert edited(tmp_path, keyword, value).header.plane is None


@pytest.mark.parametrize("keyword", ["RescaleSlope", "RescaleIntercept"])
@pytest.mark.parametrize("value", ["1e300", "-1e40", "1e10"])
def test_an_absurd_rescale_is_as_good_as_absent(tmp_path: Path, keyword: str, value: str) -> None:
    header = edited(tmp_path, keyword, value).header
    assert (header.slope if keyword == "RescaleSlope" else header.intercept) is None


def test_the_rescale_of_a_file_is_its_own_or_absent(tmp_path: Path) -> None:
    assert image(tmp_path, slope=None, intercept=None).header.slope is None
    assert edited(tmp_path / "zero", "RescaleSlope", "0").header.slope is None
    assert image(tmp_path / "half", slope=0.5).header.slope == 0.5


@pytest.mark.parametrize(
    ("options", "padding"),
    [
        ({}, (None, None)),
        ({"padding_value": 63536}, (63536, 63536)),
        ({"padding_value": -2000, "signed": True}, (-2000, -2000)),
        ({"padding_value": 10, "padding_limit": 2}, (2, 10)),
    ],
)
def test_padding_is_a_range_of_stored_values(tmp_path: Path, options: dict, padding: tuple) -> None:
    found = image(tmp_path, **options).header
    assert (found.padding_low, found.padding_high) == padding


@pytest.mark.parametrize("syntax", [JPEGLSLossless, RLELossless, DeflatedExplicitVRLittleEndian])
def test_only_native_pixels_have_a_place_in_the_file(tmp_path: Path, syntax: str) -> None:
    pixels = image(tmp_path, transfer_syntax=syntax).header.pixels
    assert pixels.offset is None
    assert pixels.length is None
    assert pixels.transfer_syntax_uid == syntax


def test_big_endian_pixels_are_native(tmp_path: Path) -> None:
    assert image(tmp_path, transfer_syntax=ExplicitVRBigEndian).header.pixels.offset is not None


def test_lossy_compression_is_remembered_even_after_it_was_undone(tmp_path: Path) -> None:
    assert not image(tmp_path).header.lossy
    assert edited(tmp_path / "lossy", "LossyImageCompression", "01").header.lossy


@pytest.mark.parametrize(
    ("keyword", "value", "reason"),
    [
        ("Rows", None, "size"),
        ("Rows", 0, "size"),
        ("BitsAllocated", 12, "format"),
        ("BitsStored", 17, "format"),
        ("SamplesPerPixel", 4, "format"),
        ("NumberOfFrames", 1_000_000, "megapixels"),
        ("NumberOfFrames", 9_000, "more frames"),
    ],
)
def test_an_image_that_cannot_be_is_left_out_with_its_reason(
    tmp_path: Path, keyword: str, value: object, reason: str
) -> None:
    with pytest.raises(UnreadableImageError, match=reason):
        edited(tmp_path, keyword, value)


def test_a_dimension_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    def inflate(data: Dataset, index: int) -> None:
        data.Rows = data.Columns = 65535

    with pytest.raises(UnreadableImageError, match="megapixels"):
        image(tmp_path, transfer_syntax=RLELossless, edit=inflate)


def test_a_file_beyond_the_limit_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "MAX_FILE_BYTES", 1000)
    with pytest.raises(UnreadableImageError, match="256 MB"):
        image(tmp_path)


def test_an_unknown_transfer_syntax_is_named(tmp_path: Path) -> None:
    path = write_phantom(tmp_path, slices=1, rows=8, columns=8).files[0]
    data = path.read_bytes().replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.113619.5.2\0\0")
    path.write_bytes(data)
    with pytest.raises(UnreadableImageError, match=r"1\.2\.840\.113619\.5\.2"):
        read_images(path)


def test_a_report_and_an_image_without_pixels_are_other_objects(tmp_path: Path) -> None:
    with pytest.raises(OtherObjectError, match="Dose report"):
        read_images(write_report(tmp_path))
    with pytest.raises(OtherObjectError, match="without pixels"):
        edited(tmp_path / "bare", "PixelData", None)


@pytest.mark.parametrize(
    ("sop_class", "name"),
    [
        ("1.2.840.10008.5.1.4.1.1.4", "MR image"),
        ("1.2.840.10008.5.1.4.1.1.4.1", "MR image"),
        ("1.2.840.10008.5.1.4.1.1.88.67", "Dose report"),
        ("1.2.840.10008.5.1.4.1.1.88.22", "Structured report"),
        ("1.2.840.10008.5.1.4.1.1.11.1", "Presentation state"),
        ("1.2.840.10008.5.1.4.1.1.44", "Other DICOM object"),
        ("1.2.840.10008.1.3.10", "DICOMDIR"),
        ("", "Other DICOM object"),
    ],
)
def test_other_objects_have_names(sop_class: str, name: str) -> None:
    assert other_name(sop_class) == name


def test_captures_are_told_apart(tmp_path: Path) -> None:
    found = read_images(write_capture(tmp_path))[0]
    assert found.is_capture
    assert found.header.pixels.samples == 3
    assert found.header.plane is None


def test_each_frame_has_its_own_place_and_rescale(tmp_path: Path) -> None:
    slopes = [1.0, 2.0, 1.0, 0.5, 1.0]
    phantom = write_enhanced(tmp_path, slices=5, rows=8, columns=8, slope=slopes, frame_order=[4, 0, 2, 1, 3])
    frames = read_images(phantom.files[0])
    assert [frame.header.frame for frame in frames] == [0, 1, 2, 3, 4]
    assert [frame.header.slope for frame in frames] == [slopes[i] for i in (4, 0, 2, 1, 3)]
    heights = [frame.header.plane.position_mm[2] for frame in frames]
    assert heights == pytest.approx([phantom.positions_mm[i, 2] for i in (4, 0, 2, 1, 3)])
    assert frames[0].facts is frames[4].facts


def test_frames_without_their_own_groups_have_no_place(tmp_path: Path) -> None:
    def strip(data: Dataset, index: int) -> None:
        del data.PerFrameFunctionalGroupsSequence

    phantom = write_enhanced(tmp_path, slices=3, rows=8, columns=8, edit=strip)
    assert [frame.header.plane for frame in read_images(phantom.files[0])] == [None, None, None]


def test_files_of_one_series_share_their_facts(tmp_path: Path) -> None:
    files = write_phantom(tmp_path, slices=3, rows=8, columns=8).files
    other = write_phantom(tmp_path / "b", slices=1, rows=8, columns=8, kernel="H60s").files[0]
    known = header.Known()
    facts = [read_images(path, known=known)[0].facts for path in (*files, other)]
    assert facts[0] is facts[1] is facts[2]
    assert facts[3].kernel == "H60s"
    assert len(known.facts) == 2


def test_junk_is_not_dicom(tmp_path: Path) -> None:
    (tmp_path / "junk.dcm").write_bytes(b"junk" * 100)
    with pytest.raises(NotDicomError):
        read_images(tmp_path / "junk.dcm")
