"""A row of buttons of which one, or none, is chosen; by mouse, by Tab and Space, and by the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget


class ChoiceRow(QWidget):
    """Offers values under their words.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers: each button is called by it and by its own words.
    choices : sequence of (str, str, str)
        Value, words on the button, tip.
    can_clear : bool
        Whether a click on the chosen one takes the choice away.

    Signals
    -------
    chosen(str)
        The reader chose this value; empty when a choice was taken away.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        can_clear: bool = False,
    ) -> None:
        super().__init__(parent)
        self._can_clear = can_clear
        self._value = ""
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for value, words, tip in choices:
            button = QToolButton(self)
            button.setText(words)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {words}")
            button.setAccessibleDescription(tip)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, value=value: self._on_click(value))
            self._buttons[value] = button
            row.addWidget(button, 1)

    @property
    def value(self) -> str:
        """What is chosen; empty for none."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show this choice; tells nothing."""
        self._value = value if value in self._buttons else ""
        for name, button in self._buttons.items():
            button.setChecked(name == self._value)

    def button(self, value: str) -> QToolButton:
        """The button of a value."""
        return self._buttons[value]

    def focus(self) -> None:
        """Take the keyboard, at the chosen button or the first."""
        first = next(iter(self._buttons.values()))
        self._buttons.get(self._value, first).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to the neighbors; what is chosen stays until Space."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if steps is None or at is None:
            super().keyPressEvent(event)
        else:
            buttons[(at + steps) % len(buttons)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_click(self, value: str) -> None:
        value = "" if self._can_clear and value == self._value else value
        is_new = value != self._value
        self.set_value(value)
        if is_new:
            self.chosen.emit(value)
