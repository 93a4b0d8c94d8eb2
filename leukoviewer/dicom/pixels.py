"""Stored values of one frame, and what they mean in HU.

The order matters: bits that are not pixels are cut off first (DICOM PS3.5 section 8.1.1), padding is found on stored
values (PS3.3 C.7.5.1.1.2), and only then slope and intercept of this very image apply (PS3.3 C.11.1.1.2), in numbers
wide enough that metal never wraps around. MONOCHROME1 is a matter of display and never inverts HU.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.series import PixelFormat, SliceHeader
from leukoviewer.core.volume import AIR_HU, HuArray
from leukoviewer.dicom import syntaxes
from leukoviewer.errors import DecodeError

_INT16_LOW, _INT16_HIGH = -32768, 32767
# ITU-R BT.601 luma, for screen captures alone.
_LUMA = np.array((0.299, 0.587, 0.114), np.float32)
_IS_LITTLE_HOST = sys.byteorder == "little"


class RangeError(Exception):
    """HU of a slice do not fit 16 bits; the volume must be made of floats."""


def frame_bytes(pixels: PixelFormat) -> int:
    """Bytes of one native frame."""
    return pixels.rows * pixels.columns * pixels.samples * pixels.bits_allocated // 8


def stored_dtype(pixels: PixelFormat) -> np.dtype[np.generic]:
    """Type of stored values in the file, with its byte order."""
    order = ">" if pixels.transfer_syntax_uid == syntaxes.EXPLICIT_BIG else "<"
    return np.dtype(f"{order}{'i' if pixels.signed else 'u'}{pixels.bits_allocated // 8}")


def is_native(pixels: PixelFormat) -> bool:
    """Whether the pixels lie in the file as they are."""
    return pixels.offset is not None and pixels.length is not None


def read_native(file: BinaryIO, header: SliceHeader, *, into: NDArray[np.int16] | None = None) -> NDArray[np.integer]:
    """Stored values of one native frame.

    Parameters
    ----------
    file : binary file
        The open file.
    header : SliceHeader
        Which frame, and how it is stored.
    into : array of int16, shape (rows, columns), C-contiguous, optional
        Memory to read into when the values have 16 bits in the order of this machine; the result then shares it.

    Returns
    -------
    array of integers, shape (rows, columns) or (rows, columns, samples)
        As they are in the file, in the byte order of this machine.

    Raises
    ------
    DecodeError
        The file holds fewer bytes than its header says.
    """
    pixels = header.pixels
    size, kind = frame_bytes(pixels), stored_dtype(pixels)
    start = header.frame * size
    if pixels.offset is None or pixels.length is None or pixels.length < start + size:
        raise DecodeError("Pixel data are shorter than the header says.")
    file.seek(pixels.offset + start)
    if into is not None and can_read_into(pixels):
        values: NDArray[np.integer] = into.view(kind)
    else:
        values = np.empty(size // kind.itemsize, kind)
    target = values.reshape(-1).view(np.uint8).data
    if _fill(file, target) != size:
        raise DecodeError("The file ends before its pixel data do.")
    return shaped(values, pixels)


def can_read_into(pixels: PixelFormat) -> bool:
    """Whether stored values can be read straight into memory for 16-bit HU."""
    big = pixels.transfer_syntax_uid == syntaxes.EXPLICIT_BIG
    return pixels.bits_allocated == 16 and pixels.samples == 1 and not big and _IS_LITTLE_HOST


def shaped(values: NDArray[np.integer], pixels: PixelFormat) -> NDArray[np.integer]:
    """Values in file order as an image, samples last, in the byte order of this machine."""
    if not values.dtype.isnative:
        values = values.astype(values.dtype.newbyteorder("="))
    if pixels.samples == 1:
        return values.reshape(pixels.rows, pixels.columns)
    if pixels.planar:
        return np.moveaxis(values.reshape(pixels.samples, pixels.rows, pixels.columns), 0, -1)
    return values.reshape(pixels.rows, pixels.columns, pixels.samples)


def clean(values: NDArray[np.integer], pixels: PixelFormat) -> NDArray[np.integer]:
    """Keep the bits of the pixel alone, in place: overlays and dirt in the others go, the sign is extended."""
    width = values.dtype.itemsize * 8
    unused = width - pixels.bits_stored
    if unused <= 0 or pixels.samples > 1:
        return values
    above = width - 1 - pixels.high_bit
    if above > 0:
        np.left_shift(values, above, out=values)
    # The shift back is arithmetic for signed types: it extends the sign from the high bit.
    np.right_shift(values, unused, out=values)
    return values


def padding_mask(stored: NDArray[np.integer], header: SliceHeader, *, raw: bool) -> NDArray[np.bool_] | None:
    """Where stored values are padding, shape (rows, columns); None where there is none.

    Parameters
    ----------
    stored : array of integers, shape (rows, columns)
        Stored values, cleaned or not.
    header : SliceHeader
        Names the padding.
    raw : bool
        Whether ``stored`` is still to be cleaned: a padding value that the bits of a pixel cannot hold (63536 in 12
        bits) is looked for before, any other after.
    """
    low, high = header.padding_low, header.padding_high
    if low is None or high is None:
        return None
    least, most = stored_range(header.pixels)
    if raw == (least <= low and high <= most):
        return None
    mask = stored == low if low == high else (stored >= low) & (stored <= high)
    return mask if mask.any() else None


def hu_dtype(headers: Iterable[SliceHeader]) -> np.dtype[np.int16] | np.dtype[np.float32]:
    """int16 where slope and intercept of every slice are whole, else float32."""
    for header in headers:
        slope, intercept = _rescale(header)
        wide = header.pixels.bits_allocated > 16
        if (
            wide
            or slope != int(slope)
            or intercept != int(intercept)
            or abs(slope) > 64
            or abs(intercept) > _INT16_HIGH
        ):
            return np.dtype(np.float32)
    return np.dtype(np.int16)


def to_hu(stored: NDArray[np.integer], header: SliceHeader, out: HuArray) -> NDArray[np.bool_] | None:
    """HU of values as they are in the file into ``out`` (which may be their own memory); returns the padding mask.

    Padding becomes -1024. So does what lies outside the circle of reconstruction and below -1024, where a scanner left
    the padding unnamed. Without slope or intercept the values stay as they are stored.

    Raises
    ------
    RangeError
        ``out`` is int16 and HU do not fit it; the frame has to be read again.
    """
    slope, intercept = _rescale(header)
    mask = padding_mask(stored, header, raw=True)
    stored = clean(stored, header.pixels)
    if mask is None:
        mask = padding_mask(stored, header, raw=False)
    if out.dtype == np.float32:
        np.multiply(stored, np.float32(slope), out=out, casting="unsafe")
        np.add(out, np.float32(intercept), out=out)
    else:
        if not _fits(stored, mask, header):
            raise RangeError
        _to_int16(stored, int(slope), int(intercept), cast("NDArray[np.int16]", out))
    if mask is not None:
        out[mask] = AIR_HU
    if header.slope is None or header.intercept is None:
        return mask
    return _without_rim(out, mask)


def gray_of_capture(stored: NDArray[np.integer], pixels: PixelFormat) -> NDArray[np.int16]:
    """Gray levels 0..255 of a screen capture, shape (rows, columns): luma of colors, the full range of gray."""
    values = clean(stored, pixels).astype(np.float32)
    if pixels.samples == 3:
        luma = values[..., 0] if pixels.photometric.startswith("YBR") and is_native(pixels) else values @ _LUMA
        levels = luma * (255 / ((1 << pixels.bits_stored) - 1))
    else:
        low, high = float(values.min()), float(values.max())
        levels = (values - low) * (255 / max(high - low, 1.0))
        if pixels.photometric == "MONOCHROME1":
            levels = 255 - levels
    gray: NDArray[np.int16] = np.clip(np.rint(levels), 0, 255).astype(np.int16)
    return gray


def _rescale(header: SliceHeader) -> tuple[float, float]:
    if header.slope is None or header.intercept is None:
        return 1.0, 0.0
    return header.slope, header.intercept


def _fits(stored: NDArray[np.integer], mask: NDArray[np.bool_] | None, header: SliceHeader) -> bool:
    """Whether HU fit 16 bits: told by the bits where possible, else by the values; padding has no say."""
    slope, intercept = _rescale(header)
    low_fits, high_fits = _ends_fit(stored_range(header.pixels), slope, intercept)
    if low_fits and high_fits:
        return True
    values = stored if mask is None else stored[~mask]
    if values.size == 0:
        return True
    # Only an end that the bits let overflow is looked for: each is a walk over the slice.
    low_fits = low_fits or _fits_16_bits(int(values.min()), slope, intercept)
    return low_fits and (high_fits or _fits_16_bits(int(values.max()), slope, intercept))


# The slices of a series share them.
@lru_cache(maxsize=64)
def _ends_fit(ends: tuple[int, int], slope: float, intercept: float) -> tuple[bool, bool]:
    """Whether the least and the greatest value that the bits allow fit."""
    return _fits_16_bits(ends[0], slope, intercept), _fits_16_bits(ends[1], slope, intercept)


def _fits_16_bits(value: int, slope: float, intercept: float) -> bool:
    return _INT16_LOW <= value * slope + intercept <= _INT16_HIGH


def _to_int16(stored: NDArray[np.integer], slope: int, intercept: int, out: NDArray[np.int16]) -> None:
    # The result fits, so arithmetic modulo 2**16 is exact and needs no wider copy.
    words = stored.view(np.int16) if stored.dtype == np.uint16 else stored
    if not np.shares_memory(words, out):
        np.copyto(out, words, casting="unsafe")
    if slope != 1:
        np.multiply(out, np.int16(slope), out=out)
    if intercept:
        np.add(out, np.int16(intercept), out=out)


def stored_range(pixels: PixelFormat) -> tuple[int, int]:
    """Least and greatest stored value that the bits allow."""
    bits = pixels.bits_stored
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if pixels.signed else (0, (1 << bits) - 1)


def _without_rim(hu: HuArray, mask: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Unnamed padding around the circle of reconstruction, told by the corners."""
    corners = hu[:: max(1, hu.shape[0] - 1), :: max(1, hu.shape[1] - 1)]
    if corners.min() >= AIR_HU:
        return mask
    rows, columns = hu.shape
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    rim = (hu < AIR_HU) & (x * x + y * y > 0.98)
    hu[rim] = AIR_HU
    return rim if mask is None else mask | rim


def _fill(file: BinaryIO, target: memoryview) -> int:
    """Read until ``target`` is full or the file ends; returns the bytes read."""
    done = 0
    while done < len(target):
        count = file.readinto(target[done:])  # type: ignore[attr-defined]
        if not count:
            break
        done += count
    return done
