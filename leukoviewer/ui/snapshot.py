"""The window as a picture: now, or after opening, loading, running the model and going to a slice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QEventLoop, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from leukoviewer import atomic
from leukoviewer.errors import LeukoError, RefusedError, UsageError
from leukoviewer.ui.workflow import why_not

if TYPE_CHECKING:
    from leukoviewer.ui.viewer import Viewer

SIZE_PX = (1440, 900)


_MOST_LAYOUT_ROUNDS = 10
# A picture counts when it is the same after so long; so often it is looked at again.
_STILL_MS = 80
_LOOKS = 25


def png_of(widget: QWidget) -> bytes:
    """A widget as it looks now, its layouts settled, as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _settled(widget).save(buffer, "PNG")
    return bytes(buffer.data().data())


def _settled(widget: QWidget) -> QPixmap:
    """The picture once it stays the same: texts that wrap get their height only in a later round of the layouts."""
    picture = widget.grab()
    for _ in range(_MOST_LAYOUT_ROUNDS):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        before, picture = picture, widget.grab()
        if picture.toImage() == before.toImage():
            break
    return picture


@dataclass(frozen=True, slots=True)
class SnapshotPlan:
    """What to do before the picture is taken.

    Attributes
    ----------
    file : Path or None
        The PNG to write; None to leave the window open instead.
    analyze : bool
        Run the chosen model.
    slice_number : int or None
        Slice to go to, from 1 at the vertex; without it the most suspicious one after a run, else the middle one.
    """

    file: Path | None
    analyze: bool = False
    slice_number: int | None = None


class Snapshot(QObject):
    """Carries a plan out step by step as the workflow tells that a step is done.

    Signals
    -------
    finished(object)
        None when all went well, else the error; the picture is written in either case if there is one to show.
    """

    finished = Signal(object)

    def __init__(self, viewer: Viewer, plan: SnapshotPlan) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._plan = plan
        self._has_run = False
        self._is_done = False
        self._error: LeukoError | None = None
        workflow = viewer.workflow
        workflow.loaded.connect(self._go_on)
        workflow.models_listed.connect(self._go_on)
        workflow.analyzed.connect(lambda: self._end(None))
        workflow.failed.connect(self._end)
        workflow.became_idle.connect(self._take)

    def _go_on(self) -> None:
        """Run the model as soon as both the series and the list of models are there."""
        session = self._viewer.session
        if self._is_done or self._has_run or session.volume is None or not session.are_models_known:
            return
        self._has_run = True
        if not self._plan.analyze:
            self._end(None)
            return
        reason = why_not(session)
        if not reason:
            self._viewer.workflow.analyze()
            return
        is_refused = session.series is not None and not session.series.is_volume
        self._end(RefusedError(reason) if is_refused else LeukoError(reason))

    def _end(self, error: LeukoError | None) -> None:
        """Nothing more is to be done; the picture waits until the small pictures of the list are made too."""
        if self._is_done:
            return
        self._is_done = True
        self._error = self._go_to_slice() or error
        if self._plan.file is None:
            self.finished.emit(self._error)
        else:
            self._look_again()

    def _look_again(self) -> None:
        """Take the picture once nothing is under way; looked at by the clock too, so that no missed signal hangs it."""
        if self._viewer.workflow.is_idle:
            QTimer.singleShot(0, self, self._take)
        else:
            QTimer.singleShot(100, self, self._look_again)

    def _go_to_slice(self) -> LeukoError | None:
        session, number = self._viewer.session, self._plan.slice_number
        view, result = session.view, session.result
        if view is None:
            return None
        if number is not None and not 1 <= number <= view.slice_count:
            return UsageError(f"There is no slice {number}; this series has slices 1 to {view.slice_count}.")
        if number is not None:
            session.set_view(view.with_slice(number - 1))
        elif result is not None and result.scores and self._plan.file is not None:
            best = max(result.scores, key=lambda score: score.score)
            session.set_view(view.with_slice(best.native[len(best.native) // 2]))
        return None

    def _take(self) -> None:
        """Take the picture, once."""
        file = self._plan.file
        if not self._is_done or file is None:
            return
        self._plan = replace(self._plan, file=None)
        if self._viewer.session.view is None or isinstance(self._error, UsageError):
            self.finished.emit(self._error)
            return
        focused = self._viewer.window.focusWidget()
        if focused is not None:
            focused.clearFocus()  # a blinking text cursor would come and go between two pictures
        self._settle(file, b"", _LOOKS)

    def _settle(self, file: Path, before: bytes, looks: int) -> None:
        """Write the picture when it stays the same: what is drawn a moment later, by a timer, belongs to it."""
        picture = png_of(self._viewer.window)
        if picture != before and looks > 0:
            QTimer.singleShot(_STILL_MS, self, lambda: self._settle(file, picture, looks - 1))
            return
        error = self._error
        try:
            atomic.write_bytes(file, picture)
        except LeukoError as failure:
            error = failure
        self.finished.emit(error)
