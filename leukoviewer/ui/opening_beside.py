"""Opens a second folder beside the first one: a prior study in the other view of two, never mixed with the first."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from leukoviewer import paths
from leukoviewer.core.progress import Work
from leukoviewer.core.series import Catalog
from leukoviewer.core.studies import partner
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.language import tr
from leukoviewer.ui.layouts import Layout, Layouts
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.places import is_there, place_of
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.workflow import Workflow


class OpeningBeside(QObject):
    """Ties the menu to the session's second study.

    Signals
    -------
    note(str), failed(object)
        A sentence for the reader; an error.
    opened()
        A second study is open, and shown beside the first where it was clear which series of it is meant.
    """

    note = Signal(str)
    failed = Signal(object)
    opened = Signal()

    def __init__(
        self, session: Session, workflow: Workflow, window: MainWindow, *, layouts: Layouts, tasks: Tasks,
        store: SettingsStore,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._store = store
        self._session, self._workflow, self._window = session, workflow, window
        self._layouts, self._tasks = layouts, tasks
        self._lane = Lane("open-beside", self)
        workflow.take_in(self._lane)
        self._lane.finished.connect(self._on_found)
        self._lane.failed.connect(lambda _, error: self.failed.emit(error))
        self._lane.canceled.connect(lambda _: self.note.emit(tr("Opening was stopped.")))
        self._lane.busy_changed.connect(lambda busy: window.set_progress(tr("Searching the folder"), None, busy=busy))
        session.catalog_changed.connect(self._lane.supersede)
        window.dropped_beside.connect(self.open)
        store.changed.connect(self._fill_recent)
        self._fill_recent()

    def handlers(self) -> dict[str, Handler]:
        """What the actions do."""
        return {
            "file.open_beside": self.choose, "file.open_beside_file": self.choose_file,
            "file.close_beside": self.close_study,
        }  # fmt: skip

    @property
    def is_searching(self) -> bool:
        """Whether a folder is being searched."""
        return self._lane.is_busy

    def choose(self) -> None:
        """Ask for the folder of the other study and open it beside the shown one."""
        if self._has_first():
            chosen = QFileDialog.getExistingDirectory(self._window, tr("Open another study beside this one"))
            if chosen:
                self.open(Path(chosen))

    def choose_file(self) -> None:
        """Ask for an archive, or for one file of the other study, and open it beside the shown one."""
        if self._has_first():
            chosen, _ = QFileDialog.getOpenFileName(self._window, tr("Open another study beside this one"))
            if chosen:
                self.open(Path(chosen))

    def _has_first(self) -> bool:
        if self._session.series is None:
            self.note.emit(tr("Open a folder with a head CT first."))
        return self._session.series is not None

    def open(self, path: Path) -> None:
        """Search a folder, the folder of a file, or an archive; what is shown stays until it is found."""
        if self._has_first() and is_there(path, self._store, self.note.emit):
            self._lane.start(_searched(self._tasks, path))

    def _fill_recent(self) -> None:
        menu = self._window.recent_beside_menu
        menu.clear()
        for folder in self._store.value.recent:
            action = menu.addAction(folder.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, folder=folder: self.open(Path(folder)))
        menu.setEnabled(bool(self._store.value.recent))

    def _remember(self, path: Path) -> None:
        if path != paths.demo_patient():
            self._store.set(self._store.value.with_recent(str(path.absolute())))

    def close_study(self) -> None:
        """Close the second study and go back to the first one."""
        session = self._session
        if not session.beside.is_open:
            self.note.emit(tr("There is no study beside this one."))
            return
        keys = session.beside.keys
        if session.series is not None and session.series.key in keys:
            self._show_first_study(keys)
        self._layouts.show(Layout.ONE)
        session.beside.clear()
        self.note.emit("")

    def _show_first_study(self, keys: frozenset[str]) -> None:
        for pane in self._layouts.panes:
            if pane.session.series is not None and pane.session.series.key not in keys:
                self._layouts.activate(pane)
                return
        catalog = self._session.catalog
        first = () if catalog is None else tuple(one for one in catalog.series if one.key not in keys)
        if first:
            suggestion = None if catalog is None else catalog.suggestion
            self._workflow.show_series(first[0].key if suggestion is None else suggestion.key)

    def _on_found(self, _generation: int, found: object) -> None:
        session = self._session
        path, catalog = cast("tuple[Path, Catalog]", found)
        if session.catalog is not None and not session.beside.has_news(session.catalog, catalog):
            self.note.emit(tr("This study is open already; choose another folder, or see it twice (F6)."))
            return
        if session.beside.is_open:
            self.close_study()
        first, shown = session.catalog, session.series
        if first is None or shown is None:
            return
        session.beside.put(first, catalog, path)
        both = session.catalog
        if both is None:
            return
        session.seal.know(both)
        self._remember(path)
        other = partner(shown, tuple(one for one in both.series if one.key in session.beside.keys))
        if other is None:
            self.note.emit(tr("That folder holds several other patients; choose a series from the list."))
        else:
            self._layouts.show_beside(other)
            self.note.emit("")
        self.opened.emit()


def _searched(tasks: Tasks, path: Path) -> Work[tuple[Path, Catalog]]:
    """The search, with the place."""
    place = place_of(path)
    catalog = yield from tasks.discover(place)
    return place, catalog
