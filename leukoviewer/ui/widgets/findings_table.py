"""The window with all slices and what each model says of them: sorted by any column, a slice is one click away."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

_SIZE_PX = (880, 700)
_ROOT = QModelIndex()
_SORT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: as it is read, as it is sorted, and whether it stands out."""

    text: str
    sort: float
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class FindingsSheet:
    """What the table shows.

    Attributes
    ----------
    heads : tuple of str
        Names of the columns; the last one tells key images and can be ticked.
    rows : tuple of tuple of Cell
        One a native slice, in native order.
    patient : tuple of str
        What is known of the patient, one line a model.
    warning : str
        That the models disagree on the patient; empty otherwise.
    """

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    patient: tuple[str, ...] = ()
    warning: str = ""


class FindingsTable(QDialog):
    """Shows a sheet beside the main window and follows the shown slice.

    Signals
    -------
    slice_asked(int)
        Go to this native slice.
    key_asked(int)
        Make this slice a key image, or no longer.
    """

    slice_asked = Signal(int)
    key_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingsTable")
        self.setWindowTitle(tr("Findings by slice"))
        self.resize(shades.scaled_size(self, _SIZE_PX))
        self._model = _Sheet(self)
        self._model.key_asked.connect(self.key_asked)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT)
        self.view = QTableView(self)
        self.view.setModel(self._sorted)
        self.view.setAccessibleName(tr("Scores by slice"))
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self._patient, self._warning = WrappedLabel(self), WrappedLabel(self)
        self._warning.setObjectName("warnings")
        for label in (self._patient, self._warning):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._follows = False
        column = QVBoxLayout(self)
        for widget in (self._patient, self._warning):
            column.addWidget(widget)
        column.addWidget(self.view, 1)

    @property
    def patient_text(self) -> str:
        """What stands over the table."""
        return self._patient.text()

    def show_sheet(self, sheet: FindingsSheet, current: int) -> None:
        """Show this, with one slice marked; the order that the reader chose stays."""
        self._follows = True
        self._model.set_sheet(sheet)
        self._patient.setText("\n".join(sheet.patient))
        self._warning.setText(f"⚠ {sheet.warning}" if sheet.warning else "")
        self._warning.setVisible(bool(sheet.warning))
        self._follows = False
        self.mark(current)

    def mark(self, index: int) -> None:
        """Mark the row of the shown slice; asks for nothing."""
        if not 0 <= index < self._model.rowCount():
            return
        self._follows = True
        found = self._sorted.mapFromSource(self._model.index(index, 0))
        self.view.setCurrentIndex(found)
        self._follows = False

    def order(self) -> tuple[int, ...]:
        """Native slices from the top of the table to its foot."""
        rows = range(self._sorted.rowCount())
        return tuple(self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in rows)

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._follows and current.isValid():
            self.slice_asked.emit(self._sorted.mapToSource(current).row())


class _Sheet(QAbstractTableModel):
    """A sheet as Qt reads it."""

    key_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = FindingsSheet()

    def set_sheet(self, sheet: FindingsSheet) -> None:
        """Show another one; the rows keep their places when only numbers changed."""
        old, self._sheet = self._sheet, sheet
        if old == sheet:
            return
        if old.heads == sheet.heads and len(old.rows) == len(sheet.rows) and sheet.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(sheet.rows) - 1, len(sheet.heads) - 1))
        else:
            self.beginResetModel()
            self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Slices."""
        return 0 if parent.isValid() else len(self._sheet.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._sheet.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.heads[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """The last column can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._is_key(index) else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A field."""
        cell = self._sheet.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == _SORT:
            # What was not scored lies below every score.
            return -1.0 if math.isnan(cell.sort) else cell.sort
        if role == Qt.ItemDataRole.ForegroundRole and cell.stands_out:
            return shades.on_panel().amber
        if role == Qt.ItemDataRole.CheckStateRole and self._is_key(index):
            return Qt.CheckState.Checked if cell.sort else Qt.CheckState.Unchecked
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A tick asks; what is shown follows from the session."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._is_key(index):
            return False
        self.key_asked.emit(index.row())
        return True

    def _is_key(self, index: _Index) -> bool:
        return index.column() == len(self._sheet.heads) - 1
