"""Thumbnails are made beside the window: it can be read in while they are not there yet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from leukoviewer.core.series import Series
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, Gate


def pictures(viewer: Viewer) -> list[bool]:
    """Whether each series of the list has its small picture."""
    found = viewer.window.series_list.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    data = [found.item(row).data(Qt.ItemDataRole.DecorationRole) for row in range(found.count())]
    return [isinstance(one, QPixmap) for one in data]


def test_thumbnails_that_take_long_hold_up_neither_slices_nor_keys(
    viewers: Callable[..., Viewer], tasks: Tasks, head_folder: Path, qtbot: QtBot
) -> None:
    gate, threads = Gate(), set[threading.Thread]()

    def slow(series: Series) -> NDArray[np.uint8]:
        threads.add(threading.current_thread())
        gate.wait()
        return tasks.thumbnail(series)

    viewer = viewers(thumbnail=slow)
    session = viewer.session
    viewer.opening.open(head_folder)
    qtbot.waitUntil(lambda: session.volume is not None and gate.reached.is_set(), timeout=WAIT_MS)
    assert pictures(viewer) == [False] * 3
    # The first one is still being made: the window shows, scrolls and measures all the same.
    assert session.view is not None
    before = session.view.slice_index
    QTest.keyClick(viewer.window, Qt.Key.Key_Down)
    assert session.view.slice_index == before + 1
    shown = viewer.window.slice_view._pixels
    assert shown is not None
    assert len(np.unique(shown)) > 2
    viewer.actions["model.key_image"].trigger()
    assert viewer.key_marks.slices == (before + 1,)
    gate.open()
    qtbot.waitUntil(lambda: pictures(viewer) == [True] * 3, timeout=WAIT_MS)
    assert threading.main_thread() not in threads
