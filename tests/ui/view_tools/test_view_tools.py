"""Tools of the active view through the real window: flip and turn, exact zooms, their menus."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from leukoviewer.display.orientation import Turn
from leukoviewer.ui import view_tools
from leukoviewer.ui.heat_planes import HeatPlanes
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.guide_lines import GuideLine
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.ui.conftest import WAIT_MS
from tests.ui.on_window import press

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {
    "view.flip_horizontal": (Qt.Key.Key_H, NONE),
    "view.flip_vertical": (Qt.Key.Key_V, NONE),
    "view.rotate_right": (Qt.Key.Key_R, SHIFT),
    "view.rotate_left": (Qt.Key.Key_L, SHIFT),
}


def turn(viewer: Viewer) -> Turn:
    """How the active view's picture is laid."""
    assert viewer.session.view is not None
    return viewer.session.view.turn


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
