"""Measuring: ties the measurements of the session to the slice view, the list and the user's data folder."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog

from leukoviewer import atomic
from leukoviewer.core import measurement_file
from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.key_images import KeyImage
from leukoviewer.core.measurements import MAX_TEXT, Kind, Measurement, Points, Values, geometry, measured
from leukoviewer.core.series import Series, SeriesKind, SliceHeader
from leukoviewer.display import measurement_table
from leukoviewer.display.measurement_marks import Mark
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui.asking import Asked, file_for
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.measurement_book import All
from leukoviewer.ui.measurement_words import caption, title
from leukoviewer.ui.readout import unit
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.measurement_list import MeasurementRow

NO_DISTANCES = "The distances of the pixels of this picture are not known, so nothing can be measured on it."
PROJECTION = "A localizer is a projection, so lengths and HU on it are not those of the patient; measure on slices."
NOT_READ = "This slice is not read, so nothing can be measured on it."


class Measuring(QObject):
    """Turns what the mouse draws into measurements, and shows and saves those.

    Parameters
    ----------
    go_to : slice index -> None
        Shows a slice.
    keep : bool
        Whether measurements are read from and written to the user's data folder.

    Signals
    -------
    note(str), failed(object)
        A sentence for the reader; an error.
    tool_changed()
        Another tool is active, or none.
    """

    note = Signal(str)
    failed = Signal(object)
    tool_changed = Signal()

    def __init__(self, session: Session, window: MainWindow, *, go_to: Callable[[int], None], keep: bool) -> None:
        super().__init__(window)
        self._session, self._book = session, session.measurements
        self._window, self._layer, self._list = window, window.slice_view.layer, window.measurement_list
        self._go_to = go_to
        self._keep = keep
        self._file: Path | None = None
        self._unwritable: set[Path] = set()
        self._shown_slice = -1
        self._values: dict[Measurement, Values] = {}
        self._layer.set_words(self._words)
        self._layer.drawn.connect(self._on_drawn)
        self._layer.reshaped.connect(self._on_reshaped)
        self._layer.selected.connect(self._book.select)
        self._list.asked.connect(self.jump)
        self._list.export_asked.connect(self.export)
        self._book.changed.connect(self._on_changed)
        self._book.selection_changed.connect(self._show)
        session.series_changed.connect(self._on_series)
        session.view_changed.connect(self._on_view)
        session.slice_loaded.connect(self._on_slice)
        session.volume_changed.connect(self._on_volume)

    # Tools

    @property
    def tool(self) -> Kind | None:
        """What the left button draws."""
        return self._layer.tool

    def set_tool(self, kind: Kind, *, on: bool) -> None:
        """Take a tool, or put it away; where nothing can be measured the reason is told."""
        reason = self._why_not(kind) if on else ""
        self._layer.set_tool(kind if on and not reason else None)
        self.note.emit(reason)
        self.tool_changed.emit()

    def leave(self) -> bool:
        """Drop what is being drawn, else put the tool away; False when there was neither."""
        if self._layer.cancel():
            return True
        if self.tool is None:
            return False
        self.set_tool(self.tool, on=False)
        return True

    def delete(self) -> None:
        """Take the selected one away."""
        self._book.remove(self._book.selected)

    def undo(self) -> None:
        """Take the last step back and show where it was."""
        self._look_at(self._book.undo())

    def redo(self) -> None:
        """Take the step again and show where it is."""
        self._look_at(self._book.redo())

    def jump(self, name: str) -> None:
        """Show the slice of a measurement and select it."""
        self._look_at(self._book.find(name))
        self._book.select(name)

    def step(self, steps: int) -> None:
        """Jump so many measurements on in the list, around its ends; without a selection to one of its ends."""
        names = [one.id for one in self._book.shown]
        if not names:
            return
        chosen = self._book.selected
        start = names.index(chosen) if chosen in names else (-1 if steps > 0 else 0)
        self.jump(names[(start + steps) % len(names)])

    def _look_at(self, one: Measurement | KeyImage | None) -> None:
        if one is not None:
            self._go_to(one.slice_index)

    def edit_text(self) -> None:
        """Ask for the words of the selected one."""
        one = self._book.find(self._book.selected)
        if one is None:
            return
        asked = Asked(self._session, self.note.emit)
        asked.begin()

        def take(text: str) -> None:
            if asked.still_holds():
                self._set_text(one.id, text)

        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(tr("Text of the measurement"))
        dialog.setLabelText(tr("Text beside the measurement:"))
        dialog.setTextValue(one.text)
        dialog.textValueSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set_text(self, name: str, text: str) -> None:
        one = self._book.find(name)
        if one is not None:
            self._book.replace(one.with_text(" ".join(text.split())[:MAX_TEXT]))

    def export(self) -> None:
        """Ask for a name and save all measurements of the series as CSV."""
        if not self._book.shown:
            self.note.emit("There are no measurements to export.")
            return
        # Of the series that was asked for: another one may be shown when the file is named.
        rows = [(one, self._values_of(one), self._unit(one.slice_index)) for one in self._book.shown]
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export measurements"), "measurements.csv", "CSV (*.csv)"
        )
        path = file_for(name, ".csv", self.note.emit)
        if path is None:
            return
        try:
            atomic.write_text(path, measurement_table.table(rows))
        except CannotWriteError as error:
            self.failed.emit(error)

    # From the mouse

    def _on_drawn(self, kind: Kind, points: Points) -> None:
        header, index = self._header(), self._shown_slice
        reason = self._why_not(kind)
        if header is None or reason:
            self.note.emit(reason)
            return
        name = secrets.token_hex(6)
        self._book.add(Measurement(name, kind, points, header.sop_instance_uid, header.frame, index))
        if kind is Kind.ARROW:
            self.edit_text()

    def _on_reshaped(self, name: str, points: Points) -> None:
        one = self._book.find(name)
        if one is not None:
            self._book.replace(one.with_points(points))

    def _header(self) -> SliceHeader | None:
        series, view = self._session.series, self._session.view
        return None if series is None or view is None else series.slices[view.slice_index]

    def _why_not(self, kind: Kind) -> str:
        series, header, view = self._session.series, self._header(), self._session.view
        if series is None or header is None or view is None:
            return "Open a series first."
        if series.kind is SeriesKind.LOCALIZER and kind is not Kind.ARROW:
            return PROJECTION
        if not header.sop_instance_uid or (header.plane is None and kind is not Kind.ARROW):
            return NO_DISTANCES
        is_read = self._session.hu(view.slice_index) is not None and not self._session.broken(view.slice_index)
        return "" if is_read else NOT_READ

    # What is shown

    def open_page(self, series: Series) -> None:
        """Have the measurements of a series at hand, also of one that only a view beside the active one shows."""
        file = measurement_file.file_of(series)
        found = measurement_file.Found()
        if self._keep and not self._book.has_page(file.name):
            found = measurement_file.load(file)
            if not found.is_writable:
                self._unwritable.add(file)
        self._book.open_page(file.name, series, found=found.measurements)
        self.note.emit(found.note)

    def _on_series(self) -> None:
        series = self._session.series
        self._layer.set_tool(None)
        self.tool_changed.emit()
        self._values.clear()
        self._shown_slice = -1
        self._file = None
        if series is None:
            self._book.close_page()
            return
        file = measurement_file.file_of(series)
        is_new = not self._book.has_page(file.name)
        self.open_page(series)
        self._book.show_page(file.name, series)
        # Named only now: showing what was found is no change to be saved.
        self._file = file
        if not is_new:
            self.refresh()

    def _on_changed(self) -> None:
        kept = set(self._book.shown)
        self._values = {one: values for one, values in self._values.items() if one in kept}
        self._show()
        if self._file is not None and self._keep and self._file not in self._unwritable and self._book.has_unsaved:
            self._save(self._file)

    def _save(self, file: Path) -> None:
        """The measurements into the file; what another window saved of the same series meanwhile stays."""

        def change(found: measurement_file.Found) -> All:
            # Where no file was read nobody took anything away.
            return self._book.joined(found.measurements) if found.is_read else self._book.everything

        try:
            found = measurement_file.update(file, change)
        except CannotWriteError as error:
            self.failed.emit(error)
            return
        if found.note:
            self.note.emit(found.note)
        if not found.is_writable:
            self._unwritable.add(file)
            return
        self._book.take_in(found.measurements if found.is_read else None, saved=change(found))

    def refresh(self) -> None:
        """Show what another window saved of the shown series since this one looked."""
        if self._file is None or not self._keep or self._file in self._unwritable:
            return
        found = measurement_file.load(self._file)
        if found.note:
            self.note.emit(found.note)
        if not found.is_writable:
            self._unwritable.add(self._file)
        if found.is_read:
            self._book.take_in(found.measurements, saved=found.measurements)

    def _on_view(self) -> None:
        view = self._session.view
        index = -1 if view is None else view.slice_index
        if index != self._shown_slice:
            self._shown_slice = index
            # What is being drawn belongs to the slice before.
            self._layer.cancel()
            self._show_marks()

    def _on_slice(self, index: int) -> None:
        if self._book.on_slice(index):
            self._show()

    def _on_volume(self) -> None:
        if self._book.shown:
            self._show()

    def _show(self) -> None:
        rows = tuple(MeasurementRow(one.id, title(one, self._size_of(one))) for one in self._book.shown)
        self._list.set_rows(rows)
        chosen = self._book.find(self._book.selected)
        found = None if chosen is None else self._values_of(chosen).statistics
        self._list.set_selected(self._book.selected, found, "" if chosen is None else self._unit(chosen.slice_index))
        self._show_marks()

    def _show_marks(self) -> None:
        index = self._shown_slice
        marks = tuple(
            Mark(one.id, one.kind, one.points, self._lines(one.kind, self._values_of(one), one.text))
            for one in self._book.on_slice(index)
        )
        self._layer.set_marks(marks, selected=self._book.selected)

    def _words(self, kind: Kind, points: Points, name: str) -> tuple[str, ...]:
        one = self._book.find(name)
        return self._lines(kind, self._measure(kind, points, self._shown_slice), "" if one is None else one.text)

    def _lines(self, kind: Kind, values: Values, text: str) -> tuple[str, ...]:
        return caption(kind, values, text=text, unit=self._unit(self._shown_slice))

    def _unit(self, index: int) -> str:
        series = self._session.series
        return "" if series is None or index < 0 else unit(series, index)

    def _values_of(self, one: Measurement) -> Values:
        values = self._values.get(one)
        if values is None:
            values = self._measure(one.kind, one.points, one.slice_index)
            if self._session.hu(one.slice_index) is not None:
                self._values[one] = values
        return values

    def _size_of(self, one: Measurement) -> Values:
        """Without the pixels, which take long where hundreds of measurements are listed."""
        plane = self._plane(one.slice_index)
        return Values() if plane is None else geometry(one.kind, one.points, plane.spacing_mm)

    def _plane(self, index: int) -> SlicePlane | None:
        series = self._session.series
        return None if series is None or index < 0 else series.slices[index].plane

    def _measure(self, kind: Kind, points: Points, index: int) -> Values:
        plane = self._plane(index)
        if plane is None:
            return Values()
        hu = None if self._session.broken(index) else self._session.hu(index)
        return measured(kind, points, spacing_mm=plane.spacing_mm, hu=hu, padding=self._session.padding(index))
