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

NONE_YET = later("There are no key images yet; K marks the shown slice.")


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
        self._saved: frozenset[KeyImage] = frozenset()
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
            self.open_page(series)
            # Named only now: showing what was found is no change to be saved.
            self._saved, self._series_key = self._book.keys, series.key
        self._show()

    def open_page(self, series: Series) -> None:
        """Have the key images of a series at hand, once there is a page of it."""
        if not self._keep or not self._book.needs_keys(series.key):
            return
        file = study_record.file_of(SHELF, study_record.study_of(series))
        found = study_record.load(SHELF, file)
        if not found.is_writable:
            self._unwritable.add(file)
        mine = frozenset(key for key in found.value or () if key.series_uid == series.series_uid)
        self._book.put_keys(series.key, mine)
        self.trouble.emit(found.note)

    def _on_keys(self) -> None:
        series = self._session.series
        # Another page that is just being shown is no change of this one.
        if series is None or series.key != self._series_key:
            return
        self._show()
        if self._keep and self._file not in self._unwritable and self._book.keys != self._saved:
            self._save(series)

    def _save(self, series: Series) -> None:
        found = study_record.load(SHELF, self._file)
        self.trouble.emit(found.note)
        if not found.is_writable:
            self._unwritable.add(self._file)
            return
        # Those of the study's other series, and what another window has marked meanwhile.
        others = {
            key for key in found.value or () if key.series_uid != series.series_uid or not self._book.is_known_key(key)
        }
        # A slice without an identifier could be found again in any other study.
        mine = {key for key in self._book.keys if key.sop_instance_uid}
        try:
            study_record.save(SHELF, self._file, frozenset(others | mine))
            self._saved = self._book.keys
        except CannotWriteError as error:
            self.failed.emit(error)

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


def small_picture(session: Session, index: int) -> NDArray[np.uint8] | None:
    """A slice of the shown series as gray levels, at most so large as the list shows it; None until it is read."""
    hu, view = session.hu(index), session.view
    if hu is None or view is None:
        return None
    step = max(-(-max(hu.shape) // (2 * PICTURE_PX)), 1)
    return np.ascontiguousarray(view.turn.apply(to_gray(hu[::step, ::step], view.window, inverted=view.inverted)))
