"""All actions with their keys; a new key is pressed, and who has it already is named."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.ui.keymap import FIXED, SPECS, Keymap, is_of_widgets, native, normal, words
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel


class KeyTable(QWidget):
    """Shows a keymap and asks for another.

    Signals
    -------
    asked(object)
        The changed :class:`~leukoviewer.ui.keymap.Keymap`.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = Keymap()
        self._reserved: Mapping[str, str] = {}
        self._wanted = ""
        # Id, cell of the action, cell of its keys.
        self._items: list[tuple[str, QTableWidgetItem, QTableWidgetItem]] = []
        self.table = self._made_table()
        self.edit = QKeySequenceEdit(self)
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setToolTip(tr("Press the new key here; Tab leaves the field"))
        self.edit.setAccessibleName(tr("New key"))
        self.edit.editingFinished.connect(self._on_pressed)
        self.beside = QCheckBox(tr("Beside the keys that it has"), self)
        self.beside.setToolTip(tr("Off, the new key takes the place of the others"))
        self.take = self._button(tr("Take it"), tr("Take this key away from the other action"))
        self.none = self._button(tr("No key"), tr("The menu alone leads to this action"))
        self.own = self._button(tr("Usual key"), tr("The key that this action has by itself"))
        self.all = self._button(tr("All usual keys"), tr("Every action gets its usual key back"))
        self.words = WrappedLabel(self)
        self._lay_out()
        self.take.clicked.connect(lambda: self._give(self._wanted))
        self.none.clicked.connect(lambda: self._change(self._map.with_keys(self.action, ())))
        self.own.clicked.connect(lambda: self._change(self._map.reset(self.action)))
        self.all.clicked.connect(lambda: self._change(Keymap()))
        self.table.itemSelectionChanged.connect(self._on_row)
        self.table.itemActivated.connect(lambda _: self.edit.setFocus())
        self.table.selectRow(0)

    @property
    def action(self) -> str:
        """Id of the action in the chosen row; empty without one."""
        row = self.table.currentRow()
        return self._items[row][0] if row >= 0 else ""

    def choose(self, action: str) -> None:
        """Go to the row of an action."""
        for row, (name, _, _) in enumerate(self._items):
            if name == action:
                self.table.setCurrentCell(row, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS)

    def set_map(self, keymap: Keymap, *, reserved: Mapping[str, str] | None = None) -> None:
        """Show these keys.

        Parameters
        ----------
        keymap : Keymap
            Of all actions.
        reserved : mapping of str to str
            Keys that no action can have, and what they do.
        """
        self._map = keymap
        self._reserved = self._reserved if reserved is None else reserved
        for name, _, item in self._items:
            item.setText(words(keymap.keys(name)))
            font = item.font()
            font.setBold(keymap.is_changed(name))
            item.setFont(font)
        self.all.setEnabled(bool(keymap.own))
        self._on_row()

    def search(self, wanted: list[str]) -> int:
        """Show the actions that hold all these words, or a key that is one of them; how many there are."""
        shown = 0
        for row, (name, item, _) in enumerate(self._items):
            keys = [key.casefold() for key in self._map.keys(name)]
            text = f"{item.text()} {tr(SPECS[name].tip)}".casefold()
            is_found = all(word in text or word in keys for word in wanted)
            self.table.setRowHidden(row, not is_found)
            shown += is_found
            if is_found and shown == 1:
                self.choose(name)
        return shown

    # What the reader does

    def _on_pressed(self) -> None:
        text = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if not text or not self.action:
            return
        key, self._wanted = normal(text), ""
        self.take.setEnabled(False)
        self._reveal("")
        holder = self._map.holder(key)
        if not key or is_of_widgets(key):
            self._reveal(
                tr("{} moves between fields, presses buttons or leaves; choose another key.").format(native(text))
            )
        elif key in self._reserved:
            self._reveal(tr("{} opens the menu {}; choose another key.").format(native(key), self._reserved[key]))
        elif holder == self.action:
            self._reveal(tr("{} is its key already.").format(native(key)))
        elif holder:
            self._wanted = key
            self.take.setEnabled(True)
            told = tr("{} is the key of “{}”; press another one, or take it from there.")
            self._reveal(told.format(native(key), _text(holder)))
        else:
            self._give(key)

    def _give(self, key: str) -> None:
        before = self._map.keys(self.action) if self.beside.isChecked() else ()
        self._change(self._map.with_keys(self.action, (*before, key)))
        self._reveal(tr("{} is the key of “{}” now.").format(native(key), _text(self.action)))

    def _change(self, keymap: Keymap) -> None:
        self._wanted = ""
        self.set_map(keymap)
        self.asked.emit(keymap)

    def _on_row(self) -> None:
        name = self.action
        can = bool(name) and name not in FIXED
        self.edit.clear()
        for widget in (self.edit, self.beside):
            widget.setEnabled(can)
        self.none.setEnabled(can and bool(self._map.keys(name)))
        self.own.setEnabled(can and self._map.is_changed(name))
        self.take.setEnabled(False)
        self._reveal("" if can or not name else tr("Esc always stops and leaves; it cannot be given away."))

    def _reveal(self, text: str) -> None:
        self.words.setText(text)

    # Building

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(len(SPECS), 2, self)
        table.setHorizontalHeaderLabels([tr("Action"), tr("Keys")])
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(tr("Actions and their keys"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for row, spec in enumerate(SPECS.values()):
            item = QTableWidgetItem(f"{tr(spec.menu)} ▸ {_text(spec.id)}")
            item.setToolTip(tr(spec.tip))
            self._items.append((spec.id, item, QTableWidgetItem()))
            table.setItem(row, 0, item)
            table.setItem(row, 1, self._items[-1][2])
        return table

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        label = QLabel(tr("New key"), self)
        label.setBuddy(self.edit)
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget in (label, self.edit, self.beside):
            first.addWidget(widget)
        first.addStretch(1)
        for button in (self.take, self.none, self.own):
            second.addWidget(button)
        second.addStretch(1)
        second.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(first)
        column.addWidget(self.words)
        column.addLayout(second)


_ROWS = QItemSelectionModel.SelectionFlag.Rows


def _text(action: str) -> str:
    return " ▸ ".join(tr(name) for name in SPECS[action].names).rstrip("…")
