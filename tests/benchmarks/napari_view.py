"""napari as a peer: one of its windows that scrolls the same stacks, and its start. It needs OpenGL, so a screen."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from leukoviewer.core.window import Window
from leukoviewer.display.state import HeatmapStyle

# A frame that is not drawn within this time is none.
PATIENCE_S = 5.0

# Ends at the end of the first drawing of its window; the first argument is when the process was started.
START = """
import json, sys, time
import napari
from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication

viewer = napari.Viewer(show=False)

def drawn(event):
    print(json.dumps({"seconds": time.time() - float(sys.argv[1])}), flush=True)
    QTimer.singleShot(0, QApplication.quit)

viewer.window._qt_viewer.canvas._scene_canvas.events.draw.connect(drawn)
viewer.window.show()
napari.run()
"""


class NapariView:
    """A window with the slices and the heat as two layers, as its documentation says to show two stacks."""

    def __init__(self, side: int, hu: NDArray[np.int16], heat: NDArray[np.float32], window: Window) -> None:
        os.environ["QT_API"] = "pyside6"
        import napari

        self._viewer: Any = napari.Viewer(show=True)
        canvas = self._viewer.window._qt_viewer.canvas
        canvas.native.setFixedSize(side, side)
        half, style = window.width / 2, HeatmapStyle()
        limits = (window.center - half, window.center + half)
        self._viewer.add_image(hu, contrast_limits=limits, interpolation2d="linear")
        self._viewer.add_image(
            heat, colormap=style.colormap, contrast_limits=(0, 1), opacity=style.opacity, blending="translucent",
            interpolation2d="linear",
        )  # fmt: skip
        self._viewer.reset_view()
        self._drawn = 0
        canvas._scene_canvas.events.draw.connect(self._count)

    def show(self, turn: int) -> None:
        """One frame: another slice, until it is drawn."""
        before, until = self._drawn, time.perf_counter() + PATIENCE_S
        self._viewer.dims.set_current_step(0, turn)
        while self._drawn == before:
            QCoreApplication.processEvents()
            if time.perf_counter() > until:
                raise TimeoutError("napari draws nothing")

    def close(self) -> None:
        """Take the window away."""
        self._viewer.close()

    def _count(self, _event: object) -> None:
        self._drawn += 1
