"""The notice at the first start: what the program is for, and what it is not for; later also what it is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from leukoviewer import about
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades

_PARAGRAPHS = (
    "<b>LeukoViewer shows head CT scans and what trained networks say of them about leukoencephalopathy.</b>",
    "It is made for research. It is <b>not a medical device and not for diagnosis</b>. Its output is no replacement "
    "for the clinician's complete review of the images.",
    "The bundled models were trained on <b>simulated patients</b>. Their scores are scores, not probabilities of "
    "disease. A heatmap shows where a network's score came from, coarsely, and not where a lesion ends.",
    "Wrong results of such programs are known to mislead readers. Read the scan first.",
)


class NoticeDialog(QDialog):
    """Shows the notice; accepted once, readable again from the Help menu.

    Parameters
    ----------
    parent : QWidget, optional
        The main window.
    to_accept : bool
        With buttons to accept or leave; otherwise with one to close, and with versions and licenses.
    """

    def __init__(self, parent: QWidget | None = None, *, to_accept: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("LeukoViewer: intended use"))
        self.setObjectName("notice")
        self.setModal(True)
        paragraphs = _PARAGRAPHS if to_accept else (*_PARAGRAPHS, *_made_of())
        label = QLabel("".join(f"<p>{tr(paragraph)}</p>" for paragraph in paragraphs), self)
        label.setOpenExternalLinks(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setMinimumWidth(round(shades.scaled(460)))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        buttons = QDialogButtonBox(self)
        if to_accept:
            accept = QPushButton(tr("I understand"), self)
            accept.setObjectName("primary")
            buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
            buttons.addButton(tr("Quit"), QDialogButtonBox.ButtonRole.RejectRole)
        else:
            buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(label)
        column.addWidget(buttons)


def _made_of() -> tuple[str, str]:
    """Versions to copy into a report, and where the licenses are."""
    versions = ", ".join(f"{name}&nbsp;{version}" for name, version in about.versions())
    address = QUrl.fromLocalFile(str(about.notices())).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    licenses = tr(
        "LeukoViewer is under the Apache License 2.0. It uses Qt under the LGPL 3.0, as libraries of their own that "
        'may be replaced. <a href="{}">All parts and their licenses</a>'
    )
    return versions, licenses.format(address)
