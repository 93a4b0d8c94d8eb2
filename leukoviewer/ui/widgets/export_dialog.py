"""Asks what of a scan shall be saved, and as what, with a preview."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.ui.export_wish import ExportWish, Kind, Which
from leukoviewer.ui.language import later, tr

PREVIEW_PX = 400
_LEFT_PX = 330
_KINDS = (
    (Kind.VIEW, later("Picture of this view (PNG)")), (Kind.MONTAGE, later("Slices on a page (PNG)")),
    (Kind.GIF, later("Film (GIF)")), (Kind.MP4, later("Film (MP4)")), (Kind.DICOM, later("DICOM without the patient")),
)  # fmt: skip
_WHICH = (
    (Which.ALL, later("All")), (Which.EVERY, later("Some")), (Which.POSITIVE, later("Positive ones")),
    (Which.KEY, later("Key images")),
)  # fmt: skip
_SIDES = (128, 256, 512, 1024)


class ExportDialog(QDialog):
    """Tells every change, and by :attr:`wished` what was confirmed.

    Signals
    -------
    changed(object), wished(object)
        The :class:`~leukoviewer.ui.export_wish.ExportWish` as it stands; the one to be saved.
    """

    changed = Signal(object)
    wished = Signal(object)

    def __init__(self, wish: ExportWish, parent: QWidget | None = None, *, has_heat: bool) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(tr("Export"))
        self._make_choices()
        self._make_switches()
        self.heatmap.setEnabled(has_heat)
        self.preview = self._made_preview()
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.wished.emit(self.wish))
        self._lay_out()
        self._fill(wish, has_heat=has_heat)
        self._connect()
        self._follow()

    @property
    def wish(self) -> ExportWish:
        """As it stands."""
        return ExportWish(
            kind=Kind(self.kind.currentData()),
            which=Which(self.which.currentData()),
            step=self.step.value(),
            heatmap=self.heatmap.isChecked(),
            words=self.words.isChecked(),
            measurements=self.measurements.isChecked(),
            named=self.named.isChecked(),
            stored_pixels=bool(self.pixels.currentData()),
            rows=self.rows.value(),
            columns=self.columns.value(),
            side_px=int(self.side.currentData()),
            frames_per_s=self.speed.value(),
            whole_study=self.whole.isChecked(),
        )

    def tell(self, facts: str, *, is_problem: bool) -> None:
        """Say what will be saved, or why it cannot be."""
        self.facts.setObjectName("warnings" if is_problem else "quiet")
        self.facts.style().polish(self.facts)
        self.facts.setText(facts)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(not is_problem)

    def show_preview(self, image: QImage | None) -> None:
        """Show a picture, fitted; None while there is none."""
        if image is None:
            self.preview.clear()
            return
        ratio = self.devicePixelRatioF()
        room = QSize(round(PREVIEW_PX * ratio), round(PREVIEW_PX * ratio))
        way = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(image.scaled(room, *way))
        pixmap.setDevicePixelRatio(ratio)
        self.preview.setPixmap(pixmap)

    def show_text(self, text: str) -> None:
        """Say in words what is made."""
        self.preview.setText(text)

    def _make_choices(self) -> None:
        self.kind = _combo(self, _KINDS, tr("Save as"), tr("What is made"))
        self.which = _combo(self, _WHICH, tr("Slices"), tr("Which slices of the series"))
        self.step = _spin(self, (2, 50), tr("Every how manieth slice"))
        self.step.setPrefix(tr("every "))
        self.step.setSuffix(tr(". slice"))
        self.pixels = QComboBox(self)
        self.pixels.setAccessibleName(tr("Size"))
        self.pixels.addItem(tr("As on the screen"), False)
        self.pixels.addItem(tr("Stored pixels"), True)
        self.pixels.setToolTip(tr("With words, small pictures are enlarged by a whole number"))
        self.rows = _spin(self, (0, 50), tr("Rows of a page; automatic: as many as are needed"))
        self.columns = _spin(self, (0, 50), tr("Pictures in a row; automatic: a page a little wider than high"))
        for box in (self.rows, self.columns):
            box.setSpecialValueText(tr("automatic"))
        self.side = QComboBox(self)
        self.side.setAccessibleName(tr("Longer side of a picture"))
        self.side.setToolTip(tr("Longer side of each picture"))
        for side in _SIDES:
            self.side.addItem(tr("{} pixels").format(side), side)
        self.speed = QDoubleSpinBox(self)
        self.speed.setRange(0.5, 50)
        self.speed.setDecimals(1)
        self.speed.setAccessibleName(tr("Frames a second"))
        self.speed.setToolTip(tr("Frames a second"))

    def _make_switches(self) -> None:
        self.heatmap = _check(self, tr("Heatmap"), tr("Shown as in the window, with its model and color bar"))
        self.words = _check(self, tr("Words"), tr("Slice, window, letters, scale and scores"))
        self.measurements = _check(
            self, tr("Measurements"), tr("With their values, and with what you wrote beside them, as it stands there")
        )
        self.named = _check(
            self, tr("Patient's name and date"), tr("Written into the picture; never into a file's name")
        )
        self.whole = _check(self, tr("All series of the study"), tr("Captured pictures are left out and told"))

    def _made_preview(self) -> QLabel:
        preview = QLabel(self)
        preview.setObjectName("exportPreview")
        preview.setFixedSize(PREVIEW_PX, PREVIEW_PX)
        preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        preview.setWordWrap(True)
        preview.setTextFormat(Qt.TextFormat.PlainText)
        preview.setAccessibleName(tr("Preview"))
        return preview

    def _lay_out(self) -> None:
        form = self._form = QFormLayout()
        form.addRow(tr("Save as"), self.kind)
        form.addRow(tr("Size"), self.pixels)
        form.addRow(tr("Slices"), _row(self.which, self.step))
        form.addRow(tr("Rows"), self.rows)
        form.addRow(tr("Columns"), self.columns)
        form.addRow(tr("Pictures"), self.side)
        form.addRow(tr("Frames a second"), self.speed)
        for box in (self.heatmap, self.words, self.measurements, self.named, self.whole):
            form.addRow(box)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        left.addWidget(self.facts)
        sides = QHBoxLayout()
        sides.addLayout(left, 1)
        sides.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.addLayout(sides)
        column.addWidget(self.buttons)
        self.facts.setMinimumWidth(_LEFT_PX)

    def _fill(self, wish: ExportWish, *, has_heat: bool) -> None:
        self.kind.setCurrentIndex(self.kind.findData(wish.kind))
        self.which.setCurrentIndex(self.which.findData(wish.which))
        self.pixels.setCurrentIndex(int(wish.stored_pixels))
        self.side.setCurrentIndex(max(self.side.findData(wish.side_px), 0))
        for spin, value in ((self.step, wish.step), (self.rows, wish.rows), (self.columns, wish.columns)):
            spin.setValue(value)
        self.speed.setValue(wish.frames_per_s)
        self.heatmap.setChecked(wish.heatmap and has_heat)
        self.words.setChecked(wish.words)
        self.measurements.setChecked(wish.measurements)
        self.named.setChecked(wish.named)
        self.whole.setChecked(wish.whole_study)

    def _connect(self) -> None:
        for combo in (self.kind, self.which, self.pixels, self.side):
            combo.currentIndexChanged.connect(self._follow)
        for spin in (self.step, self.rows, self.columns, self.speed):
            spin.valueChanged.connect(self._follow)
        for check in (self.heatmap, self.words, self.measurements, self.named, self.whole):
            check.toggled.connect(self._follow)

    def _follow(self) -> None:
        """Show what belongs to the kind, and tell the change."""
        wish, form = self.wish, self._form
        is_stack = wish.kind is Kind.MONTAGE or wish.kind.is_film
        is_picture = wish.kind is not Kind.DICOM
        for field, shown in (
            (self.pixels, wish.kind is Kind.VIEW), (cast("QWidget", self.which.parentWidget()), is_stack),
            (self.rows, wish.kind is Kind.MONTAGE), (self.columns, wish.kind is Kind.MONTAGE), (self.side, is_stack),
            (self.speed, wish.kind.is_film), (self.heatmap, is_picture), (self.words, is_picture),
            (self.measurements, is_picture), (self.named, is_picture), (self.whole, not is_picture),
        ):  # fmt: skip
            form.setRowVisible(field, shown)
        self.step.setVisible(is_stack and wish.which is Which.EVERY)
        self.changed.emit(wish)


def _combo(parent: QWidget, items: tuple[tuple[StrEnum, str], ...], name: str, tip: str) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setToolTip(tip)
    for value, text in items:
        combo.addItem(tr(text), value)
    return combo


def _spin(parent: QWidget, limits: tuple[int, int], tip: str) -> QSpinBox:
    spin = QSpinBox(parent)
    spin.setRange(*limits)
    spin.setAccessibleName(tip)
    spin.setToolTip(tip)
    return spin


def _check(parent: QWidget, text: str, tip: str) -> QCheckBox:
    check = QCheckBox(text, parent)
    check.setToolTip(tip)
    check.setAccessibleName(text)
    return check


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    return holder
