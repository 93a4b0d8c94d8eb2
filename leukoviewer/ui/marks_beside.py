"""Measurements and key images in the views beside the active one; a tool stays in hand when another view is pressed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from leukoviewer.core.measurements import Kind, Measurement, Values, measured
from leukoviewer.display.measurement_marks import Mark
from leukoviewer.ui.key_marks import KeyMarks
from leukoviewer.ui.layouts import Layouts
from leukoviewer.ui.measurement_words import caption
from leukoviewer.ui.measuring import Measuring
from leukoviewer.ui.pane import Pane
from leukoviewer.ui.readout import unit
from leukoviewer.ui.session import Session


class MarksBeside(QObject):
    """Shows in each pane what was measured on its own slice; a press there makes it the active view, for every tool."""

    def __init__(self, session: Session, layouts: Layouts, *, measuring: Measuring, key_marks: KeyMarks) -> None:
        super().__init__(layouts)
        self._book, self._layouts = session.measurements, layouts
        self._measuring, self._key_marks = measuring, key_marks
        self._tool: Kind | None = None
        self._joined: dict[Pane, str] = {}
        self._values: dict[Measurement, Values] = {}
        layouts.activating.connect(self._hold_tool)
        layouts.changed.connect(self._on_layout)
        self._book.changed.connect(self._on_book)

    def _hold_tool(self) -> None:
        self._tool = self._measuring.tool

    def _on_layout(self) -> None:
        joined, self._joined = self._joined, {pane: self._joined.get(pane, "") for pane in self._layouts.panes}
        for pane in (pane for pane in self._layouts.panes if pane not in joined):
            show, other = partial(self._show, pane), pane.session
            for signal in (other.series_changed, other.view_changed, other.volume_changed):
                signal.connect(show)
            other.slice_loaded.connect(lambda _, show=show: show())
        for pane in self._layouts.panes:
            self._show(pane)
        tool, self._tool = self._tool, None
        if tool is not None and self._measuring.tool is None:
            # Another series puts the tool away, but this one is shown because the reader draws on it.
            self._measuring.set_tool(tool, on=True)

    def _on_book(self) -> None:
        self._values.clear()
        for pane in self._layouts.panes:
            self._show(pane)

    def _show(self, pane: Pane) -> None:
        series, view = pane.session.series, pane.session.view
        if series is None or view is None:
            pane.view.layer.set_marks((), selected="")
            return
        if self._joined.get(pane) != series.key:
            self._joined[pane] = series.key
            self._measuring.open_page(series)
            self._key_marks.open_page(series)
        shown = (one for one in self._book.of(series.key) if one.slice_index == view.slice_index)
        words = unit(series, view.slice_index)
        marks = (
            Mark(one.id, one.kind, one.points, caption(one.kind, self._values_of(one, pane), text=one.text, unit=words))
            for one in shown
        )
        pane.view.layer.set_marks(tuple(marks), selected="")

    def _values_of(self, one: Measurement, pane: Pane) -> Values:
        found = self._values.get(one)
        if found is None:
            found = values_in(pane.session, one)
            if pane.session.hu(one.slice_index) is not None:
                self._values[one] = found
        return found


def values_in(session: Session, one: Measurement) -> Values:
    """What a measurement tells on the series that a session shows; without HU until the slice is read."""
    series = session.series
    plane = None if series is None else series.slices[one.slice_index].plane
    if plane is None:
        return Values()
    hu = None if session.broken(one.slice_index) else session.hu(one.slice_index)
    return measured(one.kind, one.points, spacing_mm=plane.spacing_mm, hu=hu, padding=session.padding(one.slice_index))
