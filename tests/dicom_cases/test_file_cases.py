"""Cases 43 to 58: files and encodings that are odd, broken or hostile."""

from __future__ import annotations

import os
import sys
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    RLELossless,
)

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.errors import NothingReadableError
from tests.dicom_cases.bytes_of_files import nest, restamp, shorten, unstamp
from tests.dicom_cases.reading import Desk, check, codes, sentence
from tests.phantom import new_dataset, put, save, write_enhanced, write_report

W = WarningCode
# JPEG 2000 of five levels takes at least 32 pixels.
LARGER = {"rows": 36, "columns": 36, "spacing_mm": (6, 6)}
CT = "1.2.840.10008.5.1.4.1.1.2"


def reason(desk: Desk) -> str:
    """Why nothing at all could be read."""
    with pytest.raises(NothingReadableError) as caught:
        desk.catalog()
    return str(caught.value)


@pytest.mark.case(43)
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_case_43_bare_data_sets_are_read_and_noted(desk: Desk, syntax: str) -> None:
    phantom = desk.write(preamble=False, transfer_syntax=syntax)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.ENCODING])
    assert "no DICOM preamble (10 images)" in sentence(series, W.ENCODING)


@pytest.mark.case(43)
def test_case_43_what_only_looks_like_dicom_is_counted_as_other_files_are(desk: Desk) -> None:
    phantom = desk.write()
    for number, data in enumerate(
        (b"plain text", b"", b"\x08\x00", b"\x08\x00\x05\x00CS\x0a\x00ISO_IR 100" * 20, b"PK\x03\x04" * 50, b"\0" * 200)
    ):
        (desk.path / f"junk{number}").write_bytes(data)
    catalog = desk.catalog()
    check(desk, catalog.series[0], phantom)
    assert catalog.skipped == (("not DICOM", 6),)


@pytest.mark.case(44)
@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_case_44_without_a_transfer_syntax_the_data_tell_and_it_is_noted(desk: Desk, syntax: str) -> None:
    phantom = desk.write(transfer_syntax=syntax)
    for path in phantom.files:
        unstamp(path)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.ENCODING])
    assert "no transfer syntax (10 images)" in sentence(series, W.ENCODING)


@pytest.mark.case(44)
def test_case_44_compressed_data_of_no_stated_syntax_are_refused_by_name(desk: Desk) -> None:
    for path in desk.write(transfer_syntax=RLELossless).files:
        unstamp(path)
    assert "10 x compressed image whose encoding is not stated" in reason(desk)


@pytest.mark.case(44)
def test_case_44_pixels_that_do_not_fit_the_header_are_placeholders(desk: Desk) -> None:
    phantom = desk.write()
    for path in phantom.files:
        unstamp(path)
    shorten(phantom.files[3], 100)
    volume = desk.load(desk.only())
    assert volume.broken == (3,)
    assert codes(volume) == [W.ENCODING, W.BROKEN_SLICES]


@pytest.mark.case(45)
@pytest.mark.parametrize(
    ("written", "stated"),
    [(ImplicitVRLittleEndian, ExplicitVRLittleEndian), (ExplicitVRLittleEndian, ImplicitVRLittleEndian)],
)
def test_case_45_another_encoding_than_stated_is_read_and_noted(desk: Desk, written: str, stated: str) -> None:
    phantom = desk.write(transfer_syntax=written)
    for path in phantom.files:
        restamp(path, stated)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.ENCODING])
    assert "another encoding than stated (10 images)" in sentence(series, W.ENCODING)


@pytest.mark.case(46)
@pytest.mark.parametrize("signed", [False, True])
def test_case_46_big_endian_is_exact(desk: Desk, signed: bool) -> None:
    padding = {"padding_value": -2000, "signed": True} if signed else {}
    phantom = desk.write(transfer_syntax=ExplicitVRBigEndian, **padding)
    check(desk, desk.only(), phantom)


