"""Case 48: every syntax that is read, in 8, 12 and 16 bits and signed, against the very array that was encoded."""

from __future__ import annotations

import struct
from itertools import product
from pathlib import Path

import gdcm
import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian

from leukoviewer.dicom import decoding, syntaxes
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.header import read_images
from leukoviewer.dicom.pixels import clean, read_native
from leukoviewer.errors import DecodeError
from tests.phantom_files import new_dataset, save

ROWS, COLUMNS = 36, 44
# Bits allocated, bits stored, signed.
FORMATS = [(8, 8, False), (16, 8, False), (16, 12, False), (16, 16, False), (16, 12, True), (16, 16, True)]
JPEG = "1.2.840.10008.1.2.4."
BY_PYDICOM = [JPEG + "80", JPEG + "90"]
BY_GDCM = {
    JPEG + "50": "JPEGBaselineProcess1", JPEG + "51": "JPEGExtendedProcess2_4", JPEG + "57": "JPEGLosslessProcess14",
    JPEG + "70": "JPEGLosslessProcess14_1", JPEG + "81": "JPEGLSNearLossless", JPEG + "91": "JPEG2000",
    # pydicom writes one segment of 8 bits in 16 where two are due.
    syntaxes.RLE: "RLELossless",
}  # fmt: skip
HIGH_THROUGHPUT = [JPEG + "201", JPEG + "202", JPEG + "203"]
# What a syntax can hold: baseline has 8 bits, extended 12 without a sign.
IMPOSSIBLE = {
    JPEG + "50": FORMATS[1:], JPEG + "51": [FORMATS[3], FORMATS[4], FORMATS[5]],
    JPEG + "81": FORMATS[4:], JPEG + "91": [],
}  # fmt: skip
LOSSY_TOLERANCE = {JPEG + "50": 2, JPEG + "51": 2, JPEG + "81": 3, JPEG + "91": 900}
Format = tuple[int, int, bool]


def picture(kind: Format) -> NDArray[np.integer]:
    """A ramp over all values that the bits can hold."""
    allocated, stored, signed = kind
    low = -(1 << (stored - 1)) if signed else 0
    ramp = np.arange(ROWS * COLUMNS) * ((1 << stored) - 1) // (ROWS * COLUMNS - 1) + low
    return ramp.astype(f"{'i' if signed else 'u'}{allocated // 8}").reshape(ROWS, COLUMNS)


def image(kind: Format, syntax: str = ExplicitVRLittleEndian) -> Dataset:
    """A CT image of that ramp, native."""
    allocated, stored, signed = kind
    data = new_dataset("1.2.840.10008.5.1.4.1.1.2", "1.2.3", syntax)
    data.Rows, data.Columns, data.SamplesPerPixel, data.PhotometricInterpretation = ROWS, COLUMNS, 1, "MONOCHROME2"
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = (
        allocated, stored, stored - 1, int(signed),
    )  # fmt: skip
    data.PixelData = picture(kind).tobytes()
    data["PixelData"].VR = "OB" if allocated == 8 else "OW"
    return data


def by_gdcm(path: Path, process: str) -> None:
    """Encode the file in place."""
    reader, writer = gdcm.ImageReader(), gdcm.ImageWriter()
    reader.SetFileName(str(path))
    assert reader.Read()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(getattr(gdcm.TransferSyntax, process)))
    change.SetInput(reader.GetImage())
    assert change.Change()
    writer.SetFileName(str(path))
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()


def flat_htj2k(kind: Format) -> bytes:
    """A High-Throughput JPEG 2000 stream (ISO/IEC 15444-15) without a code-block: every pixel is the middle value."""
    _, stored, signed = kind
    size = struct.pack(">HIIIIIIIIH", 0x4000, COLUMNS, ROWS, 0, 0, COLUMNS, ROWS, 0, 0, 1)
    size += bytes([(stored - 1) | signed << 7, 1, 1])
    capability = struct.pack(">IH", 0x00020000, 0)
    coding = bytes([0, 0, 0, 1, 0, 0, 4, 4, 0x40, 1])
    quantization = bytes([0x40, stored << 3])
    segments = ((0x51, size), (0x50, capability), (0x52, coding), (0x5C, quantization))
    head = b"".join(struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body for mark, body in segments)
    tile = struct.pack(">HHHIBB", 0xFF90, 10, 0, 15, 0, 1) + b"\xff\x93" + b"\0"
    return b"\xff\x4f" + head + tile + b"\xff\xd9"


def decoded(path: Path, decoder: DecodeProcess) -> NDArray[np.integer]:
    """Stored values as the program reads them."""
    header = read_images(path)[0].header
    if header.pixels.offset is None:
        values = decoder.decode(header)
    else:
        with open(path, "rb") as file:
            values = read_native(file, header)
    return clean(values.copy(), header.pixels)


