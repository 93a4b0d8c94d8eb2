"""The reader's own opinion: asked for while the model's result is sealed, kept in sight when it is open."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets.choice_row import ChoiceRow
from leukoviewer.ui.widgets.key_tips import tell_keys
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True, slots=True)
class OpinionText:
    """What the panel shows.

    Attributes
    ----------
    case : str
        Whose opinion it is; what is chosen and not noted yet stays as long as it is the same one.
    state : str
        A sentence on the seal.
    noted : str
        The opinion or opinions that are noted; empty before the first.
    answer, confidence : str
        What is chosen at first in the form; empty for nothing.
    """

    case: str = ""
    state: str = ""
    noted: str = ""
    answer: str = ""
    confidence: str = ""


class OpinionPanel(QWidget):
    """Asks for an answer and how sure the reader is of it.

    Signals
    -------
    noted(str, int)
        Answer (``yes``, ``no``, ``unsure``) and confidence (1 to 5).
    """

    noted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._told = WrappedLabel(self), WrappedLabel(self)
        self._state.setObjectName("quiet")
        self._form, self._summary = QWidget(self), QWidget(self)
        question = tr("Leukoencephalopathy")
        self.answers = ChoiceRow(
            question,
            (
                ("yes", tr("Yes"), tr("The patient has leukoencephalopathy")),
                ("no", tr("No"), tr("The patient has none")),
                ("unsure", tr("Unsure"), tr("These images do not decide it for you")),
            ),
            self._form,
        )
        tips = (tr("Hardly sure"), tr("A little sure"), tr("Rather sure"), tr("Quite sure"), tr("Wholly sure"))
        self.confidences = ChoiceRow(
            tr("Confidence"), [(str(i), str(i), f"{i}: {tip}") for i, tip in enumerate(tips, start=1)], self._form
        )
        self.note_button = QPushButton(self._form)
        self.note_button.setObjectName("primary")
        self.note_button.setAccessibleName(tr("Note your opinion"))
        self.cancel_button = QPushButton(tr("Cancel"), self._form)
        self.cancel_button.setAccessibleName(tr("Keep the opinion as it is"))
        self.cancel_button.setToolTip(tr("Keep the opinion as it is"))
        self.change_button = QPushButton(tr("Change"), self._summary)
        self.change_button.setAccessibleName(tr("Change your opinion"))
        self.change_button.setToolTip(tr("Note another opinion; the first one is kept beside it"))
        for row in (self.answers, self.confidences):
            row.chosen.connect(self._on_chosen)
        self.note_button.clicked.connect(self._on_note)
        tell_keys(self.change_button, "reader.note")
        self.change_button.clicked.connect(self.ask)
        self.cancel_button.clicked.connect(self._on_cancel)
        self._is_asked = False
        self._text = OpinionText()
        self._lay_out(question)
        self.show_text(self._text)

    def show_text(self, text: OpinionText) -> None:
        """Show this; the form is open as long as nothing is noted, and while a change is asked for."""
        before, self._text = self._text, text
        self._state.setText(text.state)
        self._state.setVisible(bool(text.state))
        self._told.setText(text.noted)
        if (text.case, text.noted) != (before.case, before.noted):
            self._is_asked = False
            self.answers.set_value(text.answer)
            self.confidences.set_value(text.confidence)
        self._fit()

    def ask(self) -> None:
        """Open the form, with the keyboard in it."""
        self._is_asked = True
        self._fit()
        self.answers.focus()

    @property
    def is_asking(self) -> bool:
        """Whether the form is open."""
        return not self._form.isHidden()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return notes what is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.note_button.isEnabled() and self.is_asking:
            self._on_note()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        is_first = not self._text.noted
        self._form.setVisible(is_first or self._is_asked)
        self._summary.setVisible(not is_first and not self._is_asked)
        self.cancel_button.setVisible(not is_first)
        self.note_button.setText(tr("Note and open the result") if is_first else tr("Note the change"))
        self._on_chosen()

    def _on_chosen(self, _value: str = "") -> None:
        ready = bool(self.answers.value and self.confidences.value)
        self.note_button.setEnabled(ready)
        self.note_button.setToolTip(
            tr("Keep this opinion with its time (Return)") if ready else tr("Choose an answer and a confidence first")
        )

    def _on_cancel(self) -> None:
        self._is_asked = False
        self.answers.set_value(self._text.answer)
        self.confidences.set_value(self._text.confidence)
        self._fit()

    def _on_note(self) -> None:
        self._is_asked = False
        self.noted.emit(self.answers.value, int(self.confidences.value))
        self._fit()

    def _lay_out(self, question: str) -> None:
        form = QGridLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addWidget(QLabel(f"{question}?", self._form), 0, 0, 1, 2)
        form.addWidget(self.answers, 1, 0, 1, 2)
        form.addWidget(QLabel(tr("Confidence"), self._form), 2, 0)
        form.addWidget(self.confidences, 2, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note_button, 1)
        buttons.addWidget(self.cancel_button)
        form.addLayout(buttons, 3, 0, 1, 2)
        form.setColumnStretch(1, 1)
        summary = QHBoxLayout(self._summary)
        summary.setContentsMargins(0, 0, 0, 0)
        summary.addWidget(self._told, 1)
        summary.addWidget(self.change_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._state, self._form, self._summary):
            column.addWidget(widget)
