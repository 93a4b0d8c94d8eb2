"""Tolerant getters: nonsense is None or empty, never an error."""

from __future__ import annotations

import struct

import pytest

from leukoviewer.dicom import tags
from leukoviewer.dicom.values import Values


def values(tag: int, value: bytes, vr: bytes = b"", *, big: bool = False, charset: bytes = b"") -> Values:
    made = Values(big=big)
    made.put(tag, vr, value)
    if charset:
        made.put(tags.SPECIFIC_CHARACTER_SET, b"CS", charset)
    return made


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (b"5", 5.0), (b" 5.0 ", 5.0), (b"+18.5", 18.5), (b"1e1", 10.0), (b"00400", 400.0), (b"2,5", 2.5),
        (b"5\\7", 5.0),
        (b"", None), (b"  ", None), (b"five", None), (b"nan", None), (b"inf", None), (b"1e999", None), (b"5\0", 5.0),
        (b"\xff\xfe", None), (b"5 mm", None), (b"0x10", None),
    ],
)  # fmt: skip
def test_decimal_strings_are_numbers_or_none(text: bytes, number: float | None) -> None:
    assert values(tags.SLICE_THICKNESS, text).number(tags.SLICE_THICKNESS) == number


@pytest.mark.parametrize(
    ("text", "number"), [(b"12", 12), (b"12.0", 12), (b"12.5", None), (b"x", None), (b"", None), (b"-3", -3)]
)
def test_integers_are_whole_or_none(text: bytes, number: int | None) -> None:
    assert values(tags.INSTANCE_NUMBER, text).integer(tags.INSTANCE_NUMBER) == number


@pytest.mark.parametrize(
    ("vr", "code", "stored"),
    [(b"US", "H", 512), (b"UL", "I", 512), (b"SS", "h", -5), (b"SL", "i", -5), (b"FD", "d", 0.25), (b"", "H", 512)],
)
@pytest.mark.parametrize("big", [False, True])
def test_binary_numbers_follow_their_own_representation(vr: bytes, code: str, stored: float, big: bool) -> None:
    packed = struct.pack((">" if big else "<") + code, stored)
    assert values(tags.ROWS, packed, vr, big=big).number(tags.ROWS) == stored


def test_a_binary_value_of_odd_length_is_read_as_far_as_it_goes() -> None:
    assert values(tags.ROWS, b"\0", b"US").integer(tags.ROWS) is None
    assert values(tags.ROWS, b"\0\2\1", b"US").integer(tags.ROWS) == 512


def test_one_bad_number_spoils_a_position() -> None:
    assert values(tags.IMAGE_POSITION, b"1\\x\\3").numbers(tags.IMAGE_POSITION) == ()
    assert values(tags.IMAGE_POSITION, b"1\\2\\-3.5").numbers(tags.IMAGE_POSITION) == (1, 2, -3.5)


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        (b"ISO_IR 100", "Müller".encode("latin-1"), "Müller"),
        (b"ISO_IR 192", "Müller 王".encode(), "Müller 王"),
        (b"ISO_IR 144", "Иванов".encode("iso8859-5"), "Иванов"),
        (b"GB18030", "王".encode("gb18030"), "王"),
        (b"", b"plain", "plain"),
        (b"KLINGON", "Müller".encode("latin-1"), "Müller (?)"),
        (b"utf-8", "Müller".encode(), "Müller"),
        (b"iso-ir 100", "Müller".encode("latin-1"), "Müller"),
        (b"ISO_IR 192", "Müller".encode("latin-1"), "M\ufffdller"),
        (b"\\ISO 2022 IR 87", b"\x1b$B;3ED\x1b(B", "山田"),
        (b"ISO 2022 IR 999", b"\x1bxy", "\x1bxy (?)"),
        (b"\\ISO 2022 IR 87\\ISO 2022 IR 999", b"\x1b$B;3ED\x1b(B", "山田 (?)"),
    ],
)
def test_text_follows_its_character_set_and_never_fails(charset: bytes, raw: bytes, text: str) -> None:
    assert values(tags.PATIENT_NAME, raw, charset=charset).person_text(tags.PATIENT_NAME) == text


@pytest.mark.parametrize("signed", [False, True])
def test_a_stored_value_is_read_as_pixels_are_signed(signed: bool) -> None:
    found = values(tags.PADDING_VALUE, struct.pack("<h", -2000), b"SS").stored_value(tags.PADDING_VALUE, signed=signed)
    assert found == (-2000 if signed else 63536)


def test_what_is_absent_is_empty() -> None:
    empty = Values()
    assert empty.text(tags.MODALITY) == empty.person_text(tags.PATIENT_NAME) == empty.raw_text(tags.MODALITY) == ""
    assert empty.texts(tags.IMAGE_TYPE) == empty.numbers(tags.ROWS) == ()
    assert empty.number(tags.ROWS) is empty.integer(tags.ROWS) is None
    assert empty.stored_value(tags.PADDING_VALUE, signed=True) is None
    assert not empty.item(tags.SHARED_GROUPS_SEQUENCE).has(tags.ROWS)


def test_the_first_value_of_a_repeated_tag_counts() -> None:
    twice = values(tags.MODALITY, b"CT")
    twice.put(tags.MODALITY, b"CS", b"MR")
    assert twice.text(tags.MODALITY) == "CT"


def test_parts_of_a_code_string_are_stripped() -> None:
    assert values(tags.IMAGE_TYPE, b"DERIVED \\PRIMARY\\AXIAL ").texts(tags.IMAGE_TYPE) == (
        "DERIVED",
        "PRIMARY",
        "AXIAL",
    )
