"""The reader of data elements: equal to pydicom on sound files, unmoved by hostile ones."""

from __future__ import annotations

import random
import struct
import time
import warnings
import zlib
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
)

from leukoviewer.dicom import elements, tags
from leukoviewer.dicom.elements import MalformedError, NotDicomError, read_elements, read_elements_of
from tests.phantom import PhantomSeries, save, write_enhanced, write_phantom

SYNTAXES = [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
# Read by other rules than pydicom's: as pixels are signed, and as part of the file meta information.
OWN_RULES = {"PADDING_VALUE", "PADDING_RANGE_LIMIT", "TRANSFER_SYNTAX_UID", "MEDIA_SOP_CLASS_UID"}
WANTED = {
    name: tag
    for name, tag in vars(tags).items()
    if isinstance(tag, int) and not name.endswith("SEQUENCE") and name not in OWN_RULES
}


def bytes_of(tmp_path: Path, **options: object) -> bytes:
    return write_phantom(tmp_path, slices=1, rows=8, columns=8, **options).files[0].read_bytes()


def meta(syntax: str = ExplicitVRLittleEndian) -> bytes:
    uid = syntax.encode() + b"\0" * (len(syntax) % 2)
    return b"\0" * 128 + b"DICM" + struct.pack("<HH2sH", 2, 0x10, b"UI", len(uid)) + uid


def explicit(tag: int, vr: bytes, value: bytes) -> bytes:
    head = struct.pack("<HH2s", tag >> 16, tag & 0xFFFF, vr)
    long = vr in {b"OB", b"OW", b"SQ", b"UN"}
    return head + (struct.pack("<HI", 0, len(value)) if long else struct.pack("<H", len(value))) + value


def same(values: elements.Values, name: str, tag: int, data: Dataset) -> bool:
    try:
        element = data.get(tag)
        theirs = None if element is None else element.value
    except (ValueError, TypeError, NotImplementedError):
        return True  # pydicom gives up on the value; there is nothing to compare with
    if theirs is None or theirs == "" or (isinstance(theirs, MultiValue) and len(theirs) == 0):
        return values.raw_text(tag).strip("\\") == "" or not values.numbers(tag)
    several = list(theirs) if isinstance(theirs, MultiValue) else [theirs]
    if isinstance(several[0], int | float):
        return values.numbers(tag) == tuple(map(float, several))
    mine = values.texts(tag) if len(several) > 1 else (values.person_text(tag),)
    return [text.strip() for text in mine] == [str(text).strip() for text in several]


def compare(path: Path) -> list[str]:
    """Names of elements that pydicom reads otherwise."""
    found = read_elements(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = pydicom.dcmread(path)
        wrong = [name for name, tag in WANTED.items() if not same(found.values, name, tag, data)]
        if "PixelData" in data and found.transfer_syntax_uid != DeflatedExplicitVRLittleEndian:
            stored = path.read_bytes()[found.pixels.offset :] if found.pixels else b""
            wrong += [] if stored.startswith(data.PixelData[:1024]) else ["pixel data"]
    return wrong


@pytest.mark.parametrize("syntax", [*SYNTAXES, JPEGLSLossless])
def test_every_element_is_as_pydicom_reads_it(tmp_path: Path, syntax: str) -> None:
    phantom = write_phantom(tmp_path, slices=2, transfer_syntax=syntax, padding_value=3, patient_name="Müller^Jörg")
    assert {path.name: compare(path) for path in phantom.files} == {path.name: [] for path in phantom.files}


def test_the_samples_that_come_with_pydicom_are_read_as_pydicom_reads_them() -> None:
    compared, wrong = 0, {}
    # Those in the package alone: pydicom would download the others.
    for path in sorted((Path(pydicom.__file__).parent / "data" / "test_files").glob("*.dcm")):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pydicom.dcmread(path, stop_before_pixels=True)
        except pydicom.errors.InvalidDicomError:
            continue
        compared += 1
        differing = compare(path)
        if differing:
            wrong[path.name] = differing
    assert compared > 60
    assert wrong == {}


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_place_of_native_pixels_is_found_without_reading_them(tmp_path: Path, syntax: str) -> None:
    data = bytes_of(tmp_path, transfer_syntax=syntax)
    found = read_elements_of(data)
    assert found.transfer_syntax_uid == syntax
    assert found.pixels.length == 8 * 8 * 2
    if syntax != DeflatedExplicitVRLittleEndian:
        assert found.pixels.offset + found.pixels.length <= len(data)


def test_encapsulated_pixels_have_no_length(tmp_path: Path) -> None:
    assert read_elements_of(bytes_of(tmp_path, transfer_syntax=JPEGLSLossless)).pixels.length is None


@pytest.mark.parametrize(("syntax", "implicit"), [(ExplicitVRLittleEndian, False), (ImplicitVRLittleEndian, True)])
def test_a_file_without_preamble_is_accepted_when_it_begins_as_dicom_does(
    tmp_path: Path, syntax: str, implicit: bool
) -> None:
    found = read_elements_of(bytes_of(tmp_path, transfer_syntax=syntax, preamble=False))
    assert found.values.text(tags.MODALITY) == "CT"
    assert "no DICOM preamble" in found.notes
    assert "no transfer syntax" in found.notes


@pytest.mark.parametrize(
    "data", [b"", b"DICM", b"PK\3\4" + b"\0" * 200, b"\x08\0\x05\0CS\0\0" + b"x" * 300, b"\x89PNG" * 100, b"\0" * 132]
)
def test_other_files_are_not_dicom(data: bytes) -> None:
    with pytest.raises(NotDicomError):
        read_elements_of(data)


def test_implicit_elements_under_an_explicit_header_are_read_and_noted(tmp_path: Path) -> None:
    data = bytearray(bytes_of(tmp_path, transfer_syntax=ImplicitVRLittleEndian))
    at = data.index(b"1.2.840.10008.1.2\0")
    data[at - 8 : at + 18] = struct.pack("<HH2sH", 2, 0x10, b"UI", 20) + b"1.2.840.10008.1.2.1\0"[:18] + b""
    data[at : at + 18] = b"1.2.840.10008.1.2."
    data[at - 2 : at] = struct.pack("<H", 18)
    found = read_elements_of(bytes(data))
    assert found.values.integer(tags.ROWS) == 8
    assert "another encoding than stated" in found.notes


def test_an_icon_in_a_sequence_is_not_mistaken_for_the_image(tmp_path: Path) -> None:
    def add_icon(data: Dataset, index: int) -> None:
        icon = Dataset()
        icon.Rows, icon.Columns, icon.PixelData = 3, 3, b"\1" * 18
        icon["PixelData"].VR = "OW"
        data.IconImageSequence = Sequence([icon])

    found = read_elements_of(bytes_of(tmp_path, edit=add_icon))
    assert found.values.integer(tags.ROWS) == 8
    assert found.pixels.length == 128


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_functional_groups_of_frames_are_read(tmp_path: Path, syntax: str) -> None:
    phantom = write_enhanced(tmp_path, slices=5, rows=8, columns=8, transfer_syntax=syntax)
    groups = read_elements(phantom.files[0]).values.items(tags.PER_FRAME_GROUPS_SEQUENCE)
    heights = [group.item(tags.PLANE_POSITION_SEQUENCE).numbers(tags.IMAGE_POSITION)[2] for group in groups]
    assert heights == pytest.approx(phantom.positions_mm[:, 2])


def nested(depth: int) -> bytes:
    opening = b"\x40\0\x30\xa7SQ\0\0\xff\xff\xff\xff\xfe\xff\0\xe0\xff\xff\xff\xff"
    return meta() + explicit(tags.SOP_CLASS_UID, b"UI", b"1.2\0") + opening * depth


@pytest.mark.parametrize("depth", [17, 200, 20_000])
def test_sequences_nested_without_end_are_a_reason_and_no_recursion(depth: int) -> None:
    with pytest.raises(MalformedError, match="deep"):
        read_elements_of(nested(depth))


def test_millions_of_empty_elements_end_at_the_limit() -> None:
    data = meta() + explicit(0x00090010, b"LO", b"") * (elements.MAX_ELEMENTS + 1000)
    started = time.perf_counter()
    with pytest.raises(MalformedError, match="too many"):
        read_elements_of(data)
    assert time.perf_counter() - started < 5


def test_meta_information_of_millions_of_elements_ends_at_the_limit() -> None:
    data = meta() + explicit(0x00020102, b"OB", b"") * 2_000_000
    began = time.process_time()
    with pytest.raises(MalformedError, match="too many elements"):
        read_elements_of(data)
    assert time.process_time() - began < 5


def test_a_deflated_bomb_is_inflated_no_further_than_a_header() -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"".join(bomb.compress(b"\0" * (1 << 20)) for _ in range(100)) + bomb.flush()
    started = time.process_time()
    with pytest.raises(MalformedError, match="too many"):
        read_elements_of(meta(DeflatedExplicitVRLittleEndian) + packed)
    assert time.process_time() - started < 5


def test_deflated_nonsense_is_malformed() -> None:
    with pytest.raises(MalformedError):
        read_elements_of(meta(DeflatedExplicitVRLittleEndian) + b"\xff" * 64)


def test_a_length_beyond_the_file_ends_the_reading(tmp_path: Path) -> None:
    data = meta() + explicit(tags.SOP_CLASS_UID, b"UI", b"1.2\0") + b"\x18\0\x50\0DS\xf0\xff1"
    found = read_elements_of(data)
    assert found.sop_class_uid == "1.2"
    assert found.values.number(tags.SLICE_THICKNESS) is None
    assert found.pixels is None


def test_a_value_of_a_wanted_tag_that_is_megabytes_long_is_left_out() -> None:
    data = meta() + explicit(0x00180050, b"UN", b"5" * (elements.MAX_VALUE_BYTES + 2))
    assert read_elements_of(data).values.number(tags.SLICE_THICKNESS) is None


def test_a_private_megabyte_before_the_image_is_stepped_over(tmp_path: Path) -> None:
    def add_private(data: Dataset, index: int) -> None:
        data.add_new(0x00091001, "OB", b"\7" * 3_000_000)

    path = write_phantom(tmp_path, slices=1, rows=8, columns=8, edit=add_private).files[0]
    assert read_elements(path).values.integer(tags.COLUMNS) == 8


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_damaged_headers_raise_nothing_but_not_dicom(tmp_path: Path, syntax: str) -> None:
    sound = bytes_of(tmp_path, transfer_syntax=syntax)
    draw = random.Random(7)
    started = time.perf_counter()
    for _ in range(400):
        data = bytearray(sound)
        for _ in range(draw.choice((1, 4, 20))):
            data[draw.randrange(128, len(data))] = draw.choice((0, 255, draw.randrange(256)))
        if draw.random() < 0.3:
            del data[draw.randrange(132, len(data)) :]
        try:
            read_elements_of(bytes(data))
        except NotDicomError:
            continue
    assert time.perf_counter() - started < 15


def test_meta_names_the_class_of_a_dicomdir(tmp_path: Path) -> None:
    series = PhantomSeries(slices=1, rows=8, columns=8)
    data = series.dataset(0, series.stored()[0][0], series.positions_mm()[0])
    del data.SOPClassUID
    data.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.1.3.10"
    data.save_as(tmp_path / "DICOMDIR")
    assert read_elements(tmp_path / "DICOMDIR").sop_class_uid == "1.2.840.10008.1.3.10"


def test_a_file_that_cannot_be_opened_is_an_operating_system_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no_such"):
        read_elements(tmp_path / "no_such.dcm")


def test_saved_bytes_and_files_read_alike(tmp_path: Path) -> None:
    series = PhantomSeries(slices=1, rows=8, columns=8)
    save(series.dataset(0, series.stored()[0][0], series.positions_mm()[0]), tmp_path / "a")
    assert read_elements(tmp_path / "a").pixels == read_elements_of((tmp_path / "a").read_bytes()).pixels
