"""Heatmaps by other methods: ties the choice of the method to the session and to the work that makes them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from leukoviewer.core.progress import Progress
from leukoviewer.ui import navigation
from leukoviewer.ui.language import told
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.workflow import Workflow, why_no_heatmap


class Explaining(QObject):
    """Turns the choice of a method into a request, and shows which method is on the screen or on its way."""

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._workflow = workflow
        self._panel = window.overlay_panel
        choice = self._panel.method_choice
        choice.method_asked.connect(self._on_asked)
        choice.stop_asked.connect(workflow.cancel)
        workflow.analyzing_changed.connect(self._on_running)
        workflow.analysis_progressed.connect(self._on_progress)
        for signal in (
            session.series_changed, session.volume_changed, session.models_changed, session.model_changed,
            session.result_changed, session.heatmap_changed,
        ):  # fmt: skip
            signal.connect(self._show)
        self._show()

    def _on_asked(self, method: str) -> None:
        self._workflow.explain(method)
        # What was refused must not stand there as if it were shown.
        self._show()

    def _on_running(self, _busy: bool) -> None:
        self._panel.set_computing(bool(self._workflow.explaining))
        self._show()

    def _on_progress(self, step: Progress) -> None:
        if self._workflow.explaining:
            self._panel.method_choice.set_progress(step)

    def _show(self) -> None:
        session, model = self._session, self._session.model
        shown = session.explanation
        chosen = "" if shown is None else shown.heatmap_method
        offered = () if model is None else model.heatmaps
        if not chosen and offered:
            chosen = offered[0].key
        reason = session.with_keys(told(why_no_heatmap(session, is_analyzing=self._workflow.is_analyzing)))
        self._panel.method_choice.set_choices(offered, self._workflow.explaining or chosen, reason=reason)
        plane = None if session.series is None else session.series.slices[0].plane
        size = None if shown is None or plane is None else navigation.cell_size_mm(shown, plane.spacing_mm)
        self._panel.set_cell_mm(size, has_heat=shown is None or shown.map_scale > 0)
