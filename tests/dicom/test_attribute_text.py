"""Values as text: every representation, long ones shortened, nothing that could break a line."""

from __future__ import annotations

import struct

import pytest

from leukoviewer.dicom.attribute_text import READ_BYTES, SHOWN_CHARACTERS, shown


@pytest.mark.parametrize(
    ("vr", "value", "expected"),
    [
        ("LO", b"Head \0", "Head"),
        ("DS", b"0.5\\0.25", "0.5\\0.25"),
        ("PN", b"Doe^Jane", "Doe^Jane"),
        ("UI", b"1.2.840.10008.1.2\0", "1.2.840.10008.1.2  (Implicit VR Little Endian)"),
        ("UI", b"1.2.3\0", "1.2.3"),
        ("LT", b"one\r\ntwo\nthree", "one ⏎ two ⏎ three"),
        ("LO", b"tab\there\x07", "tab·here·"),
        ("LO", "left\u202eright".encode(), "left·right"),
        ("US", struct.pack("<3H", 1, 2, 65535), "1\\2\\65535"),
        ("SS", struct.pack("<h", -5), "-5"),
        ("UV", struct.pack("<Q", 2**64 - 1), "18446744073709551615"),
        ("FD", struct.pack("<2d", 0.1, float("inf")), "0.1\\inf"),
        ("FL", struct.pack("<f", -2.5), "-2.5"),
        ("AT", struct.pack("<4H", 0x18, 0x1063, 0x5400, 0xA), "(0018,1063)\\(5400,000A)"),
        ("US", b"\1\2\3", "01 02 03 (3 bytes)"),
        ("AT", b"\1\2\3", "01 02 03 (3 bytes)"),
        ("OB", b"\0", "00 (1 byte)"),
        ("OW", b"plain text", "70 6C 61 69 6E 20 74 65 78 74 (10 bytes)"),
        ("UN", b"plain text\0", "plain text"),
        ("UN", b"\1plain", "01 70 6C 61 69 6E (6 bytes)"),
        ("ZZ", b"strange", "strange"),
        *[(vr, b"", "") for vr in ("LO", "US", "AT", "OB", "UN", "UI", "PN")],
    ],
)
def test_each_representation_has_its_text(vr: str, value: bytes, expected: str) -> None:
    assert shown(vr, value, len(value), charset=b"ISO_IR 192") == expected


@pytest.mark.parametrize(("vr", "value", "expected"), [("US", b"\1\2", "258"), ("FL", struct.pack(">f", 2.5), "2.5")])
def test_big_endian_values_are_read_so(vr: str, value: bytes, expected: str) -> None:
    assert shown(vr, value, len(value), big=True) == expected


@pytest.mark.parametrize(
    ("charset", "value"),
    [(b"ISO_IR 100", "Jörg".encode("latin-1")), (b"ISO_IR 192", "Jörg".encode()), (b"", "Jörg".encode("latin-1"))],
)
def test_text_is_read_in_its_character_set(charset: bytes, value: bytes) -> None:
    assert shown("PN", value, len(value), charset=charset) == "Jörg"


@pytest.mark.parametrize(
    ("vr", "value", "length", "end"),
    [
        ("UT", b"x" * 2000, 2000, "xx… (2,000 bytes)"),
        ("UT", b"x" * READ_BYTES, 5_000_000, "xx… (5,000,000 bytes)"),
        ("US", b"\1\0" * (READ_BYTES // 2), 131_072, "\\1… (65,536 values)"),
        ("FD", struct.pack("<d", 1 / 3) * 512, 8_000, "\\0.333333333… (1,000 values)"),
        ("AT", b"\1\0\2\0" * 1024, READ_BYTES, "(0001,0002)… (1,024 values)"),
        ("OB", b"\xff" * READ_BYTES, 1 << 30, "FF… (1,073,741,824 bytes)"),
    ],
)
def test_long_values_are_shortened_and_tell_their_length(vr: str, value: bytes, length: int, end: str) -> None:
    text = shown(vr, value, length)
    assert text.endswith(end)
    assert len(text) <= SHOWN_CHARACTERS + 40


def test_a_character_cut_in_its_middle_does_not_show() -> None:
    head = ("é" * 500).encode()[:801]
    assert shown("UT", head, 100_000, charset=b"ISO_IR 192") == "é" * 400 + "… (100,000 bytes)"
