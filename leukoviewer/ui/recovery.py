"""Recovery: writes what is open while the program runs, and offers what a program left that ended without a word."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout

from leukoviewer.core import result_file, saved_session
from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.saved_session import Limits, SavedSession
from leukoviewer.core.series import Series
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui.language import tr
from leukoviewer.ui.layouts import Layouts
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.own_lock import OwnLock
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.values import Cutoffs
from leukoviewer.ui.views_again import as_saved, link_of, put_back, saved_views
from leukoviewer.ui.widgets.recovery_bar import RecoveryBar
from leukoviewer.ui.workflow import Workflow

# No more often than this is anything written.
WRITE_MS = 1000

_log = logging.getLogger(__name__)


class Recovery(QObject):
    """Keeps one small file up to date in a thread of its own, and puts back what was lost.

    Nothing is written where opened folders are not to be remembered (File > Open recent), or by a window that only
    makes a picture.

    Signals
    -------
    note(str)
        One sentence for the reader.
    """

    note = Signal(str)

    def __init__(
        self, session: Session, workflow: Workflow, window: MainWindow, *, layouts: Layouts, store: SettingsStore,
        open_path: Callable[[Path], None], open_beside: Callable[[Path], None],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._session, self._workflow, self._window = session, workflow, window
        self._layouts, self._store, self._open_path = layouts, store, open_path
        self._open_beside = open_beside
        self._place = saved_session.new_place()
        self._lock: OwnLock | None = None
        self._lost: Path | None = None
        self._lost_lock: OwnLock | None = None
        self._offered: SavedSession | None = None
        self._wanted = self._waits_for_beside = self._is_closed = False
        self._names: dict[str, str] = {}
        self._limits: dict[tuple[str, str], Limits] = {}
        self._kept: dict[str, Analysis] = {}
        self.bar = RecoveryBar(window)
        self._lane = Lane("recovery", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_MS)
        self._connect()

    def _connect(self) -> None:
        session = self._session
        center = self._window.centralWidget()
        layout = None if center is None else center.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(1, self.bar)
        self.bar.restore_asked.connect(self.restore)
        self.bar.forget_asked.connect(self.forget)
        self._timer.timeout.connect(self._write)
        self._lane.failed.connect(lambda _, error: _log.warning("a session was not written: %s", type(error).__name__))
        for signal in (
            session.series_changed, session.view_changed, session.result_changed, session.cutoffs_changed,
            session.model_changed, self._layouts.changed, session.beside.changed,
        ):  # fmt: skip
            signal.connect(self._touch)
        session.catalog_changed.connect(self._names.clear)
        self._store.changed.connect(self._on_settings)
        # Queued: the suggested series is shown first, then the lost one.
        self._workflow.opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        session.beside.changed.connect(self._on_beside, Qt.ConnectionType.QueuedConnection)

    # Writing

    @property
    def place(self) -> Path:
        """Folder of this program."""
        return self._place

    @property
    def _may_write(self) -> bool:
        return self._store.keeps and self._store.value.keep_recent and not self._is_closed

    def _touch(self) -> None:
        if self._may_write and self._session.series is not None and not self._timer.isActive():
            self._timer.start()

    def _write(self) -> None:
        state = self._state()
        if state is None or not self._may_write:
            return
        if self._lock is None:
            self._lock = OwnLock(self._place / saved_session.LOCK)
            if not self._lock.take():
                _log.warning("a session cannot be kept here")
                return
        if self._lock.is_held:
            self._lane.start(_written(self._place, state, self._new_results()))

    def _state(self) -> SavedSession | None:
        session, path = self._session, self._workflow.path
        series, view, model = session.series, session.view, session.model
        if series is None or view is None or path is None:
            return None
        self._note_limits(series)
        return SavedSession(
            str(path.absolute()), self._name(series), view.slice_index, view.window.center, view.window.width,
            view.inverted, self._layouts.layout.value, "" if model is None else model.id,
            tuple(self._limits.values()), saved_session.stamped_now(), self._beside_path(),
            saved_views(self._layouts, self._name), self._layouts.place, link_of(self._layouts),
        )  # fmt: skip

    def _beside_path(self) -> str:
        folder = self._session.beside.folder
        return "" if folder is None else str(folder.absolute())

    def _note_limits(self, series: Series) -> None:
        for result in self._session.results_of_series():
            limits, name = self._session.cutoffs_of(result), self._name(series)
            key = (name, result.package.sha256)
            self._limits[key] = Limits(*key, limits.slice_threshold, limits.needed)

    def _new_results(self) -> list[tuple[Path, Analysis]]:
        """Results for the series in all views that are not on the disk yet, with the files that they go to."""
        sessions = (self._session, *(pane.session for pane in self._layouts.panes))
        shown = {one.series.key: one.series for one in sessions if one.series is not None}
        new = []
        for key, series in shown.items():
            for result in self._session.results_of_series(key):
                name = result_file.name_of(self._name(series), result.package.sha256)
                if self._kept.get(name) is not result:
                    self._kept[name] = result
                    new.append((self._place / name, result))
        return new

    def _name(self, series: Series) -> str:
        if series.key not in self._names:
            self._names[series.key] = fingerprint(series)
        return self._names[series.key]

    def _on_settings(self) -> None:
        if self._store.keeps and not self._store.value.keep_recent:
            self._end()

    # Offering

    def offer(self) -> None:
        """Show the newest session that was lost, if there is one; what cannot be read is put aside and told."""
        for place in saved_session.places() if self._store.keeps else ():
            lock = OwnLock(place / saved_session.LOCK)
            if place == self._place or not lock.take():
                continue  # a running program's
            try:
                found = saved_session.load(place)
            except ValueError:
                lock.leave()
                self.note.emit(saved_session.put_aside(place))
                continue
            if found is None:
                lock.leave()
                saved_session.remove(place)
                continue
            _log.warning("a session was not closed; it is offered")
            self._lost, self._lost_lock, self._offered = place, lock, found
            self.bar.offer(_words(found))
            return

    def forget(self) -> None:
        """Never offer it again."""
        self._drop()
        self.offer()

    def restore(self) -> None:
        """Open what was lost."""
        if self._offered is not None:
            self._wanted = True
            self._open_path(Path(self._offered.path))

    def _on_opened(self) -> None:
        offered, path = self._offered, self._workflow.path
        self._waits_for_beside = False
        if not self._wanted or offered is None:
            return
        self._wanted = False
        if path is None or path.absolute() != Path(offered.path):
            return  # the reader opened something else meanwhile
        if not offered.beside:
            self._put_back(offered)
            return
        self._waits_for_beside = True
        self._open_beside(Path(offered.beside))

    def _on_beside(self) -> None:
        """The second study is there, too."""
        if self._waits_for_beside and self._offered is not None and self._session.beside.is_open:
            self._waits_for_beside = False
            self._put_back(self._offered)

    def _put_back(self, offered: SavedSession) -> None:
        catalog, place = self._session.catalog, self._lost
        series = {} if catalog is None else {self._name(one): one for one in catalog.series}
        shown = series.get(offered.series)
        if shown is None or place is None:
            self.note.emit(tr("The series that was open is no longer in its folder as it was; its session stays kept."))
            return
        for one in series.values():
            self._put_results(one, place)
        self._workflow.show_series(shown.key)
        self._show(offered, series)
        self._write()
        self._drop()

    def _put_results(self, series: Series, place: Path) -> None:
        for model in self._session.models:
            sha256 = "" if model.ref is None else model.ref.sha256
            result = result_file.load(place / result_file.name_of(self._name(series), sha256), series)
            if result is not None:
                self._session.add_result(result)

    def _show(self, offered: SavedSession, series: dict[str, Series]) -> None:
        view = self._session.view
        if view is not None:
            self._session.set_view(as_saved(view, offered))
        if offered.package_id:
            self._session.choose_model(offered.package_id)
        self._put_limits(offered)
        if put_back(self._layouts, offered, series) or offered.layout == self._layouts.layout.value:
            return
        action = self._window.findChild(QAction, f"layout.{offered.layout}")
        if action is None:
            return
        if self._session.volume is not None:
            action.trigger()
        else:
            self._workflow.loaded.connect(action.trigger, Qt.ConnectionType.SingleShotConnection)

    def _put_limits(self, offered: SavedSession) -> None:
        """Those of the shown result; other results come back at their packages' own."""
        result = self._session.result
        for limits in offered.limits if result is not None else ():
            if result is not None and (limits.series, limits.package_sha256) == (offered.series, result.package.sha256):
                self._session.set_cutoffs(Cutoffs(limits.slice_threshold, limits.needed))

    def _drop(self) -> None:
        self.bar.hide()
        if self._lost_lock is not None:
            self._lost_lock.leave()
        if self._lost is not None:
            saved_session.remove(self._lost)
        self._lost = self._lost_lock = self._offered = None

    # Ending

    def close(self) -> None:
        """A clean end: nothing is left to be offered; what was offered and not answered is offered again."""
        if self._is_closed:
            return
        self._is_closed = True
        self._lane.close()
        self._end()
        if self._lost_lock is not None:
            self._lost_lock.leave()

    def _end(self) -> None:
        self._timer.stop()
        self._lane.supersede()
        if self._lock is not None:
            self._lock.leave()
            saved_session.remove(self._place)
            self._lock = None
        self._kept.clear()


def _written(place: Path, state: SavedSession, results: list[tuple[Path, Analysis]]) -> Work[None]:
    """Results first: the state must not promise what is not there."""
    yield Progress(0, 0)
    for path, result in results:
        result_file.save(path, result)
    saved_session.save(place, state)


def _words(found: SavedSession) -> str:
    moment = found.moment
    text = tr("LeukoViewer was not closed properly. Open again what was open then (slice {})?")
    if moment is None:
        return text.format(found.slice_index + 1)
    text = tr("LeukoViewer was not closed properly. Open again what was open on {} (slice {})?")
    return text.format(f"{moment:%Y-%m-%d %H:%M}", found.slice_index + 1)
