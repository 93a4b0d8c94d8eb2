"""The fuzzer's own reader and writer: what is taken apart comes together byte by byte."""

from __future__ import annotations

import zlib

import pytest

from tests.fuzz.cases import bases
from tests.fuzz.structure import PIXEL_DATA, Draft, put_together, take_apart

# It writes one sequence of unknown representation in another way than the file has it; the fuzzer may well.
_OTHERWISE_WRITTEN = {"pydicom/UN_sequence.dcm", "pydicom/DICOMDIR-nooffset"}
_NATIVE = [name for name in sorted(bases()) if name not in _OTHERWISE_WRITTEN]


@pytest.mark.parametrize("name", _NATIVE)
def test_a_sound_file_comes_together_as_it_was(name: str) -> None:
    data = bases()[name]
    draft = take_apart(data)
    again = put_together(draft)
    if draft.deflated:
        assert _inflated(take_apart(again)) == _inflated(draft)
    else:
        assert again == data


def _inflated(draft: Draft) -> bytes:
    draft.deflated = False
    return put_together(draft)


def test_encapsulated_pixels_are_told_by_fragment() -> None:
    pixels = take_apart(bases()["phantom/frames-rle"]).find(PIXEL_DATA)
    assert pixels is not None
    assert pixels.fragments is not None
    assert len(pixels.fragments) == 4  # the offset table and three frames


def test_items_of_sequences_are_found_in_both_encodings() -> None:
    counts = []
    for name in ("phantom/frames-explicit", "phantom/frames-implicit"):
        groups = take_apart(bases()[name]).find(0x52009230)
        assert groups is not None
        counts.append(len(groups.items or ()))
    assert counts == [3, 3]


def test_a_deflated_file_is_written_deflated() -> None:
    draft = take_apart(bases()["phantom/deflated"])
    body = put_together(draft)[len(draft.preamble) :]
    start = next(at for at in range(len(body)) if _unpacks(body[at:]))
    assert 0 < start < 400


def _unpacks(data: bytes) -> bool:
    try:
        return len(zlib.decompressobj(-zlib.MAX_WBITS).decompress(data)) > 500
    except zlib.error:
        return False


def test_a_wrong_length_is_written_as_told() -> None:
    draft = take_apart(bases()["phantom/explicit"])
    node = draft.find(0x00280010)
    assert node is not None
    node.length = 0x1234
    assert b"\x28\x00\x10\x00US\x34\x12" in put_together(draft)
