"""Frames while scrolling with the heatmap and while dragging the window: ours beside pyqtgraph's ImageItem.

Each side makes its frame from the same HU slice and the same native heat in a view of 900 x 900 px, from numbers to the
end of the paint event. Ours also writes letters, texts, scale and color bar over it; the peer does not. pyqtgraph is
measured as it comes, with coarse pixels, and smoothing between pixels as ours does: the same picture.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.window import BRAIN, PRESETS, Window
from leukoviewer.display import colormap
from leukoviewer.display.compose import compose_packed
from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.slice_view import SliceView
from leukoviewer.ui.widgets.view_grid import ViewGrid
from tests.benchmarks.measure import AGAIN, FULL, Size, Table, absent, compete, is_here
from tests.benchmarks.vtk_view import VtkView

SIDE = 900
SLICES = 30
BUDGET_P95_S = 0.016
AT_LEAST = 2.0

Hu = NDArray[np.int16] | NDArray[np.float32]
Heat = NDArray[np.float32]


def tables(size: Size = FULL) -> Iterator[Table]:
    """Scrolling with the heatmap on, then dragging the window."""
    application = QApplication.instance() or QApplication([])
    hu, heat = head()
    ours, peer, coarse = Ours(), Peer(is_smooth=True), Peer(is_smooth=False)
    # A renderer that does not start ends the process: never in the smoke run of the tests.
    vtk = VtkView(SIDE) if size is FULL and is_here("vtk") else None
    middle, single = hu[SLICES // 2], hu[SLICES // 2].astype(np.float32)
    scroll = {
        "leukoviewer": lambda turn: ours.show(hu[turn], BRAIN, heat[turn]),
        AGAIN: lambda turn: ours.show(hu[turn], BRAIN, heat[turn]),
        "pyqtgraph, two ImageItems, smooth": lambda turn: peer.show(hu[turn], BRAIN, heat[turn]),
        "pyqtgraph, two ImageItems, coarse": lambda turn: coarse.show(hu[turn], BRAIN, heat[turn]),
    }
    drag = {
        "leukoviewer": lambda turn: ours.show(middle, _dragged(turn), None),
        AGAIN: lambda turn: ours.show(middle, _dragged(turn), None),
        "pyqtgraph ImageItem, smooth": lambda turn: peer.show(middle, _dragged(turn), None),
        "pyqtgraph ImageItem, smooth, float32": lambda turn: peer.show(single, _dragged(turn), None),
        "pyqtgraph ImageItem, coarse": lambda turn: coarse.show(middle, _dragged(turn), None),
    }
    title = "A frame while scrolling, heatmap on, 512 x 512 in 900 x 900"
    yield _judged(title, scroll, rounds=size.frames, at_least=AT_LEAST)
    yield _judged("A frame while dragging the window, no heatmap", drag, rounds=size.frames)
    yield _beside(hu, heat, rounds=size.frames)
    if vtk is not None:
        # Apart from the others: its software renderer empties the caches for whoever comes next.
        slow = {"leukoviewer": scroll["leukoviewer"], "VTK": lambda turn: vtk.show(hu[turn], BRAIN, heat[turn])}
        timings = compete({name: _turns(show) for name, show in slow.items()}, rounds=min(20, size.frames))
        yield Table("A frame while scrolling, heatmap on, beside VTK", timings)
    for widget in filter(None, (ours, peer, coarse, vtk)):
        widget.close()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def beside_napari(rounds: int) -> Iterator[Table]:
    """Scrolling with the heatmap on, beside napari; on a screen with OpenGL."""
    from tests.benchmarks.napari_view import NapariView

    QApplication.instance() or QApplication([])
    hu, heat = head()
    # One after the other: whatever handles events also paints what the other's window has left to paint.
    ours = Ours()
    timings = compete({"leukoviewer": _turns(lambda turn: ours.show(hu[turn], BRAIN, heat[turn]))}, rounds=rounds)
    ours.close()
    peer = NapariView(SIDE, hu, heat, BRAIN)
    timings += compete({"napari": _turns(peer.show)}, rounds=rounds)
    peer.close()
    yield Table("A frame while scrolling, heatmap on, beside napari", timings)


def head() -> tuple[NDArray[np.int16], Heat]:
    """A noisy ball of brain in a shell of bone, and a warm half: (slices, rows, columns) HU and heat 0..1."""
    random = np.random.default_rng(0)
    down, across = np.mgrid[-1:1:512j, -1:1:512j]
    radius = np.hypot(down, across)
    plane = np.where(radius < 0.7, 34.0, np.where(radius < 0.78, 1000.0, -1000.0))
    hu = (plane + random.normal(0, 4, (SLICES, 512, 512))).astype(np.int16)
    bump = np.exp(-((down + 0.2) ** 2 + (across - 0.2) ** 2) * 4)
    heat = bump[None] * np.linspace(0.2, 1, SLICES)[:, None, None]
    return hu, heat.astype(np.float32)


class Ours:
    """The program's own way: compose, slice view with everything written over it."""

    def __init__(self) -> None:
        self._view = SliceView()
        self._view.resize(SIDE, SIDE)
        plane = SlicePlane((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.5, 0.5), 512, 512)
        self._view.set_geometry(plane)
        self._view.set_corner_texts(CornerTexts(("Doe, Jane", "ID 1"), ("HEAD",), ("W 80  C 40",), ("Slice 1 / 30",)))
        self._view.show()

    @property
    def widget(self) -> SliceView:
        """The view itself."""
        return self._view

    def show(self, hu: Hu, window: Window, heat: Heat | None) -> None:
        """One frame."""
        style = HeatmapStyle()
        self._view.set_frame(compose_packed(hu, window, heat=heat, style=style))
        self._view.set_color_bar(None if heat is None else ColorBar(style))
        QCoreApplication.processEvents()

    def close(self) -> None:
        """Take the window away."""
        self._view.close()
        self._view.deleteLater()


