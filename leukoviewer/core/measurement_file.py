"""Measurements of a series as a file in the user's data folder; neither its name nor its content tells the patient.

One JSON file a series, named by a hash of the patient and of the study's and the series' UIDs, written whole or not at
all. A file that this version cannot read is never written over: it is put aside under another name first.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from leukoviewer import atomic, paths
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.core.series import Series
from leukoviewer.core.study_record import lock_of, study_of

SCHEMA = "leukoviewer.measurements/1"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a series.

    Attributes
    ----------
    measurements : tuple of Measurement
        Those of the file; none when there is no file or it cannot be read.
    note : str
        One sentence when something is wrong with the file; empty otherwise.
    is_writable : bool
        Whether saving loses nothing; False when an unreadable file could not be put aside.
    is_read : bool
        Whether there was a file and it was read: only then does an absent measurement mean that it was taken away.
    """

    measurements: tuple[Measurement, ...] = ()
    note: str = ""
    is_writable: bool = True
    is_read: bool = False


def file_of(series: Series) -> Path:
    """Where the measurements of a series lie, whether there are any or not."""
    # With the patient: two may carry the same UIDs against the standard, and one's lines must not lie on the other.
    name = hashlib.sha256(f"{study_of(series)}\n{series.series_uid}".encode()).hexdigest()[:32]
    return paths.user_data() / "measurements" / f"{name}.json"


def update(path: Path, change: Callable[[Found], tuple[Measurement, ...]]) -> Found:
    """Change the file as it stands on the disk now; no other window can write it in between.

    Parameters
    ----------
    change : Found -> tuple of Measurement
        Makes the new ones out of what was found.

    Returns
    -------
    Found
        What was found; nothing was written when it is not writable.

    Raises
    ------
    CannotWriteError
        The old file still stands then.
    """
    with atomic.locked(lock_of(path)):
        found = load(path)
        if found.is_writable:
            save(path, change(found))
        return found


def save(path: Path, measurements: tuple[Measurement, ...]) -> None:
    """Write the measurements of a series.

    Raises
    ------
    CannotWriteError
        The old file still stands then.
    """
    record = {"schema": SCHEMA, "measurements": [_to_json(one) for one in measurements]}
    atomic.write_json(path, record, private=True)


def load(path: Path) -> Found:
    """Read the measurements of a series; a file that cannot be read is put aside and never lost."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Found()
    except UnicodeDecodeError:
        return _put_aside(path)
    except OSError as error:
        why = error.strerror or "the disk failed"
        return Found(
            note=f"Saved measurements of this series cannot be read ({why}); new ones will not be saved this time.",
            is_writable=False,
        )
    try:
        return Found(_from_json(json.loads(text)), is_read=True)
    except (ValueError, TypeError, KeyError, RecursionError):
        return _put_aside(path)


def _put_aside(path: Path) -> Found:
    number = 1
    while (aside := path.with_name(f"{path.stem}.unreadable-{number}.json")).exists():
        number += 1
    _log.warning("a file of measurements is damaged or of another version")
    try:
        path.rename(aside)
    except OSError:
        return Found(
            note="Saved measurements of this series are damaged or of another version and cannot be put aside; "
            "new ones will not be saved this time.",
            is_writable=False,
        )
    return Found(
        note=f"Saved measurements of this series are damaged or of another version; they are kept as {aside.name} "
        "in the user's data folder."
    )


def _to_json(one: Measurement) -> dict[str, object]:
    return asdict(one) | {"kind": one.kind.value, "points": [list(point) for point in one.points]}


def _from_json(data: Any) -> tuple[Measurement, ...]:
    if not isinstance(data, dict) or data["schema"] != SCHEMA or not isinstance(data["measurements"], list):
        raise ValueError("not a file of measurements of this version")
    found = tuple(_measurement(item) for item in data["measurements"])
    if len({one.id for one in found}) != len(found):
        raise ValueError("two measurements have one id")
    return found


def _measurement(item: dict[str, Any]) -> Measurement:
    points = tuple((_number(row), _number(column)) for row, column in item["points"])
    texts = {name: item[name] for name in ("id", "sop_instance_uid", "text")}
    numbers = {name: item[name] for name in ("frame", "slice_index")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("texts are strings")
    if any(not isinstance(number, int) or isinstance(number, bool) for number in numbers.values()):
        raise TypeError("frame and slice are whole numbers")
    return Measurement(kind=Kind(item["kind"]), points=points, **texts, **numbers)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("points are numbers")
    return float(value)
