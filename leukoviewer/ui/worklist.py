"""The worklist: studies are searched for and scored in the background, one after another, and opened with the result.

Two lanes of its own; both stand still between two steps while the reader's own work runs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal

from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.progress import Progress
from leukoviewer.core.series import Series
from leukoviewer.core.worklist import Entry, Finding, State
from leukoviewer.errors import CannotWriteError, LeukoError, RefusedError
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui import worklist_rows, worklist_works
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.widgets.worklist_window import WorklistRow, WorklistWindow
from leukoviewer.ui.workflow import Workflow
from leukoviewer.ui.worklist_shelf import WorklistShelf
from leukoviewer.ui.worklist_works import Scored

# Place of the workflow's signal that a folder is being opened, among those that the worklist makes way for.
_OPENING = 0


class Worklist(QObject):
    """Holds the rows, has them scored, and opens them.

    Parameters
    ----------
    session, workflow, window : Session, Workflow, MainWindow
        Of the main window, where a row is opened.
    tasks : Tasks
        What rows are read and scored with.
    open_path : path -> None
        Opens a folder as the reader does.
    keep : bool
        Whether the list and its results lie on the disk.

    Signals
    -------
    note(str), failed(object)
        A sentence for the reader; an error.
    changed()
        A row is new, gone or further on.
    """

    note = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(
        self, session: Session, workflow: Workflow, window: MainWindow, *, tasks: Tasks,
        open_path: Callable[[Path], None], keep: bool,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._session, self._workflow, self._tasks = session, workflow, tasks
        self._open_path, self._shelf = open_path, WorklistShelf(keep=keep)
        self._entries: dict[str, Entry] = {}
        self._folders: list[Path] = []
        self._running, self._wanted = "", ""
        self._progress: Progress | None = None
        self._is_on = self._is_closed = False
        self._busy: set[int] = set()
        self._may_go = threading.Event()
        self._may_go.set()
        tips = {column: tr(tip) for column, tip in worklist_rows.HEAD_TIPS.items()}
        self.window = WorklistWindow(tuple(map(tr, worklist_rows.HEADS)), window, tips=tips)
        self._search, self._score = Lane("worklist-search", self), Lane("worklist", self)
        self._connect()

    def _connect(self) -> None:
        window, workflow = self.window, self._workflow
        window.folders_asked.connect(self.add)
        window.start_asked.connect(lambda on: self.start() if on else self.pause())
        window.open_asked.connect(self.open)
        window.retry_asked.connect(self.retry)
        window.cancel_asked.connect(self.cancel)
        window.remove_asked.connect(self.remove)
        self._search.finished.connect(self._on_found)
        self._search.failed.connect(self._on_not_found)
        self._score.progressed.connect(self._on_progress)
        self._score.finished.connect(self._on_scored)
        self._score.failed.connect(self._on_fault)
        own = (
            workflow.opening_changed, workflow.loading_changed, workflow.analyzing_changed, workflow.judging_changed,
        )  # fmt: skip
        for number, signal in enumerate(own):
            signal.connect(lambda busy, number=number: self._make_way(number, busy))
        # Queued: the suggested series is shown first, then the row's own.
        workflow.opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        workflow.failed.connect(lambda _: self._forget_wish())
        self._session.seal.changed.connect(self._show)
        self._session.models_changed.connect(self._score_next)

    # What the reader can ask

    def handlers(self) -> dict[str, Handler]:
        """What its actions do."""
        return {"model.worklist": self.show}

    def show(self) -> None:
        """Open the window, with what was there at the last start."""
        self._load()
        self.window.show()
        self.window.activateWindow()
        self._show()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rows in the order in which they came."""
        return tuple(self._entries.values())

    @property
    def is_idle(self) -> bool:
        """Whether nothing is searched or scored."""
        return not (self._search.is_busy or self._score.is_busy)

    def add(self, folders: list[Path]) -> None:
        """Add each study of these folders, and score them."""
        self._load()
        self._folders += folders
        self._is_on = True
        self._search_next()
        self._show()

    def start(self) -> None:
        """Score what waits."""
        self._is_on = True
        self._score_next()
        self._show()

    def pause(self) -> None:
        """Score nothing more; what runs is put back."""
        self._is_on = False
        self._folders.clear()
        self._search.supersede()
        self._put_back(State.WAITING)
        self._changed()

    def retry(self, ids: list[str]) -> None:
        """Score these rows anew; folders in which nothing was found are searched anew."""
        for entry in self._chosen(ids):
            if entry.id == self._running:
                continue
            self._forget_result(entry)
            if entry.series:
                self._entries[entry.id] = entry.with_state(State.WAITING)
            else:
                del self._entries[entry.id]
                self._folders.append(entry.path)
        self._is_on = True
        self._search_next()
        self._score_next()
        self._changed()

    def cancel(self, ids: list[str]) -> None:
        """Do not score these rows; one that runs is stopped, and the next one follows."""
        for entry in self._chosen(ids):
            if entry.id == self._running:
                self._put_back(State.STOPPED)
            elif entry.state is State.WAITING:
                self._entries[entry.id] = entry.with_state(State.STOPPED)
        self._score_next()
        self._changed()

    def remove(self, ids: list[str]) -> None:
        """Take these rows and their results away."""
        for entry in self._chosen(ids):
            if entry.id == self._running:
                self._put_back(State.STOPPED)
            self._forget_result(entry)
            del self._entries[entry.id]
        self._score_next()
        self._changed()

    def open(self, row_id: str) -> None:
        """Open the study of a row; its result shows at once."""
        entry = self._entries.get(row_id)
        if entry is None:
            return
        self._wanted = entry.id
        if entry.series and self._find(entry) is not None:
            self._on_opened()
            return
        self._open_path(entry.path)
        self._wanted = entry.id
        if _OPENING not in self._busy:
            self._forget_wish()  # the folder is not there; that is told already

    def close(self) -> None:
        """Stop, keep the list, and wait until the threads have ended; may be called more than once."""
        if self._is_closed:
            return
        self._is_closed = True
        self._is_on = False
        self._may_go.set()
        self._put_back(State.WAITING)
        self._save()
        self._search.close()
        self._score.close()
        self._shelf.close()
        self.window.close()

    # Searching

    def _search_next(self) -> None:
        if self._folders and not self._search.is_busy:
            work = worklist_works.studies_under(self._folders[0], self._tasks)
            self._search.start(worklist_works.polite(work, self._may_go))

    def _on_found(self, _generation: int, found: object) -> None:
        self._folders.pop(0)
        known = {entry.series for entry in self.entries}
        for entry in cast("tuple[Entry, ...]", found):
            if entry.series not in known:
                self._entries[entry.id] = entry
        self._after_search()

    def _on_not_found(self, _generation: int, error: LeukoError) -> None:
        folder = self._folders.pop(0)
        if not any(entry.path == folder and not entry.series for entry in self.entries):
            entry = Entry.new(folder, state=State.FAILED, reason=str(error))
            self._entries[entry.id] = entry
        self._after_search()

    def _after_search(self) -> None:
        self._search_next()
        self._score_next()
        self._changed()

    # Scoring

    def _score_next(self) -> None:
        waiting = next((entry for entry in self.entries if entry.state is State.WAITING), None)
        if not self._is_on or self._running or waiting is None or not self._session.are_models_known:
            return
        model = self._session.model
        if model is None or model.problem:
            self._is_on = False
            self.note.emit(tr("No model is installed, so the worklist waits; put a package into the models folder."))
            return
        self._running, self._progress = waiting.id, None
        self._entries[waiting.id] = waiting.with_state(State.RUNNING)
        work = worklist_works.score(
            waiting, self._tasks, package_id=model.id, device=self._session.device,
            keep_in=self._shelf.results_folder,
        )  # fmt: skip
        self._score.start(worklist_works.polite(work, self._may_go))

    def _on_progress(self, _generation: int, step: Progress) -> None:
        self._progress = step
        if self.window.isVisible():
            self.window.show_row(self._row(self._entries[self._running]))

    def _on_scored(self, _generation: int, done: object) -> None:
        scored = cast("Scored", done)
        entry = self._entries[self._running]
        self._shelf.put(entry.series, scored.result)
        self.note.emit(scored.trouble)
        self._end(entry.with_state(State.DONE, finding=scored.finding))

    def _on_fault(self, _generation: int, error: LeukoError) -> None:
        state = State.REFUSED if isinstance(error, RefusedError) else State.FAILED
        self._end(self._entries[self._running].with_state(state, reason=str(error)))

    def _end(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self._running, self._progress = "", None
        self._score_next()
        self._changed()

    def _put_back(self, state: State) -> None:
        """Drop the run; nothing of it is told any more."""
        self._score.supersede()
        if self._running in self._entries:
            self._entries[self._running] = self._entries[self._running].with_state(state)
        self._running, self._progress = "", None

    def _make_way(self, number: int, busy: bool) -> None:
        (self._busy.add if busy else self._busy.discard)(number)
        if self._busy:
            self._may_go.clear()
        else:
            self._may_go.set()

    # Opening

    def _on_opened(self) -> None:
        entry = self._entries.get(self._wanted)
        self._forget_wish()
        if entry is None or not entry.series or self._session.catalog is None:
            return
        series = self._find(entry)
        if series is None:
            self.note.emit(tr(worklist_works.GONE))
            return
        self._workflow.show_series(series.key)
        if entry.finding is not None:
            self._give(series, entry.finding)

    def _give(self, series: Series, finding: Finding) -> None:
        result = self._shelf.result(series, finding)
        installed = {model.ref.sha256 for model in self._session.models if model.ref is not None}
        if result is None:
            self.note.emit(tr("The result of this row is no longer there; run the model again (M)."))
        elif finding.package_sha256 not in installed:
            self.note.emit(tr("The package that scored this row is no longer installed; run another one (M)."))
        else:
            self._session.choose_model(result.package.id)
            self._session.add_result(result)

    def _find(self, entry: Entry) -> Series | None:
        catalog = self._session.catalog
        found = () if catalog is None else catalog.series
        return next((series for series in found if fingerprint(series) == entry.series), None)

    def _forget_wish(self) -> None:
        self._wanted = ""

    # Keeping and showing

    def _chosen(self, ids: list[str]) -> list[Entry]:
        return [self._entries[one] for one in ids if one in self._entries]

    def _forget_result(self, entry: Entry) -> None:
        if not self._shelf.forget(entry):
            self.note.emit(tr("The kept result of this row could not be removed from your data folder."))

    def _load(self) -> None:
        found = self._shelf.load()
        self._entries |= {entry.id: entry for entry in found.entries}
        self.note.emit(found.note)

    def _save(self) -> None:
        try:
            self._shelf.save(self.entries)
        except CannotWriteError as error:
            self.failed.emit(error)

    def _changed(self) -> None:
        self._save()
        self._show()
        self.changed.emit()

    def _row(self, entry: Entry) -> WorklistRow:
        progress = self._progress if entry.id == self._running else None
        return worklist_rows.row_of(entry, progress=progress, sealed=self._session.seal.is_on)

    def _show(self) -> None:
        if not self.window.isVisible():
            return
        rows = tuple(map(self._row, self.entries))
        text = worklist_rows.summary_of(self.entries)
        if self._search.is_busy:
            text = tr("Searching {} …").format(self._folders[0].name) + "\n" + text
        self.window.show_rows(rows, text)
        waits = any(entry.state is State.WAITING for entry in self.entries)
        self.window.set_running(running=bool(self._running) or self._search.is_busy, can_run=waits)
