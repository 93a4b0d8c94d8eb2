"""The list of measurements and the histogram under it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from leukoviewer.core.measurements import Kind, Statistics, statistics
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.measurement_list import MeasurementList, MeasurementRow

ROWS = (MeasurementRow("a", "1:  Length  9.0 mm"), MeasurementRow("b", "3:  <b>Arrow</b>"))


def _list(qtbot: QtBot) -> MeasurementList:
    panel = MeasurementList()
    qtbot.addWidget(panel)
    panel.set_rows(ROWS)
    panel.resize(240, 260)
    panel.show()
    return panel


def _rows(panel: MeasurementList) -> QListWidget:
    rows = panel.findChild(QListWidget)
    assert rows is not None
    return rows


def _spread(*hu: int) -> Statistics:
    found = statistics(Kind.RECTANGLE, ((0, 0), (0, len(hu) - 1)), np.array([hu]))
    assert found is not None
    return found


def test_it_shows_its_rows_and_nothing_without_any(qtbot: QtBot) -> None:
    panel = _list(qtbot)
    assert panel.rows == ROWS
    panel.set_rows(())
    assert (panel.rows, panel.isVisible()) == ((), False)


def test_a_click_asks_for_the_row_also_for_the_selected_one(qtbot: QtBot) -> None:
    panel = _list(qtbot)
    rows = _rows(panel)
    panel.set_selected("b", None, "")
    asked: list[str] = []
    panel.asked.connect(asked.append)
    for number in (1, 0):
        QTest.mouseClick(
            rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(number)).center()
        )
    assert asked[0] == "b"
    assert asked[-1] == "a"


def test_selecting_from_outside_asks_for_nothing(qtbot: QtBot) -> None:
    panel = _list(qtbot)
    with qtbot.assertNotEmitted(panel.asked):
        panel.set_selected("b", None, "")
    assert _rows(panel).currentRow() == 1
    panel.set_selected("", None, "")
    assert _rows(panel).currentRow() == -1


def test_words_of_the_reader_are_no_markup(qtbot: QtBot) -> None:
    assert "&lt;b&gt;" in _rows(_list(qtbot)).item(1).toolTip()


def test_the_button_asks_for_the_export(qtbot: QtBot) -> None:
    panel = _list(qtbot)
    button = panel.findChild(QToolButton)
    assert button is not None
    with qtbot.waitSignal(panel.export_asked):
        button.click()


def test_the_histogram_stands_only_with_pixels_and_its_bars_follow_the_counts(qtbot: QtBot) -> None:
    panel = _list(qtbot)
    chart = panel._histogram
    assert not chart.isVisible()
    panel.set_selected("a", _spread(10, 11, 11, 11, 12), "HU")
    assert chart.isVisible()
    assert "mean 11.0" in chart.toolTip()
    image = chart.grab().toImage()
    heights = [
        sum(image.pixelColor(round((bar + 0.5) * image.width() / 3), y) == shades.ACCENT for y in range(image.height()))
        for bar in range(3)
    ]
    assert heights[1] > 2 * heights[0] > 0
    assert heights[0] == heights[2]
    panel.set_selected("a", None, "")
    assert not chart.isVisible()
