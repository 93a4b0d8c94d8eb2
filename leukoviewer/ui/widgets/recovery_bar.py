"""The bar that offers what was open when the program ended without a word; everything else can be used meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from leukoviewer.ui.language import tr


class RecoveryBar(QFrame):
    """Shows a sentence and two buttons.

    Signals
    -------
    restore_asked(), forget_asked()
        What the reader wants.
    """

    restore_asked = Signal()
    forget_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("kind", "info")
        self.setAccessibleName(tr("Session that was not closed"))
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restore = QPushButton(tr("&Restore"), self)
        self.restore.setObjectName("primary")
        self.restore.setToolTip(tr("Open the folder, series and slice again, with results and measurements (Alt+R)"))
        self.forget = QPushButton(tr("&Forget"), self)
        self.forget.setToolTip(tr("Do not offer it again; measurements stay (Alt+F)"))
        self.restore.clicked.connect(lambda _checked=False: self.restore_asked.emit())
        self.forget.clicked.connect(lambda _checked=False: self.forget_asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self._label, 1)
        row.addWidget(self.restore)
        row.addWidget(self.forget)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def offer(self, text: str) -> None:
        """Show it."""
        self._label.setText(text)
        self.show()
