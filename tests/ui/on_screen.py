"""What the slice view shows: where the slice lies, and the gray levels that are painted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.ui.viewer import Viewer


def plane(viewer: Viewer) -> SlicePlane:
    """Where the shown slice lies, from its header."""
    session = viewer.session
    assert session.series is not None
    assert session.view is not None
    found = session.series.slices[session.view.slice_index].plane
    assert found is not None
    return found


def painted(viewer: Viewer) -> NDArray[np.uint8]:
    """Gray levels of the slice view as painted, shape (rows, columns)."""
    image = viewer.window.slice_view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()
