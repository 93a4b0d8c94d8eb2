"""The window with what is known of patient, study, series and geometry, as text that can be copied."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.study_text import Section, plain
from leukoviewer.ui.widgets import shades

_SIZE_PX = (680, 700)
_LABEL_PX = 190


class StudyInformation(QDialog):
    """Shows titled lists of facts and stands beside the main window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("studyInformation")
        self.setWindowTitle(tr("Study information"))
        self.resize(shades.scaled_size(self, _SIZE_PX))
        self._sections: tuple[Section, ...] = ()
        self._text = QTextBrowser(self)
        self._text.setAccessibleName(tr("Study information"))
        self._text.setOpenLinks(False)
        column, below = QVBoxLayout(self), QHBoxLayout()
        for text, slot in ((tr("Copy all"), self.copy_all), (tr("Close"), self.close)):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            below.addWidget(button)
        below.insertStretch(1, 1)
        column.addWidget(self._text, 1)
        column.addLayout(below)

    @property
    def text(self) -> str:
        """As it is shown."""
        return self._text.toPlainText()

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Show these; the same again leaves the reader's place and selection alone."""
        if sections != self._sections:
            self._sections = sections
            self._text.setHtml("".join(_html(section) for section in sections))

    def copy_all(self) -> None:
        """Everything as plain text."""
        if self._sections:
            QGuiApplication.clipboard().setText(plain(self._sections))


def _html(section: Section) -> str:
    rows = "".join(
        f"<tr><td width='{round(shades.scaled(_LABEL_PX))}'>{escape(label)}</td><td>{escape(value)}</td></tr>"
        for label, value in section.rows
    )
    return f"<h3>{escape(section.title)}</h3><table cellspacing='2'>{rows}</table>"
