"""Holds the remembered choices while the window is open and writes each change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from leukoviewer import settings
from leukoviewer.errors import CannotWriteError
from leukoviewer.settings import Settings


class SettingsStore(QObject):
    """The settings of this user.

    Parameters
    ----------
    value : Settings
        As loaded.
    keep : bool
        Whether changes are written; a window that only makes a picture leaves no trace.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, value: Settings, *, keep: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = self._saved = value
        self._keep = keep

    @property
    def value(self) -> Settings:
        """The settings now."""
        return self._value

    @property
    def keeps(self) -> bool:
        """Whether anything may be written."""
        return self._keep

    def change(self, **changes: Any) -> None:
        """Change some fields."""
        self.set(replace(self._value, **changes))

    def set(self, value: Settings) -> None:
        """Take over and write; a failure to write is told, the choice holds until the program ends."""
        self.preview(value)
        self.keep()

    def preview(self, value: Settings) -> None:
        """Take over without writing, while the reader still tries."""
        if value != self._value:
            self._value = value
            self.changed.emit()

    def keep(self) -> None:
        """Write what holds now, unless it is written already."""
        value = self._value
        if value == self._saved:
            return
        self._saved = value
        if not self._keep:
            return
        try:
            settings.save(value)
        except CannotWriteError as error:
            self.failed.emit(error)