@pytest.mark.case(48)
@pytest.mark.parametrize("kind", FORMATS, ids=str)
@pytest.mark.parametrize("syntax", [*sorted(syntaxes.NATIVE), syntaxes.DEFLATED])
def test_case_48_native_and_deflated_values_are_exact(
    tmp_path: Path, decoder: DecodeProcess, syntax: str, kind: Format
) -> None:
    data = image(kind, syntax)
    if syntax == syntaxes.EXPLICIT_BIG:
        data.PixelData = picture(kind).astype(picture(kind).dtype.newbyteorder(">")).tobytes()
    save(data, tmp_path / "a")
    assert np.array_equal(decoded(tmp_path / "a", decoder), picture(kind))


@pytest.mark.case(48)
@pytest.mark.parametrize(("syntax", "kind"), list(product(BY_PYDICOM, FORMATS)), ids=str)
def test_case_48_lossless_syntaxes_are_exact(tmp_path: Path, decoder: DecodeProcess, syntax: str, kind: Format) -> None:
    data = image(kind)
    data.compress(syntax, generate_instance_uid=False)
    save(data, tmp_path / "a")
    assert np.array_equal(decoded(tmp_path / "a", decoder), picture(kind))


@pytest.mark.case(48)
@pytest.mark.parametrize(
    ("syntax", "kind"),
    [(uid, kind) for uid, kind in product(BY_GDCM, FORMATS) if kind not in IMPOSSIBLE.get(uid, [])],
    ids=str,
)
def test_case_48_other_syntaxes_are_as_near_as_they_can_be(
    tmp_path: Path, decoder: DecodeProcess, syntax: str, kind: Format
) -> None:
    save(image(kind), tmp_path / "a")
    by_gdcm(tmp_path / "a", BY_GDCM[syntax])
    header = read_images(tmp_path / "a")[0].header
    assert header.pixels.transfer_syntax_uid == syntax
    difference = np.abs(decoded(tmp_path / "a", decoder).astype(int) - picture(kind))
    assert difference.max() <= LOSSY_TOLERANCE.get(syntax, 0)


@pytest.mark.case(48)
@pytest.mark.parametrize(("syntax", "kind"), list(product(HIGH_THROUGHPUT, FORMATS)), ids=str)
def test_case_48_high_throughput_streams_are_read(
    tmp_path: Path, decoder: DecodeProcess, syntax: str, kind: Format
) -> None:
    """No encoder of a permissive license exists; a stream of one value goes the decoder's whole way all the same."""
    data = image(kind, syntax)
    data.PixelData = encapsulate([flat_htj2k(kind)])
    data["PixelData"].is_undefined_length = True
    save(data, tmp_path / "a")
    middle = 0 if kind[2] else 1 << (kind[1] - 1)
    assert (decoded(tmp_path / "a", decoder) == middle).all()


@pytest.mark.case(48)
def test_case_48_every_known_syntax_is_in_the_matrix() -> None:
    assert set(syntaxes.COMPRESSED) == {*BY_PYDICOM, *BY_GDCM, *HIGH_THROUGHPUT}


@pytest.mark.case(48)
@pytest.mark.parametrize("syntax", sorted({*BY_GDCM} - {JPEG + "81", JPEG + "91", syntaxes.RLE}))
@pytest.mark.parametrize("rows", [12, 35, 40, 4000])
def test_case_48_a_size_in_the_stream_that_is_not_the_headers_is_an_error(
    tmp_path: Path, decoder: DecodeProcess, syntax: str, rows: int
) -> None:
    save(image((8, 8, False)), tmp_path / "a")
    by_gdcm(tmp_path / "a", BY_GDCM[syntax])
    data = (tmp_path / "a").read_bytes()
    tag = b"\x28\x00\x10\x00US\x02\x00"
    assert tag in data
    (tmp_path / "a").write_bytes(data.replace(tag + struct.pack("<H", ROWS), tag + struct.pack("<H", rows)))
    with pytest.raises(DecodeError, match="damaged"):
        decoder.decode(read_images(tmp_path / "a")[0].header)


@pytest.mark.case(48)
@pytest.mark.parametrize("syntax", [JPEG + "70", JPEG + "80", JPEG + "90", JPEG + "201"])
def test_case_48_a_missing_decoder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syntax: str) -> None:
    from pydicom.pixels import get_decoder

    data = image((16, 12, False), syntax)
    data.PixelData = encapsulate([flat_htj2k((16, 12, False))])
    data["PixelData"].is_undefined_length = True
    save(data, tmp_path / "a")
    pixels = read_images(tmp_path / "a")[0].header.pixels
    monkeypatch.setattr(get_decoder(syntax), "_available", {})
    with pytest.raises(decoding.MissingDecoderError) as caught:
        decoding.decode((tmp_path / "a").read_bytes(), pixels, 0)
    assert syntaxes.name(syntax) in str(caught.value)
    assert "python-gdcm" in str(caught.value) or "py" in str(caught.value)
    assert decoding._answer((tmp_path / "a").read_bytes(), pixels, 0, "nothing") == str(caught.value)
