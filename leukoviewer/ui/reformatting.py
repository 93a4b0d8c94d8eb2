"""Reformats beside the slices: true axial, coronal and sagittal planes that meet in one point, the crosshair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from leukoviewer.core.cross_reference import Point, pixel_of
from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.reformat import Axis, Points, Reformat, why_not
from leukoviewer.core.series import Series
from leukoviewer.core.volume import HuArray
from leukoviewer.display.compose import compose_packed
from leukoviewer.display.corner_text import corner_texts
from leukoviewer.display.state import ViewState
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.layouts import Layout, Layouts
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.readout import unit
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.guide_lines import GuideLine
from leukoviewer.ui.widgets.slice_view import SliceView

# A step of the wheel or of a key; pixels of a head CT are smaller, slices thicker.
STEP_MM = 1.0
_LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
_COLORS = {Axis.AXIAL: 0, Axis.CORONAL: 1, Axis.SAGITTAL: 2}
_NAMES = {
    Axis.AXIAL: later("Axial reformat"),
    Axis.CORONAL: later("Coronal reformat"),
    Axis.SAGITTAL: later("Sagittal reformat"),
}


@dataclass(slots=True)
class _Shown:
    """One reformat on the screen: where it was sampled, and what came out."""

    view: SliceView
    plane: SlicePlane | None = None
    hu: HuArray | None = None


class Reformatting(QObject):
    """Keeps three reformats equal to the crosshair, and the crosshair equal to the shown slice.

    Signals
    -------
    note(str)
        Why there are no reformats, or that the crosshair needs them.
    """

    note = Signal(str)

    def __init__(self, session: Session, window: MainWindow, layouts: Layouts) -> None:
        super().__init__(window)
        self._session, self._window, self._layouts = session, window, layouts
        self._reformat: Reformat | None = None
        self._at_mm: Points = np.zeros(3)
        self._shown: dict[Axis, _Shown] = {}
        self._slice = -1
        layouts.changed.connect(self._on_layout)
        session.series_changed.connect(self._on_series)
        session.view_changed.connect(self._on_view)

    # What is asked

    @property
    def at_mm(self) -> tuple[float, float, float]:
        """The crosshair in patient coordinates, in mm."""
        x, y, z = (float(value) for value in self._at_mm)
        return x, y, z

    @property
    def views(self) -> dict[Axis, SliceView]:
        """The reformats on the screen."""
        return {axis: shown.view for axis, shown in self._shown.items()}

    def plane(self, axis: Axis) -> SlicePlane | None:
        """Where a reformat lies now."""
        shown = self._shown.get(axis)
        return None if shown is None else shown.plane

    def show(self) -> None:
        """Show the reformats, or say why there are none."""
        reason = self._why_not()
        series, view = self._session.series, self._session.view
        if reason or series is None or view is None:
            self.note.emit(reason)
            return
        self._close()
        self._reformat = Reformat.from_series(series)
        self._slice = view.slice_index
        middle = self._reformat.shape
        self._at_mm = self._reformat.point_mm(view.slice_index, (middle[1] - 1) / 2, (middle[2] - 1) / 2)
        self._shown = {axis: _Shown(self._view_of(axis)) for axis in Axis}
        self._layouts.host(tuple(self.views.values()), Layout.REFORMATS)
        self._draw()

    def _why_not(self) -> str:
        series, volume = self._session.series, self._session.volume
        if series is None:
            return "Open a folder with a head CT first."
        reason = why_not(series)
        if reason or volume is not None:
            return reason or why_not(series, broken=() if volume is None else volume.broken)
        return self._session.unread_reason or "Reformats need all slices; the series is still being read."

    def go_to(self, point_mm: Points) -> None:
        """Move the crosshair; the nearest slice shows beside the reformats."""
        if self._reformat is None:
            return
        self._at_mm = self._reformat.held(point_mm)
        view = self._session.view
        if view is None:
            return
        beside = view.with_slice(round(self._reformat.voxel_at(self._at_mm)[0]))
        # Known first: the crosshair stays between two slices where it was put.
        self._slice = beside.slice_index
        if beside == view:
            self._draw()
        else:
            self._session.set_view(beside)

    def move(self, coordinate: int, by_mm: float) -> None:
        """Move the crosshair along a patient axis: 0 to the left, 1 to the back, 2 to the head."""
        if self._reformat is None:
            self.note.emit("The crosshair belongs to the reformats; show them first (F8).")
            return
        way = np.zeros(3)
        way[coordinate] = by_mm
        self.go_to(self._at_mm + way)

    # What changes beside it

    def _on_series(self) -> None:
        if self._shown:
            self._layouts.show(Layout.ONE)

    def _on_layout(self) -> None:
        if self._shown and self._layouts.layout is not Layout.REFORMATS:
            self._close()

    def _on_view(self) -> None:
        """Another slice takes the crosshair along; another window shows in all planes."""
        view = self._session.view
        if self._reformat is None or view is None:
            return
        if view.slice_index != self._slice:
            self._slice = view.slice_index
            _, row, column = self._reformat.voxel_at(self._at_mm)
            self._at_mm = self._reformat.point_mm(view.slice_index, row, column)
        self._draw()

    def _close(self) -> None:
        for shown in self._shown.values():
            shown.view.hide()
            shown.view.deleteLater()
        self._shown.clear()
        self._reformat = None
        self._window.slice_view.set_lines(())

    # What is shown

    def _view_of(self, axis: Axis) -> SliceView:
        view = SliceView(self._window.view_grid)
        view.setAccessibleName(tr(_NAMES[axis]))
        view.installEventFilter(self)
        view.slice_requested.connect(lambda steps: self.move(axis.normal, self._step_mm(axis) * steps))
        view.cursor_moved.connect(lambda at: self._read_out(axis, at))
        view.zoom_changed.connect(lambda _: self._write(axis))
        return view

    def _step_mm(self, axis: Axis) -> float:
        """The wheel goes to the feet in axial planes, to the back and to the left in the others."""
        return -STEP_MM if axis is Axis.AXIAL else STEP_MM

    def _draw(self) -> None:
        reformat, volume, state = self._reformat, self._session.volume, self._session.view
        if reformat is None or volume is None or state is None:
            return
        for axis, shown in self._shown.items():
            plane = reformat.plane(axis, self._at_mm)
            if plane != shown.plane or shown.hu is None:
                shown.plane, shown.hu = plane, reformat.sample(volume.hu, plane)
            self._draw_frame(shown.view, shown.hu, plane, state)
            shown.view.set_lines(self._lines(axis, plane))
            self._write(axis)
        _, row, column = reformat.voxel_at(self._at_mm)
        self._window.slice_view.set_lines(_cross((row, column), reformat.shape[1:], (1, 2)))

    def _draw_frame(self, view: SliceView, hu: HuArray, plane: SlicePlane, state: ViewState) -> None:
        view.set_frame(compose_packed(hu, state.window, inverted=state.inverted))
        view.set_geometry(plane)
        view.set_window(state.window)

    def _lines(self, axis: Axis, plane: SlicePlane) -> tuple[GuideLine, ...]:
        """The other two planes on this one, each in its color."""
        across = next(one for one in Axis if one is not axis and _runs_along(one, plane.row_direction))
        down = next(one for one in Axis if one not in {axis, across})
        place = pixel_of(plane, self._at_mm)
        return _cross(place, (plane.rows, plane.columns), (_COLORS[across], _COLORS[down]))

    def _write(self, axis: Axis) -> None:
        series, state, shown = self._session.series, self._session.view, self._shown.get(axis)
        if series is None or state is None or shown is None:
            return
        texts = corner_texts(series, state.slice_index, window=state.window, zoom=shown.view.zoom)
        lines = (*_facts(series), _place(axis, self._at_mm), tr(_NAMES[axis]))
        shown.view.set_corner_texts(replace(texts, bottom_right=lines))

    def _read_out(self, axis: Axis, at: tuple[int, int] | None) -> None:
        shown, series, state = self._shown.get(axis), self._session.series, self._session.view
        if shown is None or series is None or state is None or shown.hu is None or shown.plane is None:
            return
        if at is None or at[0] >= shown.hu.shape[0] or at[1] >= shown.hu.shape[1]:
            shown.view.set_readout("")
            self._window.set_cursor_text("")
            return
        value = tr("{:.0f} {} (interpolated)").format(float(shown.hu[at]), unit(series, state.slice_index))
        point = shown.plane.point_mm(*at)
        place = "  ".join(_coordinate(number, float(way)) for number, way in enumerate(point))
        shown.view.set_readout(value)
        self._window.set_cursor_text(f"{value}   {place} mm")

    # The mouse on a reformat

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A left press or drag on a reformat puts the crosshair there; a double click gives the view all the room."""
        axis = next((axis for axis, shown in self._shown.items() if shown.view is watched), None)
        if axis is None or not isinstance(event, QMouseEvent):
            return False
        is_left = Qt.MouseButton.LeftButton in (event.button(), event.buttons())
        if event.type() is QEvent.Type.MouseButtonDblClick and is_left:
            self._layouts.toggle_maximized(self._shown[axis].view)
            return True
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove} and is_left:
            self._point_at(axis, event.position())
            return True
        return False

    def _point_at(self, axis: Axis, position: QPointF) -> None:
        shown = self._shown[axis]
        if shown.plane is not None:
            inverse, _ = shown.view.viewport.transform().inverted()
            at = inverse.map(position)
            self.go_to(shown.plane.point_mm(at.y() - 0.5, at.x() - 0.5))


