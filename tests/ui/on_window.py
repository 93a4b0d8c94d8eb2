"""What tests read from the real window and do to it: the slice, its window, its pixels, a key."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from leukoviewer.core.window import Window
from leukoviewer.display.compose import compose
from leukoviewer.preprocessing.projection import project
from leukoviewer.ui.viewer import Viewer


def index_of(viewer: Viewer) -> int:
    """The slice that is shown, from 0."""
    assert viewer.session.view is not None
    return viewer.session.view.slice_index


def window_of(viewer: Viewer) -> Window:
    """The window that is shown."""
    assert viewer.session.view is not None
    return viewer.session.view.window


def press(viewer: Viewer, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key of the reader on the window."""
    QTest.keyClick(viewer.window, key, modifiers)


def frame(viewer: Viewer) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The pixels that the slice view was given, as red, green, blue."""
    pixels = viewer.window.slice_view._pixels
    assert pixels is not None
    return np.stack([(pixels >> shift).astype(np.uint8) for shift in (16, 8, 0)], axis=-1)


def expected_frame(viewer: Viewer, *, heat: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The frame composed from the volume and the result, without the window."""
    session = viewer.session
    assert session.view is not None
    assert session.volume is not None
    plane = None
    if heat and session.result is not None:
        raw = session.result.map_of(session.view.slice_index)
        assert raw is not None
        plane = project(raw, session.result.mapping) / np.float32(session.result.map_scale)
    hu = session.volume.hu[session.view.slice_index]
    return compose(hu, session.view.window, heat=plane, style=session.view.heatmap, inverted=session.view.inverted)
