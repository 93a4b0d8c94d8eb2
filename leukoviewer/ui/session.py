"""The one place with mutable state: what is open, what is loaded, what is shown, what the models said.

Everything else holds values or asks here. Each change is told by a signal after it happened; equal values tell nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from leukoviewer.core.results import Analysis, Vote
from leukoviewer.core.series import Catalog, Series
from leukoviewer.core.volume import HuArray, LoadedSlice, Volume
from leukoviewer.display.state import HeatmapStyle, ViewState
from leukoviewer.ui.feedback_book import FeedbackBook
from leukoviewer.ui.hanging import HangingRule, first_turn
from leukoviewer.ui.heatmap_shelf import HeatmapShelf
from leukoviewer.ui.key_images import KeyImages
from leukoviewer.ui.measurement_book import MeasurementBook
from leukoviewer.ui.seal import Seal
from leukoviewer.ui.study_beside import StudyBeside
from leukoviewer.ui.trust_book import TrustBook
from leukoviewer.ui.values import Cutoffs, ModelChoice


class Session(QObject):
    """State of one window."""

    catalog_changed = Signal()
    series_changed = Signal()
    slice_loaded = Signal(int)
    volume_changed = Signal()
    view_changed = Signal()
    models_changed = Signal()
    model_changed = Signal()
    model_chosen = Signal(str)
    device_changed = Signal()
    result_changed = Signal()
    heatmap_changed = Signal()
    cutoffs_changed = Signal()
    thumbnail_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.measurements = MeasurementBook(self)
        self.key_images = KeyImages(self.measurements, self)
        self.trust = TrustBook(self)
        self.beside = StudyBeside(self)
        self.hanging = HangingRule()
        self.feedback = FeedbackBook(self)
        self.seal = Seal(self)
        self.seal.changed.connect(self.result_changed)
        # A sentence with the keys that the reader chose.
        self.with_keys: Callable[[str], str] = str
        self._catalog: Catalog | None = None
        self._series: Series | None = None
        self._slices: dict[int, LoadedSlice] = {}
        self._volume: Volume | None = None
        self._unread_reason = ""
        self._view: ViewState | None = None
        self._views: dict[str, ViewState] = {}
        self._style = HeatmapStyle()
        self._models: tuple[ModelChoice, ...] = ()
        self._are_models_known = False
        self._model_id = ""
        self._device = "auto"
        self._results: dict[tuple[str, str], Analysis] = {}
        self._heatmaps = HeatmapShelf()
        self._cutoffs: dict[tuple[str, str], Cutoffs] = {}
        self._refusals: dict[tuple[str, str], str] = {}
        self._thumbnails: dict[str, NDArray[np.uint8]] = {}

    # What is open

    @property
    def catalog(self) -> Catalog | None:
        """What the opened folder holds, with the study that was opened beside."""
        return self.beside.over(self._catalog)

    @property
    def series(self) -> Series | None:
        """The shown series."""
        return self._series

    @property
    def volume(self) -> Volume | None:
        """All its slices, once they are read."""
        return self._volume

    @property
    def loaded_count(self) -> int:
        """How many slices of the shown series can be shown."""
        return len(self._slices) if self._volume is None else len(self._volume)

    def open_catalog(self, catalog: Catalog) -> None:
        """Another folder: everything of the one before is forgotten."""
        # Left first: its view must not come back in a folder that holds the same series with other slices.
        self._leave_series()
        self._catalog = catalog
        self.beside.clear()
        self.seal.know(catalog)
        self._results, self._cutoffs, self._refusals = {}, {}, {}
        self._thumbnails, self._views = {}, {}
        self._heatmaps.clear()
        self.trust.clear()
        for signal in (self.catalog_changed, self.series_changed, self.view_changed, self.result_changed):
            signal.emit()

    def show_series(self, key: str) -> Series:
        """Another series of the folder, still without slices.

        Raises
        ------
        KeyError
            When the folder has no such series.
        """
        series = None if self.catalog is None else self.catalog.find(key)
        if series is None:
            raise KeyError(key)
        self._leave_series()
        self._series = series
        fresh = ViewState(
            series.key, len(series.slices), self.hanging.slice_of(series), self.hanging.window_of(series),
            turn=first_turn(series), heatmap=self._style, inverted=series.inverted,
        )  # fmt: skip
        self._view = self._views.get(series.key, fresh).with_heatmap(self._style)
        self.series_changed.emit()
        self.view_changed.emit()
        self.result_changed.emit()
        return series

    def _leave_series(self) -> None:
        if self._view is not None and self._series is not None:
            self._views[self._series.key] = self._view
        self._series, self._view, self._volume, self._slices = None, None, None, {}
        self._unread_reason = ""

    # What is loaded

    def add_slice(self, loaded: LoadedSlice) -> None:
        """One slice of the shown series was read."""
        self._slices[loaded.index] = loaded
        self.slice_loaded.emit(loaded.index)

    def set_volume(self, volume: Volume) -> None:
        """The shown series is read; a volume of another one is not taken."""
        if self._series is None or volume.series.key != self._series.key:
            return
        self._volume = volume
        self._slices = {}
        self.volume_changed.emit()

    @property
    def unread_reason(self) -> str:
        """Why slices that are not read will stay so; empty while they may still come."""
        return self._unread_reason

    def end_reading(self, reason: str) -> None:
        """Reading the shown series ended before its last slice."""
        self._unread_reason = reason
        self.volume_changed.emit()

    def hu(self, index: int) -> HuArray | None:
        """HU of a slice, shape (rows, columns); None until it is read."""
        if self._volume is not None:
            plane: HuArray = self._volume.hu[index]
            return plane
        loaded = self._slices.get(index)
        return None if loaded is None else loaded.hu

    def padding(self, index: int) -> NDArray[np.bool_] | None:
        """Where a slice holds no data, shape (rows, columns); None without padding or until it is read."""
        if self._volume is not None:
            return None if self._volume.padding is None else self._volume.padding[index]
        loaded = self._slices.get(index)
        return None if loaded is None else loaded.padding

    def broken(self, index: int) -> str:
        """Why a slice is a placeholder; empty for a good one or one that is not read yet."""
        loaded = self._slices.get(index)
        if loaded is not None:
            return loaded.broken
        return "The warnings tell the reason." if self._volume is not None and index in self._volume.broken else ""

    def thumbnail(self, key: str) -> NDArray[np.uint8] | None:
        """Small picture of a series, once it is made."""
        return self._thumbnails.get(key)

    def set_thumbnail(self, key: str, picture: NDArray[np.uint8]) -> None:
        """Keep the small picture of a series."""
        self._thumbnails[key] = picture
        self.thumbnail_changed.emit(key)

    # What is shown

    @property
    def view(self) -> ViewState | None:
        """What is on the screen; None without a series."""
        return self._view

    @property
    def style(self) -> HeatmapStyle:
        """How heatmaps are painted, on every series alike."""
        return self._style

    def set_view(self, view: ViewState) -> None:
        """Show something else of the same series."""
        if self._view is None or view == self._view or view.series_key != self._view.series_key:
            return
        self._view, self._style = view, view.heatmap
        self.view_changed.emit()

    def set_style(self, style: HeatmapStyle) -> None:
        """Paint heatmaps in another way."""
        if style == self._style:
            return
        self._style = style
        if self._view is not None:
            self._view = self._view.with_heatmap(style)
        self.view_changed.emit()

    # Models and results

    @property
    def models(self) -> tuple[ModelChoice, ...]:
        """The installed packages."""
        return self._models

    @property
    def are_models_known(self) -> bool:
        """Whether the packages have been looked for."""
        return self._are_models_known

    @property
    def model(self) -> ModelChoice | None:
        """The chosen package."""
        return next((model for model in self._models if model.id == self._model_id), None)

    @property
    def device(self) -> str:
        """Where models run."""
        return self._device

    def set_models(self, models: tuple[ModelChoice, ...], preferred: str) -> None:
        """The packages found; the preferred one is chosen, or else the first that works."""
        self._models, self._are_models_known = models, True
        good = [model.id for model in models if not model.problem]
        self._model_id = preferred if preferred in good else (good[0] if good else "")
        self.models_changed.emit()
        self.model_changed.emit()
        self.result_changed.emit()

    def choose_model(self, model_id: str) -> None:
        """The reader's choice of a package; its result for this series shows if there is one."""
        if model_id not in {model.id for model in self._models}:
            return
        self.model_chosen.emit(model_id)
        if model_id == self._model_id:
            return
        self._model_id = model_id
        self.model_changed.emit()
        self.result_changed.emit()

    def set_device(self, device: str) -> None:
        """Another place for models to run."""
        if device != self._device:
            self._device = device
            self.device_changed.emit()

    @property
    def result(self) -> Analysis | None:
        """What the chosen package said of the shown series; never of another one, and nothing that is sealed."""
        return None if self._series is None else self._opened(self._series.key, self._model_id)

    def _opened(self, series_key: str, package_id: str) -> Analysis | None:
        return None if self.seal.covers(series_key) else self._results.get((series_key, package_id))

    @property
    def sealed(self) -> frozenset[str]:
        """Series with results that nothing may be told of yet."""
        return frozenset(key for key, _ in self._results if self.seal.covers(key))

    @property
    def has_sealed_result(self) -> bool:
        """Whether a result for the shown series waits under the seal."""
        return self._series is not None and self._series.key in self.sealed

    def results_of_series(self, key: str = "") -> tuple[Analysis, ...]:
        """All packages' results for the shown series, or for the one of this key, in the order of the packages."""
        key = key or ("" if self._series is None else self._series.key)
        found = (self._opened(key, model.id) for model in self._models)
        return tuple(result for result in found if result is not None)

    def add_result(self, result: Analysis) -> None:
        """Keep a result under its own series and package; it shows only if both are the current ones."""
        key = (result.series_key, result.package.id)
        self._results[key] = result
        self.seal.see(result.series_key)
        self._heatmaps.forget(key)
        self.trust.forget(*key)
        self._refusals.pop(key, None)
        self._cutoffs.setdefault(key, Cutoffs(result.slice_threshold, result.vote_needed))
        self.result_changed.emit()

    @property
    def explanation(self) -> Analysis | None:
        """The shown result with the heatmap that is shown: its own, or one by another method."""
        return None if self._series is None else self.explanation_of(self._series.key)

    def explanation_of(self, series_key: str) -> Analysis | None:
        """The chosen package's result for any series with the heatmap that is shown."""
        result = self._opened(series_key, self._model_id)
        return None if result is None else self._heatmaps.shown(result)

    def has_heatmap(self, method: str) -> bool:
        """Whether the shown result's heatmap by a method is at hand."""
        result = self.result
        return result is not None and self._heatmaps.has(result, method)

    def show_heatmap(self, method: str) -> None:
        """Show one of the heatmaps that are at hand.

        Raises
        ------
        KeyError
            There is none by this method.
        """
        result, before = self.result, self.explanation
        if result is None:
            raise KeyError(method)
        self._heatmaps.show(result, method)
        if self.explanation is not before:
            self.heatmap_changed.emit()

    def add_heatmap(self, variant: Analysis) -> bool:
        """Keep and show a heatmap by another method; False when it does not belong to the shown result.

        The result itself stays as it is: its scores, its vote and its own heatmap.
        """
        result = self.result
        if result is None or not self._heatmaps.put(result, variant):
            return False
        self._heatmaps.show(result, variant.heatmap_method)
        self.heatmap_changed.emit()
        return True

    @property
    def refusal(self) -> str:
        """Why the chosen package gave no score for the shown series; empty when it did not refuse."""
        return "" if self._series is None else self._refusals.get((self._series.key, self._model_id), "")

    def add_refusal(self, series_key: str, package_id: str, reason: str) -> None:
        """A package refused a series: an older result of the two no longer stands."""
        self._refusals[series_key, package_id] = reason
        self._results.pop((series_key, package_id), None)
        self._heatmaps.forget((series_key, package_id))
        self.trust.forget(series_key, package_id)
        self.result_changed.emit()

    @property
    def cutoffs(self) -> Cutoffs | None:
        """The reader's limits for the shown result, at first the package's own."""
        result = self.result
        return None if result is None else self.cutoffs_of(result)

    def cutoffs_of(self, result: Analysis) -> Cutoffs:
        """The reader's limits for any kept result."""
        return self._cutoffs[result.series_key, result.package.id]

    def set_cutoffs(self, cutoffs: Cutoffs) -> None:
        """Move the limits of the shown result."""
        result = self.result
        if result is not None and self.cutoffs != cutoffs:
            self._cutoffs[result.series_key, result.package.id] = cutoffs
            self.cutoffs_changed.emit()

    def reset_cutoffs(self) -> None:
        """Back to the package's own limits."""
        result = self.result
        if result is not None:
            self.set_cutoffs(Cutoffs(result.slice_threshold, result.vote_needed))

    @property
    def vote(self) -> Vote | None:
        """The patient's vote at the reader's limits."""
        result, cutoffs = self.result, self.cutoffs
        if result is None or cutoffs is None:
            return None
        return result.vote(slice_threshold=cutoffs.slice_threshold, needed=cutoffs.needed)
