"""Window presets as buttons, width and center as fields, inversion."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from leukoviewer.core.window import MAX_WIDTH_HU, PRESETS, Window
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.widgets.key_tips import tell_keys

# Short enough for three in a row; the tip holds the numbers.
_SHORT = {"White matter": later("White"), "Posterior fossa": later("Fossa"), "Soft tissue": later("Soft")}
_CENTER_RANGE = (-5000, 20_000)


class WindowPanel(QWidget):
    """Shows the window in use and asks for another.

    Signals
    -------
    window_asked(object)
        A :class:`~leukoviewer.core.window.Window` chosen by button or typed into the fields.
    dicom_asked(), automatic_asked()
        The files' own window, the automatic one.
    invert_asked(bool)
        Gray levels inverted or not.
    """

    window_asked = Signal(object)
    dicom_asked = Signal()
    automatic_asked = Signal()
    invert_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = PRESETS[0]
        self._buttons: dict[str, QToolButton] = {}
        self._own: tuple[Window, ...] = ()
        self._own_buttons: list[QToolButton] = []
        # Made in the order in which Tab goes through them.
        self._grid = self._preset_grid()
        self._width, self._center = self._field(tr("Window width in HU")), self._field(tr("Window center in HU"))
        self._width.setRange(1, int(MAX_WIDTH_HU))
        self._center.setRange(*_CENTER_RANGE)
        self._invert = QCheckBox(tr("Invert"), self)
        self._invert.setToolTip(tr("Dark for bright"))
        tell_keys(self._invert, "view.invert")
        self._invert.toggled.connect(self.invert_asked)
        self._width.editingFinished.connect(self._on_field)
        self._center.editingFinished.connect(self._on_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addLayout(self._fields())

    def set_window(self, window: Window) -> None:
        """Show the window in use."""
        self._window = window
        for field, value in ((self._width, window.width), (self._center, window.center)):
            field.blockSignals(True)
            field.setValue(round(value))
            field.blockSignals(False)
        for name, button in self._buttons.items():
            button.setChecked(name == window.name)

    def set_own(self, windows: tuple[Window, ...]) -> None:
        """Offer the reader's own presets under the others."""
        if windows == self._own:
            return
        for old in self._own_buttons:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        for one in self._own:
            del self._buttons[one.name]
        self._own, self._own_buttons = windows, []
        for place, window in enumerate(windows):
            metrics = self.fontMetrics()
            words = metrics.elidedText(window.name, Qt.TextElideMode.ElideRight, 10 * metrics.averageCharWidth())
            button = self._button(window.name, words, _tip(window))
            button.setAccessibleName(window.name)
            tell_keys(button, f"window.own{place + 1}")
            button.clicked.connect(lambda _checked=False, window=window: self.window_asked.emit(window))
            before = self._own_buttons[-1] if self._own_buttons else self._buttons["Automatic"]
            QWidget.setTabOrder(before, button)
            self._own_buttons.append(button)
            self._grid.addWidget(button, 3 + place // 3, place % 3)
        self.set_window(self._window)

    def set_inverted(self, inverted: bool) -> None:
        """Show whether gray levels are inverted."""
        self._invert.blockSignals(True)
        self._invert.setChecked(inverted)
        self._invert.blockSignals(False)

    def set_dicom_count(self, count: int) -> None:
        """How many windows the files bring; without one the button is off."""
        button = self._buttons["DICOM"]
        button.setEnabled(count > 0)
        many = tr("The window that the files bring ({})").format(count)
        button.setToolTip(many if count else tr("The files bring no window"))

    def _field(self, name: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setAccessibleName(name)
        field.setToolTip(tr("{}; Enter takes it").format(name))
        field.setKeyboardTracking(False)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # After Enter the keys belong to the picture again: a digit is a preset, not a number to type.
        field.lineEdit().returnPressed.connect(field.clearFocus)
        return field

    def _preset_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, window in enumerate(PRESETS):
            button = self._button(window.name, tr(_SHORT.get(window.name, window.name)), _tip(window))
            tell_keys(button, f"window.preset{place + 1}")
            button.clicked.connect(lambda _checked=False, window=window: self.window_asked.emit(window))
            grid.addWidget(button, place // 3, place % 3)
        dicom = self._button("DICOM", "DICOM", tr("The window that the files bring"))
        tell_keys(dicom, "window.dicom")
        dicom.clicked.connect(self.dicom_asked)
        automatic = self._button("Automatic", tr("Auto"), tr("A window over the gray levels of this slice"))
        tell_keys(automatic, "window.automatic")
        automatic.clicked.connect(self.automatic_asked)
        grid.addWidget(dicom, 2, 1)
        grid.addWidget(automatic, 2, 2)
        return grid

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        button.setSizePolicy(policy)
        # A click asks; whether the button stays down is decided by the window that comes back.
        button.clicked.connect(lambda: self.set_window(self._window))
        self._buttons[name] = button
        return button

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for text, field in (("W", self._width), ("C", self._center)):
            label = QLabel(text, self)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, 1)
        row.addWidget(self._invert)
        return row

    def _on_field(self) -> None:
        width, center = float(self._width.value()), float(self._center.value())
        if (width, center) != (round(self._window.width), round(self._window.center)):
            # Kept, so that Enter, which also leaves the field, asks once.
            self._window = self._window.with_values(center=center, width=width)
            self.window_asked.emit(self._window)


def _tip(window: Window) -> str:
    return tr("{}: width {:g}, center {:g} HU").format(tr(window.name), window.width, window.center)