@pytest.mark.case(46)
@pytest.mark.parametrize("uid", ["1.2.840.113619.5.2", "1.2.3.4.5", "1.2.840.10008.1.2.4.100"])
def test_case_46_an_unknown_encoding_is_refused_by_its_identifier(desk: Desk, uid: str) -> None:
    for path in desk.write(transfer_syntax=ImplicitVRLittleEndian).files:
        restamp(path, uid)
    assert f"10 x unknown encoding {uid}" in reason(desk)


@pytest.mark.case(47)
def test_case_47_deflated_data_are_exact(desk: Desk) -> None:
    phantom = desk.write(transfer_syntax=DeflatedExplicitVRLittleEndian)
    check(desk, desk.only(), phantom)


@pytest.mark.case(47)
def test_case_47_other_deflated_syntaxes_are_refused(desk: Desk) -> None:
    for path in desk.write(transfer_syntax=ExplicitVRLittleEndian).files:
        restamp(path, "1.2.840.10008.1.2.4.95")
    assert "unknown encoding 1.2.840.10008.1.2.4.95" in reason(desk)


@pytest.mark.case(49)
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian, RLELossless, JPEG2000Lossless])
def test_case_49_a_truncated_slice_is_a_marked_placeholder(table: Desk, syntax: str) -> None:
    phantom = table.write(transfer_syntax=syntax, **LARGER)
    shorten(phantom.files[6], 150)
    series = table.only()
    volume = table.load(series)
    good = [i for i in range(10) if i != 6]
    assert (len(series.slices), volume.broken, codes(volume)) == (10, (6,), [W.BROKEN_SLICES])
    assert (volume.hu[6] == -1024).all()
    assert np.array_equal(volume.hu[good], phantom.hu[good])
    assert sentence(volume, W.BROKEN_SLICES).startswith("1 of 10 slices could not be read and are shown empty: ")


@pytest.mark.case(49)
def test_case_49_a_file_that_ends_in_its_header_leaves_a_named_gap(table: Desk) -> None:
    phantom = table.write()
    shorten(phantom.files[6], 700)
    catalog = table.catalog()
    (series,) = catalog.series
    assert codes(series) == [W.IRREGULAR_SPACING, W.GAP]
    assert catalog.others == (("Image without pixels", 1),)


@pytest.mark.case(50)
@pytest.mark.parametrize(
    ("excess", "frames", "words"),
    [
        (0, None, ""),
        (2, None, "more pixel data than the image holds (10 images)"),
        (700, "1", "more pixel data than the image holds (10 images)"),
        (512, "1", "more pixel data than the image holds (10 images)"),
        (512, None, "pixels of 2 frames without their number, the first is shown (10 images)"),
        (1024, None, "pixels of 3 frames without their number, the first is shown (10 images)"),
    ],
)
def test_case_50_more_pixel_data_than_needed_are_named(desk: Desk, excess: int, frames: str | None, words: str) -> None:
    def add(data: Dataset, index: int) -> None:
        data.PixelData += b"\7" * excess
        if frames:
            data.NumberOfFrames = frames

    phantom = desk.write(edit=add)
    series = desk.only()
    check(desk, series, phantom, warnings=[W.ENCODING] if words else [])
    if words:
        assert words in sentence(series, W.ENCODING)


@pytest.mark.case(51)
def test_case_51_what_has_no_picture_is_counted_by_name(desk: Desk) -> None:
    phantom = desk.write("a")
    write_report(desk.path / "b")
    for name, sop_class in (
        ("pr", "1.2.840.10008.5.1.4.1.1.11.1"), ("pdf", "1.2.840.10008.5.1.4.1.1.104.1"), ("header", CT),
    ):  # fmt: skip
        save(new_dataset(sop_class, f"1.2.3.{len(name)}", ExplicitVRLittleEndian), desk.path / name)
    catalog = desk.catalog()
    (series,) = catalog.series
    check(desk, series, phantom)
    assert dict(catalog.others) == {
        "Dose report": 1, "Presentation state": 1, "Document": 1, "Image without pixels": 1,
    }  # fmt: skip


