"""The slices that the reader marked as key images: a look at the pages on which measurements stand, too."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from leukoviewer.ui.measurement_book import MeasurementBook


class KeyImages(QObject):
    """Marks of slices; a part of the session. Its steps are undone with those of the measurements."""

    changed = Signal()

    def __init__(self, book: MeasurementBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        book.keys_changed.connect(self.changed)

    def of(self, series_key: str) -> tuple[int, ...]:
        """Native indices of a series' key images, ascending; none of a series whose page was never opened."""
        return self._book.key_slices(series_key)

    def toggle(self, series_key: str, index: int) -> bool:
        """Mark a slice of the shown series, or take the mark away; whether it is marked now."""
        self._book.toggle_key(series_key, index)
        return index in self.of(series_key)
