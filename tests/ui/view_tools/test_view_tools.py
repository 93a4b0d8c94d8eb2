"""Tools of the active view through the real window: flip and turn, exact zooms, the magnifier, cine."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QCursor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from leukoviewer.display.orientation import Turn
from leukoviewer.ui import held_key, view_tools
from leukoviewer.ui.cine import RATES
from leukoviewer.ui.heat_planes import HeatPlanes
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets import magnifier
from leukoviewer.ui.widgets.guide_lines import GuideLine
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.ui.conftest import WAIT_MS

SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {
    "view.flip_horizontal": (Qt.Key.Key_H, NONE),
    "view.flip_vertical": (Qt.Key.Key_V, NONE),
    "view.rotate_right": (Qt.Key.Key_R, SHIFT),
    "view.rotate_left": (Qt.Key.Key_L, SHIFT),
}


def press(viewer: Viewer, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key over the whole window."""
    QTest.keyClick(viewer.window, key, modifiers)


def turn(viewer: Viewer) -> Turn:
    """How the active view's picture is laid."""
    assert viewer.session.view is not None
    return viewer.session.view.turn


def index(viewer: Viewer) -> int:
    """The slice on the screen."""
    assert viewer.session.view is not None
    return viewer.session.view.slice_index


def corner(viewer: Viewer) -> tuple[str, ...]:
    """Lines of the lower left corner."""
    return viewer.window.slice_view._overlay.texts.bottom_left


def gray(view: SliceView) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A view as painted, in gray levels."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


@pytest.mark.parametrize(
    ("action", "letters", "words"),
    [
        ("view.flip_horizontal", "LRAP", "Flipped left to right"),
        ("view.flip_vertical", "RLPA", "Flipped top to bottom"),
        ("view.rotate_right", "PARL", "Turned 90° right"),
        ("view.rotate_left", "APLR", "Turned 90° left"),
    ],
)
def test_a_key_lays_the_picture_and_the_corner_says_so_until_reset(
    reading: Viewer, action: str, letters: str, words: str
) -> None:
    view, before = reading.window.slice_view, corner(reading)
    view.zoom_in()
    press(reading, *KEYS[action])
    seen = view.letters
    assert seen.left + seen.right + seen.top + seen.bottom == letters
    assert corner(reading)[0] == words
    press(reading, Qt.Key.Key_R)
    assert (turn(reading), view.viewport.zoom) == (Turn(), 1)
    assert corner(reading) == before


def test_a_flip_belongs_to_its_view_and_its_series(reading: Viewer, qtbot: QtBot) -> None:
    press(reading, Qt.Key.Key_W)
    (pane,) = reading.layouts.panes
    press(reading, *KEYS["view.flip_horizontal"])
    assert pane.session.view is not None
    assert (turn(reading), pane.session.view.turn) == (Turn(0, mirrored=True), Turn())
    reading.layouts.step()
    assert (turn(reading), pane.session.view.turn) == (Turn(), Turn(0, mirrored=True))
    reading.actions["layout.one"].trigger()
    press(reading, *KEYS["view.rotate_right"])
    reading.actions["series.next"].trigger()
    qtbot.waitUntil(lambda: reading.session.volume is not None and reading.workflow.is_idle, timeout=WAIT_MS)
    assert turn(reading) == Turn()


def test_what_was_in_the_middle_stays_there_when_the_picture_is_turned(reading: Viewer) -> None:
    view = reading.window.slice_view
    view.set_viewport(view.viewport.zoomed(3, QPointF(view.rect().center())).panned(QPointF(-60, 35)))
    middle = QPointF(view.width() / 2, view.height() / 2)

    def seen() -> tuple[float, float, float]:
        inverse, _ = view.viewport.transform().inverted()
        at = inverse.map(middle)
        return at.x(), at.y(), view.viewport.px_per_mm

    before = seen()
    for key in KEYS.values():
        press(reading, *key)
        assert seen() == pytest.approx(before)


def test_lines_of_other_planes_lie_on_the_picture_however_it_is_turned(reading: Viewer) -> None:
    view = reading.window.slice_view
    assert view._pixels is not None
    rows, columns = view._pixels.shape
    view.set_texts_visible(False)
    # Along the stored row 16, a quarter of the way down: right of the middle after a turn to the right.
    line = GuideLine((16.0, -0.5), (16.0, columns - 0.5))
    for key, (across, down) in (
        ((Qt.Key.Key_R, NONE), (0.0, -1.0)), (KEYS["view.flip_vertical"], (0.0, 1.0)),
        (KEYS["view.rotate_right"], (-1.0, 0.0)), (KEYS["view.flip_horizontal"], (1.0, 0.0)),
    ):  # fmt: skip
        view.set_lines(())
        press(reading, *key)
        before = gray(view).astype(int)
        view.set_lines((line,))
        at = np.argwhere(np.abs(gray(view).astype(int) - before) > 8)
        away = (rows / 2 - 16.5) * 3.5 * view.viewport.px_per_mm
        found = at.mean(axis=0)[::-1] - (view.width() / 2, view.height() / 2)
        np.testing.assert_allclose(found, (across * away, down * away), atol=3)


