"""A view beside the active one: the same picture as the active view would make, from a state of its own."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject

from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Series
from leukoviewer.core.volume import LoadedSlice, Volume
from leukoviewer.display.state import ViewState
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui.heat_planes import Project
from leukoviewer.ui.picture import Picture
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import LoadTask, ModelChoice
from leukoviewer.ui.widgets.slice_view import SliceView


class PaneSession(Session):
    """State of a view beside the active one: its own series and slice, the models and results of the window."""

    def __init__(self, main: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._main = main
        self.key_images = main.key_images
        main.result_changed.connect(self.result_changed)
        main.heatmap_changed.connect(self.heatmap_changed)
        main.view_changed.connect(self._on_main_view)

    def _on_main_view(self) -> None:
        self.set_style(self._main.style)

    @property
    def model(self) -> ModelChoice | None:
        """The window's chosen package."""
        return self._main.model

    @property
    def explanation(self) -> Analysis | None:
        """The chosen package's heatmaps for this view's series."""
        return None if self.series is None else self._main.explanation_of(self.series.key)


class Pane(QObject):
    """One view beside the active one.

    Slices come from the window's session where both show the same series, else they are read here.

    Parameters
    ----------
    main : Session
        The active view's.
    view : SliceView
        Where it shows.
    load : LoadTask
        Reads a series that the active view does not show.
    project : callable
        Spreads a raw heatmap over the native plane.
    """

    def __init__(self, main: Session, view: SliceView, *, load: LoadTask, project: Project) -> None:
        super().__init__(view)
        self.view = view
        self.session = PaneSession(main, self)
        self._main = main
        self._load = load
        self._is_closed = False
        self._picture = Picture(self.session, view, project)
        self._picture.set_model_named(True)
        self.cursor_told = self._picture.cursor_told
        self._lane = Lane("beside", self)
        self._lane.part.connect(self._on_part)
        self._lane.finished.connect(lambda _, volume: self.session.set_volume(cast("Volume", volume)))
        self._lane.failed.connect(lambda _, error: self.session.end_reading(str(error)))
        main.series_changed.connect(self._on_main_series)
        main.slice_loaded.connect(self._take_slice)
        main.volume_changed.connect(self._take_volume)

    @property
    def is_loading(self) -> bool:
        """Whether slices are read here."""
        return self._lane.is_busy

    def show(self, series: Series, *, state: ViewState | None = None, volume: Volume | None = None) -> None:
        """Show a series of the window's catalog; its slices are read unless they are at hand.

        Parameters
        ----------
        series : Series
            Which.
        state : ViewState, optional
            Slice, window and turn; as at first without it.
        volume : Volume, optional
            Its slices, when they are at hand.
        """
        self._lane.supersede()
        catalog = self._main.catalog
        if catalog is None:
            return
        if self.session.catalog is not catalog:
            self.session.open_catalog(catalog)
        self.session.hanging = self._main.hanging
        self.session.show_series(series.key)
        self.session.set_style(self._main.style)
        if state is not None:
            self.set_state(state)
        if volume is not None:
            self.session.set_volume(volume)
        else:
            self._find_slices()

    def set_state(self, state: ViewState) -> None:
        """Slice, window and turn of the shown series; heatmaps are painted as in the whole window."""
        self.session.set_view(state.with_heatmap(self._main.style))

    def close(self) -> None:
        """Stop reading and leave."""
        self._is_closed = True
        self._lane.close()
        self.view.hide()
        self.view.deleteLater()

    # Slices

    @property
    def _shows_main_series(self) -> bool:
        shown, main = self.session.series, self._main.series
        return shown is not None and main is not None and shown.key == main.key

    def _find_slices(self) -> None:
        series, view = self.session.series, self.session.view
        if series is None or view is None or self.session.volume is not None or self._is_closed:
            return
        if not self._shows_main_series:
            self._lane.start(self._load(series, first=view.slice_index))
            return
        self._lane.supersede()
        for index in range(len(series.slices)):
            self._take_slice(index)
        self._take_volume()

    def _on_main_series(self) -> None:
        """What came from the active view's series no longer comes; or just begins to."""
        if self._main.series is not None and (self._shows_main_series or not self._lane.is_busy):
            self._find_slices()

    def _take_slice(self, index: int) -> None:
        hu = self._main.hu(index) if self._shows_main_series else None
        if hu is not None:
            self.session.add_slice(LoadedSlice(index, hu, self._main.padding(index), self._main.broken(index)))

    def _take_volume(self) -> None:
        if not self._shows_main_series:
            return
        if self._main.volume is not None:
            self.session.set_volume(self._main.volume)
        elif self._main.unread_reason:
            self.session.end_reading(self._main.unread_reason)

    def _on_part(self, _generation: int, part: object) -> None:
        if isinstance(part, LoadedSlice):
            self.session.add_slice(part)
