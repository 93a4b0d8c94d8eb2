from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leukoviewer.errors import PackageError
from leukoviewer.packages.tensors import layout_of, read_layout, read_tensors, tensors_to_bytes

TENSORS = {
    "a.weight": np.arange(6, dtype=np.float16).reshape(2, 3),
    "a.bias": np.array([1.5, -2], dtype=np.float32),
    "b": np.array(7, dtype=np.int64),
    "empty": np.zeros((0, 4), dtype=np.float32),
    "c": np.linspace(0, 1, 5),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "weights.safetensors"
    path.write_bytes(tensors_to_bytes(TENSORS))
    return path


def test_what_is_written_is_read_back_to_the_bit(file: Path) -> None:
    found = read_tensors(file)
    assert set(found) == set(TENSORS)
    for name, array in TENSORS.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)
        assert not found[name].flags.writeable


def test_the_reference_library_reads_the_same(file: Path) -> None:
    from safetensors.numpy import load_file

    for name, array in load_file(file).items():
        np.testing.assert_array_equal(array, TENSORS[name])


def test_a_file_of_the_reference_library_is_read(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    path = tmp_path / "theirs.safetensors"
    save_file(TENSORS, path, metadata={"format": "pt"})
    found = read_tensors(path)
    assert set(found) == set(TENSORS)
    for name, array in TENSORS.items():
        np.testing.assert_array_equal(found[name], array)


def test_the_layout_points_at_the_bytes_of_each_tensor(file: Path) -> None:
    data = file.read_bytes()
    layout = read_layout(file)
    assert layout == layout_of(data)
    for name, spec in layout.items():
        assert data[spec.offset : spec.offset + spec.length] == TENSORS[name].tobytes()
        assert spec.offset % TENSORS[name].dtype.itemsize == 0


def test_a_type_that_the_format_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="complex"):
        tensors_to_bytes({"x": np.zeros(2, dtype=np.complex64)})


def _with_header(header: object, body: bytes = b"\0" * 8) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + body


def _entry(**changes: Any) -> dict[str, Any]:
    return {"t": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8], **changes}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 8,
        (10**12).to_bytes(8, "little") + b"{}",
        _with_header(b"not json"),
        _with_header([]),
        _with_header(b"[" * 100_000),
        _with_header({"t": 3}),
        _with_header({"t": {}}),
        _with_header(_entry(dtype="BOOL")),
        _with_header(_entry(dtype="P32")),
        _with_header(_entry(shape=[3])),
        _with_header(_entry(shape=[-2])),
        _with_header(_entry(shape=[True])),
        _with_header(_entry(shape=[10**30, 0], data_offsets=[0, 0]), b""),
        _with_header(_entry(shape=[1] * 100 + [2])),
        _with_header(_entry(data_offsets=[0, 16])),
        _with_header(_entry(data_offsets=[4, 12])),
        _with_header(_entry(data_offsets=[0])),
        _with_header(_entry(), b"\0" * 7),
        _with_header(_entry(), b"\0" * 9),
        _with_header({**_entry(), "u": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}),
    ],
    ids=range(21),
)
def test_a_damaged_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.safetensors"
    path.write_bytes(content)
    with pytest.raises(PackageError, match=r"weights\.safetensors cannot be read"):
        read_layout(path)


@settings(max_examples=150, deadline=None)
@given(junk=st.binary(max_size=60))
def test_junk_never_ends_in_another_error(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "junk.safetensors"
    for content in (junk, len(junk).to_bytes(8, "little") + junk):
        path.write_bytes(content)
        try:
            read_layout(path)
        except PackageError:
            continue
