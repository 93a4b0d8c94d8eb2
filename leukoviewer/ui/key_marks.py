"""Key images: kept with the study, listed with a small picture, shown on slice and ribbon, gone through by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from leukoviewer.core import study_record
from leukoviewer.core.key_images import SHELF, KeyImage
from leukoviewer.core.series import Series
from leukoviewer.display.compose import to_gray
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui import navigation
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.key_image_list import PICTURE_PX, KeyImageRow

NONE_YET = later("There are no key images yet; mark the shown slice (K).")


class KeyMarks(QObject):
    """Ties the key images of the session to the window and to the user's data folder.

    Parameters
    ----------
    go_to : slice index -> None
        Shows a slice.
    keep : bool
        Whether they are read from and written to the user's data folder.

    Signals
    -------
    note(str), trouble(str), failed(object)
        A sentence for the reader; one on a file that cannot be read; an error.
    """

    note = Signal(str)
    trouble = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, window: MainWindow, *, go_to: Callable[[int], None], keep: bool) -> None:
        super().__init__(window)
        self._session, self._book, self._window = session, session.measurements, window
        self._go_to, self._keep = go_to, keep
        self._series_key = ""
        self._file = Path()
        self._unwritable: set[Path] = set()
        window.key_image_list.asked.connect(go_to)
        self._book.keys_changed.connect(self._on_keys)
        session.series_changed.connect(self._on_series)
        session.slice_loaded.connect(self._on_slice)
        session.volume_changed.connect(self._show)

    @property
    def slices(self) -> tuple[int, ...]:
        """Marked slices of the shown series, ascending."""
        series = self._session.series
        return () if series is None else self._session.key_images.of(series.key)

    def step(self, *, forward: bool) -> None:
        """Go to the next key image toward the feet, or toward the head; round at the ends."""
        view, marked = self._session.view, self.slices
        found = None if view is None else navigation.next_suspicious(marked, view.slice_index, forward=forward)
        if found is None:
            self.note.emit(tr(NONE_YET))
        else:
            self._go_to(found)

    def handlers(self) -> dict[str, Handler]:
        """What the actions do, by their names."""
        return {"key.next": lambda: self.step(forward=True), "key.previous": lambda: self.step(forward=False)}

    # Kept with the study

    def _on_series(self) -> None:
        series = self._session.series
        self._series_key = ""
        if series is not None:
            self._file = study_record.file_of(SHELF, study_record.study_of(series))
            is_new = self._book.needs_keys(series.key)
            self.open_page(series)
            # Named only now: showing what was found is no change to be saved.
            self._series_key = series.key
            if not is_new:
                self.refresh()
        self._show()

    def open_page(self, series: Series) -> None:
        """Have the key images of a series at hand, once there is a page of it."""
        if not self._keep or not self._book.needs_keys(series.key):
            return
        file = study_record.file_of(SHELF, study_record.study_of(series))
        found = study_record.load(SHELF, file)
        if not found.is_writable:
            self._unwritable.add(file)
        self._book.put_keys(series.key, _of_series(found.value or frozenset(), series.series_uid))
        self.trouble.emit(found.note)

    def _on_keys(self) -> None:
        series = self._session.series
        # Another page that is just being shown is no change of this one.
        if series is None or series.key != self._series_key:
            return
        self._show()
        if self._keep and self._file not in self._unwritable and self._book.has_unsaved_keys:
            self._save(series.series_uid)

    def _save(self, series_uid: str) -> None:
        """Beside those of the study's other series; what another window marked meanwhile stays."""
        theirs: frozenset[KeyImage] | None = None

        def change(found: frozenset[KeyImage] | None) -> frozenset[KeyImage]:
            nonlocal theirs
            theirs = None if found is None else _of_series(found, series_uid)
            now = self._book.keys if theirs is None else self._book.joined_keys(theirs)
            others = (found or frozenset()) - (theirs or frozenset())
            # A slice without an identifier could be found again in any other study.
            return others | {key for key in now if key.sop_instance_uid}

        try:
            now = study_record.update(SHELF, self._file, change)
        except CannotWriteError as error:
            self.failed.emit(error)
            return
        self._tell(now)
        if now.value is not None:
            self._book.take_in_keys(theirs, saved=_of_series(now.value, series_uid))

    def refresh(self) -> None:
        """Show what another window marked in the shown series since this one looked."""
        series = self._session.series
        if series is None or not self._keep or self._file in self._unwritable or series.key != self._series_key:
            return
        found = study_record.load(SHELF, self._file)
        self._tell(found)
        if found.value is not None:
            theirs = _of_series(found.value, series.series_uid)
            self._book.take_in_keys(theirs, saved=theirs)

    def _tell(self, found: study_record.Found[frozenset[KeyImage]]) -> None:
        self.trouble.emit(found.note)
        if not found.is_writable:
            self._unwritable.add(self._file)

    # What is shown

    def _on_slice(self, index: int) -> None:
        if index in self.slices:
            self._show()

    def _show(self) -> None:
        self._window.ribbon.set_keys(self.slices)
        self._window.key_image_list.set_rows(tuple(self._row(index) for index in self.slices))

    def _row(self, index: int) -> KeyImageRow:
        series = self._session.series
        position = None if series is None else series.position_mm[index]
        return KeyImageRow(index, position, small_picture(self._session, index))


def _of_series(keys: frozenset[KeyImage], series_uid: str) -> frozenset[KeyImage]:
    return frozenset(key for key in keys if key.series_uid == series_uid)


def small_picture(session: Session, index: int) -> NDArray[np.uint8] | None:
    """A slice of the shown series as gray levels, at most so large as the list shows it; None until it is read."""
    hu, view = session.hu(index), session.view
    if hu is None or view is None:
        return None
    step = max(-(-max(hu.shape) // (2 * PICTURE_PX)), 1)
    return np.ascontiguousarray(view.turn.apply(to_gray(hu[::step, ::step], view.window, inverted=view.inverted)))
