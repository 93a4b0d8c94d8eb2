"""Cine in the real window: its rate, its way, and what stops it."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leukoviewer.ui.cine import RATES
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS
from tests.ui.on_window import index_of, press

CTRL = Qt.KeyboardModifier.ControlModifier


def test_cine_runs_to_and_fro_at_the_chosen_rate(reading: Viewer, qtbot: QtBot) -> None:
    cine, view = reading.reading.cine, reading.window.slice_view
    press(reading, Qt.Key.Key_Up, CTRL)
    assert "12 slices a second" in reading.window.message_bar.text
    for _ in RATES:
        press(reading, Qt.Key.Key_Up, CTRL)
    assert cine.rate == RATES[-1]
    press(reading, Qt.Key.Key_S)
    assert reading.actions["cine.sweep"].isChecked()
    reading.reading.go_to(9)
    passed: list[int] = []
    reading.session.view_changed.connect(lambda: passed.append(index_of(reading)))
    press(reading, Qt.Key.Key_C)
    assert view._overlay.mode == "Cine to and fro, 60 slices a second"
    qtbot.waitUntil(lambda: len(passed) >= 16, timeout=WAIT_MS)
    last = len(reading.session.volume or ()) - 1
    assert max(passed) == last
    assert {abs(b - a) for a, b in itertools.pairwise(passed)} == {1}
    for _ in RATES:
        press(reading, Qt.Key.Key_Down, CTRL)
    assert (cine.rate, cine.is_running) == (RATES[0], True)
    press(reading, Qt.Key.Key_C)
    assert (view._overlay.mode, reading.actions["view.cine"].isChecked()) == ("", False)


@pytest.mark.parametrize(
    "scroll",
    [
        lambda viewer: press(viewer, Qt.Key.Key_Down),
        lambda viewer: viewer.window.slice_view.slice_requested.emit(-1),
        lambda viewer: viewer.window.ribbon.slice_chosen.emit(2),
        lambda viewer: viewer.session.set_view(viewer.session.view.with_slice(1)),
        lambda viewer: press(viewer, Qt.Key.Key_End),
    ],
    ids=["key", "wheel", "ribbon", "anything else", "end"],
)
def test_any_scroll_of_the_reader_stops_cine(reading: Viewer, scroll: object) -> None:
    reading.reading.last()
    press(reading, Qt.Key.Key_C)
    assert reading.reading.cine.is_running
    scroll(reading)  # type: ignore[operator]
    assert not reading.reading.cine.is_running
    assert not reading.actions["view.cine"].isChecked()


def test_cine_goes_on_while_the_window_changes(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_C)
    press(reading, Qt.Key.Key_3)
    press(reading, Qt.Key.Key_V)
    assert reading.reading.cine.is_running


def test_cine_without_a_scan_does_not_start(viewer: Viewer) -> None:
    press(viewer, Qt.Key.Key_C)
    assert not viewer.reading.cine.is_running
    assert not viewer.actions["view.cine"].isChecked()
