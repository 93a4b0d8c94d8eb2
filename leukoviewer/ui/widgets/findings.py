"""What the model says: score of this slice, the patient's vote with movable limits, warnings, what it is not for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from leukoviewer.ui.language import later, told, tr
from leukoviewer.ui.values import Cutoffs
from leukoviewer.ui.widgets.key_tips import tell_keys
from leukoviewer.ui.widgets.marked_slider import MarkedSlider
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

SLICE_THRESHOLD, YOUR_THRESHOLD = later("Slice threshold"), later("Your threshold")
RESEARCH_LINE = "Research use: no replacement for the clinician's complete review."


@dataclass(frozen=True, slots=True)
class FindingsText:
    """Everything the panel says.

    Attributes
    ----------
    slice_line : str
        Score of the shown slice, or why it has none.
    slice_positive : bool
        Whether the shown slice is at or above the threshold.
    has_score : bool
        Whether ``slice_line`` tells a score; otherwise it is written quietly.
    vote_line : str
        The vote in words; empty without a result.
    vote_positive : bool
        The verdict.
    patient_line : str
        The patient's calibrated probability and on what it was calibrated; empty where the package brings none.
    source_line : str
        Which package said it, with version and training data, engine and time.
    warnings : tuple of str
        What must be known beside the score.
    """

    slice_line: str = ""
    slice_positive: bool = False
    has_score: bool = False
    vote_line: str = ""
    vote_positive: bool = False
    patient_line: str = ""
    source_line: str = ""
    warnings: tuple[str, ...] = ()


class Findings(QWidget):
    """Shows a result and lets its limits be moved.

    Signals
    -------
    cutoffs_asked(object)
        :class:`~leukoviewer.ui.values.Cutoffs` moved by the reader.
    reset_asked()
        Back to the package's own limits.
    """

    cutoffs_asked = Signal(object)
    reset_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slice, self._vote = self._label("sliceLine"), self._label("voteLine")
        self._source, self._warnings = self._label("quiet"), self._label("warnings")
        self._patient, self._threshold_name = self._label("patientLine"), QLabel(tr(SLICE_THRESHOLD), self)
        self._threshold = MarkedSlider(Qt.Orientation.Horizontal, self)
        self._threshold.setRange(0, 100)
        self._threshold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._threshold.setAccessibleName(tr("Slice threshold"))
        self._threshold.setToolTip(tr("A slice is positive at or above this score"))
        self._threshold_text = QLabel(self)
        self._threshold_text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._threshold_text.setMinimumWidth(self._threshold_text.fontMetrics().horizontalAdvance("0.000"))
        self._needed = QSpinBox(self)
        self._needed.setAccessibleName(tr("Slices needed"))
        self._needed.setToolTip(tr("The patient is positive with more positive slices than this"))
        self._needed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._needed.lineEdit().returnPressed.connect(self._needed.clearFocus)
        self._reset = QToolButton(self)
        self._reset.setText(tr("Reset"))
        self._reset.setToolTip(tr("Back to the limits of the model package"))
        tell_keys(self._reset, "model.reset_limits")
        self._reset.setAccessibleName(tr("Back to the package's own limits"))
        self._limits = QWidget(self)
        self._cutoffs = Cutoffs(0.5, 0)
        # The limit that is not moved keeps its exact value: the slider shows hundredths only.
        self._threshold.valueChanged.connect(lambda value: self._ask(Cutoffs(value / 100, self._cutoffs.needed)))
        self._needed.valueChanged.connect(lambda value: self._ask(Cutoffs(self._cutoffs.slice_threshold, value)))
        self._reset.clicked.connect(self.reset_asked)
        self._lay_out()
        self.set_text(FindingsText(tr("No result yet: choose a model and run it.")))
        self.set_cutoffs(None, scored=0, moved=False)

    def set_text(self, text: FindingsText) -> None:
        """Say this."""
        tone = "positive" if text.slice_positive else "score" if text.has_score else "quiet"
        _say(self._slice, text.slice_line, tone)
        _say(self._vote, text.vote_line, "positive" if text.vote_positive else "negative")
        _say(self._patient, text.patient_line, "score")
        self._source.setText(text.source_line)
        self._source.setVisible(bool(text.source_line))
        self._warnings.setText("\n".join(f"⚠ {told(warning)}" for warning in text.warnings))
        self._warnings.setVisible(bool(text.warnings))

    def set_cutoffs(self, cutoffs: Cutoffs | None, *, scored: int, moved: bool, own: Cutoffs | None = None) -> None:
        """Show the limits in use, None to hide them; ``moved`` when they are not ``own``, those of the package."""
        self._limits.setVisible(cutoffs is not None)
        self._reset.setEnabled(moved)
        is_yours = own is not None and cutoffs is not None and own.slice_threshold != cutoffs.slice_threshold
        self._threshold_name.setText(tr(YOUR_THRESHOLD if is_yours else SLICE_THRESHOLD))
        self._threshold.set_mark(None if own is None else round(own.slice_threshold * 100))
        if cutoffs is None:
            return
        self._cutoffs = cutoffs
        for control in (self._threshold, self._needed):
            control.blockSignals(True)
        self._threshold.setValue(round(cutoffs.slice_threshold * 100))
        self._needed.setRange(0, max(scored, cutoffs.needed))
        self._needed.setValue(cutoffs.needed)
        for control in (self._threshold, self._needed):
            control.blockSignals(False)
        whole = round(cutoffs.slice_threshold, 2) == cutoffs.slice_threshold
        self._threshold_text.setText(f"{cutoffs.slice_threshold:.{2 if whole else 3}f}")

    def _ask(self, cutoffs: Cutoffs) -> None:
        self.cutoffs_asked.emit(cutoffs)

    def _label(self, name: str) -> QLabel:
        label = WrappedLabel(self)
        label.setObjectName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self) -> None:
        grid = QGridLayout(self._limits)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._threshold_name, 0, 0)
        grid.addWidget(self._threshold, 0, 1)
        grid.addWidget(self._threshold_text, 0, 2)
        grid.addWidget(QLabel(tr("More than"), self._limits), 1, 0)
        row = QHBoxLayout()
        row.addWidget(self._needed)
        row.addWidget(QLabel(tr("slices"), self._limits))
        row.addStretch(1)
        row.addWidget(self._reset)
        grid.addLayout(row, 1, 1, 1, 2)
        research = self._label("research")
        research.setText(tr(RESEARCH_LINE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._slice, self._vote, self._patient, self._limits, self._warnings, self._source, research):
            column.addWidget(widget)


def _say(label: QLabel, line: str, tone: str) -> None:
    """Write a line in a tone of the style sheet; no line, no label."""
    label.setText(line)
    label.setVisible(bool(line))
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        label.style().polish(label)
    # The font may have changed with the tone: the height of wrapped text is not asked for again otherwise.
    label.updateGeometry()
