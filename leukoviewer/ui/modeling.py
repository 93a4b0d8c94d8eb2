"""Running models and reading their results; ties model panel, findings and ribbon rows to the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.progress import Progress
from leukoviewer.core.results import Analysis
from leukoviewer.ui import findings_text, navigation
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import Cutoffs
from leukoviewer.ui.widgets.ribbon_painter import RibbonRow
from leukoviewer.ui.workflow import Workflow, no_result, why_not


class Modeling(QObject):
    """Turns the reader's wishes about models into requests, and shows what comes back.

    Signals
    -------
    note(str)
        One sentence for the reader.
    """

    note = Signal(str)

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._workflow = workflow
        self._window = window
        panel, findings, ribbon = window.model_panel, window.findings, window.ribbon
        panel.model_asked.connect(session.choose_model)
        panel.device_asked.connect(session.set_device)
        panel.run_asked.connect(workflow.analyze)
        panel.stop_asked.connect(workflow.cancel)
        findings.cutoffs_asked.connect(session.set_cutoffs)
        findings.reset_asked.connect(session.reset_cutoffs)
        ribbon.threshold_moved.connect(self._on_threshold)
        ribbon.row_chosen.connect(self._on_row)
        workflow.analyzing_changed.connect(self._on_running)
        workflow.analysis_progressed.connect(self._on_progress)
        for signal in (session.models_changed, session.model_changed):
            signal.connect(self._show_models)
        session.device_changed.connect(lambda: panel.set_device(session.device))
        for signal in (session.series_changed, session.volume_changed, session.model_changed):
            signal.connect(self._show_reason)
        for signal in (session.result_changed, session.cutoffs_changed, session.volume_changed):
            signal.connect(self._show_result)
        for signal in (session.view_changed, session.heatmap_changed, session.trust.changed):
            signal.connect(self._show_findings)
        panel.set_device(session.device)

    def go_to_suspicious(self, *, forward: bool) -> None:
        """The next or previous slice at or above the threshold."""
        result, cutoffs, view = self._session.result, self._session.cutoffs, self._session.view
        if result is None or cutoffs is None or view is None:
            self.note.emit(no_result(self._session))
            return
        positive = navigation.positive_slices(result.by_native(), cutoffs.slice_threshold)
        found = navigation.next_suspicious(positive, view.slice_index, forward=forward)
        if found is None:
            self.note.emit(f"No slice reaches the threshold of {cutoffs.slice_threshold:.2f}.")
        else:
            self._session.set_view(view.with_slice(found))

    # What the reader moves

    def _on_threshold(self, threshold: float) -> None:
        cutoffs = self._session.cutoffs
        if cutoffs is not None:
            self._session.set_cutoffs(Cutoffs(threshold, cutoffs.needed))

    def _on_row(self, number: int) -> None:
        results = self._session.results_of_series()
        if number < len(results):
            self._session.choose_model(results[number].package.id)

    # What is shown

    def _on_running(self, _busy: bool) -> None:
        # The same lane makes heatmaps by other methods; those are told beside their choice.
        self._window.model_panel.set_running(self._workflow.is_analyzing)
        self._show_reason()

    def _on_progress(self, step: Progress) -> None:
        if self._workflow.is_analyzing:
            self._window.model_panel.set_progress(step)

    def _show_models(self) -> None:
        model = self._session.model
        self._window.model_panel.set_models(self._session.models, "" if model is None else model.id)

    def _show_reason(self) -> None:
        reason = why_not(self._session)
        self._window.model_panel.set_reason(told(reason), has_result=self._session.result is not None)
        hint = tr("Run the model to see a score for each slice")
        if self._session.series is not None:
            sealed = no_result(self._session) if self._session.has_sealed_result else ""
            hint = self._session.with_keys(told(reason or self._session.refusal or sealed)) or hint
        self._window.ribbon.set_hint(tr("The model is running …") if self._workflow.is_analyzing else hint)

    def _show_result(self) -> None:
        session = self._session
        result, results = session.result, session.results_of_series()
        rows = [ribbon_row(one, session.cutoffs_of(one)) for one in results]
        active = next((number for number, one in enumerate(results) if one is result), 0)
        self._window.ribbon.set_rows(rows, active=active)
        self._show_reason()
        self._show_findings()

    def _show_findings(self) -> None:
        session = self._session
        self._window.findings.set_text(findings_text.text_of(session))
        result, cutoffs = session.result, session.cutoffs
        own = None if result is None else Cutoffs(result.slice_threshold, result.vote_needed)
        scored = 0 if result is None else len(result.scores)
        self._window.findings.set_cutoffs(cutoffs, scored=scored, moved=cutoffs != own, own=own)


def ribbon_row(result: Analysis, cutoffs: Cutoffs) -> RibbonRow:
    """A result as a row of the ribbon, with the reader's threshold and the package's own."""
    mapping = result.mapping
    stack: list[int | None] = [None] * mapping.native_shape[0]
    for place, group in enumerate(mapping.native):
        for index in group:
            stack[index] = place
    return RibbonRow(
        f"{result.package.name} {result.package.version}",
        result.by_native(),
        cutoffs.slice_threshold,
        own=result.slice_threshold,
        stack=tuple(stack),
        stack_count=mapping.stack_shape[0],
    )
