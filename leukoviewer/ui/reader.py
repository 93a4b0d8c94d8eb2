"""What the reader says beside the model: opinions before its result, feedback on it, and one undo for all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction

from leukoviewer.ui.actions import Handler
from leukoviewer.ui.judging_result import JudgingResult
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.measuring import Measuring
from leukoviewer.ui.own_statistics import OwnStatistics
from leukoviewer.ui.reader_first import ReaderFirst
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.undoing import Source, Undoing
from leukoviewer.ui.widgets.findings_table import FindingsTable
from leukoviewer.ui.workflow import Workflow


class Reader(QObject):
    """Holds these parts together and names what can be done with them.

    Signals
    -------
    note(str), failed(object)
        A sentence for the reader; an error.
    """

    note = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow, store: SettingsStore) -> None:
        super().__init__(window)
        self._session = session
        self.first = ReaderFirst(session, workflow, window, store)
        self.judging = JudgingResult(session, window, folder=lambda: _folder(session, workflow), keep=store.keeps)
        self.statistics = OwnStatistics(window)
        for part in (self.first, self.judging, self.statistics):
            part.failed.connect(self.failed)
        for told in (self.first, self.judging):
            told.note.connect(self.note)
        self._undoing: Undoing | None = None

    def join(self, measuring: Measuring, table: FindingsTable) -> None:
        """Undo measurements by the same keys; offer labels in the table of findings."""
        session = self._session
        sources = {
            "measurements": Source(session.measurements, measuring.undo, measuring.redo),
            "feedback": Source(session.feedback, self.judging.undo, self.judging.redo),
        }
        undoing = self._undoing = Undoing(session, sources, self)
        session.measurements.stepped.connect(lambda: undoing.note("measurements"))
        session.feedback.stepped.connect(lambda: undoing.note("feedback"))

        def slice_at(at: QPoint) -> int:
            row = table.view.rowAt(at.y())
            return table.order()[row] if row >= 0 else -1

        self.judging.offer_menu_on(table.view.viewport(), slice_at)

    def handlers(self) -> dict[str, Handler]:
        """What the actions of these parts do."""
        own: dict[str, Handler] = {
            "edit.undo": self._undo,
            "edit.redo": self._redo,
            "reader.statistics": self.statistics.show,
        }
        return own | self.first.handlers() | self.judging.handlers()

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """The switch in the menu follows the state."""

        def follow() -> None:
            actions["reader.first"].setChecked(self._session.seal.is_on)

        self._session.seal.changed.connect(follow)
        follow()

    def refresh(self) -> None:
        """Show what was said in another window since this one looked."""
        self.first.refresh()
        self.judging.refresh()

    def close(self) -> None:
        """Keep a comment that is being written, and close the windows."""
        self.judging.panel.flush()
        self.statistics.close()

    def _undo(self) -> None:
        if self._undoing is not None:
            self._undoing.undo()

    def _redo(self) -> None:
        if self._undoing is not None:
            self._undoing.redo()


def _folder(session: Session, workflow: Workflow) -> Path | None:
    """Where the shown series was opened from."""
    return workflow.path if session.series is None else session.beside.folder_of(session.series.key, workflow.path)
