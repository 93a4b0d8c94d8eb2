"""The study that was opened beside the first one; a part of the session."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.series import Catalog
from leukoviewer.core.studies import joined


class StudyBeside(QObject):
    """Keeps both catalogs as one.

    Signals
    -------
    changed()
        A study was opened beside, or it was closed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first: Catalog | None = None
        self._both: Catalog | None = None
        self._folder: Path | None = None
        self._count = 0

    @property
    def is_open(self) -> bool:
        """Whether there is one."""
        return self._both is not None

    @property
    def keys(self) -> frozenset[str]:
        """Keys of its series."""
        return frozenset() if self._both is None else frozenset(self._both.beside)

    @property
    def folder(self) -> Path | None:
        """Where it was opened from; None without one."""
        return self._folder if self.is_open else None

    def over(self, first: Catalog | None) -> Catalog | None:
        """The first catalog, with the study beside it where there is one."""
        return first if self._both is None else self._both

    def has_news(self, catalog: Catalog, second: Catalog) -> bool:
        """Whether a second catalog holds anything that the first one does not; what is beside it now may go."""
        return bool(joined(self._first or catalog, second, "").beside)

    def folder_of(self, series_key: str, first: Path | None) -> Path | None:
        """Where a series was opened from: the folder beside, or the first one."""
        return self._folder if series_key in self.keys else first

    def put(self, first: Catalog, second: Catalog, folder: Path | None = None) -> None:
        """Open a catalog beside the first one."""
        # A number that was used once is never used again: what is known of its series belongs to them alone.
        self._count += 1
        self._first, self._both, self._folder = first, joined(first, second, str(self._count)), folder
        self.changed.emit()

    def clear(self) -> None:
        """Close it."""
        if self._both is not None:
            self._first = self._both = None
            self.changed.emit()
