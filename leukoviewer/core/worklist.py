"""A list of studies to be scored: what each row is, and the file that keeps the list from one start to the next.

A row knows the path of its study, because without it the study could not be opened again, and a path may carry a name
that somebody gave the folder; nothing else of the patient is kept. The file can be read by its user alone.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from leukoviewer import atomic, paths
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume

SCHEMA = "leukoviewer.worklist/1"
KEPT_ASIDE = "The worklist is damaged or of another version; an empty one is used and the old file is kept as {}."
UNREADABLE = "The worklist cannot be read; check the rights on your data folder. What you add now is not kept."

_log = logging.getLogger(__name__)


class State(StrEnum):
    """How far a row is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a model said of a row, in short; the whole result lies in a file of its own.

    Attributes
    ----------
    package_id, package_sha256 : str
        Which model.
    positive, scored, needed : int
        The vote at the package's own limits: positive with more than ``needed`` positive slices.
    highest : float
        0..1, score of the most suspicious slice.
    probability : float or None
        0..1 where the package is calibrated by patient.
    fitted_on : str
        On which data it was calibrated.
    simulated : bool
        Whether all data that the package learned from were simulated.
    warnings : int
        How many warnings stand beside the result.
    broken : int
        Slices that could not be read.
    """

    package_id: str
    package_sha256: str
    positive: int
    scored: int
    needed: int
    highest: float
    probability: float | None = None
    fitted_on: str = ""
    simulated: bool = False
    warnings: int = 0
    broken: int = 0

    @property
    def is_positive(self) -> bool:
        """The verdict at the package's own limits."""
        return self.positive > self.needed

    @classmethod
    def of(cls, volume: Volume, result: Analysis) -> Finding:
        """In short what a result says."""
        vote = result.vote()
        return cls(
            result.package.id, result.package.sha256, vote.positive, vote.scored, vote.needed,
            max(item.score for item in result.scores), result.patient_probability,
            result.patient_calibrated_on, result.package.simulated,
            len({warning.message for warning in (*volume.warnings, *result.warnings)}), len(volume.broken),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes
    ----------
    id : str
        Unique in the list.
    path : Path
        Folder or archive of the study.
    series : str
        Fingerprint of the series to be scored; empty when none was found.
    slices : int
        How many it has.
    state : State
        How far it is.
    reason : str
        Why there is no result.
    finding : Finding or None
        The result in short.
    """

    id: str
    path: Path
    series: str = ""
    slices: int = 0
    state: State = State.WAITING
    reason: str = ""
    finding: Finding | None = None

    @classmethod
    def new(cls, path: Path, **known: Any) -> Entry:
        """A row with an id of its own."""
        return cls(secrets.token_hex(8), path, **known)

    def with_state(self, state: State, *, reason: str = "", finding: Finding | None = None) -> Entry:
        """The same study, further on."""
        return replace(self, state=state, reason=reason, finding=finding)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found from earlier starts.

    Attributes
    ----------
    entries : tuple of Entry
        The rows; what was running when the program ended waits again.
    note : str
        One sentence when something is wrong with the file; empty otherwise.
    is_writable : bool
        Whether saving loses nothing.
    """

    entries: tuple[Entry, ...] = ()
    note: str = ""
    is_writable: bool = True


def file() -> Path:
    """Where the list lies."""
    return paths.user_data() / "worklist.json"


def results_folder() -> Path:
    """Where the results of its rows lie."""
    return paths.user_data() / "results"


def save(entries: tuple[Entry, ...]) -> None:
    """Write the list, readable by this user alone; rows whose path is no text of this system are left out.

    Raises
    ------
    CannotWriteError
        The old file still stands then.
    """
    rows = [_to_json(entry) for entry in entries if _is_text(entry.path)]
    atomic.write_json(file(), {"schema": SCHEMA, "rows": rows}, private=True)


def load() -> Kept:
    """Read the list; a file that this version cannot read is put aside and never lost."""
    try:
        data = json.loads(file().read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data["schema"] != SCHEMA:
            raise ValueError("not a worklist of this version")
        return Kept(tuple(_from_json(row) for row in data["rows"]))
    except FileNotFoundError:
        return Kept()
    except OSError:
        return Kept(note=UNREADABLE, is_writable=False)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _put_aside(file())


def _put_aside(path: Path) -> Kept:
    number = 1
    while (aside := path.with_name(f"{path.stem}.unreadable-{number}.json")).exists():
        number += 1
    _log.warning("the worklist is damaged or of another version")
    try:
        path.rename(aside)
    except OSError:
        return Kept(note=UNREADABLE, is_writable=False)
    return Kept(note=KEPT_ASIDE.format(aside.name))


def _is_text(path: Path) -> bool:
    try:
        os.fspath(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _to_json(entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {"path": os.fspath(entry.path), "state": entry.state.value}


def _from_json(row: dict[str, Any]) -> Entry:
    for name in ("id", "path", "series", "reason"):
        if not isinstance(row[name], str):
            raise TypeError(f"{name} is a text")
    state, found = State(row["state"]), row["finding"]
    finding = None if found is None else Finding(**found)
    if (state is State.DONE) != (finding is not None):
        raise ValueError("a row has a result when it is done")
    if finding is not None and not all(isinstance(n, int) for n in (finding.positive, finding.scored, finding.needed)):
        raise TypeError("slices are counted")
    return Entry(
        row["id"], Path(row["path"]), row["series"], int(row["slices"]),
        State.WAITING if state is State.RUNNING else state, row["reason"], finding,
    )  # fmt: skip
