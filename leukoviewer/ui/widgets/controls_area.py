"""A panel that is as high as its controls where there is room, and scrolls where there is none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from leukoviewer.ui.widgets import shades

_LEAST_PX = 120.0


class ControlsArea(QScrollArea):
    """Holds controls of which none may be out of reach, however large the words and small the screen."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setObjectName("controlsArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidgetResizable(True)
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All controls."""
        content = self._content
        height = content.heightForWidth(self.viewport().width()) if content.hasHeightForWidth() else -1
        return QSize(content.sizeHint().width(), height if height > 0 else content.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As wide as the controls and a bar to scroll them, as high as a few of them."""
        content = self._content
        bar = self.verticalScrollBar().sizeHint().width()
        least = min(round(shades.scaled(_LEAST_PX)), content.sizeHint().height())
        return QSize(content.minimumSizeHint().width() + bar, least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Controls that come and go change the height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
