"""The fidelity badges: ties them to the session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from leukoviewer.ui.fidelity import Fidelity, display_of, input_of
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.fidelity_badge import FidelityBadges, FidelityPopup


class JudgingFidelity(QObject):
    """Keeps the badges equal to the session, and opens what explains them."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self.badges = FidelityBadges(window)
        self.popup = FidelityPopup(window)
        self.badges.asked.connect(lambda number: self._explain(self._sides()[number : number + 1]))
        window.statusBar().insertPermanentWidget(1, self.badges)
        for signal in (session.series_changed, session.volume_changed, session.model_changed, session.result_changed):
            signal.connect(self._show)
        self._show()

    def explain(self) -> None:
        """Explain both sides."""
        self._explain(self._sides())

    def close(self) -> None:
        """Close what explains them."""
        self.popup.close()

    def _sides(self) -> tuple[Fidelity, Fidelity]:
        return display_of(self._session), input_of(self._session)

    def _show(self) -> None:
        self.badges.setVisible(self._session.series is not None)
        self.badges.show_sides(self._sides())

    def _explain(self, sides: Sequence[Fidelity]) -> None:
        self.popup.show_over(sides, self.badges.mapToGlobal(self.badges.rect().topRight()))
