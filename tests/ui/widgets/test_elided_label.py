"""A line that gives way to its neighbors and says by an ellipsis that it goes on."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.elided_label import ElidedLabel
from leukoviewer.ui.widgets.measurement_list import MeasurementList
from tests.ui.widgets.picture import grabbed

WORDS = "MEASUREMENTS"


def test_it_needs_little_room_and_never_more_than_its_text(qtbot: QtBot) -> None:
    long, short = ElidedLabel(WORDS), ElidedLabel("A")
    for label in (long, short):
        qtbot.addWidget(label)
    assert long.minimumSizeHint().width() < long.sizeHint().width() / 2
    assert short.minimumSizeHint().width() <= short.sizeHint().width()


def test_what_has_no_room_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    cut, told = ElidedLabel(WORDS), ElidedLabel("MEAS…")
    for label in (cut, told):
        qtbot.addWidget(label)
        label.resize(label.fontMetrics().horizontalAdvance("MEAS…") + 2, 20)
    assert np.array_equal(grabbed(cut), grabbed(told))
    whole = ElidedLabel(WORDS)
    qtbot.addWidget(whole)
    whole.resize(400, 20)
    cut.resize(400, 20)
    assert np.array_equal(grabbed(cut), grabbed(whole))


def test_the_list_of_measurements_gives_its_panel_no_width(qtbot: QtBot) -> None:
    panel = MeasurementList()
    qtbot.addWidget(panel)
    title = panel.findChild(ElidedLabel)
    assert title is not None
    assert panel.minimumSizeHint().width() < panel.sizeHint().width()
