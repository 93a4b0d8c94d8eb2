"""Choice of the method that makes the heatmap, with progress and stop while another one is computed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from leukoviewer.core.progress import Progress
from leukoviewer.ui.language import later, told, tr
from leukoviewer.ui.values import HeatmapChoice
from leukoviewer.ui.widgets import shades

NAME = later("Method of the heatmap")
_SLOW = "Slow: minutes for a scan on a CPU, longer with a large model; Esc stops it."
_EXTRA = "Computed when chosen, by a pass of its own; scores and vote stay as they are."


class MethodChoice(QWidget):
    """Shows the methods that the model offers and asks for one.

    Attributes
    ----------
    work : QWidget
        Progress and Stop, for the panel to place; shown only while a heatmap is computed.

    Signals
    -------
    method_asked(str)
        Key of the method that the reader chose.
    stop_asked()
        Stop what is computed.
    """

    method_asked = Signal(str)
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[HeatmapChoice, ...] = ()
        self._reason = ""
        self._label = QLabel(tr("Method"), self)
        self._combo = _CalmComboBox(self)
        self._combo.setAccessibleName(tr(NAME))
        self._combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._combo.setMinimumContentsLength(8)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._label.setBuddy(self._combo)
        self.work = QWidget(self)
        self._bar = QProgressBar(self.work)
        self._stop = QPushButton(tr("Stop"), self.work)
        self._stop.setAccessibleName(tr("Stop computing the heatmap"))
        self._stop.setToolTip(tr("Stop and keep the heatmap that is shown (Esc)"))
        self._combo.activated.connect(lambda _: self.method_asked.emit(str(self._combo.currentData())))
        self._stop.clicked.connect(self.stop_asked)
        self._lay_out()
        self.set_computing(False)
        self.set_choices((), "", reason="")

    def set_choices(self, choices: tuple[HeatmapChoice, ...], chosen: str, *, reason: str) -> None:
        """Show the methods and the chosen one; a reason why none can be chosen now switches the choice off."""
        if choices != self._choices:
            self._choices = choices
            self._fill()
        self._reason = reason
        self._combo.setCurrentIndex(self._combo.findData(chosen))
        self._combo.setEnabled(bool(choices) and not reason)
        found = next((choice for choice in choices if choice.key == chosen), None)
        lines = (tr(NAME), told(reason) or ("" if found is None else tip_of(found, is_own=found is choices[0])))
        tip = "\n".join(line for line in lines if line)
        self._combo.setToolTip(shades.plain_tip(tip))
        self._combo.setAccessibleDescription(tip)

    def set_computing(self, computing: bool) -> None:
        """Show progress and Stop, or nothing of them."""
        self.set_progress(Progress(0, 0, tr("Starting …")))
        self.work.setVisible(computing)

    def set_progress(self, step: Progress) -> None:
        """Show what is going on and how far it is."""
        self._bar.setRange(0, max(step.total, 1))
        self._bar.setValue(step.done)
        self._bar.setFormat(told(step.message) or "%p %")

    def _fill(self) -> None:
        self._combo.clear()
        for number, choice in enumerate(self._choices):
            self._combo.addItem(tr("{} (slow)").format(choice.name) if choice.is_slow else choice.name, choice.key)
            tip = tip_of(choice, is_own=number == 0)
            self._combo.setItemData(number, shades.plain_tip(tip), Qt.ItemDataRole.ToolTipRole)
            self._combo.setItemData(number, tip, Qt.ItemDataRole.AccessibleDescriptionRole)
            if choice.problem:
                # It can still be chosen, by keyboard too: the answer says what to install.
                self._combo.setItemData(number, QBrush(shades.on_panel().disabled), Qt.ItemDataRole.ForegroundRole)

    def _lay_out(self) -> None:
        choice, work = QHBoxLayout(self), QHBoxLayout(self.work)
        for row in (choice, work):
            row.setContentsMargins(0, 0, 0, 0)
        choice.addWidget(self._label)
        choice.addWidget(self._combo, 1)
        work.setSpacing(6)
        work.addWidget(self._bar, 1)
        work.addWidget(self._stop)


class _CalmComboBox(QComboBox):
    """One that a wheel passing over it does not change: a choice may begin minutes of work."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what lies behind."""
        event.ignore()


def tip_of(choice: HeatmapChoice, *, is_own: bool) -> str:
    """What a method is in plain words, and what it costs; ``is_own`` for the one that comes with every result."""
    lines = (choice.tip, "" if is_own else _EXTRA, _SLOW if choice.is_slow else "", choice.problem)
    return "\n".join(told(line) for line in lines if line)
