"""Starts the work that takes time, and puts what comes back into the session: open, load, analyze, thumbnails.

Four lanes, so that a run of the model never waits for thumbnails. An answer counts only if it belongs to the newest
request of its lane (the lane drops the others) and to the series that is shown now (checked here again).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal

from leukoviewer.core.honesty import Honesty
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Catalog, Series
from leukoviewer.core.volume import LoadedSlice, Volume
from leukoviewer.errors import LeukoError, PackageError, RefusedError
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui.language import tr
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.series_rows import patient_count
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import ModelChoice, Tasks

CHECK_STOPPED = "Checking the heatmap was stopped; there is no verdict."


@dataclass(frozen=True, slots=True)
class Request:
    """What an analysis was asked for.

    Attributes
    ----------
    series_key, package_id : str
        Which series, and by which model.
    method : str
        By which method a heatmap is made for the result that is there; empty for a run of the model.
    """

    series_key: str
    package_id: str
    method: str = ""


class Workflow(QObject):
    """The only one that starts jobs.

    Parameters
    ----------
    session : Session
        Where results go.
    tasks : Tasks
        What is run.
    """

    failed = Signal(object)
    note = Signal(str)
    open_progressed = Signal(object)
    load_progressed = Signal(object)
    analysis_progressed = Signal(object)
    opening_changed = Signal(bool)
    loading_changed = Signal(bool)
    analyzing_changed = Signal(bool)
    judging_progressed = Signal(object)
    judging_changed = Signal(bool)
    opened = Signal()
    previewed = Signal(object)
    loaded = Signal()
    analyzed = Signal()
    explained = Signal()
    models_listed = Signal()
    attributes_read = Signal(object)
    attributes_failed = Signal(object)
    became_idle = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._preferred_model = ""
        self._is_model_required = False
        self._path: Path | None = None
        self._request: Request | None = None
        self._open = self._lane("open", self._on_catalog, self.open_progressed, self.opening_changed)
        self._load = self._lane("load", self._on_volume, self.load_progressed, self.loading_changed)
        self._analysis = self._lane("analysis", self._on_analysis, self.analysis_progressed, self.analyzing_changed)
        self._analysis.failed.connect(self._on_refusal)
        self._checks = self._lane("honesty", self._on_honesty, self.judging_progressed, self.judging_changed)
        self._checks.canceled.connect(lambda _: self.note.emit(CHECK_STOPPED))
        self._thumbnails = Lane("thumbnails", self)
        self._list = Lane("models", self)
        self._open.canceled.connect(lambda _: self.note.emit("Opening was stopped."))
        self._load.canceled.connect(lambda _: session.end_reading("Loading was stopped before this slice was read."))
        self._load.failed.connect(lambda _, error: session.end_reading(str(error)))
        self._analysis.canceled.connect(self._on_stopped)
        session.model_changed.connect(self._on_model)
        session.beside.changed.connect(lambda: self._on_loading(self._load.is_busy))
        self._open.part.connect(lambda _, preview: self.previewed.emit(preview))
        self._load.part.connect(self._on_slice)
        self._load.busy_changed.connect(self._on_loading)
        self._thumbnails.part.connect(self._on_thumbnail)
        self._list.finished.connect(self._on_models)
        self._list.failed.connect(lambda _, error: self.failed.emit(error))
        self._attributes = Lane("attributes", self)
        self._attributes.finished.connect(lambda _, found: self.attributes_read.emit(found))
        self._attributes.failed.connect(lambda _, error: self.attributes_failed.emit(error))
        self._lanes: tuple[Lane, ...] = (
            self._analysis, self._checks, self._load, self._open, self._thumbnails, self._list, self._attributes,
        )  # fmt: skip
        self._guests: tuple[Lane, ...] = ()
        for lane in self._lanes:
            lane.busy_changed.connect(self._on_busy, Qt.ConnectionType.QueuedConnection)

    def _lane(self, name: str, on_result: Callable[[int, object], None], progressed: object, busy: object) -> Lane:
        lane = Lane(name, self)
        lane.finished.connect(on_result)
        lane.failed.connect(lambda _, error: self.failed.emit(error))
        lane.progressed.connect(lambda _, step: cast("Signal", progressed).emit(step))  # type: ignore[attr-defined]
        lane.busy_changed.connect(busy)
        return lane

    def take_in(self, lane: Lane) -> None:
        """Stop and close a lane of another part of the window with all the others; the reader's stop means it first."""
        self._lanes, self._guests = (*self._lanes, lane), (*self._guests, lane)
        lane.busy_changed.connect(self._on_busy, Qt.ConnectionType.QueuedConnection)

    # What can be asked

    @property
    def path(self) -> Path | None:
        """The folder or file of the shown catalog."""
        return self._path

    @property
    def is_analyzing(self) -> bool:
        """Whether a model runs."""
        return self._analysis.is_busy and not self.explaining

    @property
    def explaining(self) -> str:
        """The method by which a heatmap is being made; empty when none is."""
        return self._request.method if self._analysis.is_busy and self._request is not None else ""

    @property
    def is_idle(self) -> bool:
        """Whether nothing at all is under way."""
        return not any(lane.is_busy for lane in self._lanes)

    def warm_up(self) -> None:
        """Prepare for what will be asked, while nobody waits."""
        self._thumbnails.start(self._tasks.warm_up())

    def list_models(self, preferred: str = "", *, required: bool = False) -> None:
        """Look for the installed packages; the preferred one will be chosen, and missed aloud if it is required."""
        self._preferred_model, self._is_model_required = preferred, required
        self._list.start(self._tasks.models())

    def open(self, path: Path) -> None:
        """Search a folder; the shown scan stays until the new one is found."""
        self._open.start(_located(self._tasks.discover(path), path))

    def show_series(self, key: str, *, volume: Volume | None = None) -> None:
        """Show another series of the folder; it is read unless its slices are at hand.

        A model that is still running on the one before is stopped.
        """
        if self._session.series is not None and self._session.series.key == key:
            return
        running = self._running
        self._analysis.supersede()
        self._checks.supersede()
        self._thumbnails.supersede()
        series = self._session.show_series(key)
        if running:
            self.note.emit(f"{running} was stopped because another series is shown.")
        if volume is not None:
            self._load.supersede()
            self._session.set_volume(volume)
            self.loaded.emit()
            return
        view = self._session.view
        self._load.start(self._tasks.load(series, first=None if view is None else view.slice_index))

    def analyze(self) -> None:
        """Run the chosen model on the shown series; a reason why not is told as a note."""
        volume, model = self._session.volume, self._session.model
        reason = why_not(self._session)
        if reason or volume is None or model is None:
            self.note.emit(reason)
            return
        request = Request(volume.series.key, model.id)
        if self._analysis.is_busy and request == self._request:
            return  # A held key must not begin the same run anew.
        self._request = request
        self._analysis.start(self._tasks.analyze(volume, model.id, self._session.device))

    def explain(self, method: str) -> None:
        """Show the heatmap by another method, made first if it is not at hand; a reason why not is told as a note."""
        session = self._session
        volume, result, model = session.volume, session.result, session.model
        reason = why_no_heatmap(session, is_analyzing=self.is_analyzing)
        if not reason and model is not None and not session.has_heatmap(method):
            reason = model.heatmap(method).problem
        if reason or volume is None or result is None:
            self.note.emit(reason)
            return
        request = Request(result.series_key, result.package.id, method)
        if self.explaining and request == self._request:
            return
        if session.has_heatmap(method):
            self._analysis.supersede()
            session.show_heatmap(method)
            return
        self._request = request
        self._analysis.start(self._tasks.explain(result, volume, method, session.device))

    def judge(self) -> None:
        """Check how honest the shown result's heatmap is; a reason why not is told as a note."""
        volume, result = self._session.volume, self._session.result
        reason = why_no_heatmap(self._session, is_analyzing=False)
        if reason or volume is None or result is None:
            self.note.emit(reason)
            return
        self._checks.start(self._tasks.judge(result, volume))

    def stop_judging(self) -> None:
        """Stop checking a heatmap."""
        self._checks.cancel()

    def read_attributes(self, path: Path) -> None:
        """Read all attributes of a file; those of another one that is still being read are not told any more."""
        self._attributes.start(self._tasks.attributes(path))

    def cancel(self) -> None:
        """Stop what the reader waits for: what is saved, then model or heatmap, checks, loading, opening."""
        for lane in (*self._guests, self._analysis, self._checks, self._load, self._open):
            if lane.is_busy:
                lane.cancel()
                return

    def stop(self) -> None:
        """Stop everything without waiting; nothing of it is told any more."""
        for lane in self._lanes:
            lane.supersede()

    def close(self) -> None:
        """Stop everything and wait until all threads have ended."""
        for lane in self._lanes:
            lane.close()

    # What comes back

    def _on_busy(self, _busy: bool) -> None:
        """Queued, so that what follows upon an end (the next job) has been started when it is looked at."""
        if self.is_idle:
            self.became_idle.emit()

    def _on_catalog(self, _generation: int, found: object) -> None:
        path, catalog = cast("tuple[Path, Catalog]", found)
        self._load.supersede()
        self._analysis.supersede()
        self._checks.supersede()
        self._thumbnails.supersede()
        self._path = path
        self._session.open_catalog(catalog)
        self.opened.emit()
        if catalog.suggestion is not None:
            self.show_series(catalog.suggestion.key)
        elif (count := patient_count(catalog)) > 1:
            self.note.emit(f"This folder holds {count} patients; choose a series from the list.")
            self._on_loading(busy=False)
        elif catalog.series:
            self.show_series(catalog.series[0].key)

    def _on_slice(self, _generation: int, part: object) -> None:
        if isinstance(part, LoadedSlice):
            self._session.add_slice(part)

    def _on_volume(self, _generation: int, volume: object) -> None:
        self._session.set_volume(cast("Volume", volume))
        self.loaded.emit()

    def _on_loading(self, busy: bool) -> None:
        """Thumbnails are made when nobody waits for slices."""
        catalog = self._session.catalog
        if busy or catalog is None:
            return
        missing = tuple(series for series in catalog.series if self._session.thumbnail(series.key) is None)
        if missing:
            self._thumbnails.start(_pictures(missing, self._tasks))

    def _on_thumbnail(self, _generation: int, part: object) -> None:
        key, picture = cast("tuple[str, object]", part)
        self._session.set_thumbnail(key, picture)  # type: ignore[arg-type]

    def _on_analysis(self, _generation: int, result: object) -> None:
        analysis, request, series = cast("Analysis", result), self._request, self._session.series
        if request is None or series is None or not analysis.series_key == request.series_key == series.key:
            return
        if request.method:
            self._on_heatmap(analysis, request)
            return
        self._session.add_result(analysis)
        self.analyzed.emit()

    def _on_heatmap(self, variant: Analysis, request: Request) -> None:
        is_asked = (variant.package.id, variant.heatmap_method) == (request.package_id, request.method)
        if is_asked and self._session.add_heatmap(variant):
            self.explained.emit()

    def _on_honesty(self, _generation: int, honesty: object) -> None:
        self._session.trust.put(cast("Honesty", honesty))

    @property
    def _running(self) -> str:
        """What is under way in the analysis lane, as the reader calls it; empty when nothing is."""
        if not self._analysis.is_busy:
            return ""
        return "The heatmap" if self.explaining else "The model"

    def _on_model(self) -> None:
        """A heatmap of one model's result is of no use beside another one's."""
        if self.explaining:
            self._analysis.supersede()
            self.note.emit("The heatmap was stopped because another model is shown.")

    def _on_stopped(self, _generation: int) -> None:
        if self._request is not None and self._request.method:
            self.note.emit("The heatmap was stopped; the one before it still stands.")
            return
        left = "there is no result" if self._session.result is None else "the result before it still stands"
        self.note.emit(f"The model was stopped; {left}.")

    def _on_refusal(self, _generation: int, error: object) -> None:
        if isinstance(error, RefusedError) and self._request is not None and not self._request.method:
            self._session.add_refusal(self._request.series_key, self._request.package_id, str(error))

    def _on_models(self, _generation: int, models: object) -> None:
        found, wanted = cast("tuple[ModelChoice, ...]", models), self._preferred_model
        self._session.set_models(found, wanted)
        model = next((model for model in found if model.id == wanted), None)
        if self._is_model_required and (model is None or model.problem):
            known = ", ".join(model.id for model in found if not model.problem) or "none"
            reason = f"There is no model {wanted!r} on this computer; installed models: {known}."
            self.failed.emit(PackageError(reason if model is None else model.problem, thing=wanted))
        self.models_listed.emit()


