"""The calm bar over the picture: one sentence about what went wrong or what to know, and a way to close it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from leukoviewer.ui.language import told, tr

_INFO_MS = 8000


class Kind(StrEnum):
    """How much a message weighs; heavier ones are not replaced by lighter ones."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """0 for the lightest."""
        return list(Kind).index(self)


_SIGNS = {Kind.INFO: "ℹ", Kind.WARNING: "⚠", Kind.ERROR: "⚠"}


class MessageBar(QFrame):
    """Shows the heaviest of the newest messages; a plain note goes away by itself, the others stay until closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._kind: Kind | None = None
        self._told = ""
        self._sign, self._label = QLabel(self), QLabel(self)
        self._sign.setObjectName("messageSign")
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        button = QToolButton(self)
        button.setText("✕")
        button.setToolTip(tr("Close this message"))
        button.setAccessibleName(tr("Close this message"))
        button.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)
        row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        """The shown sentence as it was told, in English; empty without one."""
        return "" if self._kind is None else self._told

    @property
    def kind(self) -> Kind | None:
        """How much the shown sentence weighs."""
        return self._kind

    def tell(self, text: str, *, kind: Kind = Kind.INFO) -> None:
        """Show a sentence, unless a heavier one stands there."""
        if not text or (self._kind is not None and kind.weight < self._kind.weight):
            return
        self._kind = kind
        self._sign.setText(_SIGNS[kind])
        self._told = text
        self._label.setText(told(text))
        self.setProperty("kind", kind.value)
        self.style().polish(self)
        self.style().polish(self._sign)
        self._timer.stop()
        if kind is Kind.INFO:
            self._timer.start(_INFO_MS)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        self._kind = None
        self._timer.stop()
        self.hide()