def _beside(hu: NDArray[np.int16], heat: Heat, *, rounds: int) -> Table:
    """Two views of one slice in two windows, the heatmap on in both, scrolled together; no peer of ours has it."""
    views = (Ours(), Ours())
    frame = ViewGrid(views[0].widget)
    frame.resize(2 * SIDE, SIDE)
    frame.arrange([view.widget for view in views], columns=2)
    frame.show()

    def show(turn: int) -> None:
        for view, window in zip(views, (BRAIN, PRESETS[1]), strict=True):
            view.show(hu[turn], window, heat[turn])

    timings = compete({"leukoviewer": _turns(show), AGAIN: _turns(show)}, rounds=rounds, warm_up=min(10, rounds))
    frame.close()
    frame.deleteLater()
    claim = f"p95 {timings[0].p95_s * 1e3:.1f} ms (at most {BUDGET_P95_S * 1e3:.0f})"
    title = "A frame of two views while scrolling, heatmap on, 512 x 512 in 900 x 900 each"
    return Table(title, timings, claim, timings[0].p95_s <= BUDGET_P95_S)


class Peer:
    """pyqtgraph: an ImageItem for the slice by levels, one with a look-up table and opacity for the heat."""

    def __init__(self, *, is_smooth: bool) -> None:
        import pyqtgraph

        pyqtgraph.setConfigOptions(imageAxisOrder="row-major")
        self._widget = pyqtgraph.GraphicsLayoutWidget()
        self._widget.resize(SIDE, SIDE)
        self._widget.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        box = self._widget.addViewBox()
        box.setAspectLocked(True)
        self._slice, self._heat = pyqtgraph.ImageItem(), pyqtgraph.ImageItem()
        box.addItem(self._slice)
        box.addItem(self._heat)
        opaque = np.full((256, 1), round(255 * HeatmapStyle().opacity), dtype=np.uint8)
        opaque[: round(255 * HeatmapStyle().threshold)] = 0
        self._heat.setLookupTable(np.hstack([colormap.table("inferno"), opaque]))
        self._widget.show()

    def show(self, hu: Hu, window: Window, heat: Heat | None) -> None:
        """One frame."""
        half = window.width / 2
        self._slice.setImage(hu, levels=(window.center - half, window.center + half), autoLevels=False)
        if heat is None:
            self._heat.clear()
        else:
            self._heat.setImage(heat, levels=(0.0, 1.0), autoLevels=False)
        QCoreApplication.processEvents()

    def close(self) -> None:
        """Take the window away."""
        self._widget.close()
        self._widget.deleteLater()


def _turns(show: Callable[[int], None]) -> Callable[[], None]:
    """Count the calls, so that each frame differs from the one before."""
    counter = itertools.cycle(range(SLICES))
    return lambda: show(next(counter))


def _dragged(turn: int) -> Window:
    return Window(40 + turn % 17, 80 + turn % 23)


def _judged(title: str, contestants: dict[str, Callable[[int], None]], *, rounds: int, at_least: float = 0.0) -> Table:
    turning = {name: _turns(show) for name, show in contestants.items()}
    timings = compete(turning, rounds=rounds, warm_up=min(10, rounds))
    own, peer = timings[0], next(timing for timing in timings if timing.name.startswith("pyqtgraph"))
    faster = peer.median_s / own.median_s
    claim = f"p95 {own.p95_s * 1e3:.1f} ms (at most {BUDGET_P95_S * 1e3:.0f})"
    if at_least:
        claim += f", {faster:.1f} times faster than pyqtgraph with the same picture (at least {at_least:g})"
    return Table(title, timings, claim, own.p95_s <= BUDGET_P95_S and faster >= at_least, absent("vtk"))
