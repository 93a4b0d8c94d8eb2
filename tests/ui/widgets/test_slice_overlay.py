"""What is written over a slice does not lie upon each other, however small the view is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.orientation import EdgeLetters
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.widgets import corner_text, shades, slice_overlay
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.slice_overlay import Overlay, paint_overlay
from leukoviewer.ui.widgets.viewport import Viewport
from tests.ui.widgets.picture import painted

RIGHT = CornerTexts(
    top_right=("SIMULATED HEAD CT", "2021-04-13", "Series 2  MIXED_4_7", "SIMULATED Sim Dual"),
    bottom_right=("Thickness 7 mm", "Tilt 20.2°", "Position 48.7 mm", "Slice 5 / 26"),
)
BAR = ColorBar(HeatmapStyle(), method="Grad-CAM", note="leuko-convnext-atto 0.4.0, trained on simulated patients")

pytestmark = pytest.mark.usefixtures("qapp")


def ink(overlay: Overlay, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Where something is written in a view of this size."""
    port = Viewport(size, 512, 512)
    picture = painted(*size, lambda painter: paint_overlay(painter, overlay, port, font=QFont()))
    return np.asarray(picture.max(axis=2) > 60)


@pytest.mark.parametrize("size", [(240, 262), (330, 312), (262, 262), (260, 200), (680, 666), (400, 240)])
@pytest.mark.parametrize("bar", [BAR, ColorBar(HeatmapStyle(), method="Grad-CAM")])
def test_the_color_bar_and_its_lines_stay_clear_of_the_corner_texts(size: tuple[int, int], bar: ColorBar) -> None:
    texts, heat = ink(Overlay(RIGHT), size), ink(Overlay(RIGHT, bar=bar), size) & ~ink(Overlay(RIGHT), size)
    rows = np.flatnonzero(heat.any(axis=1))
    middle = size[1] // 2
    written = np.flatnonzero(texts.any(axis=1))
    assert rows.size > 40
    assert written[written < middle].max() < rows.min()
    assert written[written > middle].min() > rows.max()


def test_the_lines_under_the_bar_go_where_there_is_no_room_for_them() -> None:
    area = QRectF(0, 0, 300, 190)
    box, bar = slice_overlay._placed_bar(area, BAR, lines=(4, 4), line_px=14.0)
    assert (bar.method, bar.note) == ("", "")
    assert box.height() >= 40
    _, bar = slice_overlay._placed_bar(QRectF(0, 0, 300, 400), BAR, lines=(4, 4), line_px=14.0)
    assert bar == BAR


def test_a_view_with_room_has_its_bar_in_the_middle() -> None:
    area = QRectF(0, 20, 700, 660)
    box, _ = slice_overlay._placed_bar(area, BAR, lines=(4, 4), line_px=14.0)
    assert box.center().y() == area.center().y()
    assert box.height() == 260


FULL = CornerTexts(
    top_left=("Doe, Jane", "ID 4711", "F  71 y"),
    top_right=RIGHT.top_right,
    bottom_left=("W 80  C 40  Brain", "Zoom 31 %"),
    bottom_right=("★ Key image", *RIGHT.bottom_right),
)


@pytest.mark.parametrize("width", [150, 180, 200])
def test_a_narrow_view_says_whose_slice_it_is_and_which_in_whole_words(width: int) -> None:
    area, metrics = QRectF(0, 0, width, 280), QFontMetricsF(shades.font_of(QFont(), shades.SMALL_PX))
    assert corner_text.is_narrow(area)
    texts = slice_overlay._laid(Overlay(FULL, remark="Linked"), area, metrics).texts
    assert texts.top_left == ("Doe, Jane", "ID 4711", "Linked")
    assert texts.bottom_left == (*FULL.bottom_left, "★ Key image", "Slice 5 / 26")
    assert not texts.top_right
    assert not texts.bottom_right
    boxes = corner_text.line_boxes(area, texts, metrics)
    lines = (*texts.top_left, *texts.bottom_left)
    assert [box.width() for box in boxes] == pytest.approx([metrics.horizontalAdvance(line) for line in lines])


@pytest.mark.parametrize(
    ("height", "expected"),
    [
        (300, ("12 HU", "Turned 180°", *FULL.bottom_left, "★ Key image", "Slice 5 / 26")),
        (200, ("12 HU", "Turned 180°", "★ Key image", "Slice 5 / 26")),
        (150, ("★ Key image", "Slice 5 / 26")),
        (90, ("Slice 5 / 26",)),
    ],
)
def test_a_low_narrow_view_leaves_the_zoom_and_the_window_out_first_and_the_slice_never(
    height: int, expected: tuple[str, ...]
) -> None:
    area, metrics = QRectF(0, 0, 180, height), QFontMetricsF(shades.font_of(QFont(), shades.SMALL_PX))
    turned = replace(FULL, bottom_left=("Turned 180°", *FULL.bottom_left))
    assert slice_overlay._laid(Overlay(turned, readout="12 HU"), area, metrics).texts.bottom_left == expected


