"""Choice of the model with its provenance, where it runs, start, progress and stop."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.core.progress import Progress
from leukoviewer.ui.language import later, told, tr
from leukoviewer.ui.values import ModelChoice
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.key_tips import tell_keys
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

_DEVICES = {"auto": later("Automatic"), "cpu": "CPU", "cuda": "NVIDIA GPU", "mps": "Apple GPU"}
NO_MODEL = "No model is installed; put a model package into the models folder."


def devices_here(platform: str = sys.platform) -> tuple[str, ...]:
    """Names of the devices that this kind of computer may have; whether one is there is found out when it is used."""
    return ("auto", "cpu", "mps") if platform == "darwin" else ("auto", "cpu", "cuda")


class ModelPanel(QWidget):
    """Shows the models and asks for a run.

    Signals
    -------
    model_asked(str), device_asked(str)
        Another package, another device.
    run_asked(), stop_asked()
        Start and stop.
    """

    model_asked = Signal(str)
    device_asked = Signal(str)
    run_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ModelChoice, ...] = ()
        self._is_running = False
        self._reason = ""
        # Made in the order in which Tab goes through them.
        self._choice = self._combo(tr("Model"))
        self._facts = WrappedLabel(self)
        self._facts.setObjectName("quiet")
        self._run = QPushButton(tr("Run model"), self)
        self._run.setObjectName("primary")
        tell_keys(self._run, "model.run")
        self._run.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._device = self._combo(tr("Where the model runs"))
        for name in devices_here():
            self._device.addItem(tr(_DEVICES[name]), name)
        self._stop = QPushButton(tr("Stop"), self)
        self._stop.setToolTip(tr("Stop what is running"))
        tell_keys(self._stop, "model.cancel")
        self._bar = QProgressBar(self)
        self._choice.activated.connect(lambda _: self.model_asked.emit(str(self._choice.currentData())))
        self._device.activated.connect(lambda _: self.device_asked.emit(str(self._device.currentData())))
        self._run.clicked.connect(self.run_asked)
        self._stop.clicked.connect(self.stop_asked)
        self._lay_out()
        self.set_models((), "")
        self.set_running(False)

    def set_models(self, models: tuple[ModelChoice, ...], chosen: str) -> None:
        """Show the packages and the chosen one with its provenance; broken ones are told, not offered."""
        if models != self._models:
            self._models = models
            self._choice.clear()
            for model in models:
                self._choice.addItem(_title(model), model.id)
                last = self._choice.count() - 1
                self._choice.model().item(last).setEnabled(not model.problem)  # type: ignore[attr-defined]
                self._choice.setItemData(last, told(model.problem) or None, Qt.ItemDataRole.ToolTipRole)
        self._choice.setCurrentIndex(self._choice.findData(chosen))
        self._choice.setEnabled(bool(models))
        facts = next((model.facts for model in models if model.id == chosen), (told(NO_MODEL),))
        self._facts.setText("\n".join(facts))
        details = next((model.details for model in models if model.id == chosen), ())
        self._facts.setToolTip(shades.plain_tip("\n".join(details)))

    def set_device(self, device: str) -> None:
        """Show where models run."""
        place = self._device.findData(device)
        if place < 0:
            self._device.addItem(tr(_DEVICES.get(device, device)), device)
            place = self._device.count() - 1
        self._device.setCurrentIndex(place)

    def set_running(self, running: bool) -> None:
        """Show the progress bar and Stop, or the button to run."""
        self._is_running = running
        self.set_progress(Progress(0, 0, tr("Starting …")))
        for widget, shown in (
            (self._run, not running),
            (self._device, not running),
            (self._bar, running),
            (self._stop, running),
        ):
            widget.setVisible(shown)

    def set_progress(self, step: Progress) -> None:
        """Show what is going on and how far it is."""
        # A bar of unknown length (0, 0) would show no text, and what is going on says more than a moving block.
        self._bar.setRange(0, max(step.total, 1))
        self._bar.setValue(step.done)
        self._bar.setFormat(told(step.message) or "%p %")

    def set_reason(self, reason: str, *, has_result: bool) -> None:
        """Say why the model cannot run now (empty: it can); the tip of the button tells it."""
        self._reason = reason
        self._run.setEnabled(not reason)
        self._run.setText(tr("Run again") if has_result else tr("Run model"))
        self._run.setToolTip(told(reason) or tr("Score this series"))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._run, 3)
        row.addWidget(self._device, 2)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._choice)
        column.addWidget(self._facts)
        column.addLayout(row)

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        combo.setMinimumContentsLength(8)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return combo


def _title(model: ModelChoice) -> str:
    if model.ref is None:
        return tr("{} (damaged)").format(model.id)
    return f"{model.ref.name} {model.ref.version}"
