"""Cine: the slices run by themselves, round or to and fro, until the reader scrolls."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from leukoviewer.settings import CINE_RATES
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.session import Session

# Slices a second.
RATES = CINE_RATES
FIRST_RATE = 10
ROUND, TO_AND_FRO = later("Cine, {} slices a second"), later("Cine to and fro, {} slices a second")


class Cine(QObject):
    """Runs through the slices of the active view.

    Signals
    -------
    changed()
        It began or ended, or runs at another rate or in another way.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rate = FIRST_RATE
        self._is_sweeping = False
        self._way = 1
        self._shown = -1
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._set_interval()
        session.view_changed.connect(self._on_view)
        session.series_changed.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether the slices run."""
        return self._timer.isActive()

    @property
    def rate(self) -> int:
        """Slices a second."""
        return self._rate

    @property
    def is_sweeping(self) -> bool:
        """Whether it turns at the ends; else it begins anew."""
        return self._is_sweeping

    @property
    def words(self) -> str:
        """What it does, in words."""
        return tr(TO_AND_FRO if self._is_sweeping else ROUND).format(self._rate)

    def set_running(self, running: bool) -> None:
        """Begin or end; one slice alone does not run."""
        view = self._session.view
        if not running or view is None or view.slice_count < 2:
            self._timer.stop()
            self.changed.emit()
            return
        self._shown, self._way = view.slice_index, 1
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """End."""
        if self._timer.isActive():
            self.set_running(False)

    def set_rate(self, per_s: int) -> None:
        """The step of :data:`RATES` that is nearest to so many slices a second."""
        self._rate = min(RATES, key=lambda rate: abs(rate - per_s))
        self._set_interval()
        self.changed.emit()

    def change_rate(self, steps: int) -> None:
        """Faster by so many steps of :data:`RATES`, or slower; stops at the ends."""
        place = min(max(RATES.index(self._rate) + steps, 0), len(RATES) - 1)
        self._rate = RATES[place]
        self._set_interval()
        self.changed.emit()

    def set_sweeping(self, sweeping: bool) -> None:
        """Turn at the ends, or begin anew."""
        self._is_sweeping, self._way = sweeping, 1
        self.changed.emit()

    def _set_interval(self) -> None:
        self._timer.setInterval(1000 // self._rate)

    def _step(self) -> None:
        view = self._session.view
        if view is None:
            self.stop()
            return
        last = view.slice_count - 1
        if not self._is_sweeping:
            self._shown = (view.slice_index + 1) % view.slice_count
        else:
            if not 0 <= view.slice_index + self._way <= last:
                self._way = -self._way
            self._shown = view.slice_index + self._way
        self._session.set_view(view.with_slice(self._shown))

    def _on_view(self) -> None:
        """A slice that did not come from here was chosen by the reader."""
        view = self._session.view
        if self.is_running and (view is None or view.slice_index != self._shown):
            self.stop()
