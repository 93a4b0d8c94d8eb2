"""A slider with a small mark where a value of note lies, such as a model package's own threshold."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from leukoviewer.ui.widgets import shades

_HALF_PX = 4.0


class MarkedSlider(QSlider):
    """A slider that shows one more value than its own."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._mark: int | None = None

    @property
    def mark(self) -> int | None:
        """The marked value; None without one."""
        return self._mark

    def set_mark(self, value: int | None) -> None:
        """Mark this value, or none."""
        if value != self._mark:
            self._mark = value
            self.update()

    def mark_x(self) -> float | None:
        """Where the mark lies, in px from the left; None without one."""
        if self._mark is None:
            return None
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
        span = self.width() - handle.width()
        along = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self._mark, span)
        return along + handle.width() / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """The slider, and over its lower edge a small triangle that points at the value."""
        super().paintEvent(event)
        x = self.mark_x()
        if x is None:
            return
        foot = float(self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.on_panel().quiet)
        painter.drawPolygon(
            QPolygonF([QPointF(x, foot - 1.5 * _HALF_PX), QPointF(x + _HALF_PX, foot), QPointF(x - _HALF_PX, foot)])
        )
        painter.end()
