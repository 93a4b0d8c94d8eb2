"""A lock on a file of the user's data folder, so that two windows of the program never take each other's."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from leukoviewer import atomic


class OwnLock:
    """Held by one running program; one that a killed program left behind is taken over.

    Parameters
    ----------
    path : Path
        File of the lock; its folder is made, for this user alone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = QLockFile(str(path))
        # Never by age: a program that has run for hours still holds what it holds.
        self._lock.setStaleLockTime(0)

    def take(self) -> bool:
        """Hold it from now on; False when another running program has it or it cannot be written."""
        try:
            atomic.make_private(self._path.parent)
        except OSError:
            return False
        if not self._lock.tryLock(0):
            return False
        with suppress(OSError):
            self._path.chmod(0o600)
        return True

    @property
    def is_held(self) -> bool:
        """Whether this program holds it."""
        return self._lock.isLocked()

    def leave(self) -> None:
        """Hold it no longer."""
        self._lock.unlock()
