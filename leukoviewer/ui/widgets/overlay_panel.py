"""The heatmap: on or off, by which method, opacity, threshold, colors; and how coarse it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from leukoviewer.display.colormap import NAMES
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.widgets.key_tips import tell_keys
from leukoviewer.ui.widgets.method_choice import MethodChoice

_COARSE = later("Cells are coarse; one scale a scan")
_NO_HEAT = later("This method points at nothing in this scan")


class OverlayPanel(QWidget):
    """Shows the style of heatmaps and asks for another.

    Signals
    -------
    style_asked(object)
        A :class:`~leukoviewer.display.state.HeatmapStyle`.
    """

    style_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = HeatmapStyle()
        self._visible = QCheckBox(tr("Show heatmap"), self)
        self._visible.setToolTip(tr("Heatmap on or off"))
        tell_keys(self._visible, "heatmap.toggle")
        self._visible.toggled.connect(lambda on: self._ask(self._style.with_visible(visible=on)))
        # Made in the order in which Tab goes through them.
        self._colors = QComboBox(self)
        self.method_choice = MethodChoice(self)
        self._opacity, self._opacity_text = self._slider(tr("Opacity of the heatmap"), tr("Opacity of the heatmap"))
        self._threshold, self._threshold_text = self._slider(
            tr("Threshold of the heatmap"), tr("Nothing is painted under this share of the scan's largest value")
        )
        tell_keys(self._opacity, "heatmap.less", "heatmap.more")
        self._colors.addItems(list(NAMES))
        self._colors.setAccessibleName(tr("Colors of the heatmap"))
        self._colors.setToolTip(tr("Colors of the heatmap"))
        self._colors.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._opacity.valueChanged.connect(lambda value: self._ask(self._style.with_opacity(value / 100)))
        self._threshold.valueChanged.connect(lambda value: self._ask(self._style.with_threshold(value / 100)))
        self._colors.currentTextChanged.connect(lambda name: self._ask(self._style.with_colormap(name)))
        self._note = QLabel(tr(_COARSE), self)
        self._note.setObjectName("quiet")
        self._note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self._visible, 1)
        row.addWidget(self._colors)
        column.addLayout(row)
        column.addWidget(self.method_choice)
        column.addLayout(self._grid())
        column.addWidget(self._note)
        column.addWidget(self.method_choice.work)
        self.set_style(self._style)

    def set_style(self, style: HeatmapStyle) -> None:
        """Show the style in use."""
        self._style = style
        controls = (self._visible, self._opacity, self._threshold, self._colors)
        for control in controls:
            control.blockSignals(True)
        self._visible.setChecked(style.visible)
        self._opacity.setValue(round(style.opacity * 100))
        self._threshold.setValue(round(style.threshold * 100))
        self._colors.setCurrentText(style.colormap)
        for control in controls:
            control.blockSignals(False)
        self._opacity_text.setText(f"{style.opacity * 100:.0f} %")
        self._threshold_text.setText(f"{style.threshold * 100:.0f} %")

    def set_cell_mm(self, size: tuple[float, float] | None, *, has_heat: bool = True) -> None:
        """Say how large one cell of the shown map is on the patient; none without a result.

        An empty picture must not look like a heatmap that failed: without any heat in the scan that is said instead.
        """
        if size is None or not has_heat:
            self._note.setText(tr(_COARSE if has_heat else _NO_HEAT))
            return
        height, width = (round(value) for value in size)
        text = f"{height}" if height == width else f"{height} × {width}"
        self._note.setText(tr("Cells about {} mm; one scale a scan").format(text))

    def set_computing(self, computing: bool) -> None:
        """Progress and Stop in place of the note, so that the panel hardly grows."""
        self.method_choice.set_computing(computing)
        self._note.setVisible(not computing)

    def _slider(self, name: str, tip: str) -> tuple[QSlider, QLabel]:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, 100)
        slider.setPageStep(5)
        slider.setToolTip(tip)
        slider.setAccessibleName(name)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        text = QLabel(self)
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        text.setMinimumWidth(text.fontMetrics().horizontalAdvance("100 %"))
        return slider, text

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for row, (name, slider, text) in enumerate(
            (
                (tr("Opacity"), self._opacity, self._opacity_text),
                (tr("Threshold"), self._threshold, self._threshold_text),
            )
        ):
            grid.addWidget(QLabel(name, self), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(text, row, 2)
        return grid

    def _ask(self, style: HeatmapStyle) -> None:
        self.style_asked.emit(style)
