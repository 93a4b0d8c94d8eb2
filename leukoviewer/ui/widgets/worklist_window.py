"""The window with the worklist: studies that are scored in the background, sorted by any column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

_SIZE_PX = (1220, 520)
_WIDTHS_PX = (160, 150, 75, 230, 130, 60, 220)
_ROOT = QModelIndex()
_SORT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Field:
    """One field: as it is read, as it is sorted, whether it stands out, and its tip."""

    text: str
    sort: float | str
    stands_out: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One row with the id by which it is asked for."""

    id: str
    fields: tuple[Field, ...]


class WorklistWindow(QDialog):
    """Shows rows and asks for what the reader wants with them.

    Parameters
    ----------
    heads : tuple of str
        Names of the columns.
    tips : dict of int to str
        What a column tells, by its number, where its name does not say it all.

    Signals
    -------
    folders_asked(object)
        Add these folders (list of ``Path``).
    start_asked(bool)
        Score what waits, or pause.
    open_asked(str)
        Open the study of this row.
    retry_asked(object), cancel_asked(object), remove_asked(object)
        Rows by their ids (list of str).
    """

    folders_asked = Signal(object)
    start_asked = Signal(bool)
    open_asked = Signal(str)
    retry_asked = Signal(object)
    cancel_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, heads: tuple[str, ...], parent: QWidget | None = None, *, tips: dict[int, str]) -> None:
        super().__init__(parent)
        self.setObjectName("worklist")
        self.setWindowTitle(tr("Worklist"))
        self.setAcceptDrops(True)
        self.resize(shades.scaled_size(self, _SIZE_PX))
        self._model = _Rows(heads, self, tips=tips)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT)
        self.view = self._table()
        self._summary, self._note = WrappedLabel(self), WrappedLabel(self)
        self._note.setObjectName("quiet")
        self._note.setText(
            tr(
                "The list stays when the program is closed: it keeps the paths of the folders, to open them again, and "
                "no patient's name or number. Your own runs go first. Research use, not for diagnosis."
            )
        )
        column = QVBoxLayout(self)
        for widget in (self._summary, self.view, self._note):
            column.addWidget(widget, int(widget is self.view))
        column.addLayout(self._buttons())
        for keys in ("Del", "Backspace"):
            QShortcut(QKeySequence(keys), self, self.remove.click)
        self._on_selection()

    @property
    def summary(self) -> str:
        """What stands over the table."""
        return self._summary.text()

    def show_rows(self, rows: tuple[WorklistRow, ...], summary: str) -> None:
        """Show these; selection, order and place stay."""
        chosen, current = self.selected(), self._id(self.view.currentIndex())
        is_reset = self._model.set_rows(rows)
        self._summary.setText(summary)
        if is_reset:
            self._select(chosen, current)
        self._on_selection()

    def show_row(self, row: WorklistRow) -> None:
        """Show one row anew; the others stay as they are."""
        self._model.set_row(row)

    def set_running(self, *, running: bool, can_run: bool) -> None:
        """What the button for starting does now."""
        self.start.setText(tr("&Pause") if running else tr("&Start"))
        tip = tr("Stop; the running study waits again (Alt+P)") if running else tr("Score what waits (Alt+S)")
        self.start.setToolTip(tip)
        self.start.setEnabled(running or can_run)
        self.start.setProperty("running", running)

    def selected(self) -> list[str]:
        """Ids of the selected rows, from the top."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self._id(self._sorted.index(row, 0)) for row in rows]

    def select(self, row_id: str) -> None:
        """Select one row."""
        self._select([row_id], row_id)
        self._on_selection()

    def order(self) -> tuple[str, ...]:
        """Ids from the top of the table to its foot."""
        return tuple(self._id(self._sorted.index(row, 0)) for row in range(self._sorted.rowCount()))

    def sort_by(self, column: int, *, descending: bool = False) -> None:
        """Sort as a click on a head does."""
        self.view.sortByColumn(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders and files of this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.folders_asked.emit(paths)

    # Parts

    def _table(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self._sorted)
        view.setAccessibleName(tr("Studies to be scored"))
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        head = view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        for column, width_px in enumerate(_WIDTHS_PX):
            view.setColumnWidth(column, round(shades.scaled(width_px)))
        view.selectionModel().selectionChanged.connect(self._on_selection)
        view.activated.connect(self._on_activated)
        return view

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.add = self._button(
            tr("&Add folder…"), tr("A patient's folder, or one with many patients (Alt+A)"), self._choose
        )
        self.start = self._button("", "", lambda: self.start_asked.emit(not self.start.property("running")))
        self.open_study = self._button(
            tr("&Open"), tr("Open the study with its result (Enter, double click)"), self._open
        )
        self.retry = self._button(tr("&Retry"), tr("Score the selected rows anew (Alt+R)"), self._ask(self.retry_asked))
        self.cancel = self._button(
            tr("&Cancel"), tr("Do not score the selected rows (Alt+C)"), self._ask(self.cancel_asked)
        )
        self.remove = self._button(
            tr("Re&move"), tr("Take the selected rows and their results from the list (Del)"),
            self._ask(self.remove_asked),
        )  # fmt: skip
        close = self._button(tr("Close"), tr("Close this window; the work goes on (Esc)"), self.close)
        for button in (self.add, self.start, self.open_study, self.retry, self.cancel, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        self.set_running(running=False, can_run=False)
        return row

    def _button(self, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _ask(self, signal: object) -> Callable[[], None]:
        def ask() -> None:
            chosen = self.selected()
            if chosen:
                signal.emit(chosen)  # type: ignore[attr-defined]

        return ask

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Add a folder to the worklist"))
        if chosen:
            self.folders_asked.emit([Path(chosen)])

    def _open(self) -> None:
        chosen = self.selected()
        if len(chosen) == 1:
            self.open_asked.emit(chosen[0])

    def _on_activated(self, index: QModelIndex) -> None:
        self.open_asked.emit(self._id(index))

    def _on_selection(self, _new: QItemSelection | None = None, _old: QItemSelection | None = None) -> None:
        if not hasattr(self, "remove"):
            return  # the table stands before its buttons
        count = len(self.view.selectionModel().selectedRows())
        self.open_study.setEnabled(count == 1)
        for button in (self.retry, self.cancel, self.remove):
            button.setEnabled(count > 0)

    def _id(self, index: QModelIndex) -> str:
        source = self._sorted.mapToSource(index)
        return self._model.rows[source.row()].id if source.isValid() else ""

    def _select(self, ids: list[str], current: str) -> None:
        flags = QItemSelectionModel.SelectionFlag
        model = self.view.selectionModel()
        model.clearSelection()
        places = {row.id: number for number, row in enumerate(self._model.rows)}
        for one in ids:
            if one in places:
                index = self._sorted.mapFromSource(self._model.index(places[one], 0))
                model.select(index, flags.Select | flags.Rows)
        if current in places:
            index = self._sorted.mapFromSource(self._model.index(places[current], 0))
            model.setCurrentIndex(index, flags.NoUpdate)


class _Rows(QAbstractTableModel):
    """The rows as Qt reads them."""

    def __init__(self, heads: tuple[str, ...], parent: QWidget, *, tips: dict[int, str]) -> None:
        super().__init__(parent)
        self._heads, self._tips = heads, tips
        self.rows: tuple[WorklistRow, ...] = ()

    def set_rows(self, rows: tuple[WorklistRow, ...]) -> bool:
        """Show others; True when the table was made anew, False when only fields changed."""
        old = self.rows
        if [row.id for row in old] == [row.id for row in rows]:
            self.rows = rows
            for number, (before, after) in enumerate(zip(old, rows, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._heads) - 1))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def set_row(self, row: WorklistRow) -> None:
        """Show this one in the place of the one with its id."""
        for number, old in enumerate(self.rows):
            if old.id == row.id and old != row:
                self.rows = (*self.rows[:number], row, *self.rows[number + 1 :])
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._heads) - 1))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Studies."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return self._tips.get(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A field."""
        field = self.rows[index.row()].fields[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.text
        if role == _SORT:
            return field.sort
        if role == Qt.ItemDataRole.ToolTipRole:
            return shades.plain_tip(field.tip) if field.tip else None
        if role == Qt.ItemDataRole.ForegroundRole and field.stands_out:
            return shades.on_panel().amber
        return None
