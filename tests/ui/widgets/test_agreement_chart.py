"""The chart of agreement: bars as long as their counts, in colors that differ, with numbers that are read."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.agreement_chart import AGREES, AgreementChart, Bar

LEGEND = ("You agree", "You are unsure", "You disagree")


def _chart(qtbot: QtBot, *bars: Bar) -> AgreementChart:
    chart = AgreementChart()
    qtbot.addWidget(chart)
    chart.show_bars(bars, LEGEND, told="Said in words")
    chart.resize(640, chart.sizeHint().height())
    return chart


def _widths(chart: AgreementChart, color: QColor) -> list[int]:
    """In each row of pixels that holds the color, how many pixels have it."""
    image: QImage = chart.grab().toImage()
    found = [
        sum(image.pixelColor(x, y) == color for x in range(0, image.width(), 1)) for y in range(0, image.height(), 2)
    ]
    return [count for count in found if count]


def test_a_bar_is_as_long_as_its_count(qtbot: QtBot) -> None:
    whole = max(_widths(_chart(qtbot, Bar("Before", (20, 0, 0))), AGREES))
    half = max(_widths(_chart(qtbot, Bar("Before", (10, 5, 5))), AGREES))
    assert abs(half - whole / 2) <= 3


def test_no_case_draws_no_bar_and_the_words_are_told(qtbot: QtBot) -> None:
    chart = _chart(qtbot, Bar("Before", (0, 0, 0)))
    assert max(_widths(chart, AGREES)) < 30  # The legend's own square.
    assert chart.accessibleDescription() == "Said in words"


def test_more_bars_need_more_height(qtbot: QtBot) -> None:
    one = _chart(qtbot, Bar("a", (1, 0, 0)))
    two = _chart(qtbot, Bar("a", (1, 0, 0)), Bar("b", (1, 0, 0), is_apart=True))
    assert two.sizeHint().height() > one.sizeHint().height()
