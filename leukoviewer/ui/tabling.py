"""The findings table and the key images: ties them to the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from leukoviewer.ui import disagreement
from leukoviewer.ui.findings_sheet import judged_of, sheet_of
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.findings_table import FindingsTable


class Tabling(QObject):
    """Keeps the table equal to the session while it is open, and marks on the ribbon where models disagree."""

    def __init__(self, session: Session, window: MainWindow, *, go_to: Callable[[int], None]) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.table = FindingsTable(window)
        self.table.slice_asked.connect(go_to)
        self.table.key_asked.connect(self._toggle_key)
        for signal in (session.series_changed, session.result_changed, session.cutoffs_changed):
            signal.connect(self._follow)
            signal.connect(self._mark_disputed)
        session.key_images.changed.connect(self._follow)
        session.feedback.changed.connect(self._follow)
        session.view_changed.connect(self._follow_slice)

    def show(self) -> None:
        """Open the table, or bring it to the front."""
        self.table.show()
        self.table.activateWindow()
        self._follow()

    def toggle_key(self) -> None:
        """Mark the shown slice as a key image, or take the mark away."""
        if self._session.view is not None:
            self._toggle_key(self._session.view.slice_index)

    def close(self) -> None:
        """Close the table."""
        self.table.close()

    def _toggle_key(self, index: int) -> None:
        series = self._session.series
        if series is not None:
            self._session.key_images.toggle(series.key, index)

    def _follow(self) -> None:
        if self.table.isVisible():
            view = self._session.view
            self.table.show_sheet(sheet_of(self._session), -1 if view is None else view.slice_index)

    def _follow_slice(self) -> None:
        view = self._session.view
        if view is not None and self.table.isVisible():
            self.table.mark(view.slice_index)

    def _mark_disputed(self) -> None:
        self._window.ribbon.set_disputed(disagreement.between(judged_of(self._session)).slices)
