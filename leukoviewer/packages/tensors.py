"""Reads and writes safetensors files with numpy alone: a length, a JSON header, plain numbers. Nothing in them is run.

The format: 8 bytes little-endian header length; the header, a JSON object of ``name: {dtype, shape, data_offsets}``;
then the tensors' bytes, without holes (github.com/huggingface/safetensors, README).
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import PackageError

_DTYPES: Mapping[str, np.dtype[Any]] = MappingProxyType(
    {
        "F16": np.dtype("<f2"),
        "F32": np.dtype("<f4"),
        "F64": np.dtype("<f8"),
        "I8": np.dtype("<i1"),
        "I32": np.dtype("<i4"),
        "I64": np.dtype("<i8"),
    }
)
_LENGTH_BYTES = 8
_MAX_HEADER_BYTES = 16 * 1024 * 1024
_MAX_FILE_BYTES = 1 << 40
_MAX_AXES = 8
# Data begin and tensors lie on multiples of this, as the reference writer does for the header.
_ALIGNMENT = 8


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """Where one tensor lies in the file.

    Attributes
    ----------
    dtype : str
        ``F16``, ``F32``, ``F64``, ``I8``, ``I32`` or ``I64``.
    shape : tuple of int
        Its size.
    offset, length : int
        Bytes from the beginning of the file, and its bytes.
    """

    dtype: str
    shape: tuple[int, ...]
    offset: int
    length: int


def read_layout(path: Path) -> dict[str, TensorSpec]:
    """Where each tensor lies.

    Raises
    ------
    PackageError
        The file is no safetensors file, is cut, or its header points outside it.
    """
    try:
        with path.open("rb") as file:
            return _read_layout(file, path.stat().st_size)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        message = f"The weights {path.name} cannot be read ({error}); install the model again."
        raise PackageError(message, thing=path) from error


def layout_of(data: bytes) -> dict[str, TensorSpec]:
    """Where each tensor lies in what :func:`tensors_to_bytes` gave."""
    return _read_layout(io.BytesIO(data), len(data))


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """All tensors by name, in their stored type, as read-only views of the mapped file.

    Raises
    ------
    PackageError
        As :func:`read_layout`.
    """
    layout = read_layout(path)
    try:
        mapped = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise PackageError(f"The weights {path.name} cannot be read; install the model again.", thing=path) from error
    return {
        name: np.frombuffer(mapped, dtype=_DTYPES[spec.dtype], count=math.prod(spec.shape), offset=spec.offset).reshape(
            spec.shape
        )
        for name, spec in layout.items()
    }


def tensors_to_bytes(tensors: Mapping[str, NDArray[Any]]) -> bytes:
    """A safetensors file with these tensors, widest type first so that all lie aligned.

    Raises
    ------
    ValueError
        A tensor has a type that the format here does not hold.
    """
    names = {dtype: name for name, dtype in _DTYPES.items()}
    header: dict[str, Any] = {}
    blocks: list[bytes] = []
    end = 0
    for name in sorted(tensors, key=lambda item: (-tensors[item].dtype.itemsize, item)):
        array = np.ascontiguousarray(tensors[name])
        code = names.get(array.dtype.newbyteorder("<"))
        if code is None:
            raise ValueError(f"{name} has type {array.dtype}, which a model package does not hold")
        block = array.astype(_DTYPES[code], copy=False).tobytes()
        header[name] = {"dtype": code, "shape": list(array.shape), "data_offsets": [end, end + len(block)]}
        end += len(block)
        blocks.append(block)
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % _ALIGNMENT)
    return b"".join((len(text).to_bytes(_LENGTH_BYTES, "little"), text, *blocks))


def _read_layout(file: BinaryIO, size: int) -> dict[str, TensorSpec]:
    length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
    if not 2 <= length <= min(_MAX_HEADER_BYTES, size - _LENGTH_BYTES):
        raise ValueError("its header has no possible length")
    return _layout(json.loads(file.read(length)), start=_LENGTH_BYTES + length, size=size)


def _layout(header: object, *, start: int, size: int) -> dict[str, TensorSpec]:
    if not isinstance(header, dict):
        raise ValueError("its header is no object")
    layout = {name: _spec(entry, start) for name, entry in header.items() if name != "__metadata__"}
    expected = start
    for spec in sorted(layout.values(), key=lambda item: (item.offset, item.length)):
        if spec.offset != expected:
            raise ValueError("its tensors overlap or leave holes")
        expected += spec.length
    if expected != size:
        raise ValueError("it is cut or too long")
    return layout


def _spec(entry: Any, start: int) -> TensorSpec:
    dtype, shape = entry["dtype"], entry["shape"]
    begin, end = entry["data_offsets"]
    numbers = (*shape, begin, end)
    # Numbers in JSON may be of any length: none is multiplied before it is known to be one of a file.
    whole = all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < _MAX_FILE_BYTES for n in numbers)
    if dtype not in _DTYPES or not whole or len(shape) > _MAX_AXES:
        raise ValueError("a tensor has an unknown type or an impossible size")
    if end - begin != math.prod(shape) * _DTYPES[dtype].itemsize:
        raise ValueError("a tensor's size and its bytes differ")
    return TensorSpec(dtype, tuple(shape), start + begin, end - begin)