def test_the_bar_of_a_narrow_view_does_not_move_with_the_mouse() -> None:
    area, metrics = QRectF(0, 0, 180, 280), QFontMetricsF(shades.font_of(QFont(), shades.SMALL_PX))
    bars = [slice_overlay._laid(Overlay(FULL, bar=BAR, readout=said), area, metrics).bar for said in ("", "12 HU")]
    assert bars[0] is not None
    assert bars[0] == bars[1]


def test_a_narrow_view_of_a_slice_without_a_place_says_which_it_is() -> None:
    area, metrics = QRectF(0, 0, 180, 280), QFontMetricsF(shades.font_of(QFont(), shades.SMALL_PX))
    texts = corner_text.brief(CornerTexts(bottom_right=("Slice 5 / 26  position unknown",)), area, metrics)
    assert texts.bottom_left == ("Slice 5 / 26  position unknown",)


def test_a_wide_view_says_all() -> None:
    area, metrics = QRectF(0, 0, 340, 280), QFontMetricsF(shades.font_of(QFont(), shades.SMALL_PX))
    assert slice_overlay._laid(Overlay(FULL), area, metrics).texts == FULL


@pytest.mark.parametrize("size", [(160, 230), (200, 230), (160, 280), (200, 300), (340, 300), (680, 666)])
@pytest.mark.parametrize("turned", [(), ("Flipped left to right", "Turned 90° right")])
def test_letters_color_bar_and_lines_of_corners_stand_apart(size: tuple[int, int], turned: tuple[str, ...]) -> None:
    texts = replace(FULL, bottom_left=("12 HU  (211, 190)", *turned, *FULL.bottom_left))
    overlay = Overlay(texts, letters=EdgeLetters("R", "L", "AH", "PF"), bar=BAR, remark="Not linked", mode="Cine")
    boxes = slice_overlay.occupied(overlay, Viewport(size, 512, 512), font=QFont())
    assert len(boxes) >= 10
    for number, box in enumerate(boxes):
        assert not any(box.adjusted(1, 1, -1, -1).intersects(other) for other in boxes[number + 1 :])


@pytest.mark.parametrize("size", [(160, 160), (200, 200)])
def test_the_letter_of_the_left_edge_is_never_written_over(size: tuple[int, int]) -> None:
    texts = replace(FULL, bottom_left=("Flipped left to right", "Turned 90° right", *FULL.bottom_left))
    letters = EdgeLetters(left="R", right="", top="", bottom="")
    overlay = Overlay(texts, readout="12 HU  (211, 190)", remark="Not linked", mode="Cine")
    letter, words = ink(Overlay(letters=letters), size), ink(overlay, size)
    assert letter.any()
    assert not (letter & words).any()


@pytest.mark.parametrize("size", [(160, 280), (340, 300), (680, 666)])
def test_what_is_written_lies_where_it_is_told_to_be(size: tuple[int, int]) -> None:
    overlay = Overlay(FULL, letters=EdgeLetters("R", "L", "AH", "PF"), bar=BAR)
    written = ink(overlay, size)
    for box in slice_overlay.occupied(overlay, Viewport(size, 512, 512), font=QFont()):
        left, top, right, bottom = (round(edge) for edge in box.adjusted(-2, -2, 2, 2).getCoords())
        inside = written[top:bottom, left:right]
        assert inside.any()
        written[top:bottom, left:right] = False
    assert not written.any()


@pytest.mark.parametrize("threshold", [0.3, 0.45, 0.5, 0.55, 0.7])
def test_the_letter_of_the_right_side_is_never_under_the_threshold(threshold: float) -> None:
    size, letters = (680, 666), EdgeLetters(left="", right="L", top="", bottom="")
    bar = ColorBar(HeatmapStyle(threshold=threshold))
    alone = ink(Overlay(bar=bar), size)
    columns = np.flatnonzero((ink(Overlay(bar=bar, letters=letters), size) & ~alone).any(axis=0))
    line_px = QFontMetricsF(shades.font_of(QFont(), shades.LETTER_PX, bold=True)).height()
    beside = alone[round(333 - line_px / 2) : round(333 + line_px / 2), : columns.max() + 40]
    near = np.flatnonzero(beside.any(axis=0))
    assert columns.size > 3
    assert near.size == 0 or columns.max() < near.min()


@pytest.mark.parametrize("size", [(210, 262), (330, 312), (262, 262), (300, 240), (680, 666)])
def test_the_scale_bar_stays_clear_of_the_lower_corner_texts(size: tuple[int, int]) -> None:
    texts = CornerTexts(
        bottom_left=("Slab of 20 mm, highest values", "W 1500  C -600  Lung, inverted", "Zoom 64 % of its pixels"),
        bottom_right=("Tilt +20.2° corrected, see the list", "Interpolated between the slices", "P 3.3 mm of 170.0 mm"),
    )
    words, both = ink(Overlay(texts), size), ink(Overlay(texts, has_scale=True), size)
    scale = both & ~words
    rows, columns = (np.flatnonzero(scale.any(axis=axis)) for axis in (1, 0))
    assert rows.size > 10
    assert columns.size > 10
    assert not words[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].any()
