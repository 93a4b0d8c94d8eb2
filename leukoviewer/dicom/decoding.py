"""What the decoding process does: bytes of a file in, stored values of a frame out, never trusting either.

This module runs in the child of :mod:`leukoviewer.dicom.decode_process`; nothing of it is called in the program's own
process but :func:`serve`'s name.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
import sys
import warnings
import zlib
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.series import PixelFormat
from leukoviewer.dicom import jpeg, syntaxes
from leukoviewer.dicom import pixels as native
from leukoviewer.dicom.elements import read_elements_of

MAX_INFLATED_BYTES = 256 << 20

# One decoder a syntax, so that an answer never depends on what else is installed.
_PLUGINS = MappingProxyType(
    {
        "1.2.840.10008.1.2.5": "pydicom",
        "1.2.840.10008.1.2.4.50": "gdcm",
        "1.2.840.10008.1.2.4.51": "gdcm",
        "1.2.840.10008.1.2.4.57": "gdcm",
        "1.2.840.10008.1.2.4.70": "gdcm",
        "1.2.840.10008.1.2.4.80": "pyjpegls",
        "1.2.840.10008.1.2.4.81": "pyjpegls",
        "1.2.840.10008.1.2.4.90": "pylibjpeg",
        "1.2.840.10008.1.2.4.91": "pylibjpeg",
        "1.2.840.10008.1.2.4.201": "pylibjpeg",
        "1.2.840.10008.1.2.4.202": "pylibjpeg",
        "1.2.840.10008.1.2.4.203": "pylibjpeg",
    }
)


# Where a decoder is to be had that is not there.
_PACKAGES = MappingProxyType({"gdcm": "python-gdcm", "pyjpegls": "pyjpegls", "pylibjpeg": "pylibjpeg-openjpeg"})


class MissingDecoderError(Exception):
    """This machine has no decoder for a syntax; the text is the sentence for the reader."""


def serve(connection: Connection, memory_bytes: int) -> None:
    """Answer requests until the other side says goodbye or is gone.

    A request is ``(pixels, frame, name of the shared memory, whether bytes of a new file follow)``; an answer is
    ``(dtype, shape)`` or a sentence that says what is wrong.
    """
    _be_silent()
    importlib.import_module("pydicom.pixels.decoders")
    limit_memory(memory_bytes)
    connection.send("ready")
    data = b""
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):
            return
        if request is None:
            return
        pixels, frame, name, follows = request
        if follows:
            data = connection.recv_bytes()
        connection.send(_answer(data, pixels, frame, name))


def _be_silent() -> None:
    """Decoders write what they think of damaged data to the console, which belongs to the user."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _answer(data: bytes, pixels: PixelFormat, frame: int, name: str) -> tuple[str, tuple[int, ...]] | str:
    # Rust decoders panic with a BaseException; here nothing but an answer may come out.
    try:
        values = decode(data, pixels, frame)
        memory = SharedMemory(name=name)
        try:
            target: NDArray[np.integer] = np.ndarray(values.shape, values.dtype, memory.buf)
            np.copyto(target, values)
            del target
        finally:
            memory.close()
        return values.dtype.str, values.shape
    except MissingDecoderError as error:
        return str(error)
    except MemoryError:
        return "Decoding took more memory than it may."
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return f"The {syntaxes.name(pixels.transfer_syntax_uid)} data are damaged."


def decode(data: bytes, pixels: PixelFormat, frame: int) -> NDArray[np.integer]:
    """Stored values of one frame of a whole file, shape (rows, columns) or (rows, columns, samples)."""
    if pixels.transfer_syntax_uid == syntaxes.DEFLATED:
        values = _deflated(data, pixels, frame)
    else:
        values = _compressed(data, pixels, frame)
    shape = (pixels.rows, pixels.columns) if pixels.samples == 1 else (pixels.rows, pixels.columns, pixels.samples)
    if values.shape != shape:
        raise ValueError("the decoded size is not the header's")
    return values


def _deflated(data: bytes, pixels: PixelFormat, frame: int) -> NDArray[np.integer]:
    found = read_elements_of(data)
    if found.pixels is None or found.pixels.length is None:
        raise ValueError("no native pixel data")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    inflated = unpacker.decompress(data[found.data_start :], MAX_INFLATED_BYTES)
    kind = native.stored_dtype(pixels)
    size = native.frame_bytes(pixels)
    start = found.pixels.offset + frame * size
    values = np.frombuffer(inflated, kind, size // kind.itemsize, start).copy()
    return native.shaped(values, pixels)


def _compressed(data: bytes, pixels: PixelFormat, frame: int) -> NDArray[np.integer]:
    from pydicom.encaps import get_frame
    from pydicom.pixels import get_decoder

    found = read_elements_of(data)
    if found.pixels is None:
        raise ValueError("no pixel data")
    decoder = get_decoder(pixels.transfer_syntax_uid)
    options: dict[str, Any] = {
        "rows": pixels.rows, "columns": pixels.columns, "number_of_frames": pixels.frames,
        "samples_per_pixel": pixels.samples, "bits_allocated": pixels.bits_allocated,
        "bits_stored": pixels.bits_stored, "pixel_representation": int(pixels.signed),
        "photometric_interpretation": pixels.photometric or "MONOCHROME2", "pixel_keyword": "PixelData",
    }  # fmt: skip
    if pixels.samples > 1:
        options["planar_configuration"] = int(pixels.planar)
    encoded = data[found.pixels.offset :]
    plugin = _PLUGINS[pixels.transfer_syntax_uid]
    if plugin not in decoder.available_plugins:
        name = syntaxes.name(pixels.transfer_syntax_uid)
        raise MissingDecoderError(f"No decoder for {name} is installed; the package {_PACKAGES[plugin]} brings one.")
    if plugin == "gdcm":
        stream = get_frame(encoded, frame, number_of_frames=pixels.frames)
        jpeg.check_size(stream, pixels)
        if pixels.transfer_syntax_uid == syntaxes.JPEG_EXTENDED and pixels.bits_stored > 8:
            return jpeg.decode_12_bits(stream, pixels)
    values, _ = decoder.as_array(encoded, index=frame, decoding_plugin=plugin, **options)
    decoded: NDArray[np.integer] = values
    return decoded


def limit_memory(extra_bytes: int) -> None:
    """Hold this process to so many bytes more than it has now, where the system offers it (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        # Without knowing what is mapped already, a limit would kill an honest process.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + extra_bytes
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
