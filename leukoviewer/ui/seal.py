"""The seal over what models say, as long as the reader has no opinion yet; a part of the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.series import Catalog
from leukoviewer.core.study_record import study_of
from leukoviewer.ui.language import later

SEALED = later("The result is sealed until you note your opinion (P).")


class Seal(QObject):
    """Whether results come sealed, and of which studies they are open; all series of a study are opened together.

    Signals
    -------
    changed()
        Something was sealed or opened.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self._open: set[str] = set()
        self._studies: dict[str, str] = {}

    @property
    def is_on(self) -> bool:
        """Whether results come sealed (reader-first mode)."""
        return self._is_on

    def know(self, catalog: Catalog) -> None:
        """Which series belong to which study; to be told before they are shown."""
        self._studies |= {series.key: study_of(series) for series in catalog.series}

    def study(self, series_key: str) -> str:
        """The study of a series; a series that was never told of is one by itself."""
        return self._studies.get(series_key, series_key)

    def covers(self, series_key: str) -> bool:
        """Whether nothing may be told of results for this series."""
        return self._is_on and self.study(series_key) not in self._open

    def set_on(self, *, on: bool) -> None:
        """Seal results from now on, or no longer; what was seen already is not sealed."""
        if on != self._is_on:
            self._is_on = on
            self.changed.emit()

    def open(self, *studies: str) -> None:
        """Open these studies for good."""
        new = set(studies) - self._open
        self._open |= new
        if new and self._is_on:
            self.changed.emit()

    def see(self, series_key: str) -> None:
        """A result for this series is there: without the seal it is seen, and what was seen is sealed no more."""
        if not self._is_on:
            self._open.add(self.study(series_key))
