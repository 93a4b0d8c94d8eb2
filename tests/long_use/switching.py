"""Study after study is shown while a model runs: nothing of another one may stand there, and the window stays quick."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from leukoviewer.ui.viewer import Viewer
from tests.long_use.day import wait_until

_EVENTS = QEventLoop.ProcessEventsFlag.AllEvents


@dataclass(frozen=True, slots=True)
class Switched:
    """What came of it.

    Attributes
    ----------
    switches, under_way : int
        Studies shown, and how many of them while a model ran.
    checks, stale : int
        How often what is shown was looked at, and how often it was another series'.
    paints_s, cancels_s : tuple of float
        Times of paints while a model ran, and from asking a run to stop to its end.
    """

    switches: int
    under_way: int
    checks: int
    stale: int
    paints_s: tuple[float, ...]
    cancels_s: tuple[float, ...]

    def paint_p95_ms(self) -> float:
        """Of paints while a model ran."""
        return sorted(self.paints_s)[int(0.95 * (len(self.paints_s) - 1))] * 1e3

    def cancel_most_ms(self) -> float:
        """The slowest."""
        return max(self.cancels_s) * 1e3


class Watch:
    """Looks at what is shown whenever the session says that something changed."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer, self.checks, self.stale = viewer, 0, 0
        session = viewer.session
        for signal in (session.result_changed, session.view_changed, session.series_changed, session.heatmap_changed):
            signal.connect(self.look)

    def look(self) -> None:
        """Whether result and ribbon belong to the series that is shown."""
        session = self._viewer.session
        self.checks += 1
        shown = "" if session.series is None else session.series.key
        found = [result.series_key for result in session.results_of_series()]
        if session.result is not None:
            found.append(session.result.series_key)
        if session.volume is not None:
            found.append(session.volume.series.key)
        self.stale += any(key != shown for key in found)


def switch(viewer: Viewer, studies: Sequence[Path], count: int, *, paints: int = 3, cancel_every: int = 10) -> Switched:
    """Show so many studies, each while the one before is being scored."""
    watch, under_way = Watch(viewer), 0
    paints_s: list[float] = []
    cancels_s: list[float] = []
    for number in range(count):
        under_way += viewer.workflow.is_analyzing
        folder = studies[number % len(studies)]
        viewer.workflow.open(folder)
        wait_until(lambda folder=folder: viewer.workflow.path == folder and viewer.session.volume is not None)
        watch.look()
        viewer.workflow.analyze()
        for _ in range(paints):
            if viewer.workflow.is_analyzing:
                paints_s.append(_paint(viewer))
            watch.look()
        if number % cancel_every == 0 and viewer.workflow.is_analyzing:
            cancels_s.append(_cancel(viewer))
            viewer.workflow.analyze()
    wait_until(lambda: viewer.session.result is not None and viewer.workflow.is_idle)
    watch.look()
    return Switched(count, under_way, watch.checks, watch.stale, tuple(paints_s), tuple(cancels_s))


def _paint(viewer: Viewer) -> float:
    """Another slice, from the wish to the painted widget, events of the run in between included."""
    view = viewer.session.view
    started = time.perf_counter()
    viewer.reading.go_to(0 if view is None or view.slice_index else 1)
    viewer.window.slice_view.repaint()
    QCoreApplication.processEvents(_EVENTS, 5)
    return time.perf_counter() - started


def _cancel(viewer: Viewer) -> float:
    started = time.perf_counter()
    viewer.workflow.cancel()
    wait_until(lambda: not viewer.workflow.is_analyzing)
    return time.perf_counter() - started
