"""All keys and mouse moves on one sheet."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.ui.actions import ACTIONS, MENUS, MOUSE
from leukoviewer.ui.keymap import Keymap
from leukoviewer.ui.language import later, told, tr

# What a left drag does when it is set to something else.
_DRAGS = {
    ("Left drag", "scroll"): later("Scroll through the slices"),
    ("Left drag", "move"): later("Move the picture"),
    ("Left drag", "zoom"): later("Zoom"),
}


class KeySheet(QDialog):
    """The sheet that F1 opens; made from the actions and the keys that they have now, so that it is never out of date.

    Parameters
    ----------
    keymap : Keymap, optional
        The keys in use; the usual ones without it.
    left_drag : str
        What the left mouse button does, as the settings name it.
    """

    def __init__(
        self, parent: QWidget | None = None, *, keymap: Keymap | None = None, left_drag: str = "window"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Mouse and keys"))
        self.setObjectName("keySheet")
        row = QHBoxLayout()
        row.setSpacing(32)
        for table in _tables(keymap or Keymap(), left_drag):
            label = QLabel(table, self)
            label.setTextFormat(Qt.TextFormat.RichText)
            row.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        body = QWidget(self)
        body.setLayout(row)
        area = _Area(body, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 12, 16)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        # Qt by itself would make it at most two thirds of the screen.
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.92))


class _Area(QScrollArea):
    """As large as the sheet where the screen has room for it."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidget(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("Mouse and keys"))

    def sizeHint(self) -> QSize:
        """All of the sheet, and room for a bar."""
        bar = self.verticalScrollBar().sizeHint().width()
        most = self.screen().availableSize() * 0.85
        return (self._content.sizeHint() + QSize(bar, 0)).boundedTo(most)


def _tables(keymap: Keymap, left_drag: str) -> tuple[str, ...]:
    """Three columns: the view, windows and files, the model and the mouse."""
    groups = {
        menu: [
            (_keys(keymap.keys(a.id)), " ▸ ".join(told(name) for name in a.names).rstrip("…"))
            for a in ACTIONS
            if a.menu == menu and keymap.keys(a.id)
        ]
        for menu in MENUS
    }
    left = _table("View", groups["View"]) + _table("Edit", groups["Edit"])
    middle = "".join(_table(menu, groups[menu]) for menu in ("Layout", "Window", "File"))
    right = (
        _table("Model", groups["Model"])
        + _table("Reader", groups["Reader"])
        + _table(later("Mouse"), [(tr(one), tr(_DRAGS.get((one, left_drag), other))) for one, other in MOUSE])
        + _table("Help", groups["Help"])
    )
    return left, middle, right


def _keys(keys: tuple[str, ...]) -> str:
    """As this platform writes them."""
    return tr(" or ").join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><td style='padding-right:16px'><b>{escape(keys)}</b></td><td>{escape(text)}</td></tr>"
        for keys, text in rows
    )
    return f"<h3>{escape(tr(title))}</h3><table cellspacing='3'>{lines}</table>"
