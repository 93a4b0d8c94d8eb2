"""A line of text that ends in an ellipsis rather than make its panel wider."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

_LEAST = "MM…"


class ElidedLabel(QLabel):
    """Shows as much of its text as there is room for."""

    def minimumSizeHint(self) -> QSize:
        """Of two letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance(_LEAST)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the style's color."""
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, self.contentsRect(), self.alignment(), self.palette(), self.isEnabled(), text,
            self.foregroundRole(),
        )  # fmt: skip
        painter.end()
