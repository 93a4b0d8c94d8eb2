"""Two small badges in the status bar, for the display and for the model's input, and the popup that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from leukoviewer.ui.fidelity import Fidelity, Mark
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.key_tips import tell_keys

_WIDTH_PX = 440


class FidelityBadges(QWidget):
    """One button a side; its words are short, the popup tells the rest.

    Signals
    -------
    asked(int)
        The side whose button was pressed.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = tuple(self._button(number) for number in range(2))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in self.buttons:
            row.addWidget(button)

    def show_sides(self, sides: Sequence[Fidelity]) -> None:
        """Show what is known of both sides."""
        for button, side in zip(self.buttons, sides, strict=True):
            button.setText(side.badge)
            button.setAccessibleName(tr("Fidelity, {}").format(side.badge))
            names = "; ".join(mark.found for mark in side.warnings) or tr("Nothing was found that could mislead.")
            tip = f"{side.title}: {names}\n" + tr("Press for the meaning")
            button.setToolTip(tip.replace("<", "‹"))
            button.setProperty("kind", "warning" if side.warnings else "fine")
            button.style().polish(button)

    def _button(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("fidelityBadge")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tell_keys(button, "view.fidelity")
        button.clicked.connect(lambda: self.asked.emit(number))
        return button


class FidelityPopup(QDialog):
    """Explains each mark; goes away by Escape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fidelityPopup")
        self.setWindowTitle(tr("Fidelity"))
        self.setAccessibleName(tr("Fidelity"))
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._text)
        self._area.setAccessibleName(tr("Fidelity"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 6, 12)
        column.addWidget(self._area)

    @property
    def text(self) -> str:
        """What it says, with its markup."""
        return self._text.text()

    def show_over(self, sides: Sequence[Fidelity], at: QPoint) -> None:
        """Explain these sides; the lower right corner comes to a point of the screen."""
        self._text.setText("".join(_html(side) for side in sides))
        width = round(shades.scaled(_WIDTH_PX))
        bar = self._area.verticalScrollBar().sizeHint().width()
        wished = QSize(width + bar + 20, self._text.heightForWidth(width) + 22)
        most = self.screen().availableGeometry()
        self.resize(wished.boundedTo(most.size()))
        self.move(at.x() - self.width(), max(at.y() - self.height(), most.top()))
        self.show()
        self.activateWindow()


def _html(side: Fidelity) -> str:
    lines = "".join(_line(mark) for mark in side.marks) or f"<p>{tr('Nothing is open.')}</p>"
    return f"<h3>{escape(side.title)}</h3>{lines}"


def _line(mark: Mark) -> str:
    sign = "⚠" if mark.is_warning else "·"
    meaning = f"<br>{escape(mark.meaning)}" if mark.meaning else ""
    return f"<p>{sign} <b>{escape(mark.name)}</b>: {escape(mark.found)}{meaning}</p>"
