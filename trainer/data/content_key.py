"""The key of a case in the cache: a hash of its files' content, found again by their listing without reading them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leukoviewer import atomic
from leukoviewer.errors import NothingReadableError
from trainer.data.cases import Case


def text_hash(text: str) -> str:
    """SHA-256 of a text, first 32 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """The files of a case.

    Attributes
    ----------
    case : Case
        Whose they are.
    files : tuple of Path
        Sorted; reports (``.json``) are no part of the content.
    listing : str
        Hash of names, sizes and times of change: as long as it stays, so does the content.
    """

    case: Case
    files: tuple[Path, ...]
    listing: str

    @classmethod
    def of(cls, case: Case) -> CaseFiles:
        """List the files of a case.

        Raises
        ------
        NothingReadableError
            The folder cannot be listed.
        """
        root = case.folder
        try:
            found = (root,) if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
            files = tuple(path for path in found if path.suffix.lower() != ".json")
            lines = [f"{_name(root, p)}|{p.stat().st_size}|{p.stat().st_mtime_ns}" for p in files]
            where = root.resolve()
        except OSError as error:
            raise _unreadable(error) from error
        return cls(case, files, text_hash(f"{where}\n{case.series_uid}\n" + "\n".join(lines)))

    def key(self, index: Path) -> str:
        """The content's hash, from the index when the listing is known there, else from the files.

        Raises
        ------
        NothingReadableError
            A file cannot be read.
        CannotWriteError
            The index cannot be written.
        """
        place = index / f"{self.listing}.json"
        try:
            return str(json.loads(place.read_text(encoding="utf-8"))["key"])
        except (OSError, ValueError, KeyError, TypeError):
            key = _content_hash(self.case, self.files)
            atomic.write_json(place, {"key": key})
            return key


def _content_hash(case: Case, files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    try:
        for path in files:
            with path.open("rb") as file:
                total.update(_name(case.folder, path).encode("utf-8"))
                total.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise _unreadable(error) from error
    # Another series of the same files is another stack.
    total.update(case.series_uid.encode("utf-8"))
    return total.hexdigest()[:32]


def _name(root: Path, path: Path) -> str:
    return path.name if path == root else path.relative_to(root).as_posix()


def _unreadable(error: OSError) -> NothingReadableError:
    why = error.strerror or type(error).__name__
    return NothingReadableError(f"Its files cannot be read ({why}); check permissions and the disk.")
