"""All attributes of a file: as pydicom names them, nested, private, binary and damaged ones; the pixels unread."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
)

from leukoviewer.core.attributes import Attribute, FileAttributes
from leukoviewer.dicom import attributes as module
from leukoviewer.dicom.attributes import read_attributes
from leukoviewer.errors import NothingReadableError
from tests.phantom import write_enhanced, write_phantom

SYNTAXES = [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
META = b"\0" * 128 + b"DICM" + struct.pack("<HH2sH", 2, 0x10, b"UI", 20) + b"1.2.840.10008.1.2.1\0"
ITEM, ITEM_END, SEQUENCE_END = (struct.pack("<HHI", 0xFFFE, element, 0) for element in (0xE000, 0xE00D, 0xE0DD))
OPEN_ITEM = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)


def read(path: Path) -> FileAttributes:
    work = read_attributes(path)
    while True:
        try:
            next(work)
        except StopIteration as stop:
            result: FileAttributes = stop.value
            return result


def read_bytes(tmp_path: Path, *elements: bytes) -> FileAttributes:
    path = tmp_path / "file.dcm"
    path.write_bytes(META + b"".join(elements))
    return read(path)


def element(tag: int, vr: bytes, value: bytes, length: int | None = None) -> bytes:
    stated = len(value) if length is None else length
    head = struct.pack("<HH2s", tag >> 16, tag & 0xFFFF, vr)
    long = vr in {b"OB", b"OW", b"SQ", b"UN", b"UT"}
    return head + (struct.pack("<HI", 0, stated) if long else struct.pack("<H", stated)) + value


def nested(depth: int) -> bytes:
    """Sequences in sequences, all of open length."""
    start = element(0x00081140, b"SQ", b"", 0xFFFFFFFF) + OPEN_ITEM
    return start * depth + (ITEM_END + SEQUENCE_END) * depth


def find(found: FileAttributes, tag: int) -> Attribute:
    return next(one for top in found.attributes for one in top.walk() if one.tag == tag)


def rich(data: Dataset, _index: int) -> None:
    """Nested twice, private with nested items, binary, several values, other character sets, long text."""
    inner, reference, private = Dataset(), Dataset(), Dataset()
    inner.ReferencedSOPInstanceUID, inner.PatientComments = "1.2.3", "deep inside"
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    reference.PurposeOfReferenceCodeSequence = Sequence([inner, Dataset()])
    data.ReferencedImageSequence = Sequence([reference])
    block = data.private_block(0x0029, "SIEMENS CSA HEADER", create=True)
    block.add_new(0x08, "CS", "IMAGE NUM 4")
    block.add_new(0x10, "OB", bytes(range(40)))
    unknown = data.private_block(0x0031, "NOBODY KNOWS", create=True)
    unknown.add_new(0x01, "LO", "some words")
    private.PatientComments = "in a private item"
    unknown.add_new(0x02, "SQ", Sequence([private]))
    data.FrameIncrementPointer = 0x00181063
    data.PatientComments = "x" * 9000
    data.AdditionalPatientHistory = "first\r\nsecond"
    data.PixelSpacing = [0.5, 0.25]


@pytest.mark.parametrize("syntax", [*SYNTAXES, JPEGLSLossless])
def test_every_attribute_stands_in_its_place_whatever_the_encoding(tmp_path: Path, syntax: str) -> None:
    path = write_phantom(
        tmp_path, slices=1, transfer_syntax=syntax, edit=rich, patient_name="Müller^Jörg", signed=True,
        padding_value=-2000, intercept=0.0, rows=16, columns=16,
    ).files[0]  # fmt: skip
    found = read(path)
    assert found.notes == ()
    data = pydicom.dcmread(path)
    expected = [*(int(e.tag) for e in data.file_meta), *(int(e.tag) for e in data)]
    assert [one.tag for one in found.attributes] == expected
    assert find(found, 0x00100010).value == "Müller^Jörg"
    assert find(found, 0x00280030).value == "0.5\\0.25"
    assert find(found, 0x00280120).value == "-2000"
    assert find(found, 0x00280009).value == "(0018,1063)"
    assert find(found, 0x001021B0).value == "first ⏎ second"
    assert find(found, 0x00104000).value == "deep inside"
    assert found.attributes[expected.index(0x00104000)].value == "x" * 1024 + "… (9,000 bytes)"
    assert "pixel data, not loaded (" in find(found, 0x7FE00010).value
    reference = find(found, 0x00081140)
    assert [len(item) for item in reference.items] == [2]
    assert reference.value == "1 item"
    assert reference.items[0][0].value == "1.2.840.10008.5.1.4.1.1.2  (CT Image Storage)"
    assert [len(item) for item in reference.items[0][1].items] == [2, 0]
    assert reference.items[0][1].items[0][0].tag_text == "(0008,1155)"


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_private_attributes_are_named_by_their_maker(tmp_path: Path, syntax: str) -> None:
    path = write_phantom(tmp_path, slices=1, rows=16, columns=16, transfer_syntax=syntax, edit=rich).files[0]
    found = read(path)
    told = {one.tag: (one.title, one.value) for one in found.attributes if one.tag >> 16 & 1}
    assert told[0x00290010] == ("[Private Creator]", "SIEMENS CSA HEADER")
    assert told[0x00291008] == ("[CSA Image Header Type]", "IMAGE NUM 4")
    assert told[0x00291010][0] == "[CSA Image Header Info]"
    assert told[0x00291010][1] == "00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F… (40 bytes)"
    assert told[0x00311001] == ("[Private: NOBODY KNOWS]", "some words")
    assert told[0x00311002][1] == "1 item"
    assert find(found, 0x00311002).items[0][0].value == "in a private item"


def test_the_samples_that_come_with_pydicom_hold_what_pydicom_finds() -> None:
    compared, wrong = 0, {}
    for path in sorted((Path(pydicom.__file__).parent / "data" / "test_files").glob("*.dcm")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                data = pydicom.dcmread(path)
                expected = [int(e.tag) for e in (*data.file_meta, *data)]
            except (pydicom.errors.InvalidDicomError, ValueError, NotImplementedError):
                continue
        compared += 1
        found = read(path)
        if [one.tag for one in found.attributes] != expected and "truncated" not in path.name:
            wrong[path.name] = found.notes
    assert compared > 50
    assert wrong == {}


def test_the_frames_of_an_enhanced_image_are_all_there(tmp_path: Path) -> None:
    found = read(write_enhanced(tmp_path, slices=7, rows=16, columns=16).files[0])
    assert find(found, 0x52009230).value == "7 items"
    positions = [one for top in found.attributes for one in top.walk() if one.keyword == "ImagePositionPatient"]
    assert len(positions) == 7
    assert found.count > 7 * 4


@pytest.mark.parametrize(
    ("elements", "shown", "note"),
    [
        pytest.param(
            [element(0x00100020, b"LO", b"1234"), element(0x00104000, b"LT", b"ab", 500)],
            [0x00020010, 0x00100020],
            "The file is damaged after (0010,0020) PatientID; what follows cannot be shown.",
            id="a value longer than the file",
        ),
        pytest.param(
            [element(0x00100020, b"LO", b"1234"), b"\x10\x00\x30"],
            [0x00020010, 0x00100020],
            "",
            id="less than an element at the end",
        ),
        pytest.param(
            [element(0x00081140, b"SQ", b"", 0xFFFFFFFF), OPEN_ITEM, element(0x00100020, b"LO", b"12"), b"\1" * 16],
            [0x00020010, 0x00081140],
            "The file is damaged after (0010,0020) PatientID; what follows cannot be shown.",
            id="damaged within an item",
        ),
        pytest.param(
            [element(0x00081140, b"SQ", element(0x00100020, b"LO", b"12") * 2)],
            [0x00020010, 0x00081140],
            "The file is damaged after (0002,0010) TransferSyntaxUID; what follows cannot be shown.",
            id="a sequence without items",
        ),
        pytest.param(
            [element(0x00081140, b"SQ", ITEM, 4000)],
            [0x00020010, 0x00081140],
            "The file is damaged after (0002,0010) TransferSyntaxUID; what follows cannot be shown.",
            id="a sequence longer than the file",
        ),
        pytest.param(
            [element(0x7FE00010, b"OW", b"\0" * 100, 8192)],
            [0x00020010, 0x7FE00010],
            "The pixel data are cut off: 100 of 8,192 bytes are there.",
            id="pixels cut off",
        ),
        pytest.param(
            [element(0x7FE00010, b"OB", struct.pack("<HHI", 0xFFFE, 0xE000, 900) + b"\0" * 30, 0xFFFFFFFF)],
            [0x00020010, 0x7FE00010],
            "The compressed pixel data do not end as they should; what follows them is not shown.",
            id="compressed pixels cut off",
        ),
        pytest.param(
            [nested(40)],
            [0x00020010, 0x00081140],
            "Sequences lie in each other deeper than 16 levels; what follows is not shown.",
            id="nested too deep",
        ),
    ],
)
def test_a_damaged_file_shows_what_it_still_says(
    tmp_path: Path, elements: list[bytes], shown: list[int], note: str
) -> None:
    found = read_bytes(tmp_path, *elements)
    assert [one.tag for one in found.attributes] == shown
    assert found.notes == ((note,) if note else ())


def test_a_file_cut_anywhere_never_raises_anything_but_a_sentence(tmp_path: Path) -> None:
    whole = write_phantom(tmp_path, slices=1, rows=8, columns=8, edit=rich).files[0].read_bytes()
    path = tmp_path / "cut.dcm"
    counts, sentences = [], []
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        try:
            counts.append(len(read(path).attributes))
        except NothingReadableError as error:
            sentences.append(str(error))
    assert counts == sorted(counts)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_the_number_of_attributes_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ATTRIBUTES", 10)
    found = read_bytes(tmp_path, *(element(0x00110000 + number, b"LO", b"ab") for number in range(1, 30)))
    assert found.count == 10
    assert found.notes == ("Only the first 10 attributes of this file are shown.",)


def test_all_values_together_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CHARACTERS", 30)
    found = read_bytes(tmp_path, *(element(tag, b"LO", b"twenty characters...") for tag in (0x00081030, 0x0008103E)))
    assert [one.value for one in found.attributes][1:] == ["20 bytes", "20 bytes"]


def test_a_value_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file.dcm"
    with open(path, "wb") as file:
        file.write(META + element(0x00420011, b"OB", b"%PDF", 1 << 30))
        file.seek((1 << 30) - 4, 1)
        file.write(element(0x00420012, b"LO", b"text/pdf"))
    found = read(path)
    assert found.notes == ()
    assert find(found, 0x00420011).value.endswith("… (1,073,741,824 bytes)")
    assert find(found, 0x00420012).value == "text/pdf"


def test_what_follows_the_pixels_is_shown_too(tmp_path: Path) -> None:
    path = write_phantom(tmp_path, slices=1, rows=16, columns=16, transfer_syntax=JPEGLSLossless).files[0]
    path.write_bytes(path.read_bytes() + element(0xFFFCFFFC, b"OB", b"\0\0"))
    found = read(path)
    assert found.attributes[-1].keyword == "DataSetTrailingPadding"
    assert found.attributes[-2].value.startswith("compressed pixel data, not loaded (1 piece, ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "The file of this slice is no longer there; open the folder again."),
        (b"no dicom at all", "The attributes of this slice cannot be read (not DICOM); choose another slice."),
        (b"", "The attributes of this slice cannot be read (not DICOM); choose another slice."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "Secret^Name.dcm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NothingReadableError) as caught:
        read(path)
    assert str(caught.value) == sentence


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingReadableError, match="cannot be read; check its permissions"):
        read(tmp_path)


def test_no_value_comes_into_a_log(tmp_path: Path) -> None:
    found = read(write_phantom(tmp_path, slices=1, rows=8, columns=8, patient_name="Secret^Name").files[0])
    assert find(found, 0x00100010).value == "Secret^Name"
    assert "Secret" not in repr(found)


def test_a_real_scan_is_read_whole(real_data: Path) -> None:
    path = next(path for path in sorted((real_data / "head_ct_ge").rglob("*")) if path.is_file())
    found = read(path)
    data = pydicom.dcmread(path, stop_before_pixels=True)
    assert [one.tag for one in found.attributes][:-1] == [int(e.tag) for e in (*data.file_meta, *data)]
    assert found.notes == ()
