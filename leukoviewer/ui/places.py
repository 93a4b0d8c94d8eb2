"""Where a scan is opened from: a folder, an archive, the folder of one file; or a sentence that it is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leukoviewer.dicom.zipped import is_archive
from leukoviewer.ui.settings_store import SettingsStore


def place_of(path: Path) -> Path:
    """What is searched: one file is one slice, what is meant is its scan; an archive is a folder."""
    return path.parent if path.is_file() and not is_archive(path) else path


def is_there(path: Path, store: SettingsStore, tell: Callable[[str], object]) -> bool:
    """Whether there is something under this path; else that is told, and what is gone leaves the recent list."""
    try:
        found = path.exists()
    except OSError:
        # No right to look there, a share that does not answer, a name that is too long.
        tell(f"{path.name or path} cannot be reached; check its permissions and the connection.")
        return False
    if not found:
        store.set(store.value.without_recent(str(path)))
        tell(f"{path.name or path} is no longer there; choose another folder.")
    return found
