"""The reader's feedback on a result: accept or reject, labels of the patient and of the shown slice, a comment."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from leukoviewer.core.feedback import MAX_COMMENT, Feedback, Label
from leukoviewer.ui.language import later, plural, tr
from leukoviewer.ui.widgets.choice_row import ChoiceRow
from leukoviewer.ui.widgets.key_tips import tell_keys
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

SIGNS = {Label.POSITIVE: "+", Label.NEGATIVE: "\N{MINUS SIGN}", Label.UNSURE: "?"}
WORDS = {Label.POSITIVE: later("positive"), Label.NEGATIVE: later("negative"), Label.UNSURE: later("not decided")}


class FeedbackPanel(QFrame):
    """Shows feedback and asks for changes.

    Signals
    -------
    judged(str), patient_labeled(str), slice_labeled(str)
        The value of :class:`~leukoviewer.core.feedback.Judgment` or :class:`~leukoviewer.core.feedback.Label`; empty
        when the reader takes it away.
    commented(str)
        Another comment.
    """

    judged = Signal(str)
    patient_labeled = Signal(str)
    slice_labeled = Signal(str)
    commented = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leftPanel")
        title = QLabel(tr("Your feedback").upper(), self)
        title.setObjectName("sectionTitle")
        self._source, self._count = WrappedLabel(self), WrappedLabel(self)
        for label in (self._source, self._count):
            label.setObjectName("quiet")
        self.judgment = ChoiceRow(
            tr("Result"),
            (
                ("accepted", tr("Accept"), tr("The result is right")),
                ("rejected", tr("Reject"), tr("The result is wrong")),
            ),
            self,
            can_clear=True,
        )
        self.patient = _labels(tr("Patient"), tr("The patient is {}"), self)
        self.slice = _labels(tr("This slice"), tr("This slice is {}"), self)
        self.comment = QLineEdit(self)
        self.comment.setMaxLength(MAX_COMMENT)
        self.comment.setPlaceholderText(tr("Comment"))
        self.comment.setAccessibleName(tr("Comment on the result"))
        self.comment.setToolTip(tr("A few words on the result; leave names out"))
        self._tell_keys()
        self.judgment.chosen.connect(self.judged)
        self.patient.chosen.connect(self.patient_labeled)
        self.slice.chosen.connect(self.slice_labeled)
        self.comment.editingFinished.connect(self.flush)
        self._lay_out(title)
        self.hide()

    def show_feedback(self, feedback: Feedback, *, package: str, label: Label | None) -> None:
        """Show what was said of a package's result; ``label`` is that of the shown slice."""
        self._source.setText(package)
        self.judgment.set_value("" if feedback.judgment is None else feedback.judgment.value)
        self.patient.set_value("" if feedback.patient is None else feedback.patient.value)
        self.slice.set_value("" if label is None else label.value)
        if not self.comment.isModified():
            self.comment.setText(feedback.comment)
        count = len(feedback.slices)
        self._count.setText(plural(count, "One slice labeled", "{} slices labeled") if count else "")
        self._count.setVisible(bool(count))

    def flush(self) -> None:
        """Tell a comment that is written and not told yet: it belongs to what is shown now."""
        if self.comment.isModified():
            self.comment.setModified(False)
            self.commented.emit(self.comment.text())

    def _tell_keys(self) -> None:
        for value, action in (("accepted", "accept"), ("rejected", "reject")):
            tell_keys(self.judgment.button(value), f"feedback.{action}")
        for label in Label:
            tell_keys(self.slice.button(label.value), f"feedback.slice_{label.value}")
            tell_keys(self.patient.button(label.value), f"feedback.patient_{label.value}")
        tell_keys(self.comment, "feedback.comment")

    def _lay_out(self, title: QLabel) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (words, row) in enumerate(((tr("Patient"), self.patient), (tr("Slice"), self.slice))):
            grid.addWidget(QLabel(words, self), place, 0)
            grid.addWidget(row, place, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(5)
        above: tuple[QWidget, ...] = (title, self._source, self.judgment)
        below: tuple[QWidget, ...] = (self.comment, self._count)
        for widget in above:
            column.addWidget(widget)
        column.addLayout(grid)
        for widget in below:
            column.addWidget(widget)


def _labels(name: str, tip: str, parent: QWidget) -> ChoiceRow:
    """Positive, negative, unsure."""
    choices = [(label.value, SIGNS[label], tip.format(tr(WORDS[label]))) for label in Label]
    return ChoiceRow(name, choices, parent, can_clear=True)
