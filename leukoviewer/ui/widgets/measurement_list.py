"""The measurements of the series: a list to jump from, the numbers and histogram of the selected one, the export."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.core.measurements import Statistics
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.elided_label import ElidedLabel

_ID = Qt.ItemDataRole.UserRole
_LIST_PX = 132
_HISTOGRAM_PX = 46


@dataclass(frozen=True, slots=True)
class MeasurementRow:
    """One line of the list."""

    id: str
    title: str


class MeasurementList(QWidget):
    """Shows the measurements of the series; takes no room when there are none.

    Signals
    -------
    asked(str)
        Id of the one that was chosen.
    export_asked()
        The button.
    """

    asked = Signal(str)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = ElidedLabel(tr("MEASUREMENTS"), self)
        title.setObjectName("sectionTitle")
        self._list = QListWidget(self)
        self._list.setAccessibleName(tr("Measurements"))
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.setFixedHeight(_LIST_PX)
        self._list.currentItemChanged.connect(self._on_current)
        self._list.itemClicked.connect(self._on_current)
        self._histogram = Histogram(self)
        export = QToolButton(self)
        export.setText(tr("Export CSV…"))
        export.setToolTip(tr("Save all measurements of this series as a table"))
        export.clicked.connect(self.export_asked)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(export)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 6)
        column.setSpacing(5)
        column.addLayout(row)
        column.addWidget(self._list)
        column.addWidget(self._histogram)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_rows(())

    @property
    def rows(self) -> tuple[MeasurementRow, ...]:
        """What the list shows."""
        items = [self._list.item(number) for number in range(self._list.count())]
        return tuple(MeasurementRow(item.data(_ID), item.text()) for item in items)

    def set_rows(self, rows: tuple[MeasurementRow, ...]) -> None:
        """Show these; nothing at all without any."""
        self.setVisible(bool(rows))
        if rows == self.rows:
            return
        self._list.blockSignals(True)
        self._list.clear()
        for row in rows:
            item = QListWidgetItem(row.title, self._list)
            item.setData(_ID, row.id)
            item.setToolTip(shades.plain_tip(row.title))
        self._list.blockSignals(False)

    def set_selected(self, name: str, statistics: Statistics | None, unit: str) -> None:
        """Mark one and show how its pixels are spread."""
        self._list.blockSignals(True)
        self._list.setCurrentItem(None)  # type: ignore[call-overload]
        for number in range(self._list.count()):
            if self._list.item(number).data(_ID) == name:
                self._list.setCurrentRow(number)
        self._list.blockSignals(False)
        self._histogram.show_statistics(statistics, unit)

    def _on_current(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self.asked.emit(item.data(_ID))


class Histogram(QWidget):
    """Bars of how the pixels inside an outline are spread, with the ends of the scale under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statistics: Statistics | None = None
        self._unit = ""
        self.setFixedHeight(_HISTOGRAM_PX)
        self.setAccessibleName(tr("Histogram"))
        self.hide()

    def sizeHint(self) -> QSize:
        """As wide as the panel gives."""
        return QSize(120, _HISTOGRAM_PX)

    def show_statistics(self, statistics: Statistics | None, unit: str) -> None:
        """Draw them; without any the widget takes no room."""
        self._statistics, self._unit = statistics, unit
        self.setVisible(statistics is not None)
        if statistics is not None:
            words = tr("{} pixels; mean {:.1f} ± {:.1f} {}")
            self.setToolTip(words.format(statistics.count, statistics.mean_hu, statistics.sd_hu, unit))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        found = self._statistics
        if found is None:
            return
        painter = QPainter(self)
        painter.setFont(shades.font_of(self.font(), shades.TINY_PX))
        foot = self.height() - shades.scaled(15)
        step, highest = self.width() / len(found.counts), max(found.counts)
        for number, count in enumerate(found.counts):
            height = (foot - 2) * count / highest
            painter.fillRect(QRectF(number * step, foot - height, max(step - 1, 1), height), shades.on_panel().accent)
        box = QRectF(0, foot, self.width(), shades.scaled(15))
        ends = ((found.min_hu, Qt.AlignmentFlag.AlignLeft), (found.max_hu, Qt.AlignmentFlag.AlignRight))
        for value, side in ends:
            align = side | Qt.AlignmentFlag.AlignBottom
            painter.setPen(shades.on_panel().quiet)
            painter.drawText(box, int(align) | int(Qt.TextFlag.TextSingleLine), f"{value:.0f} {self._unit}")
        painter.end()
