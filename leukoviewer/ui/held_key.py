"""A key that does something as long as it is held, beside the switch that a short press of it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QKeyCombination, QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent

# Longer than a press that is meant as one.
HOLD_MS = 350


class HeldKey(QObject):
    """Watches for the release of an action's key; only while something hangs on it, since it sees every event.

    Signals
    -------
    released()
        The key was let go after it had been held.
    """

    released = Signal()

    def __init__(self, action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._action = action
        self._since = QElapsedTimer()
        # A held key must not switch to and fro.
        action.setAutoRepeat(False)

    def begin(self) -> None:
        """The action was just switched on, perhaps by its key."""
        application = QCoreApplication.instance()
        if application is not None:
            self._since.start()
            application.installEventFilter(self)

    def end(self) -> None:
        """Nothing hangs on the key any more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take nothing away from anybody."""
        kind = event.type()
        if kind == QEvent.Type.ApplicationStateChange:
            self.end()  # whatever happens to the key now is not told here
        elif isinstance(event, QKeyEvent) and not event.isAutoRepeat() and self._is_own(event):
            if kind == QEvent.Type.KeyPress:
                self.end()  # the key was up: a menu has switched it on
            elif kind == QEvent.Type.KeyRelease:
                self.end()
                if self._since.elapsed() >= HOLD_MS:
                    self.released.emit()
        return False

    def _is_own(self, event: QKeyEvent) -> bool:
        # Without its modifiers, which may be let go first.
        keys = [cast("Sequence[QKeyCombination]", one) for one in self._action.shortcuts() if one.count()]
        return any(one[0].key() == event.key() for one in keys)
