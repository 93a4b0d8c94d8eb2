"""The list of series: rows, pictures, the shown one, asking for another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.ui.series_rows import SeriesRow
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.series_list import PICTURE_PX, SeriesList, _pixmap, _wrapped

ROWS = (
    SeriesRow("a", "2  Head 5 mm", "28 slices  ·  5 mm", "tilt", "Tilted.", is_volume=True, is_suggested=True),
    SeriesRow("b", "1  Scout", "1 image", "No volume: a scout", "A scout.", is_volume=False, is_suggested=False),
)


@pytest.fixture
def series_list(qtbot: QtBot) -> SeriesList:
    widget = SeriesList()
    qtbot.addWidget(widget)
    widget.resize(264, 400)
    widget.show()
    widget.set_rows(ROWS, "Not read: not DICOM (1).")
    return widget


def _pixels(widget: SeriesList) -> QImage:
    return widget._list.viewport().grab().toImage()


def test_rows_show_in_order_with_their_tips(series_list: SeriesList) -> None:
    assert series_list.keys == ("a", "b")
    assert series_list._list.item(0).toolTip() == "Tilted."
    assert series_list._foot.text() == "Not read: not DICOM (1)."


def test_a_description_that_looks_like_html_is_shown_as_it_stands(series_list: SeriesList) -> None:
    series_list.set_rows((replace(ROWS[0], tip="<img src='file:///etc/hostname'> & <b>head</b>"),), "")
    tip = series_list._list.item(0).toolTip()
    assert "<img" not in tip
    assert "<b>" not in tip
    assert "&lt;img" in tip


def test_without_a_footnote_its_line_hides(series_list: SeriesList) -> None:
    series_list.set_rows(ROWS, "")
    assert not series_list._foot.isVisible()


def test_a_click_asks_for_the_series(series_list: SeriesList, qtbot: QtBot) -> None:
    box = series_list._list.visualItemRect(series_list._list.item(1))
    with qtbot.waitSignal(series_list.series_asked, timeout=1000) as blocker:
        qtbot.mouseClick(series_list._list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert blocker.args == ["b"]


def test_marking_the_shown_series_asks_for_nothing(series_list: SeriesList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(series_list.series_asked):
        series_list.set_current("b")
        series_list.set_current(None)
        series_list.set_rows(ROWS[:1], "")


def test_the_shown_series_has_a_bar_at_its_side(series_list: SeriesList) -> None:
    series_list.set_current("a")
    box = series_list._list.visualItemRect(series_list._list.item(0))
    assert _pixels(series_list).pixelColor(box.left() + 1, box.center().y()) == shades.ACCENT
    other = series_list._list.visualItemRect(series_list._list.item(1))
    assert _pixels(series_list).pixelColor(other.left() + 1, other.center().y()) != shades.ACCENT


def test_a_patients_name_is_painted_over_the_title(series_list: SeriesList) -> None:
    def ambers() -> int:
        image = _pixels(series_list)
        box = series_list._list.visualItemRect(series_list._list.item(1))
        spots = ((x, y) for y in range(box.top(), box.center().y() - 10) for x in range(box.left(), box.right()))
        colors = (image.pixelColor(*spot) for spot in spots)
        return sum(color.red() - color.blue() > 60 for color in colors)

    assert ambers() == 0
    series_list.set_rows((ROWS[0], replace(ROWS[1], patient="Roe, Jo  ID 42")), "")
    assert ambers() > 10


def test_a_small_picture_stands_in_its_row(series_list: SeriesList) -> None:
    picture = np.full((64, 128), 200, dtype=np.uint8)
    series_list.set_picture("a", picture)
    box = series_list._list.visualItemRect(series_list._list.item(0))
    image = _pixels(series_list)
    middle = QPoint(box.left() + 7 + PICTURE_PX // 2, box.center().y())
    assert image.pixelColor(middle).red() == 200
    # Twice as wide as high: above and below it the frame stays black.
    assert image.pixelColor(middle.x(), box.top() + 10).red() == 0


def test_a_picture_of_an_unknown_series_is_left_out(series_list: SeriesList) -> None:
    before = _pixels(series_list)
    series_list.set_picture("gone", np.full((4, 4), 255, dtype=np.uint8))
    assert _pixels(series_list) == before


@pytest.mark.parametrize(
    ("text", "most", "count"),
    [("short", 2, 1), ("a text that is much too long for one line of this width", 2, 2), ("", 2, 1), ("x" * 80, 1, 1)],
)
def test_texts_are_wrapped_and_elided(qtbot: QtBot, text: str, most: int, count: int) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    lines = _wrapped(text, painter, 150, most)
    metrics = painter.fontMetrics()
    painter.end()
    assert len(lines) == count
    assert all(metrics.horizontalAdvance(line) <= 150 for line in lines)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_small_picture_is_sharp_on_fine_screens(qapp: QApplication, ratio: float) -> None:
    found = _pixmap(np.zeros((128, 128), dtype=np.uint8), ratio=ratio)
    assert found.width() == round(PICTURE_PX * ratio)
    assert found.deviceIndependentSize().width() == pytest.approx(PICTURE_PX, abs=0.5)
