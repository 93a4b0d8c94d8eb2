"""Makes the picture: from the session's state to the frame and texts of the slice view, and never another way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from leukoviewer.display.compose import compose_packed
from leukoviewer.display.corner_text import corner_texts
from leukoviewer.display.state import ViewState
from leukoviewer.ui.findings_text import provenance
from leukoviewer.ui.hanging import first_turn
from leukoviewer.ui.heat_planes import HeatPlanes, Project
from leukoviewer.ui.language import told
from leukoviewer.ui.readout import readout
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.slice_overlay import Notice
from leukoviewer.ui.widgets.slice_view import SliceView


class Picture(QObject):
    """Keeps one slice view equal to the session."""

    cursor_told = Signal(str)

    def __init__(self, session: Session, view: SliceView, project: Project) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._planes = HeatPlanes(project)
        self._cursor: tuple[int, int] | None = None
        self._names_model = False
        session.series_changed.connect(self._on_series)
        session.slice_loaded.connect(self._on_slice)
        session.volume_changed.connect(self.draw)
        session.view_changed.connect(self.draw)
        for signal in (session.result_changed, session.heatmap_changed):
            signal.connect(self._on_result)
        view.cursor_moved.connect(self._on_cursor)
        view.zoom_changed.connect(self._write)
        session.key_images.changed.connect(self._write)

    def set_model_named(self, named: bool) -> None:
        """Whether the color bar names the model: whose heat it is stays in sight when the panels are hidden."""
        self._names_model = named
        self.draw()

    def draw(self) -> None:
        """Compose the frame and say what belongs beside it."""
        series, state = self._session.series, self._session.view
        if series is None or state is None:
            self._view.set_frame(None)
            return
        self._draw_frame(state)
        self._view.set_geometry(series.slices[state.slice_index].plane, turn=state.turn)
        self._view.set_window(state.window)
        self._write()
        self._read_out()

    def _draw_frame(self, state: ViewState) -> None:
        hu = self._session.hu(state.slice_index)
        if hu is None:
            # Never the slice before: what stands beside the picture speaks of this one.
            self._view.set_frame(None)
            self._view.set_color_bar(None)
            reason = self._session.unread_reason
            notice = Notice(told(reason), is_trouble=True) if reason else Notice.loading(state.slice_index + 1)
            self._view.set_notice(notice)
            return
        heat = self._planes.plane(state.slice_index) if state.heatmap.visible else None
        if heat is not None and heat.shape != hu.shape:
            heat = None
        frame = compose_packed(hu, state.window, heat=heat, style=state.heatmap, inverted=state.inverted)
        broken = self._session.broken(state.slice_index)
        self._view.set_notice(Notice.broken(broken) if broken else None)
        self._view.set_frame(frame)
        shows_heat = state.heatmap.visible and self._planes.has_heat
        self._view.set_color_bar(self._color_bar(state) if shows_heat else None)

    def _color_bar(self, state: ViewState) -> ColorBar:
        """The bar with the method that made the heat, and whose heat it is where the panels do not tell."""
        shown, model = self._session.explanation, self._session.model
        if shown is None:
            return ColorBar(state.heatmap)
        method = shown.heatmap_method if model is None else model.heatmap(shown.heatmap_method).name
        return ColorBar(state.heatmap, method=method, note=provenance(shown.package) if self._names_model else "")

    def _write(self, *_: object) -> None:
        series, state = self._session.series, self._session.view
        if series is not None and state is not None:
            turned = state.turn.since(first_turn(series))
            texts = corner_texts(
                series, state.slice_index, window=state.window, zoom=self._view.zoom, turned=turned,
                is_key=state.slice_index in self._session.key_images.of(series.key),
            )  # fmt: skip
            self._view.set_corner_texts(texts)

    def _on_series(self) -> None:
        self._cursor = None
        self._view.reset_view()
        self.draw()

    def _on_slice(self, index: int) -> None:
        state = self._session.view
        if state is not None and state.slice_index == index:
            self.draw()

    def _on_result(self) -> None:
        self._planes.show(self._session.explanation)
        self.draw()

    def _on_cursor(self, at: tuple[int, int] | None) -> None:
        self._cursor = at
        self._read_out()

    def _read_out(self) -> None:
        self._tell(*readout(self._session, self._cursor))

    def _tell(self, short: str, long: str) -> None:
        self._view.set_readout(short)
        self.cursor_told.emit(long)
