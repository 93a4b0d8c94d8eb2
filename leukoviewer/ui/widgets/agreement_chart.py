"""Bars of agreement between the reader and the model: before and after the result, and by confidence."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

_BAR_EM, _GAP_EM, _LABEL_EM, _TAIL_EM = 1.9, 0.6, 9.0, 11.0
# Blue and orange are told apart by every eye, and the bars differ in pattern too.
AGREES, UNSURE, DISAGREES = QColor("#3f8fd0"), QColor("#8a9097"), QColor("#d8892b")
_PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.Dense5Pattern, Qt.BrushStyle.BDiagPattern)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    label : str
        At its left.
    parts : (int, int, int)
        Cases that agree, are unsure, disagree.
    tail : str
        At its right.
    is_apart : bool
        Whether a gap stands over it.
    """

    label: str
    parts: tuple[int, int, int]
    tail: str = ""
    is_apart: bool = False


class AgreementChart(QWidget):
    """Draws bars, each as long as all cases of it are of the most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._legend: tuple[str, str, str] = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...], legend: tuple[str, str, str], *, told: str) -> None:
        """Draw these; ``told`` says the same in words for who does not see them."""
        self._bars, self._legend = bars, legend
        self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """High enough for all bars and the legend."""
        return QSize(self._em(30), round(self._bottom() + self._em(2.4)))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars and legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._em(_LABEL_EM), self.width() - self._em(_TAIL_EM)
        most = max((sum(bar.parts) for bar in self._bars), default=0)
        for bar, top in zip(self._bars, self._tops(), strict=True):
            self._draw(painter, bar, QRectF(left, top, right - left, self._em(_BAR_EM)), most)
        self._draw_legend(painter, self._bottom() + self._em(0.8))
        painter.end()

    def _draw(self, painter: QPainter, bar: Bar, box: QRectF, most: int) -> None:
        words = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(words)
        middle, side = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(0, box.top(), box.left() - self._em(0.6), box.height()), middle | side, bar.label)
        at = box.left()
        for count, color, pattern in zip(bar.parts, (AGREES, UNSURE, DISAGREES), _PATTERNS, strict=True):
            if not count:
                continue
            part = QRectF(at, box.top(), box.width() * count / most, box.height())
            self._fill(painter, part, color, pattern)
            self._write(painter, part, str(count))
            at = part.right()
        tail = QRectF(at + self._em(0.6), box.top(), self.width() - at, box.height())
        painter.setPen(words)
        painter.drawText(tail, middle | side, bar.tail)

    def _fill(self, painter: QPainter, box: QRectF, color: QColor, pattern: Qt.BrushStyle) -> None:
        painter.fillRect(box, self.palette().color(QPalette.ColorRole.Base))
        painter.fillRect(box, QBrush(color, pattern))
        painter.setPen(color)
        painter.drawRect(box)

    def _write(self, painter: QPainter, box: QRectF, text: str) -> None:
        """A number on a small ground of its own, so that it reads on every pattern."""
        size = painter.fontMetrics().boundingRect(text).size()
        ground = QRectF(0, 0, size.width() + self._em(0.6), size.height())
        ground.moveCenter(box.center())
        if ground.width() > box.width():
            return
        painter.fillRect(ground, self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_legend(self, painter: QPainter, top: float) -> None:
        at, side = self._em(_LABEL_EM), self._em(1)
        for words, color, pattern in zip(self._legend, (AGREES, UNSURE, DISAGREES), _PATTERNS, strict=True):
            self._fill(painter, QRectF(at, top, side, side), color, pattern)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(
                QRectF(at + 1.5 * side, top - side / 2, width + side, 2 * side), Qt.AlignmentFlag.AlignVCenter, words
            )
            at += width + round(3.5 * side)

    def _tops(self) -> list[float]:
        tops: list[float] = []
        at = float(self._em(0.4))
        for bar in self._bars:
            at += self._em(1.2) if bar.is_apart else 0
            tops.append(at)
            at += self._em(_BAR_EM + _GAP_EM)
        return tops

    def _bottom(self) -> float:
        return (self._tops() or [0])[-1] + self._em(_BAR_EM)

    def _em(self, count: float) -> int:
        return round(count * self.fontMetrics().height() * 0.75)
