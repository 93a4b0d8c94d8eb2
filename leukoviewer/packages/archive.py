"""Opens and writes model packages: every file is checked by its hash before anything in it is used."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from leukoviewer.atomic import write_bytes, write_folder
from leukoviewer.core.results import PackageRef
from leukoviewer.errors import PackageError
from leukoviewer.packages.eight_bits import dequantized
from leukoviewer.packages.manifest import (
    CARD,
    EVALUATIONS,
    GOLDEN,
    GRAPH,
    PACKAGE_FILES,
    WEIGHTS,
    FileEntry,
    Layout,
    Manifest,
    is_evaluation,
)
from leukoviewer.packages.tensors import read_tensors
from leukoviewer.preprocessing.recipe import Recipe

MANIFEST = "manifest.json"
_MAX_MANIFEST_BYTES = 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
# A golden case is small by nature; unpacked, it must not take the memory of the computer.
_MAX_GOLDEN_BYTES = 256 * 1024 * 1024
# Engines may differ by a thousandth; a package that allows much more has no golden case.
_MAX_TOLERANCE = 0.01
# What reading a damaged one may end in.
_GOLDEN_ERRORS = (
    OSError, ValueError, KeyError, TypeError, EOFError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Golden:
    """A small stack and what the model says of it, for every engine to repeat.

    Attributes
    ----------
    stack : array of float32, shape (slices, rows, columns)
        Gray 0..1.
    logits : array of float32
        Shape (slices,), or (1,) for a model of volumes.
    maps : array of float32
        Raw heatmaps, shape (slices, h', w'), or (1, d', h', w').
    tolerance : float
        Largest allowed difference, relative to the largest value (at least 1 for logits).
    """

    stack: NDArray[np.float32]
    logits: NDArray[np.float32]
    maps: NDArray[np.float32]
    tolerance: float

    def to_bytes(self) -> bytes:
        """The NPZ file; the stack keeps 8 bits, so build it of whole 255ths."""
        file = io.BytesIO()
        gray = np.rint(self.stack * 255).astype(np.uint8)
        np.savez_compressed(
            file, stack=gray, logits=self.logits, maps=self.maps, tolerance=np.array(self.tolerance, dtype=np.float64)
        )
        return file.getvalue()


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """A model package whose files were found whole.

    Attributes
    ----------
    folder : Path
        Where it lies.
    manifest : Manifest
        What it says of itself.
    sha256 : str
        Of the manifest file, which names the hash of every other file.
    """

    folder: Path
    manifest: Manifest
    sha256: str

    @property
    def id(self) -> str:
        """``<name>-<version>``."""
        return self.manifest.id

    @property
    def recipe(self) -> Recipe:
        """The preprocessing that the model was trained with."""
        return self.manifest.recipe

    @property
    def ref(self) -> PackageRef:
        """Its identity as it stands beside every result."""
        m = self.manifest
        return PackageRef(
            id=m.id,
            name=m.name,
            version=m.version,
            sha256=self.sha256,
            task=str(m.task),
            architecture=m.architecture,
            trained_on=m.training.trained_on,
            simulated=m.training.simulated,
            training_run=m.training.run,
        )

    @property
    def card(self) -> str:
        """The model card, Markdown."""
        return (self.folder / CARD).read_text(encoding="utf-8", errors="replace")

    @property
    def graph_path(self) -> Path:
        """The ONNX graph, whose weights lie in :attr:`weights_path`."""
        return self.folder / GRAPH

    @property
    def weights_path(self) -> Path:
        """The weights, safetensors."""
        return self.folder / WEIGHTS

    def weights(self) -> dict[str, NDArray[Any]]:
        """The weights by name: float32 or float16 as they are stored, those of 8 bits as float32.

        Raises
        ------
        PackageError
            The file is damaged, or a weight of 8 bits has no scale.
        """
        try:
            return dequantized(read_tensors(self.weights_path))
        except ValueError as error:
            _refuse(self.folder, str(error), error)

    @property
    def size(self) -> int:
        """Bytes of the files that its manifest names."""
        return sum(entry.size for entry in self.manifest.files.values())

    def evaluations(self) -> dict[str, bytes]:
        """The files of :data:`~leukoviewer.packages.manifest.EVALUATIONS` by their names there, as they are."""
        names = sorted(filter(is_evaluation, self.manifest.files))
        return {name.removeprefix(EVALUATIONS): (self.folder / name).read_bytes() for name in names}

    def golden(self) -> Golden:
        """The golden case.

        Raises
        ------
        PackageError
            It does not have the form that the manifest promises.
        """
        try:
            with zipfile.ZipFile(self.folder / GOLDEN) as packed:
                if sum(member.file_size for member in packed.infolist()) > _MAX_GOLDEN_BYTES:
                    raise ValueError("it is far too large")
            with np.load(self.folder / GOLDEN, allow_pickle=False) as file:
                stack, logits, maps = file["stack"], file["logits"], file["maps"]
                tolerance = float(file["tolerance"])
            whole = self.manifest.layout is Layout.VOLUME
            depth, count = len(stack), 1 if whole else len(stack)
            if stack.dtype != np.uint8 or logits.dtype.kind != "f" or maps.dtype.kind != "f":
                raise ValueError("its numbers are of another kind")
            if not depth or not 0 < tolerance <= _MAX_TOLERANCE:
                raise ValueError("it is empty or allows any result")
            if stack.shape != (depth, *self.recipe.plane_shape) or (whole and depth != self.recipe.depth):
                raise ValueError("its stack has another size than the preprocessing makes")
            if logits.shape != (count,) or maps.shape != (count, *self.manifest.map_shape):
                raise ValueError("its results have another size than the manifest says")
        except _GOLDEN_ERRORS as error:
            _refuse(self.folder, f"its golden case cannot be read ({error})", error)
        gray = stack.astype(np.float32) / np.float32(255)
        return Golden(gray, logits.astype(np.float32), maps.astype(np.float32), tolerance)


def open_package(folder: Path) -> Package:
    """Open a package after checking the size and the SHA-256 of each of its files.

    Parameters
    ----------
    folder : Path
        The package's folder. Files that the manifest does not name are never opened.

    Raises
    ------
    PackageError
        A file is missing or changed, or the manifest cannot be read; the sentence names the folder.
    RecipeError
        This version cannot build its preprocessing.
    """
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _MAX_MANIFEST_BYTES:
            _refuse(folder, "its manifest is far too long")
        text = path.read_bytes()
    except OSError as error:
        _refuse(folder, "it has no readable manifest.json", error)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        _refuse(folder, "its manifest.json is no JSON", error)
    manifest = Manifest.from_json(data, f"The model in {folder.name}")
    for name, entry in manifest.files.items():
        _check_file(folder, name, entry)
    return Package(folder, manifest, hashlib.sha256(text).hexdigest())


def write_package(folder: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> Package:
    """Write a package whole or not at all, and open it.

    Parameters
    ----------
    folder : Path
        New folder, usually ``<somewhere>/<name>-<version>``.
    manifest : Manifest
        Its ``files`` are replaced by those given here.
    contents : mapping of str to bytes
        Each of :data:`~leukoviewer.packages.manifest.PACKAGE_FILES`, and any evaluations.

    Raises
    ------
    ValueError
        A file is missing or too much.
    CannotWriteError
        The folder exists already or cannot be written.
    """
    if set(filter(lambda name: not is_evaluation(name), contents)) != set(PACKAGE_FILES):
        raise ValueError(f"a model package holds exactly {', '.join(PACKAGE_FILES)}, and evaluations")
    names = (*PACKAGE_FILES, *sorted(filter(is_evaluation, contents)))
    entries = {name: FileEntry(hashlib.sha256(contents[name]).hexdigest(), len(contents[name])) for name in names}
    described = replace(manifest, files=MappingProxyType(entries))
    text = json.dumps(described.to_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    with write_folder(folder) as place:
        for name, content in contents.items():
            write_bytes(place / name, content)
        write_bytes(place / MANIFEST, text.encode("utf-8"))
    return open_package(folder)


def _check_file(folder: Path, name: str, entry: FileEntry) -> None:
    path = folder / name
    try:
        if path.stat().st_size != entry.size:
            _refuse(folder, f"{name} has another size than its manifest says")
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_CHUNK_BYTES):
                digest.update(block)
    except OSError as error:
        _refuse(folder, f"{name} is missing or cannot be read", error)
    if digest.hexdigest() != entry.sha256:
        _refuse(folder, f"{name} was changed since the model was made")


def _refuse(folder: Path, why: str, cause: Exception | None = None) -> NoReturn:
    message = f"The model in {folder.name} cannot be used: {why}; install the model again."
    raise PackageError(message, thing=folder) from cause