def why_not(session: Session) -> str:
    """Why the model cannot run now, as a sentence; empty when it can."""
    series, model = session.series, session.model
    if series is None:
        return "Open a folder with a head CT first."
    if not series.is_volume:
        return f"This series cannot be scored: {series.report.reason.rstrip('.')}."
    if session.volume is None:
        return session.unread_reason or "The series is still being read."
    if model is None:
        return "No model is installed; put a model package into the models folder."
    return model.problem


def no_result(session: Session) -> str:
    """Why there is no result to be shown, as a sentence: there is none, or it is sealed."""
    return tr(SEALED) if session.has_sealed_result else "There is no result yet; run the model first (M)."


def why_no_heatmap(session: Session, *, is_analyzing: bool) -> str:
    """Why no other method for the heatmap can be chosen now, as a sentence; empty when one can."""
    if session.result is None:
        return no_result(session)
    if session.volume is None:
        return session.unread_reason or "The series is still being read."
    return "The model is running." if is_analyzing else ""


def _located(search: Work[Catalog], path: Path) -> Work[tuple[Path, Catalog]]:
    """The catalog together with where it was found."""
    catalog = yield from search
    return path, catalog


def _pictures(series: tuple[Series, ...], tasks: Tasks) -> Work[None]:
    """Thumbnails one after the other; a series that has none is left without."""
    for number, one in enumerate(series):
        try:
            part = (one.key, tasks.thumbnail(one))
        except LeukoError:
            part = None
        yield Progress(number + 1, len(series), part=part)
