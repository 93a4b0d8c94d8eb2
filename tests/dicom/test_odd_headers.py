"""Headers made of elements that come twice, go, move and change their lengths, letters and values: read as by a walk.

Damage to single bytes seldom makes them; here whole elements are changed, as careless and hostile writers do.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

import pytest

from leukoviewer.dicom import layouts, tags
from leukoviewer.dicom.elements import LONG_VRS, FileElements, NotDicomError, read_open
from leukoviewer.dicom.header import MAX_KNOWN, Known, _cached_facts, read_images
from leukoviewer.dicom.layouts import Layouts
from leukoviewer.dicom.series_facts import SeriesFacts
from leukoviewer.dicom.syntaxes import DEFLATED, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE
from leukoviewer.dicom.tags import VR_OF
from leukoviewer.dicom.values import Values

Element = tuple[int, bytes, bytes]
CT = b"1.2.840.10008.5.1.4.1.1.2\0"
PIXELS = (0x7FE00010, b"OW", b"\1\0" * 16)
PLAIN: tuple[Element, ...] = (
    (0x00020002, b"UI", CT),
    (tags.TRANSFER_SYNTAX_UID, b"UI", b"1.2.840.10008.1.2.1\0"),
    (tags.SPECIFIC_CHARACTER_SET, b"CS", b"ISO_IR 100"),
    (tags.SOP_CLASS_UID, b"UI", CT),
    (tags.SOP_INSTANCE_UID, b"UI", b"1.2.3.4\0"),
    (0x00091001, b"UN", b"\0" * 6),
    (tags.PATIENT_NAME, b"PN", b"Doe^J "),
    (tags.KVP, b"DS", b"120 "),
    (tags.SERIES_UID, b"UI", b"1.2.3\0"),
    (tags.IMAGE_POSITION, b"DS", b"0\\0\\1 "),
    (tags.ROWS, b"US", b"\4\0"),
    (tags.COLUMNS, b"US", b"\4\0"),
    (tags.BITS_ALLOCATED, b"US", b"\x10\0"),
    (tags.RESCALE_SLOPE, b"DS", b"1 "),
)
SYNTAXES = tuple(one.encode() for one in (EXPLICIT_LITTLE, EXPLICIT_BIG, IMPLICIT_LITTLE, DEFLATED, "1.2.3", ""))
ODD_TAGS = (
    *VR_OF, *tags.SEQUENCES, 0x00000000, 0x00010001, 0x00020010, 0x00091001, 0x7FE00008, 0xFFFEE000, 0xFFFEE00D,
    0xFFFEE0DD, 0x60003000, 0x52009231,
)  # fmt: skip
ODD_VRS = (b"US", b"UI", b"LO", b"FD", b"OB", b"UN", b"SQ", b"UT", b"ZZ", b"us", b"\0\0", b"OW")
ODD_LENGTHS = (0, 1, 2, 7, 8, 64, 65, 255, 4000, 17_000, 0xFFFE, 0xFFFF, 0x10000, 0xFFFFFFFF)


def encoded(element: Element, *, length: int | None = None) -> bytes:
    """An explicit little endian element, of another length than it has where one is given."""
    tag, vr, value = element
    said = len(value) if length is None else length
    head = struct.pack("<HH2s", tag >> 16, tag & 0xFFFF, vr)
    size = struct.pack("<HI", 0, said) if vr in LONG_VRS else struct.pack("<H", min(said, 0xFFFF))
    return head + size + value


def file_of(elements: tuple[Element, ...], *, lengths: dict[int, int] | None = None) -> bytes:
    """A file of these elements and then pixels; ``lengths`` are lies about those at an index."""
    lies = lengths or {}
    parts = [encoded(one, length=lies.get(index)) for index, one in enumerate((*elements, PIXELS))]
    return b"\0" * 128 + b"DICM" + b"".join(parts)


def outcome(read: Callable[[io.BytesIO, int], FileElements], data: bytes) -> FileElements | str:
    """What is said of a file; the reason where it is refused."""
    try:
        return read(io.BytesIO(data), len(data))
    except NotDicomError as reason:
        return str(reason)


def with_value(tag: int, value: bytes) -> tuple[Element, ...]:
    """The plain elements, one of them with another value."""
    return tuple((one, vr, value if one == tag else old) for one, vr, old in PLAIN)


@pytest.mark.parametrize("tag", [tags.ROWS, tags.SOP_CLASS_UID, tags.PATIENT_NAME])
def test_the_first_of_two_counts_though_both_said_the_same_in_the_file_before(tag: int) -> None:
    known = Layouts()
    element = next(one for one in PLAIN if one[0] == tag)
    for second in (element[2], b"\x63" * len(element[2])):
        data = file_of((*PLAIN, (tag, element[1], second)))
        found = outcome(known.read_open, data)
        assert isinstance(found, FileElements)
        assert found == outcome(read_open, data)
        assert found.values.element(tag) == element[1:]


def test_a_deflated_file_that_begins_as_one_that_is_not_is_inflated() -> None:
    """Stored in blocks, deflated bytes are those that went in: they might be taken for elements as they lie there."""
    known = Layouts()
    inner = b"".join(encoded(one) for one in (*PLAIN[2:], PIXELS))
    packer = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    meta = (PLAIN[0], (tags.TRANSFER_SYNTAX_UID, b"UI", DEFLATED.encode()))
    data = b"\0" * 128 + b"DICM" + b"".join(encoded(one) for one in meta) + packer.compress(inner) + packer.flush()
    walked = outcome(read_open, data)
    assert isinstance(walked, FileElements)
    assert walked.values.integer(tags.ROWS) == 4
    assert [outcome(known.read_open, data) for _ in range(3)] == [walked] * 3


def edited(draw: random.Random, kept: tuple[Element, ...], edits: int) -> tuple[Element, ...]:
    """Elements with so many changes."""
    elements = list(kept)
    for _ in range(edits):
        index = draw.randrange(len(elements))
        tag, vr, value = elements[index]
        match draw.randrange(8):
            case 0:
                elements.insert(draw.randrange(len(elements) + 1), (tag, vr, value))
            case 1 | 2:
                elements[index] = tag, vr, bytes(draw.choice(b"\0 12\\x") for _ in value)
            case 3:
                elements[index] = tag, vr, value + b" " * draw.randrange(6)
            case 4:
                elements[index] = tag, draw.choice(ODD_VRS), value
            case 5:
                elements[index] = draw.choice(ODD_TAGS), vr, value
            case 6:
                other = draw.randrange(len(elements))
                elements[index], elements[other] = elements[other], elements[index]
            case 7:
                elements[1] = tags.TRANSFER_SYNTAX_UID, b"UI", draw.choice(SYNTAXES)
    return tuple(elements)


def odd_files(draw: random.Random, files: int) -> Iterator[bytes]:
    """Files that are odd in the same way, and differ a little besides."""
    alike = edited(draw, PLAIN, draw.choice((0, 0, 1, 2)))
    for _ in range(files):
        elements = edited(draw, alike, draw.choice((0, 1, 1, 2)))
        lies = {draw.randrange(len(elements)): draw.choice(ODD_LENGTHS)} if draw.random() < 0.1 else {}
        data = file_of(elements, lengths=lies)
        yield data[: draw.randrange(len(data))] if draw.random() < 0.03 else data


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_to_elements_a_file_is_read_as_by_a_walk(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw, walked = random.Random(seed), []
    monkeypatch.setattr(layouts, "read_open", lambda file, size: walked.append(size) or read_open(file, size))
    for _ in range(120):
        known = Layouts()
        for data in odd_files(draw, 20):
            assert outcome(known.read_open, data) == outcome(read_open, data)
    # Both ways were taken by many files.
    assert 600 < len(walked) < 2000


def test_what_files_have_in_common_does_not_pile_up(tmp_path: Path) -> None:
    """Compressed files all differ in size: 200,000 of them are not to be remembered one by one."""
    known = Known()
    path = tmp_path / "one.dcm"
    for number in range(MAX_KNOWN + 20):
        path.write_bytes(file_of(with_value(tags.SERIES_UID, b"1.2.%d" % number)) + b"\0" * number)
        (image,) = read_images(path, known=known)
        assert image.facts.series_uid == f"1.2.{number}"
        assert image.header.pixels.rows == 4
    assert len(known.facts) == len(known.formats) == MAX_KNOWN


def test_the_bytes_of_a_number_mean_another_number_in_big_endian() -> None:
    """Facts are told apart by their bytes, and by the order of those."""
    known: dict[Hashable, SeriesFacts] = {}
    volts = []
    for big in (False, True):
        values = Values(big=big)
        values.put(tags.KVP, b"US", b"\0\x78")
        volts.append(_cached_facts(values, known).kvp)
    assert volts == [0x7800, 0x78]
