"""Stored values, bits, padding and HU, each against answers worked out by hand or by plain arithmetic."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.series import PixelFormat, SliceHeader
from leukoviewer.dicom import pixels
from leukoviewer.dicom.pixels import RangeError
from leukoviewer.errors import DecodeError

LITTLE, BIG = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"


def pixel_format(**changes: object) -> PixelFormat:
    base = PixelFormat(2, 3, 1, 16, 16, 15, False, "MONOCHROME2", LITTLE, 0, 12)
    return replace(base, **changes)


def header(slope: float | None = 1.0, intercept: float | None = 0.0, **changes: object) -> SliceHeader:
    own = {key: changes.pop(key) for key in ("padding_low", "padding_high", "frame") if key in changes}
    base = SliceHeader(Path("x"), "1.2", 1, None, slope, intercept, None, None, pixel_format(**changes))
    return replace(base, **own)


def to_hu(values: list[int], head: SliceHeader, dtype: type = np.int16) -> tuple[list[float], list[bool] | None]:
    kind = pixels.stored_dtype(head.pixels)
    stored = np.array(values, np.int64).astype(kind).reshape(head.pixels.rows, head.pixels.columns)
    out = np.empty(stored.shape, dtype)
    mask = pixels.to_hu(stored, head, out)
    return out.ravel().tolist(), None if mask is None else mask.ravel().tolist()


@pytest.mark.parametrize(
    ("values", "head", "expected"),
    [
        ([0, 1024, 1064, 4095, 0, 0], header(1, -1024), [-1024, 0, 40, 3071, -1024, -1024]),
        ([0, 512, 532, 2047, 0, 0], header(2, -1024), [-1024, 0, 40, 3070, -1024, -1024]),
        ([-1024, 0, 40, 3071, 5, 6], header(1, 0, signed=True), [-1024, 0, 40, 3071, 5, 6]),
        ([40, 0, 1, 2, 3, 4], header(-1, 10), [-30, 10, 9, 8, 7, 6]),
        # Metal on the extended scale stays; nothing wraps around.
        ([33791, 0, 0, 0, 0, 0], header(1, -1024), [32767, -1024, -1024, -1024, -1024, -1024]),
        ([31743, 31743, 0, 0, 0, 0], header(1, 1024, signed=True), [32767, 32767, 1024, 1024, 1024, 1024]),
    ],
)
def test_whole_hu(values: list[int], head: SliceHeader, expected: list[int]) -> None:
    assert to_hu(values, head) == (expected, None)


@pytest.mark.parametrize(("signed", "values"), [(False, [0, 40, 127, 128, 254, 255]), (True, [-128, -1, 0, 1, 2, 127])])
def test_values_of_one_byte_become_hu_one_by_one(signed: bool, values: list[int]) -> None:
    head = header(2, -100, signed=signed, bits_allocated=8, bits_stored=8, high_bit=7)
    assert to_hu(values, head) == ([2 * value - 100 for value in values], None)


@pytest.mark.parametrize(
    ("values", "head"),
    [
        ([33792, 0, 0, 0, 0, 0], header(1, -1024)),
        ([20000, 0, 0, 0, 0, 0], header(2, -1024)),
        ([0, -32768, 0, 0, 0, 0], header(1, -1, signed=True)),
        ([65535, 0, 0, 0, 0, 0], header()),
    ],
)
def test_hu_beyond_16_bits_are_told_and_fit_floats(values: list[int], head: SliceHeader) -> None:
    with pytest.raises(RangeError):
        to_hu(values, head)
    hu, _ = to_hu(values, head, np.float32)
    assert hu == [value * head.slope + head.intercept for value in values]


def test_fractional_slopes_are_not_truncated() -> None:
    head = header(0.5, -1000.25)
    assert pixels.hu_dtype([head]) == np.float32
    assert to_hu([0, 1, 3, 2081, 7, 9], head, np.float32)[0] == [-1000.25, -999.75, -998.75, 40.25, -996.75, -995.75]


@pytest.mark.parametrize(
    ("heads", "dtype"),
    [
        ([header(1, -1024), header(2, 0)], np.int16),
        ([header(1, -1024), header(1.5, 0)], np.float32),
        ([header(1, 0.5)], np.float32),
        ([header(1, 40000)], np.float32),
        ([header(64, 0)], np.int16),
        ([header(-64, 32767)], np.int16),
        ([header(65, 0)], np.float32),
        ([header(1, 32768)], np.float32),
        ([header(None, None)], np.int16),
        ([header(bits_allocated=32, bits_stored=32)], np.float32),
    ],
)
def test_the_type_of_hu_follows_every_slices_own_rescale(heads: list[SliceHeader], dtype: type) -> None:
    assert pixels.hu_dtype(heads) == dtype


@pytest.mark.parametrize(
    ("changes", "values", "padding"),
    [
        ({"padding_low": 63536, "padding_high": 63536}, [63536, 1064, 0, 63536, 63535, 2], [1, 0, 0, 1, 0, 0]),
        ({"padding_low": 2, "padding_high": 10}, [1, 2, 5, 10, 11, 0], [0, 1, 1, 1, 0, 0]),
        ({"padding_low": -2000, "padding_high": -2000, "signed": True},
         [-2000, 0, 5, -2000, -1999, 1], [1, 0, 0, 1, 0, 0]),
        # -2000 as 16 bits in 12-bit pixels: found before the high bits are cut off; 2096 is bone, not padding.
        ({"padding_low": 63536, "padding_high": 63536, "bits_stored": 12, "high_bit": 11},
         [63536, 2096, 0, 63536, 4, 5], [1, 0, 0, 1, 0, 0]),
    ],
)  # fmt: skip
def test_padding_is_found_on_stored_values_and_becomes_air(
    changes: dict, values: list[int], padding: list[int]
) -> None:
    head = header(1.0, 0.0, **changes)
    dtype = np.float32 if max(values) > 32767 and not changes.get("bits_stored") else np.int16
    hu, mask = to_hu(values, head, dtype)
    assert mask == [bool(flag) for flag in padding]
    assert [value for value, flag in zip(hu, padding, strict=True) if flag] == [-1024] * sum(padding)
    assert [v for v, flag in zip(hu, padding, strict=True) if not flag] == [
        v for v, flag in zip(values, padding, strict=True) if not flag
    ]


def test_padding_has_no_say_in_whether_hu_fit() -> None:
    head = header(1, -1024, padding_low=63536, padding_high=63536)
    assert to_hu([63536, 1064, 63536, 0, 1, 2], head)[0] == [-1024, 40, -1024, -1024, -1023, -1022]


def test_all_padding_is_all_air() -> None:
    head = header(1, -1024, padding_low=63536, padding_high=63536)
    assert to_hu([63536] * 6, head) == ([-1024] * 6, [True] * 6)


@pytest.mark.parametrize(
    ("changes", "raw", "expected"),
    [
        ({"bits_stored": 12, "high_bit": 11}, [0xF123, 0x0FFF, 0x1000], [0x123, 0xFFF, 0]),
        ({"bits_stored": 12, "high_bit": 11, "signed": True}, [0x0FFF, 0x0800, 0x07FF], [-1, -2048, 2047]),
        ({"bits_stored": 12, "high_bit": 11, "signed": True}, [0x7FFF, 0xF800, 0x17FF], [-1, -2048, 2047]),
        ({"bits_stored": 12, "high_bit": 15}, [0x1230, 0xFFFF, 0x000F], [0x123, 0xFFF, 0]),
        ({"bits_stored": 12, "high_bit": 15, "signed": True}, [0xFFFF, 0x8000, 0x7FF0], [-1, -2048, 2047]),
        ({"bits_stored": 10, "high_bit": 12}, [0x1FF8, 0xE007, 0x0008], [0x3FF, 0, 1]),
        ({"bits_stored": 15, "high_bit": 14}, [0xF123, 0x7FFF, 0x8000], [0x7123, 0x7FFF, 0]),
        ({"bits_stored": 16, "high_bit": 15}, [0xF123, 0, 65535], [0xF123, 0, 65535]),
    ],
)
def test_bits_outside_the_pixel_are_cut_and_signs_extended(changes: dict, raw: list[int], expected: list[int]) -> None:
    form = pixel_format(rows=1, **changes)
    words = np.array(raw, np.uint16).view(pixels.stored_dtype(form)).reshape(1, 3)
    assert pixels.clean(words, form).tolist() == [expected]


def test_monochrome1_never_inverts_hu() -> None:
    values = [0, 1064, 2, 3, 4, 5]
    assert to_hu(values, header(1, -1024, photometric="MONOCHROME1")) == to_hu(values, header(1, -1024))


def test_values_without_a_rescale_stay_as_they_are() -> None:
    assert to_hu([1, 2, 3, 4, 5, 6], header(None, None)) == ([1, 2, 3, 4, 5, 6], None)
    assert to_hu([1, 2, 3, 4, 5, 6], header(2.0, None)) == ([1, 2, 3, 4, 5, 6], None)


def test_unnamed_padding_around_the_circle_becomes_air() -> None:
    side = 32
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    stored = np.where(np.hypot(x, y) > 1.02, -2000, 40).astype(np.int16)
    stored[16, 16] = -1500
    head = header(1, 0, signed=True, rows=side, columns=side)
    out = np.empty_like(stored)
    mask = pixels.to_hu(stored, head, out)
    assert mask[0, 0]
    assert not mask[16, 16]
    assert (out[mask] == -1024).all()
    assert out[16, 16] == -1500
    assert (out[np.hypot(x, y) < 0.95].reshape(-1) >= -1500).all()


@pytest.mark.parametrize(("rows", "columns"), [(20, 44), (44, 20)])
def test_padding_around_an_ellipse_is_told_by_any_corner_and_joins_the_named_one(rows: int, columns: int) -> None:
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    outside = x * x + y * y > 0.98
    for corner in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        stored = np.where(outside, -1024, 40).astype(np.int16)
        stored[corner] = -2000
        stored[rows // 2, columns // 2] = -3000
        head = header(1, 0, signed=True, rows=rows, columns=columns, padding_low=-3000, padding_high=-3000)
        out = np.empty_like(stored)
        mask = pixels.to_hu(stored.copy(), head, out)
        # Air of -1024 in the rim is air, and no padding.
        assert sorted(map(tuple, np.argwhere(mask))) == sorted(
            [(corner[0] % rows, corner[1] % columns), (rows // 2, columns // 2)]
        )
        assert (out[mask] == -1024).all()


def test_all_of_the_rim_below_air_is_padding_and_nothing_inside() -> None:
    rows, columns = 30, 50
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    stored = np.full((rows, columns), -2000, np.int16)
    out = np.empty_like(stored)
    mask = pixels.to_hu(stored, header(1, 0, signed=True, rows=rows, columns=columns), out)
    clear = np.abs(x * x + y * y - 0.98) > 1e-3
    assert np.array_equal(mask[clear], (x * x + y * y > 0.98)[clear])


def test_reading_straight_into_the_volume_shares_its_memory() -> None:
    values = np.arange(6, dtype="<u2")
    target = np.zeros((2, 3), np.int16)
    head = header(1, -1000)
    stored = pixels.read_native(BytesIO(values.tobytes()), head, into=target)
    assert np.shares_memory(stored, target)
    pixels.to_hu(stored, head, target)
    assert target.ravel().tolist() == [-1000, -999, -998, -997, -996, -995]


@pytest.mark.parametrize(
    ("changes", "data", "expected"),
    [
        ({}, np.arange(6, dtype="<u2"), [[0, 1, 2], [3, 4, 5]]),
        ({"transfer_syntax_uid": BIG}, np.arange(6, dtype=">u2"), [[0, 1, 2], [3, 4, 5]]),
        ({"bits_allocated": 8, "bits_stored": 8, "high_bit": 7, "length": 6}, np.arange(6, dtype="u1"),
         [[0, 1, 2], [3, 4, 5]]),
        ({"offset": 4, "signed": True}, np.array([9, 9, -1, -2, -3, -4, -5, -6], "<i2"), [[-1, -2, -3], [-4, -5, -6]]),
        ({"samples": 3, "columns": 1, "bits_allocated": 8, "bits_stored": 8}, np.arange(12, dtype="u1"),
         [[[0, 1, 2]], [[3, 4, 5]]]),
        ({"samples": 3, "columns": 1, "bits_allocated": 8, "bits_stored": 8, "planar": True}, np.arange(12, dtype="u1"),
         [[[0, 2, 4]], [[1, 3, 5]]]),
    ],
)  # fmt: skip
def test_native_pixels_of_every_layout(changes: dict, data: np.ndarray, expected: list) -> None:
    found = pixels.read_native(BytesIO(data.tobytes()), header(**changes))
    assert found.tolist() == expected
    assert found.dtype.isnative


def test_frames_are_found_by_their_number() -> None:
    data = np.arange(18, dtype="<u2").tobytes()
    head = header(frame=2, length=36, frames=3)
    assert pixels.read_native(BytesIO(data), head).tolist() == [[12, 13, 14], [15, 16, 17]]


@pytest.mark.parametrize(
    ("changes", "size"),
    [({"length": 10}, 12), ({}, 11), ({"offset": 4}, 12), ({"length": None}, 12), ({"frame": 1}, 24)],
)
def test_pixels_that_are_too_short_are_an_error(changes: dict, size: int) -> None:
    with pytest.raises(DecodeError, match=r"shorter|ends before"):
        pixels.read_native(BytesIO(b"\0" * size), header(**changes))


def test_excess_padding_after_the_pixels_is_accepted() -> None:
    assert pixels.read_native(BytesIO(b"\1\0" * 7), header(length=14)).tolist() == [[1, 1, 1], [1, 1, 1]]


def test_captures_become_gray() -> None:
    form = pixel_format(rows=1, samples=3, bits_allocated=8, bits_stored=8, photometric="RGB")
    colors = np.array([[[255, 0, 0], [0, 255, 0], [255, 255, 255]]], np.uint8)
    assert pixels.gray_of_capture(colors, form).tolist() == [[76, 150, 255]]
    deep = replace(form, bits_allocated=16, bits_stored=16, high_bit=15)
    assert pixels.gray_of_capture(colors.astype(np.uint16) * 257, deep).tolist() == [[76, 150, 255]]
    brightness = replace(form, photometric="YBR_FULL")
    assert pixels.gray_of_capture(colors, brightness).tolist() == [[255, 0, 255]]


@pytest.mark.parametrize(("photometric", "gray"), [("MONOCHROME2", [0, 128, 255]), ("MONOCHROME1", [255, 128, 0])])
def test_gray_captures_use_their_full_range(photometric: str, gray: list[int]) -> None:
    form = pixel_format(rows=1, bits_stored=12, high_bit=11, photometric=photometric)
    assert pixels.gray_of_capture(np.array([[100, 600, 1100]], np.uint16), form).tolist() == [gray]


def test_a_capture_of_two_neighboring_levels_is_black_and_white() -> None:
    form = pixel_format(rows=1, bits_allocated=8, bits_stored=8, high_bit=7)
    assert pixels.gray_of_capture(np.array([[7, 8, 7]], np.uint8), form).tolist() == [[0, 255, 0]]


def test_a_flat_capture_is_black() -> None:
    assert pixels.gray_of_capture(np.full((1, 3), 7, np.uint16), pixel_format(rows=1)).tolist() == [[0, 0, 0]]


@pytest.mark.parametrize(
    ("bits", "signed", "ends"),
    [
        (8, False, (0, 255)), (12, False, (0, 4095)), (16, False, (0, 65535)),
        (8, True, (-128, 127)), (12, True, (-2048, 2047)), (16, True, (-32768, 32767)),
    ],
)  # fmt: skip
def test_the_bits_and_the_sign_tell_the_range_of_stored_values(bits: int, signed: bool, ends: tuple[int, int]) -> None:
    assert pixels.stored_range(pixel_format(bits_stored=bits, signed=signed)) == ends
