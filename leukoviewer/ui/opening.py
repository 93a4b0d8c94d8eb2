"""Opening scans: dialogs, drops, recent folders, the series list, progress of searching and loading."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from leukoviewer import paths
from leukoviewer.core.progress import Progress
from leukoviewer.ui import navigation
from leukoviewer.ui.hanging import first_turn
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.places import is_there, place_of
from leukoviewer.ui.series_rows import footnote_of, rows_of
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.workflow import Workflow


class Opening(QObject):
    """Ties start page, menus, drops and the series list to the workflow.

    Signals
    -------
    note(str)
        One sentence for the reader.
    asked()
        A folder is about to be opened; what was said of others is out of date.
    """

    note = Signal(str)
    asked = Signal()

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow, store: SettingsStore) -> None:
        super().__init__(window)
        self._session = session
        self._workflow = workflow
        self._window = window
        self._store = store
        window.start_page.open_asked.connect(self.choose_folder)
        window.start_page.demo_asked.connect(self.open_demo)
        window.start_page.set_demo_available(paths.demo_patient().is_dir())
        window.dropped.connect(self.open)
        window.series_list.series_asked.connect(workflow.show_series)
        workflow.opening_changed.connect(self._on_opening)
        workflow.loading_changed.connect(self._on_loading)
        workflow.open_progressed.connect(self._on_progress)
        workflow.load_progressed.connect(self._on_progress)
        workflow.opened.connect(self._on_opened)
        session.catalog_changed.connect(self._on_catalog)
        session.beside.changed.connect(self._on_beside)
        session.series_changed.connect(self._on_series)
        session.thumbnail_changed.connect(self._on_thumbnail)
        store.changed.connect(self._fill_recent)
        self._fill_recent()

    # What the reader can ask

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, tr("Open a folder with DICOM images"), self._start_folder()
        )
        if chosen:
            self.open(Path(chosen))

    def choose_file(self) -> None:
        """Ask for a file and open its folder."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, tr("Open a DICOM file"), self._start_folder())
        if chosen:
            self.open(Path(chosen))

    def open_demo(self) -> None:
        """Open the bundled simulated patient."""
        self.open(paths.demo_patient())

    def open(self, path: Path) -> None:
        """Open a folder, or the folder of a file; one that is gone is told and leaves the recent list."""
        self.asked.emit()
        if is_there(path, self._store, self.note.emit):
            self._workflow.open(place_of(path))

    def step_series(self, steps: int) -> None:
        """So many series on in the list."""
        series = self._session.series
        key = navigation.neighbor(self._window.series_list.keys, "" if series is None else series.key, steps)
        if key is not None:
            self._workflow.show_series(key)

    # What comes back

    def _on_opened(self) -> None:
        path = self._workflow.path
        if path is not None and path != paths.demo_patient():
            self._store.set(self._store.value.with_recent(str(path.absolute())))

    def _on_catalog(self) -> None:
        catalog = self._session.catalog
        if catalog is not None:
            self._window.series_list.set_rows(rows_of(catalog), footnote_of(catalog))

    def _on_beside(self) -> None:
        """Another list of the same scan: what is known of it stays."""
        self._on_catalog()
        self._on_series()
        for key in self._window.series_list.keys:
            self._on_thumbnail(key)

    def _on_series(self) -> None:
        series = self._session.series
        self._window.series_list.set_current(None if series is None else series.key)

    def _on_thumbnail(self, key: str) -> None:
        picture, catalog = self._session.thumbnail(key), self._session.catalog
        series = None if catalog is None else catalog.find(key)
        if picture is not None and series is not None:
            self._window.series_list.set_picture(key, first_turn(series).apply(picture))

    def _on_opening(self, busy: bool) -> None:
        self._window.start_page.set_searching(busy)
        self._window.set_progress(tr("Searching the folder"), None, busy=busy)

    def _on_loading(self, busy: bool) -> None:
        self._window.set_progress(tr("Reading slices"), 0.0, busy=busy)

    def _on_progress(self, step: Progress) -> None:
        self._window.set_progress(step.message or tr("Reading slices"), step.fraction, busy=True)

    # Recent folders

    def _fill_recent(self) -> None:
        menu, value = self._window.recent_menu, self._store.value
        menu.clear()
        menu.setToolTipsVisible(True)
        for folder in value.recent:
            action = menu.addAction(folder.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, folder=folder: self.open(Path(folder)))
        if value.recent:
            menu.addSeparator()
        clear = menu.addAction(tr("Clear this list"))
        clear.setEnabled(bool(value.recent))
        clear.triggered.connect(lambda: self._store.set(self._store.value.with_recent_cleared()))
        keep = QAction(tr("Remember opened folders"), menu)
        keep.setToolTip(tr("A folder's name may hold a patient's name; switch this off to keep no list"))
        keep.setCheckable(True)
        keep.setChecked(value.keep_recent)
        keep.toggled.connect(lambda on: self._store.set(self._store.value.with_keep_recent(keep=on)))
        menu.addAction(keep)

    def _start_folder(self) -> str:
        recent = self._store.value.recent
        return str(Path(recent[0]).parent) if recent else str(Path.home())
