"""Reading a scan: which slice, which window; ties slice view, ribbon and window panel to the session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from leukoviewer.core.series import SeriesKind
from leukoviewer.core.volume import HuArray
from leukoviewer.core.window import PRESETS, Window, automatic
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui import navigation
from leukoviewer.ui.cine import Cine
from leukoviewer.ui.hanging import first_turn, first_window
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session

_OPACITY_STEP = 0.05


class Reading(QObject):
    """Turns the reader's intents into view states, and shows those."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.cine = Cine(session, self)
        window.slice_view.slice_requested.connect(self.move)
        window.slice_view.window_dragged.connect(self._on_drag)
        window.ribbon.slice_chosen.connect(self.go_to)
        panel = window.window_panel
        panel.window_asked.connect(self.set_window)
        panel.dicom_asked.connect(self.use_dicom_window)
        panel.automatic_asked.connect(self.use_automatic_window)
        panel.invert_asked.connect(self.set_inverted)
        window.overlay_panel.style_asked.connect(session.set_style)
        session.view_changed.connect(self._on_view)
        session.series_changed.connect(self._on_series)
        session.slice_loaded.connect(self._on_slice)
        session.volume_changed.connect(self._on_volume)

    # Slices

    def move(self, steps: int) -> None:
        """So many slices toward the feet; the reader scrolls, so cine ends."""
        self.cine.stop()
        view = self._session.view
        if view is not None:
            self._session.set_view(view.moved(steps))

    def go_to(self, index: int) -> None:
        """A slice, from 0 at the vertex; cine ends."""
        self.cine.stop()
        view = self._session.view
        if view is not None:
            self._session.set_view(view.with_slice(index))

    def first(self) -> None:
        """The slice nearest to the vertex."""
        self.go_to(0)

    def last(self) -> None:
        """The lowest slice."""
        view = self._session.view
        if view is not None:
            self.go_to(view.slice_count - 1)

    # Windows

    def set_window(self, window: Window) -> None:
        """Another window."""
        view = self._session.view
        if view is not None:
            self._session.set_view(view.with_window(window))

    def use_preset(self, number: int) -> None:
        """A preset, from 1."""
        self.set_window(PRESETS[number - 1])

    def use_dicom_window(self) -> None:
        """The files' own window, the next one when it is on already."""
        series, view = self._session.series, self._session.view
        if series is not None and view is not None:
            found = navigation.next_window(series.windows, view.window)
            if found is not None:
                self.set_window(found)

    def use_automatic_window(self) -> None:
        """A window over the gray levels of the shown slice."""
        hu = self._shown_hu()
        if hu is not None:
            self.set_window(automatic(hu))

    def set_inverted(self, inverted: bool) -> None:
        """Gray levels inverted, or not."""
        view = self._session.view
        if view is not None:
            self._session.set_view(view.with_inverted(inverted=inverted))

    def reset(self) -> None:
        """Window, zoom, position, flip and turn as at first; the slice stays."""
        series, view = self._session.series, self._session.view
        self._window.slice_view.reset_view()
        if series is not None and view is not None:
            as_first = view.with_window(self._session.hanging.window_of(series)).with_inverted(inverted=series.inverted)
            self._session.set_view(as_first.with_turn(first_turn(series)))

    def _on_drag(self, center: float, width: float) -> None:
        view = self._session.view
        if view is not None:
            self._session.set_view(view.with_window(view.window.with_values(center=center, width=width)))

    # Heatmap

    @property
    def style(self) -> HeatmapStyle:
        """How heatmaps are painted."""
        return self._session.style

    def set_heatmap_visible(self, visible: bool) -> None:
        """Heatmap on or off."""
        self._session.set_style(self.style.with_visible(visible=visible))

    def change_opacity(self, steps: int) -> None:
        """Heatmap stronger or weaker."""
        self._session.set_style(self.style.with_opacity(round(self.style.opacity + steps * _OPACITY_STEP, 2)))

    # What is shown

    def _shown_hu(self) -> HuArray | None:
        view = self._session.view
        return None if view is None else self._session.hu(view.slice_index)

    def _on_view(self) -> None:
        view = self._session.view
        self._window.overlay_panel.set_style(self._session.style)
        if view is None:
            return
        self._window.ribbon.set_current(view.slice_index)
        self._window.window_panel.set_window(view.window)
        self._window.window_panel.set_inverted(view.inverted)

    def _on_series(self) -> None:
        series = self._session.series
        is_axial = series is not None and series.kind is SeriesKind.AXIAL
        positions = () if series is None else series.position_mm
        self._window.ribbon.set_slices(
            positions, ends=(tr("vertex"), tr("base")) if is_axial else (tr("first"), tr("last"))
        )
        self._window.window_panel.set_dicom_count(0 if series is None else len(series.windows))
        self._window.show_reading(series is not None)

    def _on_slice(self, index: int) -> None:
        self._window.ribbon.mark_loaded(index)
        series, view = self._session.series, self._session.view
        if series is None or view is None or view.slice_index != index:
            return
        if first_window(series) is view.window and series.modality != "CT" and not series.windows:
            # Gray levels of other pictures have no known unit: the brain window would show nothing.
            self.use_automatic_window()

    def _on_volume(self) -> None:
        volume = self._session.volume
        if volume is not None:
            self._window.ribbon.set_loaded(range(len(volume)))
            self._window.ribbon.set_broken(volume.broken)
