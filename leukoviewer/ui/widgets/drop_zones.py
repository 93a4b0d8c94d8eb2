"""Two halves over the window while a scan is dragged over it: open it, or open it beside what is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades

_GROUND = QColor(0, 0, 0, 225)
_EDGE_PX = 24.0
_GAP_PX = 16.0
_ROUND_PX = 8.0
_WORDS_PX = 18


class DropZones(QWidget):
    """Lies over its parent; the mouse goes through, so that the window itself takes the drop."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self.setObjectName("dropZones")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._is_beside = False
        self.hide()

    def is_beside(self, at: QPointF) -> bool:
        """Whether a drop at this place of the parent means to open beside: the right half."""
        return at.x() >= self._owner.width() / 2

    def follow(self, at: QPointF) -> None:
        """Show the halves, and in which of them the mouse is."""
        self._is_beside = self.is_beside(at)
        self.setGeometry(self._owner.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Both halves with their words, the one under the mouse in the accent's color."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _GROUND)
        painter.setFont(shades.font_of(painter.font(), _WORDS_PX))
        width, height = self.width() / 2 - _EDGE_PX - _GAP_PX / 2, self.height() - 2 * _EDGE_PX
        halves = ((_EDGE_PX, tr("Open"), False), (self.width() / 2 + _GAP_PX / 2, tr("Open beside this study"), True))
        for left, words, is_beside in halves:
            color = shades.ACCENT if is_beside is self._is_beside else shades.QUIET
            box = QRectF(left, _EDGE_PX, width, height)
            painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, _ROUND_PX, _ROUND_PX)
            painter.setPen(color)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        painter.end()
