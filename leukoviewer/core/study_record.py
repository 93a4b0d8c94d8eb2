"""Records that the reader makes of a study, as files in the user's data folder: found again by study, never lost.

One JSON file a study, named by a hash of the study's UID, written whole or not at all. A file that this version cannot
read is never written over: it is put aside under another name first.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from leukoviewer import atomic, paths
from leukoviewer.core.series import Series

T = TypeVar("T")

_log = logging.getLogger(__name__)

_LOST = "{} cannot be read ({}); nothing new of it will be saved this time."
_STUCK = (
    "{} cannot be read, being damaged or of another version, and cannot be put aside; nothing new of it will be saved "
    "this time."
)
_ASIDE = "{} cannot be read, being damaged or of another version; it is kept as {} in the user's data folder."


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """One kind of records.

    Attributes
    ----------
    folder : str
        Its folder in the user's data folder.
    schema : str
        What stands in each file under ``schema``.
    name : str
        What the reader calls a record, as the beginning of a sentence.
    parse : dict -> T
        Reads a file's content; raises ValueError, TypeError or KeyError when it is none of this version.
    to_json : T -> dict
        The content to be written.
    """

    folder: str
    schema: str
    name: str
    parse: Callable[[dict[str, Any]], T]
    to_json: Callable[[T], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found for a study.

    Attributes
    ----------
    value : T or None
        The record; None when there is none or it cannot be read.
    note : str
        One sentence when something is wrong with the file; empty otherwise.
    is_writable : bool
        Whether saving loses nothing; False when an unreadable file could not be put aside.
    """

    value: T | None = None
    note: str = ""
    is_writable: bool = True


def study_of(series: Series) -> str:
    """What a study is known by: its UID, or that of the series where files name no study, and the patient.

    Two patients may carry one UID against the standard; a record of one must never be found for the other.
    """
    return f"{series.study_uid or series.series_uid or series.key}\n{series.patient.patient_id}"


def file_of(shelf: Shelf[T], study: str) -> Path:
    """Where the record of a study lies, whether there is one or not."""
    return _folder(shelf) / f"{hashlib.sha256(study.encode()).hexdigest()[:32]}.json"


def update(shelf: Shelf[T], path: Path, change: Callable[[T | None], T]) -> Found[T]:
    """Change a record as it stands on the disk now; no other window can write it in between.

    Parameters
    ----------
    change : (T or None) -> T
        Makes the new record out of the one that was found, None when there is none or it was put aside.

    Returns
    -------
    Found
        What stands there afterwards; nothing was written when it is not writable.

    Raises
    ------
    CannotWriteError
        The old file still stands then.
    """
    with atomic.locked(lock_of(path)):
        found = load(shelf, path)
        if not found.is_writable:
            return found
        value = change(found.value)
        if value != found.value:
            save(shelf, path, value)
        return Found(value, found.note)


def lock_of(path: Path) -> Path:
    """The lock for all records of the kind that lie beside this one."""
    return path.parent.with_name(f"{path.parent.name}.lock")


def save(shelf: Shelf[T], path: Path, value: T) -> None:
    """Write a record.

    Raises
    ------
    CannotWriteError
        The old file still stands then.
    """
    atomic.write_json(path, {"schema": shelf.schema} | shelf.to_json(value), private=True)


def load(shelf: Shelf[T], path: Path) -> Found[T]:
    """Read a record; a file that cannot be read is put aside and never lost."""
    try:
        return Found(_read(shelf, path))
    except FileNotFoundError:
        return Found()
    except OSError as error:
        return Found(note=_LOST.format(shelf.name, error.strerror or "the disk failed"), is_writable=False)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _put_aside(shelf, path)


def load_all(shelf: Shelf[T]) -> tuple[tuple[tuple[str, T], ...], int]:
    """All records with their files' names, in the order of these, and how many files cannot be read (they stay)."""
    found: list[tuple[str, T]] = []
    unreadable = 0
    try:
        files = sorted(_folder(shelf).glob("*.json"))
    except OSError:
        files = []
    for path in (path for path in files if ".unreadable-" not in path.name):
        try:
            found.append((path.stem, _read(shelf, path)))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            unreadable += 1
    return tuple(found), unreadable


def moment(text: object) -> datetime:
    """A time of a record; it must name its zone.

    Raises
    ------
    ValueError
        It is no such time.
    """
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        raise ValueError("a time needs its zone")
    return found.astimezone(UTC)


def stamp(at: datetime) -> str:
    """A time as it is written: UTC, whole seconds."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _folder(shelf: Shelf[T]) -> Path:
    return paths.user_data() / shelf.folder


def _read(shelf: Shelf[T], path: Path) -> T:
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or data["schema"] != shelf.schema:
        raise ValueError("not a record of this kind and version")
    return shelf.parse(data)


def _put_aside(shelf: Shelf[T], path: Path) -> Found[T]:
    number = 1
    while (aside := path.with_name(f"{path.stem}.unreadable-{number}.json")).exists():
        number += 1
    _log.warning("a record in %s is damaged or of another version", shelf.folder)
    try:
        path.rename(aside)
    except OSError:
        return Found(note=_STUCK.format(shelf.name), is_writable=False)
    return Found(note=_ASIDE.format(shelf.name, aside.name))
