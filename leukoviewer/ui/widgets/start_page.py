"""What stands in the middle before a folder is opened: how to open one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from leukoviewer.ui.language import later, tr
from leukoviewer.ui.widgets.key_tips import tell_keys

_TITLE = later("Open a head CT")
_TEXT = later("Drop a folder with DICOM images here, or choose one.")


class StartPage(QWidget):
    """Offers to open a folder; shows that one is being searched.

    Signals
    -------
    open_asked(), demo_asked()
        Choose a folder, open the demo patient.
    """

    open_asked = Signal()
    demo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self._title, self._text = QLabel(tr(_TITLE), self), QLabel(tr(_TEXT), self)
        self._title.setObjectName("startTitle")
        self._text.setObjectName("quiet")
        self._open = QPushButton(tr("Open folder…"), self)
        self._open.setObjectName("primary")
        self._demo = QPushButton(tr("Demo patient (simulated)"), self)
        self._open.setToolTip(tr("Open a folder with DICOM images"))
        self._demo.setToolTip(tr("Open the bundled simulated patient"))
        tell_keys(self._open, "file.open_folder")
        tell_keys(self._demo, "file.open_demo")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(260)
        self._open.clicked.connect(self.open_asked)
        self._demo.clicked.connect(self.demo_asked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._open)
        row.addWidget(self._demo)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(3)
        for widget in (self._title, self._text):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addLayout(row)
        column.addWidget(self._bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        self.set_searching(False)

    def set_searching(self, searching: bool) -> None:
        """A folder is being searched, or not."""
        self._title.setText(tr("Searching the folder …") if searching else tr(_TITLE))
        self._text.setVisible(not searching)
        self._open.setVisible(not searching)
        self._demo.setVisible(not searching)
        self._bar.setVisible(searching)

    def set_demo_available(self, available: bool) -> None:
        """Whether a demo patient is installed."""
        self._demo.setEnabled(available)
