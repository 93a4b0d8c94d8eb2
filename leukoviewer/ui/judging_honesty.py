"""The honesty meter: ties its window to the session and to the work that checks a heatmap."""

from __future__ import annotations

from PySide6.QtCore import QObject

from leukoviewer.core.honesty import Honesty
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.honesty_window import HonestyWindow
from leukoviewer.ui.workflow import Workflow, why_no_heatmap


class JudgingHonesty(QObject):
    """Opens the window, asks for the checks, shows what they say."""

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._workflow = session, workflow
        self.window = HonestyWindow(window)
        self.window.run_asked.connect(workflow.judge)
        self.window.stop_asked.connect(workflow.stop_judging)
        workflow.judging_changed.connect(self.window.set_running)
        workflow.judging_progressed.connect(self.window.set_progress)
        for signal in (session.series_changed, session.volume_changed, session.model_changed, session.result_changed):
            signal.connect(self._show)
        session.trust.changed.connect(self._show)
        self._show()

    def show(self) -> None:
        """Open the window; what was not checked yet is checked now."""
        self.window.show()
        self.window.activateWindow()
        self._show()
        if self._verdict() is None and not self._reason() and not self.window.is_running:
            self._workflow.judge()

    def close(self) -> None:
        """Close the window."""
        self.window.hide()

    def _reason(self) -> str:
        return self._session.with_keys(told(why_no_heatmap(self._session, is_analyzing=False)))

    def _verdict(self) -> Honesty | None:
        result = self._session.result
        return None if result is None else self._session.trust.of(result.series_key, result.package.id)

    def _show(self) -> None:
        honesty, result = self._verdict(), self._session.result
        subject = "" if result is None else tr("Grad-CAM of {} {}").format(result.package.name, result.package.version)
        if honesty is not None and honesty.slices:
            words = tr("{}, slices {}") if len(honesty.slices) > 1 else tr("{}, slice {}")
            subject = words.format(subject, ", ".join(str(index + 1) for index in honesty.slices))
        self.window.show_honesty(subject, honesty, reason=self._reason())
