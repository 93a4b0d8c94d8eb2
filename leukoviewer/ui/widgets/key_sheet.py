"""All keys and mouse moves on one sheet."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from leukoviewer.ui.actions import ACTIONS, MENUS, MOUSE
from leukoviewer.ui.language import told, tr


class KeySheet(QDialog):
    """The sheet that F1 opens; made from the actions themselves, so that it cannot be out of date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Mouse and keys"))
        self.setObjectName("keySheet")
        row = QHBoxLayout()
        row.setSpacing(32)
        for table in _tables():
            label = QLabel(table, self)
            label.setTextFormat(Qt.TextFormat.RichText)
            row.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addLayout(row)
        column.addWidget(buttons)


def _tables() -> tuple[str, ...]:
    """Three columns: the view, windows and files, the model and the mouse."""
    groups = {
        menu: [(_keys(a.keys), told(a.text).rstrip("…")) for a in ACTIONS if a.menu == menu and a.keys]
        for menu in MENUS
    }
    left = _table("View", groups["View"]) + _table("Edit", groups["Edit"])
    middle = "".join(_table(menu, groups[menu]) for menu in ("Layout", "Window", "File"))
    right = (
        _table("Model", groups["Model"])
        + _table("Mouse", [(tr(one), tr(other)) for one, other in MOUSE])
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
