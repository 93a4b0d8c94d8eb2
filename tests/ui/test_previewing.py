"""The preview: it stands while a folder is searched from the start page, and never beside another patient's scan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.volume import Preview
from leukoviewer.ui.previewing import WORDS
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS


@pytest.fixture
def slice_() -> Preview:
    plane = SlicePlane((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.5, 0.5), 32, 32)
    return Preview(np.full((32, 32), 40, np.int16), plane)


def _is_reading(viewer: Viewer) -> bool:
    return viewer.window.slice_view.isVisibleTo(viewer.window)


def test_it_stands_at_once_and_says_what_it_is(viewer: Viewer, slice_: Preview) -> None:
    assert not _is_reading(viewer)
    viewer.workflow.previewed.emit(slice_)
    view = viewer.window.slice_view
    assert _is_reading(viewer)
    assert viewer.previewing.is_shown
    assert view._image is not None
    assert view._overlay.texts.top_left == (WORDS,)


def test_it_goes_when_the_search_finds_nothing(viewer: Viewer, slice_: Preview) -> None:
    viewer.workflow.previewed.emit(slice_)
    viewer.workflow.opening_changed.emit(False)
    assert not _is_reading(viewer)
    assert viewer.window.slice_view._image is None
    assert viewer.window.slice_view._overlay.texts.top_left == ()


def test_the_series_takes_its_place(qtbot: QtBot, viewer: Viewer, slice_: Preview, head_folder: Path) -> None:
    viewer.workflow.previewed.emit(slice_)
    with qtbot.waitSignal(viewer.workflow.loaded, timeout=WAIT_MS):
        viewer.opening.open(head_folder)
    assert _is_reading(viewer)
    assert not viewer.previewing.is_shown
    assert viewer.window.slice_view._overlay.texts.top_left != (WORDS,)


def test_it_never_shows_over_an_open_scan(qtbot: QtBot, viewer: Viewer, slice_: Preview, head_folder: Path) -> None:
    with qtbot.waitSignal(viewer.workflow.loaded, timeout=WAIT_MS):
        viewer.opening.open(head_folder)
    frame = viewer.window.slice_view._pixels
    viewer.workflow.previewed.emit(slice_)
    assert viewer.window.slice_view._pixels is frame
    assert not viewer.previewing.is_shown
