"""The real window for benchmarks: opened without a display, driven by the program's own session and lanes."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from leukoviewer import app
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.slice_view import SliceView

SIZE_PX = (1400, 1000)
PATIENCE_S = 300.0
_ALARM_MS = 50


@contextmanager
def viewer_window() -> Generator[Viewer, None, None]:
    """A shown window with the program's own tasks; it reads and writes no settings of the user."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as home, mock.patch.dict(os.environ, {"LEUKOVIEWER_HOME": home}):
        viewer = Viewer(app._tasks(), SettingsStore(Settings(notice_accepted=NOTICE_VERSION), keep=False))
        viewer.window.resize(*SIZE_PX)
        viewer.window.show()
        viewer.begin(None)
        until(lambda: viewer.workflow.is_idle)
        try:
            yield viewer
        finally:
            viewer.close()
            viewer.window.deleteLater()
            viewer.deleteLater()
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def until(reached: Callable[[], bool]) -> None:
    """Let the window work until something is so.

    Raises
    ------
    TimeoutError
        It did not come.
    """
    begun = time.monotonic()
    # Asleep while nothing happens, as the program's own loop is: a loop that only asks would take the lanes' time.
    alarm = QTimer(interval=_ALARM_MS)
    alarm.start()
    while not reached():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() - begun > PATIENCE_S:
            raise TimeoutError("the window did not get there")
    alarm.stop()


class PaintWatch:
    """When the slice view had been painted with a picture for the first time since :meth:`arm`."""

    def __init__(self, viewer: Viewer) -> None:
        self._view = viewer.window.slice_view
        self.painted_at: float | None = None
        self.frames = 0

    @contextmanager
    def watching(self) -> Generator[PaintWatch, None, None]:
        """Look at each paint event as long as the block runs."""
        paint = SliceView.paintEvent

        def noted(view: SliceView, event: QPaintEvent) -> None:
            paint(view, event)
            if view is self._view and view._image is not None:
                self.frames += 1
                self.painted_at = self.painted_at or time.perf_counter()

        with mock.patch.object(SliceView, "paintEvent", noted):
            yield self

    def arm(self) -> None:
        """Wait for the next picture; the one that is shown goes."""
        self._view.set_frame(None)
        QCoreApplication.processEvents()
        self.painted_at = None


def open_folder(viewer: Viewer, watch: PaintWatch, folder: Path) -> tuple[float, float]:
    """Open a folder as the reader does; seconds to the first picture on the screen and to the whole series."""
    done: list[float] = []

    def note() -> None:
        if viewer.session.volume is not None:
            done.append(time.perf_counter())

    watch.arm()
    viewer.session.volume_changed.connect(note)
    began = time.perf_counter()
    viewer.opening.open(folder)
    until(lambda: bool(done) and watch.painted_at is not None)
    viewer.session.volume_changed.disconnect(note)
    until(lambda: viewer.workflow.is_idle)
    return (watch.painted_at or done[0]) - began, done[0] - began