def test_the_heat_lies_on_its_place_however_the_picture_is_turned(
    reading: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = reading.window.slice_view
    assert view._pixels is not None
    heat = np.zeros(view._pixels.shape, np.float32)
    # In the upper left quarter, nearer to the left edge.
    heat[18:26, 8:12] = 1
    monkeypatch.setattr(HeatPlanes, "plane", lambda _self, _index: heat)
    reading.picture.draw()
    for key, (across, down) in (
        ((Qt.Key.Key_R, NONE), (-22.0, -10.0)), (KEYS["view.flip_horizontal"], (22.0, -10.0)),
        (KEYS["view.rotate_right"], (10.0, 22.0)), (KEYS["view.flip_vertical"], (10.0, -22.0)),
        (KEYS["view.rotate_left"], (-22.0, -10.0)),
    ):  # fmt: skip
        press(reading, *key)
        image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        packed = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
        colored = np.argwhere((packed >> 16 & 0xFF).astype(int) - (packed & 0xFF).astype(int) > 20)
        found = colored.mean(axis=0)[::-1] - (view.width() / 2, view.height() / 2)
        px = 3.5 * view.viewport.px_per_mm
        np.testing.assert_allclose(found, (across * px, down * px), atol=6)


# Zoom


def test_a_pixel_is_one_of_the_glass_on_a_screen_of_twice_the_resolution(
    reading: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = reading.window.slice_view
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0)
    press(reading, Qt.Key.Key_Z, SHIFT)
    assert (view.zoom, view.viewport.px_per_pixel) == pytest.approx((1.0, 0.5))


def test_one_to_one_is_a_pixel_on_a_pixel_and_z_fits_again(reading: Viewer) -> None:
    view = reading.window.slice_view
    fitted = view.viewport
    press(reading, Qt.Key.Key_Z, SHIFT)
    assert view.zoom == pytest.approx(1)
    assert "Zoom 100 %" in corner(reading)
    # The painted picture is the frame itself, pixel by pixel.
    view.set_texts_visible(False)
    left, top = (round(value) for value in (view.viewport.transform().dx(), view.viewport.transform().dy()))
    view.set_viewport(view.viewport.panned(QPointF(left, top) - _corner(view)))
    assert view._pixels is not None
    rows, columns = view._pixels.shape
    inner = slice(16, rows - 16), slice(16, columns - 16)
    painted = gray(view)[top : top + rows, left : left + columns][inner]
    np.testing.assert_array_equal(painted, (view._pixels & 0xFF)[inner])
    press(reading, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.15)
    press(reading, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(1)
    press(reading, Qt.Key.Key_Z)
    assert view.viewport == fitted


def _corner(view: SliceView) -> QPointF:
    return QPointF(view.viewport.transform().dx(), view.viewport.transform().dy())


class Screen:
    """A screen that tells what a test wants."""

    def __init__(self, dots: float, *, model: str = "EV2436W", size: QSizeF | None = None) -> None:
        self._dots, self._model, self._size = dots, model, size or QSizeF(518, 324)

    def physicalDotsPerInchX(self) -> float:
        return self._dots

    def physicalSize(self) -> QSizeF:
        return self._size

    def manufacturer(self) -> str:
        return ""

    def model(self) -> str:
        return self._model

    def serialNumber(self) -> str:
        return ""


def test_true_size_needs_a_screen_that_tells_its_size(reading: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    view = reading.window.slice_view
    monkeypatch.setattr(view, "screen", lambda: Screen(96.0, model=""))
    press(reading, Qt.Key.Key_Z, ALT)
    assert (view.viewport.zoom, reading.window.message_bar.text) == (1, view_tools.NO_SCREEN_SIZE)
    monkeypatch.setattr(view, "screen", lambda: Screen(127.0))
    press(reading, Qt.Key.Key_Z, ALT)
    assert view.viewport.px_per_mm == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("screen", "scale"),
    [
        (Screen(254.0), 10.0), (Screen(20.0), None), (Screen(2000.0), None), (Screen(96.0, size=QSizeF()), None),
    ],
)  # fmt: skip
def test_a_size_that_cannot_be_is_not_believed(screen: Screen, scale: float | None) -> None:
    assert view_tools.screen_px_per_mm(screen) == scale  # type: ignore[arg-type]


def test_without_a_scan_the_tools_say_what_to_do(viewer: Viewer) -> None:
    for name in (*KEYS, "view.one_to_one", "view.true_size"):
        viewer.window.message_bar.clear()
        viewer.actions[name].trigger()
        assert viewer.window.message_bar.text == view_tools.OPEN_FIRST


# Magnifier


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


# Cine


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
    reading.session.view_changed.connect(lambda: passed.append(index(reading)))
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
    press(reading, *KEYS["view.flip_vertical"])
    assert reading.reading.cine.is_running


def test_cine_without_a_scan_does_not_start(viewer: Viewer) -> None:
    press(viewer, Qt.Key.Key_C)
    assert not viewer.reading.cine.is_running
    assert not viewer.actions["view.cine"].isChecked()


def test_the_tools_stand_in_menus_of_their_own_with_tips_and_keys(viewer: Viewer) -> None:
    menus = {menu.title(): menu for menu in viewer.window.findChildren(QMenu)}
    for title, names in {
        "Flip and turn": tuple(KEYS),
        "Zoom": ("view.fit", "view.one_to_one", "view.true_size", "view.zoom_in", "view.zoom_out"),
        "Cine": ("view.cine", "cine.faster", "cine.slower", "cine.sweep"),
    }.items():
        offered = [action.objectName() for action in menus[title].actions() if action.objectName()]
        assert offered[: len(names)] == list(names)
    for action in menus["Zoom"].actions():
        assert f"({action.shortcut().toString()})" in action.toolTip()
