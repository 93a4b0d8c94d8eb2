"""The window with the DICOM tags of the shown slice: a tree with search, sorting and copying."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.core.attributes import FileAttributes
from leukoviewer.ui.language import plural, told, tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.attribute_model import AttributeModel, FoundAttributes, Path

_SIZE_PX = (860, 640)
_WIDTHS_PX = (150, 250, 44)
# A search that leaves more lines than these does not unfold them all: nobody reads them, and it would take its time.
_MOST_UNFOLDED = 5000


class DicomTags(QDialog):
    """Shows the attributes of one file and stands beside the main window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dicomTags")
        self.setWindowTitle(tr("DICOM tags"))
        self.resize(shades.scaled_size(self, _SIZE_PX))
        self._of = ""
        self._unfolded: set[Path] = set()
        self._is_unfolding = False
        self._model = AttributeModel(self)
        self._found = FoundAttributes(self._model, self)
        self._search = self._search_field()
        self._count, self._title, self._note = QLabel(self), QLabel(self), QLabel(self)
        self._tree = self._tree_view()
        self._copy_all = QPushButton(tr("Copy all"), self)
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)

    # What is shown

    @property
    def title(self) -> str:
        """Whose attributes are shown."""
        return self._title.text()

    @property
    def note(self) -> str:
        """What is odd about them; empty when nothing is."""
        return self._note.text()

    def announce(self, of: str) -> None:
        """Another file is being read; what still stands names its own."""
        reading = tr("{} is being read").format(of)
        self._title.setText(f"{self._of}   ({reading})" if self._of else reading)

    def show_attributes(self, of: str, attributes: FileAttributes) -> None:
        """Show a file; what was unfolded, searched and marked stays so as far as the file has it."""
        current, top = self._current_path(), self._tree.verticalScrollBar().value()
        self._set_title(of)
        self._set_note("  ".join(told(note) for note in attributes.notes))
        self._model.set_attributes(attributes.attributes)
        self._unfold()
        self._mark(current)
        self._tree.verticalScrollBar().setValue(top)

    def rename(self, of: str) -> None:
        """The same file under another name: another frame of it."""
        self._set_title(of)

    def show_trouble(self, of: str, sentence: str) -> None:
        """No attributes, and why."""
        self.show_attributes(of, FileAttributes(notes=(sentence,) if sentence else ()))

    def _set_title(self, of: str) -> None:
        self._of = of
        self._title.setText(of)

    def _set_note(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    # Searching

    def search(self, text: str) -> None:
        """Leave what holds every word."""
        self._search.setText(text)

    def _on_search(self, text: str) -> None:
        current = self._current_path()
        self._model.search(text)
        self._unfold()
        self._mark(current)
        self._copy_all.setText(tr("Copy found") if text.strip() else tr("Copy all"))

    def _unfold(self) -> None:
        """All that a search found; without one, what the reader unfolded."""
        count = self._model.found_count
        self._count.setText(plural(count, "{:,} attribute", "{:,} attributes"))
        self._is_unfolding = True
        if self._model.text.strip() and count <= _MOST_UNFOLDED:
            self._tree.expandAll()
        else:
            self._tree.collapseAll()
            # Parents first: what lies in a folded line cannot be unfolded.
            for path in sorted(self._unfolded, key=len):
                self._tree.expand(self._index(path))
        self._is_unfolding = False

    def _on_unfolded(self, index: QModelIndex, *, unfolded: bool) -> None:
        if self._is_unfolding or self._model.text.strip():
            return
        path = self._found.node(index).path
        if unfolded:
            self._unfolded.add(path)
        else:
            self._unfolded.discard(path)

    def _current_path(self) -> Path | None:
        index = self._tree.currentIndex()
        return self._found.node(index).path if index.isValid() else None

    def _mark(self, path: Path | None) -> None:
        """Mark the line that was marked before, if it is there."""
        if path is not None:
            self._tree.setCurrentIndex(self._index(path))

    def _index(self, path: Path) -> QModelIndex:
        """The line at a path as it stands in the tree; an invalid index where there is none."""
        return self._found.mapFromSource(self._model.find(path))

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    # Copying

    def copy_selection(self) -> None:
        """The marked lines, from the top down."""
        marked = {self._found.node(index).path for index in self._tree.selectionModel().selectedRows()}
        self._copy(index for index in self._found.indexes() if self._found.node(index).path in marked)

    def copy_all(self) -> None:
        """All lines that the search leaves, folded ones too."""
        self._copy(self._found.indexes())

    def copy_value(self) -> None:
        """The value of the current line alone."""
        index = self._tree.currentIndex()
        if index.isValid():
            QGuiApplication.clipboard().setText(self._found.node(index).cells[3])

    def _copy(self, indexes: Iterable[QModelIndex]) -> None:
        text = "\n".join(self._found.node(index).line for index in indexes)
        if text:
            QGuiApplication.clipboard().setText(text)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Copy"), self.copy_selection)
        menu.addAction(tr("Copy value"), self.copy_value)
        menu.addAction(self._copy_all.text(), self.copy_all)
        menu.popup(self._tree.viewport().mapToGlobal(at))

    # Building

    def _search_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(tr("Search tag, keyword, name or value"))
        field.setAccessibleName(tr("Search the attributes"))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._on_search)
        return field

    def _tree_view(self) -> QTreeView:
        tree = _Tree(self)
        tree.setAccessibleName(tr("Attributes"))
        tree.setModel(self._found)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setSortingEnabled(True)
        tree.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        for column, width in enumerate(_WIDTHS_PX):
            tree.setColumnWidth(column, round(shades.scaled(width)))
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._show_menu)
        tree.expanded.connect(lambda index: self._on_unfolded(index, unfolded=True))
        tree.collapsed.connect(lambda index: self._on_unfolded(index, unfolded=False))
        return tree

    def _lay_out(self) -> None:
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("warnings")
        self._note.setWordWrap(True)
        self._note.hide()
        self._count.setObjectName("quiet")
        above, below, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        above.addWidget(self._search, 1)
        above.addWidget(self._count)
        copy, close = QPushButton(tr("Copy selection"), self), QPushButton(tr("Close"), self)
        for button, slot in ((copy, self.copy_selection), (self._copy_all, self.copy_all), (close, self.close)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            below.addWidget(button)
        below.insertStretch(2, 1)
        column.addWidget(self._title)
        column.addLayout(above)
        column.addWidget(self._note)
        column.addWidget(self._tree, 1)
        column.addLayout(below)


class _Tree(QTreeView):
    """A tree whose copy key takes the marked lines, not one cell."""

    def __init__(self, parent: DicomTags) -> None:
        super().__init__(parent)
        self._dialog = parent

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the marked lines; all else as ever."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._dialog.copy_selection()
        else:
            super().keyPressEvent(event)
