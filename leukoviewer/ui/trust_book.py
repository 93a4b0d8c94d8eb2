"""What the checks said of the heatmaps, by series and package; a part of the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.honesty import Honesty


class TrustBook(QObject):
    """Verdicts on heatmaps."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[tuple[str, str], Honesty] = {}

    def of(self, series_key: str, package_id: str) -> Honesty | None:
        """The verdict on the heatmap of a result; None when it was not checked."""
        return self._kept.get((series_key, package_id))

    def put(self, honesty: Honesty) -> None:
        """Keep a verdict under its own series and package."""
        self._kept[honesty.series_key, honesty.package_id] = honesty
        self.changed.emit()

    def forget(self, series_key: str, package_id: str) -> None:
        """The result is another one now, or gone."""
        if self._kept.pop((series_key, package_id), None) is not None:
            self.changed.emit()

    def clear(self) -> None:
        """Forget all."""
        if self._kept:
            self._kept = {}
            self.changed.emit()
