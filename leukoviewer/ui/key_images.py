"""The slices that the reader marked as key images, by series, for as long as the folder is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class KeyImages(QObject):
    """Marks of slices; a part of the session."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marked: dict[str, frozenset[int]] = {}

    def of(self, series_key: str) -> tuple[int, ...]:
        """Native indices of a series' key images, ascending."""
        return tuple(sorted(self._marked.get(series_key, frozenset())))

    def toggle(self, series_key: str, index: int) -> bool:
        """Mark a slice, or take the mark away; whether it is marked now."""
        self._marked[series_key] = self._marked.get(series_key, frozenset()) ^ {index}
        self.changed.emit()
        return index in self._marked[series_key]

    def clear(self) -> None:
        """Forget all."""
        if self._marked:
            self._marked = {}
            self.changed.emit()
