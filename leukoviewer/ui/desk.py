"""What lies around the reading: the worklist, recovery after a crash, log and diagnostics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from leukoviewer.ui.actions import Handler
from leukoviewer.ui.diagnostics import Diagnostics
from leukoviewer.ui.layouts import Layouts
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.recovery import Recovery
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.workflow import Workflow
from leukoviewer.ui.worklist import Worklist


class Desk(QObject):
    """Holds these parts together and names what the reader can do with them.

    Signals
    -------
    note(str), failed(object)
        One sentence for the reader; an error.
    """

    note = Signal(str)
    failed = Signal(object)

    def __init__(
        self, session: Session, workflow: Workflow, window: MainWindow, *, tasks: Tasks, store: SettingsStore,
        layouts: Layouts, open_path: Callable[[Path], None], open_beside: Callable[[Path], None],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self.worklist = Worklist(session, workflow, window, tasks=tasks, open_path=open_path, keep=store.keeps)
        self.recovery = Recovery(
            session, workflow, window, layouts=layouts, store=store, open_path=open_path, open_beside=open_beside
        )
        self.diagnostics = Diagnostics(session, workflow, window, tasks=tasks, store=store)
        self.worklist.failed.connect(self.failed)
        for part in (self.worklist, self.recovery, self.diagnostics):
            part.note.connect(self.note)

    def begin(self) -> None:
        """Offer what an earlier start lost; to be called when the window stands."""
        self.diagnostics.begin()
        self.recovery.offer()

    def handlers(self) -> dict[str, Handler]:
        """What the actions of these parts do."""
        return self.worklist.handlers() | self.diagnostics.handlers()

    def close(self) -> None:
        """Stop all work, wait for its end, and leave things in order; may be called more than once."""
        self.worklist.close()
        self.recovery.close()
        self.diagnostics.close()