@pytest.mark.case(52)
@pytest.mark.parametrize("opened", ["DICOMDIR", "."])
def test_case_52_a_dicomdir_is_never_followed_out_of_its_folder(table: Desk, opened: str) -> None:
    table.write("outside", patient_id="SECRET")
    inside = Desk(table.path / "disc", table.arrangement, table.decoder)
    phantom = inside.write()
    directory = new_dataset("1.2.840.10008.1.3.10", "1.2.3", ExplicitVRLittleEndian)
    record = Dataset()
    record.DirectoryRecordType = "IMAGE"
    put(record, "ReferencedFileID", ["..", "outside", "I10"])
    directory.DirectoryRecordSequence = DicomSequence([record])
    save(directory, inside.path / "DICOMDIR")
    catalog = finish(discover(inside.path / opened))
    (series,) = catalog.series
    check(inside, series, phantom)
    assert catalog.others == (("DICOMDIR", 1),)


@pytest.mark.case(53)
@pytest.mark.parametrize(
    ("declared", "stored", "shown"),
    [
        ("ISO_IR 100", "Müller^Jörg".encode("latin-1"), "Müller^Jörg"),
        ("ISO_IR 192", "王^小東".encode(), "王^小東"),
        ("ISO_IR 192", "Müller".encode("latin-1"), "M\ufffdller"),
        ("KLINGON", "Müller".encode("latin-1"), "Müller (?)"),
        ("KLINGON", b"Mueller", "Mueller"),
        ("iso-ir 144", "Иванов".encode("iso8859-5"), "Иванов"),
        ("ISO 2022 IR 999", b"\x1bxy", "\ufffdxy (?)"),
        ("", "Müller".encode("latin-1"), "Müller"),
        ("ISO_IR 6", b"a\x1b[2Jb\nc", "a\ufffd[2Jb\ufffdc"),
    ],
)
def test_case_53_texts_of_any_character_set_are_shown_or_marked(
    table: Desk, declared: str, stored: bytes, shown: str
) -> None:
    phantom = table.write(patient_name="NAME" + "x" * (len(stored) - 4) if len(stored) >= 4 else "x")
    for path in phantom.files:
        data = path.read_bytes()
        name = b"\x10\x00\x10\x00PN"
        at = data.index(name)
        length = int.from_bytes(data[at + 6 : at + 8], "little")
        value = stored + b" " * (len(stored) % 2)
        data = data[: at + 6] + len(value).to_bytes(2, "little") + value + data[at + 8 + length :]
        at = data.index(b"\x08\x00\x05\x00CS")
        length = int.from_bytes(data[at + 6 : at + 8], "little")
        term = declared.encode() + b" " * (len(declared) % 2)
        path.write_bytes(data[: at + 6] + len(term).to_bytes(2, "little") + term + data[at + 8 + length :])
    series = table.only()
    check(table, series, phantom)
    assert series.patient.name == shown


@pytest.mark.case(54)
def test_case_54_nonsense_in_numbers_and_identifiers_stops_nothing(desk: Desk) -> None:
    odd = {
        "SeriesNumber": "two", "AcquisitionNumber": "1.5e99", "InstanceNumber": "9" * 30, "KVP": "high",
        "PatientAge": "61", "SliceThickness": "5 mm", "FrameOfReferenceUID": "not a uid", "StudyDate": "yesterday",
    }  # fmt: skip

    def edit(data: Dataset, index: int) -> None:
        for keyword, text in odd.items():
            tag = pydicom.datadict.tag_for_keyword(keyword)
            if tag in data:
                del data[tag]
            data.add_new(tag, "LO", text)

    phantom = desk.write(edit=edit)
    series = desk.only()
    check(desk, series, phantom)
    assert (series.series_number, series.kvp, series.patient.age_years) == (None, None, None)
    assert series.report.thicknesses_mm == ()