def _cross(place: Point, size: tuple[int, int], colors: tuple[int, int]) -> tuple[GuideLine, ...]:
    """A line along the row and one along the column of a place, over the whole picture, free around the place."""
    row, column = place
    return (
        GuideLine((row, -0.5), (row, size[1] - 0.5), colors[0], gap=place),
        GuideLine((-0.5, column), (size[0] - 0.5, column), colors[1], gap=place),
    )


def _runs_along(axis: Axis, direction: tuple[float, float, float]) -> bool:
    """Whether a plane of this axis shows on another one as a line in this direction."""
    return abs(direction[axis.normal]) < 0.5


def _facts(series: Series) -> tuple[str, ...]:
    """What was done to the slices."""
    tilt = series.report.tilt_deg
    corrected = tr("Tilt {:+.1f}° corrected").format(tilt)
    return (corrected, tr("Interpolated")) if abs(tilt) >= 1 else (tr("Interpolated"),)


def _place(axis: Axis, at_mm: Points) -> str:
    return f"{_coordinate(axis.normal, float(at_mm[axis.normal]), digits=1)} mm"


def _coordinate(number: int, value: float, *, digits: int = 0) -> str:
    letters = _LETTERS[number]
    return f"{letters[0] if value >= 0 else letters[1]} {abs(value):.{digits}f}"


def handlers(reformatting: Reformatting) -> dict[str, Callable[[], object]]:
    """What the actions of reformats do, by the actions' names."""
    return {
        "layout.reformats": reformatting.show,
        "crosshair.right": lambda: reformatting.move(0, -STEP_MM),
        "crosshair.left": lambda: reformatting.move(0, STEP_MM),
        "crosshair.front": lambda: reformatting.move(1, -STEP_MM),
        "crosshair.back": lambda: reformatting.move(1, STEP_MM),
        "crosshair.head": lambda: reformatting.move(2, STEP_MM),
        "crosshair.feet": lambda: reformatting.move(2, -STEP_MM),
    }
