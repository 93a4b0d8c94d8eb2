"""What tests of widgets share: the slice view."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.slice_view import SliceView
from tests.ui.widgets.quartered import SIZE


@pytest.fixture
def view(qtbot: QtBot) -> SliceView:
    """An empty view of 400 x 400 px."""
    widget = SliceView()
    qtbot.addWidget(widget)
    widget.resize(SIZE, SIZE)
    widget.set_smooth(False)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget
