"""Asks what a report shall hold: kinds of file, how much of the patient, how many key slices."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from leukoviewer.display.report_content import KEY_SLICES, PatientData
from leukoviewer.ui.language import later, tr

_KINDS = (("pdf", "PDF"), ("html", "HTML"), ("json", "JSON"))
_PATIENT = (
    (PatientData.NONE, later("Nothing")), (PatientData.INITIALS, later("Initials, sex and age")),
    (PatientData.FULL, later("All data")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What the reader wants.

    Attributes
    ----------
    kinds : tuple of str
        Of ``pdf``, ``html``, ``json``.
    patient_data : PatientData
        How much of the patient is told.
    key_slices : int
        How many of the most suspicious slices are shown; marked ones come besides.
    measurements : bool
        Whether what the reader measured is drawn on the slices without heatmap.
    """

    kinds: tuple[str, ...] = ("pdf",)
    patient_data: PatientData = PatientData.NONE
    key_slices: int = KEY_SLICES
    measurements: bool = True


class ReportDialog(QDialog):
    """Tells by :attr:`wished` what was chosen, when it is confirmed."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportDialog")
        self.setWindowTitle(tr("Save a report"))
        self.kinds = {kind: QCheckBox(name, self) for kind, name in _KINDS}
        self.kinds["pdf"].setChecked(True)
        row = QHBoxLayout()
        for kind, box in self.kinds.items():
            box.setAccessibleName(tr("Report as {}").format(kind.upper()))
            box.toggled.connect(self._follow)
            row.addWidget(box)
        self.patient = QComboBox(self)
        self.patient.setAccessibleName(tr("Patient data in the report"))
        self.patient.setToolTip(tr("What the report tells of the patient; texts of the scan may hold more"))
        for value, name in _PATIENT:
            self.patient.addItem(tr(name), value)
        self.count = QSpinBox(self)
        self.count.setRange(0, 30)
        self.count.setValue(KEY_SLICES)
        self.count.setAccessibleName(tr("Number of most suspicious slices"))
        self.count.setToolTip(
            tr("The most suspicious slices, each with and without heatmap; marked slices come besides")
        )
        self.measurements = QCheckBox(tr("Measurements"), self)
        self.measurements.setChecked(True)
        self.measurements.setAccessibleName(tr("Measurements"))
        self.measurements.setToolTip(tr("With their values, and with what you wrote beside them, as it stands there"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.wished.emit(self.wish))
        form = QFormLayout(self)
        form.addRow(tr("Files"), row)
        form.addRow(tr("Of the patient"), self.patient)
        form.addRow(tr("Key slices"), self.count)
        form.addRow(self.measurements)
        form.addRow(self.buttons)

    @property
    def wish(self) -> ReportWish:
        """As it stands."""
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        patient, drawn = PatientData(self.patient.currentData()), self.measurements.isChecked()
        return ReportWish(kinds, patient, self.count.value(), drawn)

    def _follow(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.wish.kinds))
