"""The place of the slice views: one, two beside each other, or four, all of the same size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from leukoviewer.ui.language import tr

_GAP_PX = 2
_MOST = 2


class ViewGrid(QWidget):
    """Lays views out in rows; those that are left out are hidden, not closed."""

    def __init__(self, first: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[QWidget, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        self.setAccessibleName(tr("Views"))
        self.arrange((first,), columns=1)

    @property
    def views(self) -> tuple[QWidget, ...]:
        """What is seen, row by row."""
        return self._views

    def arrange(self, views: Sequence[QWidget], *, columns: int) -> None:
        """Show these views, row by row, so many in a row."""
        for view in self._views:
            self._grid.removeWidget(view)
            view.setVisible(view in views)
        self._views = tuple(views)
        for place, view in enumerate(views):
            self._grid.addWidget(view, place // columns, place % columns)
            view.show()
        rows = -(-len(views) // columns)
        for number in range(_MOST):
            self._grid.setRowStretch(number, int(number < rows))
            self._grid.setColumnStretch(number, int(number < columns))
        # At once: a press that made a view the active one goes on at the place where it now lies.
        self._grid.activate()
