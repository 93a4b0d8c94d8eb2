"""What pydicom leaves undone for JPEG: sizes that contradict the header, and 12 bits of JPEG extended.

GDCM reads 12 bits, but pydicom does not hand them to it. Runs in the decoding process alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.series import PixelFormat
from leukoviewer.dicom.pixels import stored_dtype

_MARK = 0xFF
# All that start a frame; 0xC4, 0xC8 and 0xCC between them are tables.
_FRAME_STARTS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_size(encoded: bytes, pixels: PixelFormat) -> None:
    """Compare the size in a JPEG stream (ISO/IEC 10918-1, B.2.2) with the header's.

    Raises
    ------
    ValueError
        They differ: GDCM would give a picture that is cut, or hold what was in memory before.
    """
    position = 2
    while position + 9 <= len(encoded) and encoded[position] == _MARK:
        marker = encoded[position + 1]
        if marker in _FRAME_STARTS:
            rows, columns = (int.from_bytes(encoded[position + at : position + at + 2], "big") for at in (5, 7))
            if (rows, columns) != (pixels.rows, pixels.columns):
                raise ValueError("the size in the stream is not the header's")
            return
        if marker == _MARK:
            position += 1
            continue
        position += 2 + int.from_bytes(encoded[position + 2 : position + 4], "big")
    raise ValueError("a JPEG stream without a frame")


def decode_12_bits(encoded: bytes, pixels: PixelFormat) -> NDArray[np.integer]:
    """Stored values of one gray frame, shape (rows, columns).

    Parameters
    ----------
    encoded : bytes
        The JPEG stream of the frame.
    pixels : PixelFormat
        What the header says of it: one sample, 16 bits allocated.

    Raises
    ------
    ValueError
        The frame has colors, or the stream does not give its size.
    """
    import gdcm

    if pixels.samples != 1 or pixels.bits_allocated != 16:
        raise ValueError("JPEG extended of 12 bits is read in gray alone")
    fragment = gdcm.Fragment()
    fragment.SetByteStringValue(encoded)
    fragments = gdcm.SequenceOfFragments.New()
    fragments.AddFragment(fragment)
    element = gdcm.DataElement(gdcm.Tag(0x7FE0, 0x0010))
    element.SetValue(fragments.__ref__())
    image = gdcm.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((pixels.columns, pixels.rows, 1))
    image.SetDataElement(element)
    gray = gdcm.PhotometricInterpretation.GetPIType("MONOCHROME2")
    image.SetPhotometricInterpretation(gdcm.PhotometricInterpretation(gray))
    image.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(pixels.transfer_syntax_uid)))
    image.SetPixelFormat(gdcm.PixelFormat(1, 16, pixels.bits_stored, pixels.bits_stored - 1, int(pixels.signed)))
    # The binding gives bytes as a text.
    raw = image.GetBuffer().encode("utf-8", "surrogateescape")
    return np.frombuffer(raw, stored_dtype(pixels)).reshape(pixels.rows, pixels.columns).copy()