@pytest.mark.case(54)
@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("ImagePositionPatient", "a\\b\\c"), ("ImagePositionPatient", "1\\2"), ("ImagePositionPatient", "nan\\0\\0"),
        ("ImageOrientationPatient", "1\\0\\0\\1\\0\\0"), ("PixelSpacing", "0\\0"), ("PixelSpacing", "-1\\1"),
        ("ImagePositionPatient", "1e9\\0\\0"), ("ImageOrientationPatient", "0\\0\\0\\0\\0\\0"),
    ],
)  # fmt: skip
def test_case_54_a_place_that_cannot_be_is_no_place(table: Desk, keyword: str, text: str) -> None:
    def edit(data: Dataset, index: int) -> None:
        if index == 2:
            del data[keyword]
            data.add_new(pydicom.datadict.tag_for_keyword(keyword), "LO", text)

    table.write(edit=edit)
    series = table.only()
    assert series.report.verdict is Verdict.STACK_2D
    assert series.report.reason == "1 of 10 slices has no position in space."


@pytest.mark.case(55)
@pytest.mark.parametrize(("depth", "read"), [(10, True), (15, True), (20, False), (300, False), (20000, False)])
def test_case_55_nesting_beyond_16_is_a_reason_and_no_recursion(table: Desk, depth: int, read: bool) -> None:
    phantom = table.write()
    nest(phantom.files[9], depth)
    catalog = table.catalog()
    (series,) = catalog.series
    assert len(series.slices) == (10 if read else 9)
    assert catalog.skipped == (() if read else (("damaged DICOM file (nested too deep)", 1),))


@pytest.mark.case(56)
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, RLELossless, JPEG2000Lossless])
def test_case_56_a_dimension_bomb_is_refused_before_any_memory_is_taken(table: Desk, syntax: str) -> None:
    def swell(data: Dataset, index: int) -> None:
        data.Rows = data.Columns = 65535

    table.write(transfer_syntax=syntax, edit=swell, **{**LARGER, "slices": 1})
    tracemalloc.start()
    try:
        assert "image larger than 64 megapixels" in reason(table)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.case(56)
def test_case_56_thousands_of_frames_in_a_small_file_are_refused(table: Desk) -> None:
    write_enhanced(
        table.path, slices=5, rows=16, columns=16, edit=lambda data, _: setattr(data, "NumberOfFrames", 9999)
    )
    assert "image with more frames than its file holds" in reason(table)


@pytest.mark.case(58)
def test_case_58_names_of_any_alphabet_and_length(table: Desk) -> None:
    folder = "患者 Müller – αβγ/" + "/".join(f"long folder name {i}" * 3 for i in range(8))
    phantom = table.write(folder)
    assert len(str(phantom.files[0])) > 260
    check(table, table.only(), phantom)


@pytest.mark.case(58)
@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_case_58_links_are_not_followed_and_locked_files_are_counted(
    table: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    phantom = table.write()
    (table.path / "loop").symlink_to(table.path)
    (table.path / "alias").symlink_to(phantom.files[0])
    locked = table.path / "locked"
    locked.write_bytes(phantom.files[0].read_bytes())
    locked.chmod(0)
    if os.geteuid() == 0:
        # Nothing is locked to root: the system's answer is given in its place.
        from leukoviewer.dicom import zipped

        def refuse(path: Path, *args: object, **kwargs: object) -> object:
            if path == locked:
                raise PermissionError(13, "Permission denied")
            return open(path, *args, **kwargs)

        monkeypatch.setattr(zipped, "open", refuse, raising=False)
    catalog = table.catalog()
    check(table, catalog.series[0], phantom)
    assert dict(catalog.skipped) == {"link not followed": 2, "no permission": 1}


@pytest.mark.case(58)
def test_case_58_archives_are_not_opened(desk: Desk) -> None:
    phantom = desk.write()
    with zipfile.ZipFile(desk.path / "more.zip", "w") as archive:
        archive.write(phantom.files[0], "../../escape.dcm")
    catalog = desk.catalog()
    check(desk, catalog.series[0], phantom)
    assert catalog.skipped == (("not DICOM", 1),)
