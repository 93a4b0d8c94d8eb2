"""Frames of the real window: scroll, window drag, zoom, heatmap on and off, and while a result is computed.

A frame counts from the reader's intent (the session is told) to the end of all painting that follows: the slice with
its letters and texts, and every panel, ribbon and label that changes with it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from tests.benchmarks.window import PaintWatch, open_folder, until, viewer_window  # isort: skip - before Qt

from leukoviewer.core.window import Window
from leukoviewer.ui.viewer import Viewer
from tests.benchmarks.folders import write_scan
from tests.benchmarks.measure import FULL, Size, Table, Timing

SLICES = 28
FRAME_S, BUSY_FRAME_S = 0.016, 0.033


def tables(size: Size = FULL) -> Iterator[Table]:
    """One window for all."""
    with tempfile.TemporaryDirectory() as folder, viewer_window() as viewer:
        scan = write_scan(Path(folder) / "scan", min(SLICES, size.many), side=size.side)
        with PaintWatch(viewer).watching() as watch:
            open_folder(viewer, watch, scan.folder)
            viewer.workflow.analyze()
            # The first run also proves the engine on this machine; it is no usual one.
            until(lambda: viewer.session.result is not None and viewer.workflow.is_idle)
            for title, step in _steps(viewer).items():
                seconds = tuple(_frame(watch, step) for _ in range(size.frames + 2))
                yield _judged(f"A frame of the window: {title}", seconds[2:], FRAME_S)
            yield _judged(
                "A frame of the window: scroll while a result is computed", _busy(viewer, watch), BUSY_FRAME_S
            )


def _steps(viewer: Viewer) -> dict[str, Callable[[], None]]:
    """What the reader does, one step a call; each changes the picture."""
    session, view, reading = viewer.session, viewer.window.slice_view, viewer.reading
    shown = session.view
    if shown is None:
        raise ValueError("nothing is shown")
    middle, ways = shown.slice_count // 2, cycle((1, -1))
    slices, windows = cycle(range(shown.slice_count)), cycle(Window(40 + i % 17, 80 + i % 23) for i in range(391))
    visible = cycle((False, True))
    return {
        "scroll, heatmap on": lambda: reading.go_to(next(slices)),
        "window drag, heatmap on": lambda: reading.set_window(next(windows)),
        "zoom, heatmap on": lambda: view.zoom_in() if next(ways) > 0 else view.zoom_out(),
        "heatmap on and off": lambda: reading.set_heatmap_visible(next(visible)),
        "scroll, heatmap off": lambda: (reading.set_heatmap_visible(False), reading.go_to(next(slices)))[0],
        "window drag, heatmap off": lambda: (reading.go_to(middle), reading.set_window(next(windows)))[0],
    }


def _frame(watch: PaintWatch, step: Callable[[], None]) -> float:
    before, began = watch.frames, time.perf_counter()
    step()
    until(lambda: watch.frames > before)
    return time.perf_counter() - began


def _busy(viewer: Viewer, watch: PaintWatch) -> tuple[float, ...]:
    """Frames from the start of a run to its end."""
    scroll = _steps(viewer)["scroll, heatmap on"]
    viewer.reading.set_heatmap_visible(True)
    viewer.workflow.analyze()
    seconds = []
    while viewer.workflow.is_analyzing:
        seconds.append(_frame(watch, scroll))
    return tuple(seconds)


def _judged(title: str, seconds: tuple[float, ...], budget_s: float) -> Table:
    timing = Timing("leukoviewer", seconds)
    claim = f"p95 {timing.p95_s * 1e3:.1f} ms (at most {budget_s * 1e3:.0f}), {len(seconds)} frames"
    return Table(title, (timing,), claim, timing.p95_s <= budget_s)
