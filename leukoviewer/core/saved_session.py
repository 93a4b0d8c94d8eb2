"""What was open when the program ended without a word: a small file while it runs, offered again at the next start.

Each running program has a folder of its own, locked while it runs and removed at a clean end. It knows the path that
was open, because without it nothing could be opened again; names and numbers of patients are not in it, and it can be
read by its user alone. Measurements lie elsewhere, by study, and are found again by themselves.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leukoviewer import atomic, paths
from leukoviewer.core.window import Window

SCHEMA = "leukoviewer.session/1"
STATE, LOCK = "session.json", "lock"
KEPT_ASIDE = "A saved session is damaged or of another version and cannot be restored; it is kept as {}."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that the reader moved, of one package's result for one series (by its fingerprint)."""

    series: str
    package_sha256: str
    slice_threshold: float
    needed: int

    def __post_init__(self) -> None:
        if not 0 <= self.slice_threshold <= 1 or self.needed < 0:
            raise ValueError("a slice threshold lies between 0 and 1 and the vote needs no negative number")


@dataclass(frozen=True, slots=True)
class SavedView:
    """What a view beside the active one showed: a series by its fingerprint, a slice from 0, a window in HU."""

    series: str
    slice_index: int = 0
    window_center: float = 40.0
    window_width: float = 80.0
    inverted: bool = False

    def __post_init__(self) -> None:
        if self.slice_index < 0:
            raise ValueError("slices are counted from 0")
        Window(self.window_center, self.window_width)  # raises for what is no window


@dataclass(frozen=True, slots=True)
class SavedSession:
    """What was open.

    Attributes
    ----------
    path : str
        Opened folder or file.
    series : str
        Fingerprint of the shown series; empty when none was shown.
    slice_index : int
        The shown slice, from 0.
    window_center, window_width : float
        In HU.
    inverted : bool
        Whether gray levels were inverted.
    layout : str
        How the views stood.
    package_id : str
        The chosen package.
    limits : tuple of Limits
        Those that the reader moved. The results themselves lie beside, each in a file of its own.
    at : str
        When it was written, in UTC, as ISO 8601.
    beside : str
        Folder or file of the study that was open beside the first one; empty without one.
    views : tuple of SavedView
        The views beside the active one, row by row.
    place : int
        Which of all views the active one was.
    link : str
        How the views scrolled: ``"off"``, ``"on"`` or ``"here"`` (on, from slices that the reader put side by side).
    """

    path: str
    series: str = ""
    slice_index: int = 0
    window_center: float = 40.0
    window_width: float = 80.0
    inverted: bool = False
    layout: str = "one"
    package_id: str = ""
    limits: tuple[Limits, ...] = ()
    at: str = ""
    beside: str = ""
    views: tuple[SavedView, ...] = ()
    place: int = 0
    link: str = "on"

    def __post_init__(self) -> None:
        if self.slice_index < 0:
            raise ValueError("slices are counted from 0")
        Window(self.window_center, self.window_width)  # raises for what is no window

    @property
    def moment(self) -> datetime | None:
        """When it was written, in the time of this place."""
        try:
            return datetime.fromisoformat(self.at).astimezone()
        except ValueError:
            return None


def folder() -> Path:
    """Where the folders of running and of lost programs lie."""
    return paths.user_data() / "sessions"


def new_place() -> Path:
    """A folder for this program; it is made when something is written."""
    return folder() / secrets.token_hex(8)


def places() -> tuple[Path, ...]:
    """Folders of all programs, running or lost, the newest first."""
    try:
        found = [place for place in folder().iterdir() if place.is_dir() and ".unreadable" not in place.name]
        return tuple(sorted(found, key=_age, reverse=True))
    except OSError:
        return ()


def save(place: Path, session: SavedSession) -> None:
    """Write it whole or not at all, readable by this user alone; a path that is no text here is not written.

    Raises
    ------
    CannotWriteError
        The old file still stands then.
    """
    try:
        (session.path + session.beside).encode("utf-8")
    except UnicodeEncodeError:
        return
    atomic.write_json(place / STATE, {"schema": SCHEMA} | asdict(session), private=True)


def stamped_now() -> str:
    """The moment as it is written."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load(place: Path) -> SavedSession | None:
    """What a lost program left; None when it left nothing.

    Raises
    ------
    ValueError
        It is damaged or of another version.
    """
    try:
        return _from_json(json.loads((place / STATE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a saved session of this version") from error


def put_aside(place: Path) -> str:
    """Keep what cannot be read under another name; one sentence for the reader."""
    number = 1
    while (aside := place.with_name(f"session.unreadable-{number}")).exists():
        number += 1
    _log.warning("a saved session is damaged or of another version")
    try:
        (place / LOCK).unlink(missing_ok=True)
        place.rename(aside)
    except OSError:
        aside = place
    return KEPT_ASIDE.format(aside.name)


def remove(place: Path) -> None:
    """Forget it."""
    shutil.rmtree(place, ignore_errors=True)


def _age(place: Path) -> float:
    try:
        return (place / STATE).stat().st_mtime
    except OSError:
        return 0.0


def _from_json(data: Any) -> SavedSession:
    if not isinstance(data, dict) or data["schema"] != SCHEMA:
        raise ValueError("not a saved session of this version")
    texts = {name: data[name] for name in ("path", "series", "layout", "package_id", "at")}
    if not all(isinstance(text, str) for text in texts.values()) or not texts["path"]:
        raise TypeError("texts are strings")
    if not isinstance(data["inverted"], bool):
        raise TypeError("a switch is true or false")
    limits = tuple(_limits(item) for item in data["limits"])
    return SavedSession(
        slice_index=int(data["slice_index"]), window_center=float(data["window_center"]),
        window_width=float(data["window_width"]), inverted=data["inverted"], limits=limits, **texts, **_beside(data),
    )  # fmt: skip


def _beside(data: dict[str, Any]) -> dict[str, Any]:
    """What versions before this one did not write."""
    beside, link, place = data.get("beside", ""), data.get("link", "on"), data.get("place", 0)
    if not isinstance(beside, str) or not isinstance(link, str) or not isinstance(place, int):
        raise TypeError("texts are strings and a place is a number")
    views = tuple(SavedView(**item) for item in data.get("views", []))
    if not all(isinstance(view.series, str) and isinstance(view.inverted, bool) for view in views):
        raise TypeError("a name is a string and a switch is true or false")
    return {"beside": beside, "views": views, "place": place, "link": link}


def _limits(item: dict[str, Any]) -> Limits:
    return Limits(str(item["series"]), str(item["package_sha256"]), float(item["slice_threshold"]), int(item["needed"]))
