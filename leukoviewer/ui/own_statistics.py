"""The reader's own statistics: opens the window with them and saves them as a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from leukoviewer import atomic
from leukoviewer.core import reader_statistics, study_record
from leukoviewer.core.opinions import OPINIONS, CaseOpinions
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui.asking import file_for
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.widgets.statistics_dialog import StatisticsDialog


class OwnStatistics(QObject):
    """Counts the records of opinions.

    Signals
    -------
    failed(object)
        The table could not be written.
    """

    failed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._tell = window.message_bar.tell
        self.window = StatisticsDialog(window)
        self.window.export_asked.connect(self.choose_export)

    def show(self) -> None:
        """Open the window with the figures of now."""
        cases, unreadable = _cases()
        found = reader_statistics.statistics_of([case for _, case in cases], unreadable=unreadable)
        self.window.show_statistics(found)
        self.window.show()
        self.window.activateWindow()

    def choose_export(self) -> None:
        """Ask for a name and save all cases as CSV."""
        name, _ = QFileDialog.getSaveFileName(
            self.window, tr("Export your statistics"), "reader-statistics.csv", "CSV (*.csv)"
        )
        path = file_for(name, ".csv", self._tell)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write all cases as CSV; an older file stays when it cannot be written."""
        try:
            atomic.write_text(path, reader_statistics.table(_cases()[0]))
        except CannotWriteError as error:
            self.failed.emit(error)

    def close(self) -> None:
        """Close the window."""
        self.window.close()


def _cases() -> tuple[tuple[tuple[str, CaseOpinions], ...], int]:
    return study_record.load_all(OPINIONS)
