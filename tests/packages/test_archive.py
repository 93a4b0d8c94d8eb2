from __future__ import annotations

import io
import json
import pickle
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.errors import CannotWriteError, PackageError
from leukoviewer.packages import archive
from leukoviewer.packages.archive import Golden, Package, open_package, write_package
from leukoviewer.packages.manifest import PACKAGE_FILES, Manifest


@pytest.fixture
def copy_of(tiny_package: Package, tmp_path: Path) -> Path:
    """A package that may be damaged."""
    folder = tmp_path / "tiny-1.0"
    shutil.copytree(tiny_package.folder, folder)
    return folder


def test_a_package_tells_who_it_is(tiny_package: Package) -> None:
    ref = tiny_package.ref
    assert (ref.id, ref.task, ref.architecture, ref.simulated) == ("tiny-1.0", "binary", "test_convnext", True)
    assert ref.sha256 == tiny_package.sha256
    assert len(ref.sha256) == 64
    assert tiny_package.recipe.id == "leuko-a"
    assert tiny_package.card.startswith("# tiny 1.0")
    assert "Apache License" in (tiny_package.folder / "LICENSE").read_text()


def test_weights_are_stored_once_in_half_precision(tiny_package: Package) -> None:
    weights = tiny_package.weights()
    numbers = sum(array.size for array in weights.values())
    halves = sum(array.size for array in weights.values() if array.dtype == np.float16)
    assert halves / numbers > 0.99
    assert tiny_package.graph_path.stat().st_size < 0.3 * tiny_package.weights_path.stat().st_size


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_one_flipped_bit_is_refused_before_any_tensor_is_built(
    copy_of: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(*_: object, **__: object) -> None:
        pytest.fail("a tensor was built")

    monkeypatch.setattr(archive, "read_tensors", build)
    monkeypatch.setattr(np, "load", build)
    path = copy_of / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(PackageError, match=f"The model in tiny-1.0 cannot be used: {name} was changed"):
        open_package(copy_of)


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_a_missing_file_is_named(copy_of: Path, name: str) -> None:
    (copy_of / name).unlink()
    with pytest.raises(PackageError, match=f"{name} is missing"):
        open_package(copy_of)


@pytest.mark.parametrize("name", PACKAGE_FILES)
def test_a_cut_file_is_named(copy_of: Path, name: str) -> None:
    path = copy_of / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(PackageError, match=f"{name} has another size"):
        open_package(copy_of)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no readable manifest"),
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "no JSON object"),
        (b'{"schema": "other/1"}', "schema is not"),
        (b" " * 1_100_000, "far too long"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(copy_of: Path, content: bytes | None, told: str) -> None:
    (copy_of / "manifest.json").unlink()
    if content is not None:
        (copy_of / "manifest.json").write_bytes(content)
    with pytest.raises(PackageError, match=told):
        open_package(copy_of)


def test_files_that_the_manifest_does_not_name_are_left_alone(copy_of: Path) -> None:
    (copy_of / ".DS_Store").write_bytes(b"junk")
    (copy_of / "weights.pkl").write_bytes(b"junk")
    assert open_package(copy_of).id == "tiny-1.0"


def _rewritten(folder: Path, name: str, content: bytes) -> Package:
    """A package whose file has another content under a manifest that fits it."""
    package = open_package(folder)
    contents = {item: (folder / item).read_bytes() for item in PACKAGE_FILES}
    return write_package(folder.with_name("new-1.0"), package.manifest, {**contents, name: content})


def _npz(**arrays: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def _golden(**changes: np.ndarray) -> bytes:
    right = {
        "stack": np.zeros((2, 256, 256), np.uint8),
        "logits": np.zeros(2),
        "maps": np.zeros((2, 8, 8)),
        "tolerance": np.array(1e-3),
    }
    return _npz(**{**right, **changes})


def _locked(packed: bytes) -> bytes:
    """The same archive, said to be encrypted."""
    content = bytearray(packed)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(re.escape(mark), packed):
            content[found.start() + offset] |= 1
    return bytes(content)


def _huge() -> bytes:
    """A golden case of 0.3 MB that is 300 MB when unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("stack.npy", "w") as member:
        np.lib.format.write_array_header_1_0(
            member, {"descr": "|u1", "fortran_order": False, "shape": (4800, 256, 256)}
        )
        for _ in range(300):
            member.write(bytes(1 << 20))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _golden(stack=np.zeros((0, 256, 256), np.uint8), logits=np.zeros(0), maps=np.zeros((0, 8, 8))),
        _golden(stack=np.zeros((2, 256, 256), np.float64)),
        _golden(logits=np.zeros(2, complex)),
        _golden(maps=np.zeros((2, 8, 8), "U3")),
        _golden(tolerance=np.array(np.inf)),
        _golden(tolerance=np.array(np.nan)),
        _golden(tolerance=np.array(0.5)),
        _locked(_golden()),
    ],
    ids=["empty", "floats", "complex", "words", "any result", "no number", "loose", "encrypted"],
)
def test_a_golden_case_that_would_prove_nothing_is_refused(copy_of: Path, content: bytes) -> None:
    with pytest.raises(PackageError, match="golden case cannot be read"):
        _rewritten(copy_of, "golden.npz", content).golden()


def test_a_golden_case_is_not_unpacked_when_it_is_far_too_large(copy_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _rewritten(copy_of, "golden.npz", _huge())
    monkeypatch.setattr(np, "load", lambda *_, **__: pytest.fail("it was unpacked"))
    with pytest.raises(PackageError, match="far too large"):
        package.golden()


@pytest.mark.parametrize(
    "content",
    [
        b"no zip",
        _npz(stack=np.zeros((2, 256, 256), np.uint8)),
        _npz(
            stack=np.zeros((2, 8, 8), np.uint8), logits=np.zeros(2), maps=np.zeros((2, 8, 8)), tolerance=np.array(1e-3)
        ),
        _npz(
            stack=np.zeros((2, 256, 256), np.uint8),
            logits=np.zeros(3),
            maps=np.zeros((2, 8, 8)),
            tolerance=np.array(1e-3),
        ),
        _npz(
            stack=np.array([[None, "object"]], dtype=object),
            logits=np.zeros(2),
            maps=np.zeros((2, 8, 8)),
            tolerance=np.array(1e-3),
        ),
    ],
    ids=["no zip", "parts missing", "other plane", "other count", "pickled"],
)
def test_a_golden_case_of_another_form_is_refused(copy_of: Path, content: bytes) -> None:
    with pytest.raises(PackageError, match="golden case cannot be read"):
        _rewritten(copy_of, "golden.npz", content).golden()


class _Bomb:
    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return pytest.fail, ("a pickle was run",)


def test_a_pickle_in_a_package_is_never_run(copy_of: Path) -> None:
    bomb = np.empty(1, dtype=object)
    bomb[0] = _Bomb()
    for name, content in {"golden.npz": _npz(stack=bomb), "weights.safetensors": pickle.dumps(_Bomb())}.items():
        package = _rewritten(copy_of, name, content)
        with pytest.raises(PackageError):
            package.golden() if name == "golden.npz" else package.weights()
        shutil.rmtree(package.folder)


def test_the_golden_case_is_read_as_it_was_written(tiny_package: Package) -> None:
    golden = tiny_package.golden()
    assert golden.stack.shape == (2, 256, 256)
    assert golden.stack.dtype == np.float32
    assert 0 <= golden.stack.min() < golden.stack.max() <= 1
    assert golden.logits.shape == (2,)
    assert golden.maps.shape == (2, *tiny_package.manifest.map_shape)
    assert golden.maps.max() > 0


def test_gray_of_whole_255ths_survives_the_golden_file(tmp_path: Path) -> None:
    stack = (np.arange(256, dtype=np.float32) / np.float32(255)).reshape(1, 16, 16)
    golden = Golden(stack, np.zeros(1, np.float32), np.zeros((1, 2, 2), np.float32), 1e-3)
    with np.load(io.BytesIO(golden.to_bytes()), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["stack"].astype(np.float32) / np.float32(255), stack)


def test_a_package_is_written_whole_or_not_at_all(
    manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def full_disk(path: Path, data: bytes) -> None:
        if len(written) == 3:
            raise CannotWriteError("The disk is full.")
        path.write_bytes(data)
        written.append(path)

    monkeypatch.setattr(archive, "write_bytes", full_disk)
    with pytest.raises(CannotWriteError):
        write_package(tmp_path / "leuko-small-1.2", manifest, dict.fromkeys(PACKAGE_FILES, b"x"))
    assert list(tmp_path.iterdir()) == []


def test_a_package_is_never_written_over_another(manifest: Manifest, copy_of: Path) -> None:
    with pytest.raises(CannotWriteError, match="exists already"):
        write_package(copy_of, manifest, dict.fromkeys(PACKAGE_FILES, b"x"))
    assert open_package(copy_of).id == "tiny-1.0"


def test_a_package_holds_exactly_its_files(manifest: Manifest, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="exactly"):
        write_package(tmp_path / "x", manifest, {"card.md": b""})


def test_the_manifest_states_the_hash_of_every_file(manifest: Manifest, tmp_path: Path) -> None:
    package = write_package(tmp_path / "p", manifest, {name: name.encode() for name in PACKAGE_FILES})
    data = json.loads((package.folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(data["files"]) == {p.name for p in package.folder.iterdir()} - {"manifest.json"}
