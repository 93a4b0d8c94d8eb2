"""The way of Tab through the panels: as they are read, from above."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(panel: QWidget) -> tuple[QWidget, ...]:
    """Controls of a panel that Tab leads to, in the order in which they were made."""
    return tuple(
        one
        for one in panel.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.objectName().startswith("qt_")
        and one.window() is panel.window()  # not the list of a combo box
    )


def lead_through(chain: Iterable[QWidget]) -> None:
    """Let Tab go from each of these to the next."""
    for first, second in pairwise(chain):
        QWidget.setTabOrder(first, second)
