"""One setting as a row of a form: words, a control, a tip; found by the search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSlider, QSpinBox, QVBoxLayout, QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes
    ----------
    field : str
        Its name in the settings.
    label, tip : str
        English words; they are translated where they are shown.
    options : tuple of (value, str)
        What can be chosen; empty for a number or a switch.
    limits : (int, int)
        Range of a number.
    suffix : str
        Its unit.
    """

    field: str
    label: str
    tip: str
    options: tuple[tuple[Value, str], ...] = ()
    limits: tuple[int, int] = (0, 100)
    suffix: str = ""


class SettingRow(QWidget):
    """A setting with its control; the kind of control follows from the kind of value.

    Parameters
    ----------
    setting : Setting
        Which.
    value : str, int, float or bool
        As it is now; a float is a share of 1 and shows as per cent.
    asked : callable
        Called with the new value when the reader changes it.
    """

    def __init__(
        self, setting: Setting, value: Value, *, asked: Callable[[Value], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setting = setting
        self._asked = asked
        self._kind = type(value)
        self._words = f"{tr(setting.label)} {tr(setting.tip)} " + " ".join(tr(text) for _, text in setting.options)
        self.control = self._made(value)
        self.control.setObjectName(f"setting.{setting.field}")
        self.control.setAccessibleName(tr(setting.label))
        self.control.setAccessibleDescription(tr(setting.tip))
        self.control.setToolTip(tr(setting.tip))
        self._tip = WrappedLabel(self)
        self._tip.setObjectName("quiet")
        self._tip.setText(tr(setting.tip))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(3)
        column.addLayout(self._line())
        column.addWidget(self._tip)
        self.set_value(value)

    def set_value(self, value: Value) -> None:
        """Show a value that came from elsewhere."""
        control = self.control
        control.blockSignals(True)
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(max(control.findData(value), 0))
        elif isinstance(control, QSpinBox):
            control.setValue(int(value))
        elif isinstance(control, QSlider):
            control.setValue(round(float(value) * 100))
            self._number.setText(f"{round(float(value) * 100)} %")
        control.blockSignals(False)

    def set_keys(self, with_keys: Callable[[str], str]) -> None:
        """Name in its words the keys that are in use."""
        words = with_keys(tr(self.setting.tip))
        self._tip.setText(words)
        self.control.setToolTip(words)
        self.control.setAccessibleDescription(words)

    def set_options(self, options: tuple[tuple[Value, str], ...]) -> None:
        """Offer other values; the chosen one stays when it is still there."""
        combo = self.control
        if not isinstance(combo, QComboBox):
            return
        chosen = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        for value, text in options:
            combo.addItem(text, value)
        combo.setCurrentIndex(max(combo.findData(chosen), 0))
        combo.blockSignals(False)

    def matches(self, words: list[str]) -> bool:
        """Whether all words of a search stand in it."""
        found = self._words.casefold()
        return all(word in found for word in words)

    def _line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        if isinstance(self.control, QCheckBox):
            line.addWidget(self.control, 1)
            return line
        label = QLabel(tr(self.setting.label), self)
        label.setBuddy(self.control)
        line.addWidget(label, 1)
        line.addWidget(self.control, 1)
        if isinstance(self.control, QSlider):
            self._number = QLabel(self)
            self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("100 %"))
            line.addWidget(self._number)
        return line

    def _made(self, value: Value) -> QWidget:
        if isinstance(value, bool):
            box = QCheckBox(tr(self.setting.label), self)
            box.toggled.connect(self._asked)
            return box
        if isinstance(value, str) or self.setting.options:
            return self._combo()
        if isinstance(value, int):
            return self._spin()
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(*self.setting.limits)
        slider.setPageStep(5)
        slider.valueChanged.connect(self._on_slider)
        return slider

    def _combo(self) -> QComboBox:
        combo = QComboBox(self)
        for value, text in self.setting.options:
            combo.addItem(tr(text), value)
        combo.currentIndexChanged.connect(lambda _: self._asked(self._kind(combo.currentData())))
        return combo

    def _spin(self) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(*self.setting.limits)
        spin.setSuffix(self.setting.suffix and f" {tr(self.setting.suffix)}")
        spin.setSingleStep(25 if self.setting.limits == (100, 200) else 1)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(self._asked)
        return spin

    def _on_slider(self, value: int) -> None:
        self._number.setText(f"{value} %")
        self._asked(value / 100)
