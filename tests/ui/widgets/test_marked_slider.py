"""A slider with a mark: the mark lies where the handle would lie, and moves nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.marked_slider import MarkedSlider
from tests.ui.widgets.picture import grabbed


@pytest.fixture
def slider(qtbot: QtBot) -> MarkedSlider:
    widget = MarkedSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(widget)
    widget.setRange(0, 100)
    widget.resize(220, 24)
    return widget


@pytest.mark.parametrize("value", [0, 37, 100])
def test_the_mark_lies_where_the_handle_would(slider: MarkedSlider, value: int) -> None:
    slider.setValue(50)
    slider.set_mark(value)
    x = slider.mark_x()
    assert x is not None
    # The handle is as wide as the room that is left at both ends.
    room = slider.width() - 2 * _first(slider)
    assert x == pytest.approx(_first(slider) + room * value / 100, abs=1)
    assert slider.value() == 50


def _first(slider: MarkedSlider) -> float:
    mark = slider.mark
    slider.set_mark(0)
    x = slider.mark_x()
    slider.set_mark(mark)
    assert x is not None
    return x


def test_a_mark_is_painted_and_taken_away(slider: MarkedSlider) -> None:
    plain = grabbed(slider)
    slider.set_mark(80)
    marked = grabbed(slider)
    rows, columns = np.nonzero((plain != marked).any(axis=2))
    x = slider.mark_x()
    assert x is not None
    assert abs(columns.mean() - x) < 2
    assert rows.min() > slider.height() / 2
    slider.set_mark(None)
    assert slider.mark_x() is None
    np.testing.assert_array_equal(grabbed(slider), plain)
