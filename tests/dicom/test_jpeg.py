"""Sizes in JPEG streams, and 12 bits."""

from __future__ import annotations

import struct

import pytest

from leukoviewer.core.series import PixelFormat
from leukoviewer.dicom import jpeg
from leukoviewer.dicom.syntaxes import JPEG_EXTENDED


def header(**changes: object) -> PixelFormat:
    usual: dict[str, object] = {
        "rows": 36, "columns": 44, "samples": 1, "bits_allocated": 16, "bits_stored": 12, "high_bit": 11,
        "signed": False, "photometric": "MONOCHROME2", "transfer_syntax_uid": JPEG_EXTENDED,
    }  # fmt: skip
    return PixelFormat(**{**usual, **changes})


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def stream(marker: int = 0xC1, rows: int = 36, columns: int = 44) -> bytes:
    frame = segment(marker, struct.pack(">BHHB", 12, rows, columns, 1) + b"\1\x11\0")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) + segment(0xC4, bytes(20)) + frame


@pytest.mark.parametrize("marker", [0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC7, 0xC9, 0xCF])
def test_the_size_of_any_kind_of_frame_is_compared(marker: int) -> None:
    jpeg.check_size(stream(marker), header())
    for rows, columns in ((35, 44), (36, 45), (44, 36)):
        with pytest.raises(ValueError, match="not the header's"):
            jpeg.check_size(stream(marker, rows, columns), header())


def test_fill_bytes_before_a_marker_are_stepped_over() -> None:
    data = stream()
    jpeg.check_size(data[:2] + b"\xff\xff" + data[2:], header())


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8" + b"\0" * 40, stream(0xC4), stream()[:30], b"\xff\xd8" + b"\xff\xe0\0\0" * 9]
)
def test_a_stream_without_a_frame_is_an_error_and_ends(data: bytes) -> None:
    with pytest.raises(ValueError, match="without a frame"):
        jpeg.check_size(data, header())


@pytest.mark.parametrize("changes", [{"samples": 3}, {"bits_allocated": 8}, {"bits_allocated": 32}])
def test_12_bits_are_read_in_gray_of_two_bytes_alone(changes: dict) -> None:
    with pytest.raises(ValueError, match="gray alone"):
        jpeg.decode_12_bits(stream(), header(**changes))
