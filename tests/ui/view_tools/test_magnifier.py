"""The magnifier in the real window: what it shows, where, and how long."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from leukoviewer.ui import held_key, view_tools
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets import magnifier
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.ui.conftest import WAIT_MS
from tests.ui.on_window import press


def gray(view: SliceView) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A view as painted, in gray levels."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


class Cursor:
    """A mouse that lies beside the window, wherever the test before left it."""

    @staticmethod
    def pos() -> QPoint:
        return QPoint(-5000, -5000)


def test_the_lens_shows_the_same_frame_twice_as_large_and_follows_the_cursor(
    reading: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_tools, "QCursor", Cursor)
    view = reading.window.slice_view
    view.set_texts_visible(False)
    plain = gray(view)
    # Where an earlier test left the mouse may be over this view.
    QCursor.setPos(view.mapToGlobal(QPoint(-40, -20)))
    press(reading, Qt.Key.Key_O)
    assert reading.actions["view.magnifier"].isChecked()
    # Without the mouse it lies in the middle.
    assert view.magnifier.at == QPointF(view.rect().center())
    spot = view.rect().center() + QPoint(20, -30)
    QTest.mouseMove(view, spot)
    assert view.magnifier.at == QPointF(spot)
    lens = gray(view)
    changed = np.argwhere(lens != plain) - (spot.y(), spot.x())
    assert np.hypot(*changed.T).max() <= magnifier.RADIUS_PX + 3
    # What lies 30 px beside the cursor is seen 60 px beside it.
    larger = magnifier.magnified(view.viewport, QPointF(spot)).transform()
    for by in (QPointF(30, 10), QPointF(-25, 20)):
        inverse, _ = view.viewport.transform().inverted()
        there = larger.map(inverse.map(QPointF(spot) + by)) - QPointF(spot)
        assert (there.x(), there.y()) == pytest.approx((2 * by.x(), 2 * by.y()))
    # Same window: it changes with the picture.
    press(reading, Qt.Key.Key_6)
    assert (gray(view) != lens).any()
    press(reading, Qt.Key.Key_O)
    assert view.magnifier.at is None


@pytest.mark.parametrize(("held_ms", "stays"), [(0, False), (60_000, True)], ids=["held", "pressed"])
def test_a_held_key_shows_the_lens_until_it_is_let_go_and_a_pressed_one_switches_it(
    reading: Viewer, monkeypatch: pytest.MonkeyPatch, held_ms: int, stays: bool
) -> None:
    monkeypatch.setattr(held_key, "HOLD_MS", held_ms)
    window, lens = reading.window, reading.window.slice_view.magnifier
    QTest.keyPress(window, Qt.Key.Key_O)
    assert lens.is_on
    # What is done meanwhile changes nothing.
    press(reading, Qt.Key.Key_Down)
    assert lens.is_on
    QTest.keyRelease(window, Qt.Key.Key_O)
    assert (lens.is_on, reading.actions["view.magnifier"].isChecked()) == (stays, stays)
    QTest.keyRelease(window, Qt.Key.Key_O)
    assert lens.is_on is stays


def test_a_lens_of_the_menu_stays_whatever_is_typed(reading: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_key, "HOLD_MS", 0)
    reading.actions["view.magnifier"].trigger()
    field = QLineEdit(reading.window)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "oo")
    assert field.text() == "oo"
    assert reading.window.slice_view.magnifier.is_on


def test_the_lens_lies_in_every_view_of_a_layout_and_goes_when_the_cursor_leaves(reading: Viewer, qtbot: QtBot) -> None:
    press(reading, Qt.Key.Key_O)
    press(reading, Qt.Key.Key_W)
    (pane,) = reading.layouts.panes

    def follows() -> bool:
        # From elsewhere: a mouse that an earlier test left at the very spot would not move.
        for spot in (QPoint(60, 70), QPoint(70, 80)):
            QTest.mouseMove(pane.view, spot)
        return bool(pane.view.magnifier.at == QPointF(70, 80))

    qtbot.waitUntil(follows, timeout=WAIT_MS)
    pane.view.magnifier.follow(None)
    assert pane.view.magnifier.at is None
    assert pane.view.magnifier.is_on
