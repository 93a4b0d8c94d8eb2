"""The series of a folder: small picture, title, facts, warnings; the shown one marked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.ui.language import tr
from leukoviewer.ui.series_rows import SeriesRow
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.array_image import image_of

PICTURE_PX = 68
_GAP_PX = 7
# Five lines of words at 100 %.
_WORDS_PX = 68
_ROW = Qt.ItemDataRole.UserRole
_PICTURE = Qt.ItemDataRole.DecorationRole


class SeriesList(QWidget):
    """Shows the series and asks for one.

    Signals
    -------
    series_asked(str)
        Key of the series that was clicked or chosen by keyboard.
    """

    series_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QListWidget(self)
        self._list.setItemDelegate(_RowPainter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setAccessibleName(tr("Series"))
        self._list.currentItemChanged.connect(self._on_current)
        self._foot = QLabel(self)
        self._foot.setObjectName("quiet")
        self._foot.setWordWrap(True)
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._list, 1)
        column.addWidget(self._foot)
        self.set_rows((), "")

    def set_rows(self, rows: tuple[SeriesRow, ...], footnote: str) -> None:
        """Show these series, without pictures yet."""
        self._list.blockSignals(True)
        self._list.clear()
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(_ROW, row)
            item.setToolTip(shades.plain_tip(row.tip))
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._foot.setText(footnote)
        self._foot.setVisible(bool(footnote))

    def set_current(self, key: str | None) -> None:
        """Mark the shown series."""
        self._list.blockSignals(True)
        self._list.setCurrentItem(self._item(key))  # type: ignore[arg-type]
        self._list.blockSignals(False)

    def set_picture(self, key: str, picture: NDArray[np.uint8]) -> None:
        """Small picture of a series: uint8, shape (rows, columns), gray."""
        item = self._item(key)
        if item is not None:
            item.setData(_PICTURE, _pixmap(picture, ratio=self.devicePixelRatioF()))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the series in the order of the list."""
        return tuple(self._list.item(i).data(_ROW).key for i in range(self._list.count()))

    def _item(self, key: str | None) -> QListWidgetItem | None:
        items = (self._list.item(i) for i in range(self._list.count()))
        return next((item for item in items if item.data(_ROW).key == key), None)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.series_asked.emit(item.data(_ROW).key)


class _RowPainter(QStyledItemDelegate):
    """Paints one series."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the picture, or as the words in a larger font."""
        return QSize(PICTURE_PX * 2, max(PICTURE_PX, round(shades.scaled(_WORDS_PX))) + 2 * _GAP_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Picture to the left, three lines to the right, a bar at the shown one."""
        row, picture = index.data(_ROW), index.data(_PICTURE)
        area: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, option.palette.color(option.palette.ColorRole.Button))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), shades.on_panel().accent)
        frame = QRect(area.left() + _GAP_PX, area.top() + _GAP_PX, PICTURE_PX, PICTURE_PX)
        painter.fillRect(frame, shades.PICTURE)
        if isinstance(picture, QPixmap):
            inner = QRect(QPoint(), picture.deviceIndependentSize().toSize())
            inner.moveCenter(frame.center())
            painter.drawPixmap(inner, picture)
        self._lines(painter, area.adjusted(PICTURE_PX + 2 * _GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX), row)
        painter.restore()

    def _lines(self, painter: QPainter, box: QRect, row: SeriesRow) -> None:
        bold = shades.font_of(painter.font(), shades.SMALL_PX + 1, bold=True)
        small = shades.font_of(painter.font(), shades.TINY_PX)
        colors = shades.on_panel()
        caution = f"⚠ {row.caution}" if row.is_volume and row.caution else row.caution
        lines = (
            (row.patient, small, colors.amber, 1),
            (row.title, bold, colors.text, 1 if row.patient else 2),
            (row.facts, small, colors.quiet, 1),
            (caution, small, colors.amber if row.is_volume else colors.quiet, 2),
        )
        top = box.top()
        for text, line_font, color, most in lines:
            painter.setFont(line_font)
            painter.setPen(color)
            height = painter.fontMetrics().lineSpacing()
            for part in _wrapped(text, painter, box.width(), most) if text else ():
                painter.drawText(QRect(box.left(), top, box.width(), height), Qt.AlignmentFlag.AlignVCenter, part)
                top += height


def _wrapped(text: str, painter: QPainter, width: int, most: int) -> list[str]:
    """The text in at most so many lines, the last one elided."""
    metrics, lines, words = painter.fontMetrics(), list[str](), text.split(" ")
    while words and len(lines) < most - 1:
        count = len(words)
        while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > width:
            count -= 1
        lines.append(" ".join(words[:count]))
        words = words[count:]
    if words:
        lines.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
    return lines


def _pixmap(picture: NDArray[np.uint8], *, ratio: float) -> QPixmap:
    """As large as it is shown, in px of the screen: sharp where a logical px is several of them."""
    smooth, aspect = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
    side = round(PICTURE_PX * ratio)
    found = QPixmap.fromImage(image_of(picture)).scaled(side, side, aspect, smooth)
    found.setDevicePixelRatio(ratio)
    return found
