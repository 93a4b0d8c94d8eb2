"""The reader's own window presets as a small form: name, width, center."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QToolButton, QVBoxLayout, QWidget

from leukoviewer.core.window import MAX_WIDTH_HU, PRESETS, Window
from leukoviewer.settings import MAX_OWN_WINDOWS, OwnWindow
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

_LONGEST = 24
_CENTER_RANGE = (-5000, 20_000)


class OwnWindows(QWidget):
    """Shows the own windows and asks for others.

    Signals
    -------
    asked(object)
        All own windows (tuple of OwnWindow) after a change; only when each has a name of its own.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._present = PRESETS[0]
        self._rows: list[tuple[QLineEdit, QSpinBox, QSpinBox, QToolButton]] = []
        note = WrappedLabel(self)
        note.setObjectName("quiet")
        note.setText(tr("Your own windows stand in the Window menu and in the panel, each with a key."))
        self._head = QWidget(self)
        self._grid = QGridLayout(self._head)
        self._grid.setContentsMargins(0, 6, 0, 6)
        self._grid.setColumnStretch(0, 1)
        self._add = QPushButton(tr("Add the present window"), self)
        self._add.setToolTip(tr("A new window with the width and center that the picture has now"))
        self._add.clicked.connect(self.add)
        self.trouble = WrappedLabel(self)
        self.trouble.setObjectName("warnings")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(note)
        column.addWidget(self._head)
        column.addWidget(self._add)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self.set_windows(())

    def set_present(self, window: Window) -> None:
        """The window that the picture has now, where a new one begins."""
        self._present = window

    def set_windows(self, windows: tuple[OwnWindow, ...]) -> None:
        """Show these."""
        for widget in self._head.findChildren(QWidget):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        for column, text in enumerate((tr("Window name"), tr("Width"), tr("Center"))):
            label = QLabel(text, self._head)
            label.setObjectName("quiet")
            label.setVisible(bool(windows))
            self._grid.addWidget(label, 0, column)
        for window in windows:
            self._append(window)
        self._tell_room()

    @property
    def rows(self) -> tuple[tuple[QLineEdit, QSpinBox, QSpinBox, QToolButton], ...]:
        """Name, width, center and the button that removes, of each."""
        return tuple(self._rows)

    def add(self) -> None:
        """One more, with the numbers of the present window and a name that is free."""
        taken = {name.text().strip() for name, *_ in self._rows} | {one.name for one in PRESETS}
        name = next(f"{tr('Own')} {number}" for number in range(1, 99) if f"{tr('Own')} {number}" not in taken)
        kept = self._read()
        if kept is not None and len(kept) < MAX_OWN_WINDOWS:
            windows = (*kept, OwnWindow(name, float(round(self._present.width)), float(round(self._present.center))))
            self.set_windows(windows)
            self.asked.emit(windows)
            self._rows[-1][0].setFocus()
            self._rows[-1][0].selectAll()

    def _append(self, window: OwnWindow) -> None:
        number = len(self._rows) + 1
        name = QLineEdit(window.name, self._head)
        name.setMaxLength(_LONGEST)
        name.setAccessibleName(tr("Name of own window {}").format(number))
        width = self._spin((1, int(MAX_WIDTH_HU)), window.width_hu, tr("Width of own window {} in HU").format(number))
        center = self._spin(_CENTER_RANGE, window.center_hu, tr("Center of own window {} in HU").format(number))
        remove = QToolButton(self._head)
        remove.setText("✕")
        remove.setToolTip(tr("Remove this window"))
        remove.setAccessibleName(tr("Remove own window {}").format(number))
        row = (name, width, center, remove)
        name.textEdited.connect(self._on_edit)
        width.valueChanged.connect(self._on_edit)
        center.valueChanged.connect(self._on_edit)
        remove.clicked.connect(lambda: self._remove(row))
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, number, column)
        self._rows.append(row)

    def _spin(self, limits: tuple[int, int], value: float, name: str) -> QSpinBox:
        spin = QSpinBox(self._head)
        spin.setRange(*limits)
        spin.setValue(round(value))
        spin.setAccessibleName(name)
        spin.setToolTip(name)
        return spin

    def _remove(self, row: tuple[QLineEdit, QSpinBox, QSpinBox, QToolButton]) -> None:
        self._rows.remove(row)
        windows = self._read()
        if windows is None:  # A bad name is left in another row: only this one goes.
            for widget in row:
                widget.hide()
            return
        self.set_windows(windows)
        self.asked.emit(windows)
        self._add.setFocus()

    def _on_edit(self) -> None:
        windows = self._read()
        if windows is not None:
            self.asked.emit(windows)

    def _read(self) -> tuple[OwnWindow, ...] | None:
        """All rows; None with a sentence when a name is missing or taken."""
        taken = {one.name.casefold() for one in PRESETS} | {"dicom", "automatic"}
        windows = []
        for field, width, center, _ in self._rows:
            name = field.text().strip()
            if not name or not name.isprintable():
                self.trouble.setText(tr("A window needs a name; type one or remove it."))
                return None
            if name.casefold() in taken:
                self.trouble.setText(tr("There is a window named {} already; choose another name.").format(name))
                return None
            taken.add(name.casefold())
            windows.append(OwnWindow(name, float(width.value()), float(center.value())))
        self._tell_room()
        return tuple(windows)

    def _tell_room(self) -> None:
        has_room = len(self._rows) < MAX_OWN_WINDOWS
        self._add.setEnabled(has_room)
        self.trouble.setText("" if has_room else tr("These are all the windows that there is room for."))
