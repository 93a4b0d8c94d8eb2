"""Painted corner texts and letters."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.orientation import EdgeLetters
from leukoviewer.ui.widgets.corner_text import MARGIN_PX, paint_corner_texts, paint_edge_letters
from tests.ui.widgets.picture import painted

AREA = QRectF(0, 0, 300, 200)

pytestmark = pytest.mark.usefixtures("qapp")


def texts(painter: QPainter, value: CornerTexts) -> None:
    paint_corner_texts(painter, AREA, value)


def test_lines_stand_one_under_the_other_from_the_top_and_up_from_the_bottom() -> None:
    one = painted(300, 200, lambda p: texts(p, CornerTexts(top_left=("A",), bottom_left=("A",))))
    two = painted(300, 200, lambda p: texts(p, CornerTexts(top_left=("A", "A"), bottom_left=("A", "A"))))
    rows_of_one = np.flatnonzero(one.max(axis=(1, 2)) > 100)
    rows_of_two = np.flatnonzero(two.max(axis=(1, 2)) > 100)
    assert (rows_of_one.min(), rows_of_one.max()) == (rows_of_two.min(), rows_of_two.max())
    assert len(rows_of_two) > 1.5 * len(rows_of_one)


def test_nothing_comes_nearer_to_the_edge_than_the_margin() -> None:
    lines = ("Wy" * 30,) * 3
    picture = painted(300, 200, lambda p: texts(p, CornerTexts(lines, lines, lines, lines)))
    lit = np.argwhere(picture.max(axis=2) > 100)
    assert lit.min() >= MARGIN_PX - 1
    assert lit[:, 1].max() <= 300 - MARGIN_PX
    assert lit[:, 0].max() <= 200 - MARGIN_PX


def test_a_long_line_leaves_the_other_corner_alone() -> None:
    picture = painted(300, 200, lambda p: texts(p, CornerTexts(top_left=("long words " * 30,))))
    assert np.flatnonzero(picture.max(axis=(0, 2)) > 100).max() < 150


def test_text_reads_on_white_by_its_shadow() -> None:
    def paint(painter: QPainter) -> None:
        painter.fillRect(AREA, "white")
        texts(painter, CornerTexts(top_left=("Slice 1",)))

    assert painted(300, 200, paint).min() < 140


@pytest.mark.parametrize(
    ("letters", "region"),
    [
        (EdgeLetters(left="R"), np.s_[80:120, :30]),
        (EdgeLetters(right="L"), np.s_[80:120, 270:]),
        (EdgeLetters(top="AH"), np.s_[:30, 130:170]),
        (EdgeLetters(bottom="PF"), np.s_[170:, 130:170]),
    ],
)
def test_a_letter_stands_in_the_middle_of_its_edge(letters: EdgeLetters, region: tuple[slice, slice]) -> None:
    picture = painted(300, 200, lambda p: paint_edge_letters(p, AREA, letters))
    assert picture[region].max() > 150
    picture[region] = 0
    assert picture.max() == 0


def test_the_right_letter_makes_room_and_the_others_stay() -> None:
    every = EdgeLetters("R", "L", "A", "P")
    plain = painted(300, 200, lambda p: paint_edge_letters(p, AREA, every))
    moved = painted(300, 200, lambda p: paint_edge_letters(p, AREA, every, right_px=40))
    assert (plain[:, :200] == moved[:, :200]).all()
    assert moved[:, 260:].max() == 0
    assert plain[:, 260:].max() > 150


def test_without_letters_nothing_is_painted(qtbot: QtBot) -> None:
    assert painted(300, 200, lambda p: paint_edge_letters(p, AREA, EdgeLetters())).max() == 0
