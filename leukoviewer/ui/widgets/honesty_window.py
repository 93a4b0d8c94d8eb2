"""The window of the honesty meter: may the heatmap of this case be trusted, and on what numbers that rests."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from leukoviewer.core.honesty import Check, Finding, Honesty
from leukoviewer.core.progress import Progress
from leukoviewer.ui import honesty_words
from leukoviewer.ui.language import later, told, tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

_WIDTH_PX = 560
_NAMES = {
    Check.REPEATABILITY: later("Repeatability"),
    Check.DELETION: later("Deletion"),
    Check.RANDOMIZATION: later("Random weights"),
}
EXPLANATION = (
    "Checked are the slices where the model is surest. The slices are moved a little and mirrored: the heatmap must "
    "move with them. The hot region is painted over: the score must fall more than without other regions of the same "
    "size. The model's weights are shuffled: the heatmap must become another one. A heatmap that passes may still be "
    "wrong."
)


class HonestyWindow(QDialog):
    """Shows a verdict with its numbers, or the way to it.

    Signals
    -------
    run_asked()
        Check the shown result's heatmap.
    stop_asked()
        Stop checking.
    """

    run_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("honesty")
        self.setWindowTitle(tr("Honesty of the heatmap"))
        self.setMinimumWidth(round(shades.scaled(_WIDTH_PX)))
        self._subject, self._verdict, self._explanation = (WrappedLabel(self) for _ in range(3))
        self._subject.setObjectName("quiet")
        self._verdict.setObjectName("honestyVerdict")
        self._explanation.setObjectName("quiet")
        self._explanation.setText(told(EXPLANATION))
        self._details = QLabel(self)
        self._details.setTextFormat(Qt.TextFormat.RichText)
        self._details.setWordWrap(True)
        for label in (self._verdict, self._details):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress = QProgressBar(self)
        self._progress.setAccessibleName(tr("Progress of the checks"))
        self._run = self._button(
            tr("Check"), tr("Check the heatmap of the shown result; this takes about as long as two runs")
        )
        self._stop = self._button(tr("Stop"), tr("Stop checking (Esc)"))
        self._run.clicked.connect(self.run_asked)
        self._stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout()
        row.addWidget(self._progress, 1)
        row.addWidget(self._stop)
        row.addWidget(self._run)
        self._column = column = QVBoxLayout(self)
        for widget in (self._subject, self._verdict, self._details, self._explanation):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(row)
        self.set_running(False)

    @property
    def verdict(self) -> str:
        """The verdict in words."""
        return self._verdict.text()

    @property
    def details(self) -> str:
        """The checks with their numbers, with markup."""
        return self._details.text()

    @property
    def is_running(self) -> bool:
        """Whether it shows progress."""
        return not self._stop.isHidden()

    def show_honesty(self, subject: str, honesty: Honesty | None, *, reason: str) -> None:
        """Show a verdict, or that there is none; ``reason`` why nothing can be checked now."""
        self._subject.setText(subject)
        verdict = honesty_words.verdict(honesty) if honesty is not None else told(reason) or tr("Not checked yet.")
        self._verdict.setText(verdict)
        kind = "" if honesty is None or not honesty.findings else "fine" if honesty.is_trustworthy else "warning"
        if self._verdict.property("kind") != kind:
            self._verdict.setProperty("kind", kind)
            self._verdict.style().polish(self._verdict)
        self._details.setText("" if honesty is None else "".join(_html(finding) for finding in honesty.findings))
        self._details.setVisible(bool(self._details.text()))
        # A window that stands does not grow with its words by itself.
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))
        self._run.setEnabled(not reason)
        self._run.setText(tr("Check") if honesty is None else tr("Check again"))

    def set_running(self, running: bool) -> None:
        """Progress and the button to stop, or the button to begin."""
        self._progress.setVisible(running)
        self._progress.setRange(0, 0)
        self._stop.setVisible(running)
        self._run.setVisible(not running)

    def set_progress(self, step: Progress) -> None:
        """How far it is."""
        self._progress.setRange(0, step.total)
        self._progress.setValue(step.done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops first, and closes then."""
        if Qt.Key(event.key()) is Qt.Key.Key_Escape and self.is_running:
            self.stop_asked.emit()
        else:
            super().keyPressEvent(event)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button


def _html(finding: Finding) -> str:
    sign = {True: "✓", False: "⚠", None: "?"}[finding.passed]
    rows = "".join(
        f"<tr><td width='300'>{escape(told(name))}</td><td align='right'>{value:.2f}</td></tr>"
        for name, value in finding.numbers
    )
    table = f"<table cellspacing='1'>{rows}</table>" if rows else ""
    return f"<p>{sign} <b>{tr(_NAMES[finding.check])}</b>: {escape(told(finding.sentence))}</p>{table}"
