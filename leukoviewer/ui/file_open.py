"""What macOS hands over to open: not on the command line but as an event, at the start and at any time after."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class FileOpen(QObject):
    """Listens to the application for files and folders that the Finder opens with it.

    Every event of the program passes a listener, so there is one only where such events come.

    Signals
    -------
    asked(object)
        The folder or file (``Path``).
    """

    asked = Signal(object)

    def listen(self, application: QCoreApplication, platform: str = sys.platform) -> None:
        """Begin to listen, on macOS."""
        if platform == "darwin":
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that open something; leave all others as they are."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)
