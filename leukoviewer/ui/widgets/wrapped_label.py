"""A text that wraps and always has the height that its lines need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class WrappedLabel(QLabel):
    """A label that wraps.

    Qt's layouts remember a wrapping label's height by width; when the text changes while the label is not on the
    screen, the old height may stay and lines are cut off. Here the height follows the text at once.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show another text."""
        # Panels tell their texts with each slice: the window is not laid out again for the same words.
        if text != self.text():
            super().setText(text)
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style, other lines."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        # Later: while layouts are laid out they forget that one of theirs has asked for more room.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # Qt never answers less than the minimum that is set: a shorter text would keep the room of a longer one.
        before = self.minimumHeight()
        self.setMinimumHeight(0)
        needed = max(self.heightForWidth(self.width()), 0)
        self.setMinimumHeight(needed)
        if needed != before:
            self._ask_for_room()

    def _ask_for_room(self) -> None:
        """Tell every layout above: what one of them was told while its page was hidden goes no further by itself."""
        above: QWidget | None = self
        while above is not None and not above.isWindow():
            above.updateGeometry()
            above = above.parentWidget()
            layout = None if above is None else above.layout()
            if layout is not None:
                layout.invalidate()
