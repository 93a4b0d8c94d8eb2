"""A picture from the folder while it is searched, where nothing else is shown: the first one stands at once."""

from __future__ import annotations

from PySide6.QtCore import QObject

from leukoviewer.core.volume import Preview
from leukoviewer.core.window import BRAIN
from leukoviewer.display.compose import compose_packed
from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.orientation import radiological
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.workflow import Workflow

WORDS = later("Preview while the folder is searched")


class Previewing(QObject):
    """Shows previews and takes them away; never over a scan that is open, and never one that outlives the search."""

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._shows = False
        workflow.previewed.connect(self._show)
        workflow.opening_changed.connect(self._on_opening)
        session.series_changed.connect(self._forget)

    @property
    def is_shown(self) -> bool:
        """Whether the picture is a preview."""
        return self._shows

    def _show(self, preview: Preview) -> None:
        if self._session.series is not None:
            return
        view = self._window.slice_view
        view.set_geometry(preview.plane, turn=radiological(preview.plane))
        view.set_corner_texts(CornerTexts(top_left=(tr(WORDS),)))
        view.set_notice(None)
        view.set_frame(compose_packed(preview.hu, BRAIN))
        view.reset_view()
        self._shows = True
        self._window.show_reading(True)

    def _on_opening(self, busy: bool) -> None:
        """The search ended without a series: failed, or stopped."""
        if busy or not self._shows or self._session.series is not None:
            return
        self._shows = False
        self._window.slice_view.set_frame(None)
        self._window.slice_view.set_corner_texts(CornerTexts())
        self._window.show_reading(False)

    def _forget(self) -> None:
        if self._session.series is not None:
            self._shows = False
