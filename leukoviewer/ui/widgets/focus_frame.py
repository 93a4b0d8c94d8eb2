"""A thin frame around a painted widget while it has the focus by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from leukoviewer.ui.widgets import shades

_BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}


class FocusFrame(QWidget):
    """Shows where the keys go to when Tab led there; a click needs no frame and gets none.

    Parameters
    ----------
    target : QWidget
        What is framed; the frame lies over it, and the mouse goes through.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus and the size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        elif event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QFocusEvent) and event.reason() in _BY_KEYBOARD and isinstance(watched, QWidget):
            self.resize(watched.size())
            self.show()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line along the edge."""
        painter = QPainter(self)
        painter.setPen(QPen(shades.ACCENT, 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
