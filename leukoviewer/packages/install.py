"""Installs model packages into the user's data folder, packs them into one file, and removes them.

A file is a zip archive with the package's folder, or its files alone. Only the files that its manifest names are taken
out, each up to its stated size, into a hidden folder; every hash is checked there before the package appears under its
name. So no archive can write elsewhere, fill the disk, or leave half a package behind.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from leukoviewer.atomic import write_bytes
from leukoviewer.errors import CannotWriteError, PackageError, UsageError
from leukoviewer.packages.archive import MANIFEST, Package, open_package
from leukoviewer.packages.manifest import Manifest
from leukoviewer.packages.store import PackageStore

# A package as large as this is no model for a computer on a desk.
MOST_BYTES = 2 * 1024**3
_MOST_ENTRIES = 1000
_MAX_MANIFEST_BYTES = 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_DATE = (1980, 1, 1, 0, 0, 0)
# What reading a damaged archive may end in.
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, KeyError)


@dataclass(frozen=True, slots=True)
class _Source:
    """A package that is not installed: how sentences call it, and how its files are opened."""

    called: str
    open: Callable[[str], BinaryIO]


def pack(package: Package, path: Path) -> None:
    """Write a package as one file: the same package gives the same bytes.

    Raises
    ------
    CannotWriteError
        The file cannot be written.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (MANIFEST, *package.manifest.files):
            entry = zipfile.ZipInfo(f"{package.id}/{name}", date_time=_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (package.folder / name).read_bytes())
    write_bytes(path, held.getvalue())


def install(source: Path, models: Path) -> Package:
    """Install a package, whole or not at all.

    Parameters
    ----------
    source : Path
        A file that :func:`pack` wrote, or the folder of a package.
    models : Path
        The folder of packages; made when it does not exist.

    Raises
    ------
    UsageError
        There is nothing of this name, it cannot be read, or the package is installed already.
    PackageError
        It is no package, damaged, changed, or made for another version.
    CannotWriteError
        The folder cannot be written.
    """
    if source.is_dir():
        return _install(_Source(source.name, lambda name: (source / name).open("rb")), models)
    try:
        with zipfile.ZipFile(source) as archive:
            places = _places(archive, source)
            return _install(_Source(source.name, lambda name: _member(archive, places, name)), models)
    except FileNotFoundError as error:
        raise UsageError(f"There is no file or folder {source}.", thing=source) from error
    except _DAMAGES as error:
        _refuse(source.name, "it is no archive of a model, or damaged", error)
    except OSError as error:
        raise UsageError(f"{source} cannot be read ({error.strerror or error}).", thing=source) from error


def remove(package_id: str, store: PackageStore, models: Path) -> None:
    """Remove a package of the user, damaged or not.

    Raises
    ------
    UsageError
        There is none of this id in the user's folder.
    CannotWriteError
        It cannot be removed.
    """
    found = [one for one in store.packages() if package_id in (one.id, one.folder.name)]
    own = [one for one in found if one.folder.parent == models]
    if not own:
        where = "comes with the program and stays" if found else "is not installed"
        raise UsageError(f"The model {package_id} {where}; leukoviewer models lists what there is.", thing=package_id)
    folder = own[0].folder
    try:
        # Out of sight at once: a half-removed package is never listed.
        with tempfile.TemporaryDirectory(prefix=".removed.", dir=models) as hidden:
            folder.rename(Path(hidden) / folder.name)
    except OSError as error:
        message = f"{folder} cannot be removed ({error.strerror or error}); close programs that use it."
        raise CannotWriteError(message, thing=folder) from error


def _install(source: _Source, models: Path) -> Package:
    manifest, text = _manifest_of(source)
    place = models / manifest.id
    _refuse_installed(manifest.id, text, models)
    try:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".installing.", dir=models) as hidden:
            staged = Path(hidden) / manifest.id
            staged.mkdir()
            (staged / MANIFEST).write_bytes(text)
            for name, entry in manifest.files.items():
                _copy(source, name, staged / name, entry.size)
            open_package(staged)
            staged.rename(place)
    except OSError as error:
        message = f"{models} cannot be written ({error.strerror or error}); free space or check its permissions."
        raise CannotWriteError(message, thing=models) from error
    return open_package(place)


def _manifest_of(source: _Source) -> tuple[Manifest, bytes]:
    try:
        with source.open(MANIFEST) as file:
            text = file.read(_MAX_MANIFEST_BYTES + 1)
    except (OSError, *_DAMAGES) as error:
        _refuse(source.called, "it holds no readable manifest.json", error)
    if len(text) > _MAX_MANIFEST_BYTES:
        _refuse(source.called, "its manifest is far too long")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        _refuse(source.called, "its manifest.json is no JSON", error)
    manifest = Manifest.from_json(data, f"The model in {source.called}")
    if sum(entry.size for entry in manifest.files.values()) > MOST_BYTES:
        _refuse(source.called, "it is far too large")
    return manifest, text


def _refuse_installed(package_id: str, text: bytes, models: Path) -> None:
    place = models / package_id
    if not place.exists():
        return
    try:
        same = (place / MANIFEST).read_bytes() == text
        open_package(place)
    except (OSError, PackageError):
        message = f"A damaged model {package_id} is installed; remove it first: leukoviewer models remove {package_id}."
        raise UsageError(message, thing=place) from None
    if same:
        raise UsageError(f"The model {package_id} is installed already.", thing=place)
    message = f"Another model {package_id} is installed; remove it first: leukoviewer models remove {package_id}."
    raise UsageError(message, thing=place)


def _copy(source: _Source, name: str, to: Path, size: int) -> None:
    """Copy one file up to its stated size; its hash is checked afterwards, with all others."""
    to.parent.mkdir(parents=True, exist_ok=True)
    left = size + 1
    with to.open("xb") as out:
        for block in _blocks(source, name, left):
            out.write(block)
            left -= len(block)
    if left != 1:
        _refuse(source.called, f"{name} has another size than its manifest says")


def _blocks(source: _Source, name: str, most: int) -> Iterator[bytes]:
    """What a file of the source holds, up to so many bytes; its errors are told apart from those of the writing."""
    try:
        with source.open(name) as file:
            while most and (block := file.read(min(_CHUNK_BYTES, most))):
                yield block
                most -= len(block)
    except FileNotFoundError as error:
        _refuse(source.called, f"{name} is missing", error)
    except _DAMAGES as error:
        _refuse(source.called, f"{name} is damaged or missing", error)
    except OSError as error:
        message = f"{name} in {source.called} cannot be read ({error.strerror or error}); check its permissions."
        raise UsageError(message, thing=source.called) from error


def _places(archive: zipfile.ZipFile, source: Path) -> str:
    """The folder within the archive that holds the manifest, with its '/'; empty when it lies at the top."""
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        _refuse(source.name, "it holds far too many files")
    found = {entry.filename for entry in entries if entry.filename.rpartition("/")[2] == MANIFEST}
    if len(found) != 1:
        _refuse(source.name, "it is no archive of one model")
    return found.pop().removesuffix(MANIFEST)


def _member(archive: zipfile.ZipFile, folder: str, name: str) -> BinaryIO:
    opened: BinaryIO = archive.open(folder + name)  # type: ignore[assignment]
    return opened


def _refuse(called: str, why: str, cause: Exception | None = None) -> NoReturn:
    raise PackageError(f"{called} cannot be installed: {why}; get the file again.", thing=called) from cause
