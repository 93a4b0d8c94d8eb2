"""What the ribbon marks beside scores: the package's own threshold, slabs, slices on which models disagree."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.ribbon_painter import RibbonRow
from leukoviewer.ui.widgets.suspicion_ribbon import SuspicionRibbon
from tests.ui.widgets.picture import grabbed

SLICES = 8


@pytest.fixture
def ribbon(qtbot: QtBot) -> SuspicionRibbon:
    widget = SuspicionRibbon()
    qtbot.addWidget(widget)
    widget.set_slices([100.0 - 5 * index for index in range(SLICES)])
    widget.resize(574, widget.sizeHint().height())
    return widget


def _row(threshold: float = 0.5, **given: object) -> RibbonRow:
    return RibbonRow("model", np.full(SLICES, 0.2), threshold, **given)  # type: ignore[arg-type]


def test_only_a_threshold_that_differs_from_the_packages_is_moved() -> None:
    assert not _row(0.5, own=0.5).is_moved
    assert not _row(0.5).is_moved
    assert _row(0.4, own=0.5).is_moved


def test_the_packages_own_threshold_stays_marked_beside_a_moved_one(ribbon: SuspicionRibbon) -> None:
    ribbon.set_rows([_row(0.5, own=0.8)])
    layout = ribbon.layout_px
    x, y = round(layout.cells.left()) - 4, round(layout.level_y(0, 0.8))
    moved = grabbed(ribbon)[y - 1 : y + 2, x]
    ribbon.set_rows([_row(0.8, own=0.8)])
    assert (moved != grabbed(ribbon)[y - 1 : y + 2, x]).any()
    # The words in the gutter come and go with it.
    gutter = (slice(None), slice(0, round(layout.cells.left()) - 8))
    plain = grabbed(ribbon)[gutter]
    ribbon.set_rows([_row(0.7, own=0.8)])
    assert (grabbed(ribbon)[gutter] != plain).any()


def test_native_slices_of_one_slice_of_the_stack_are_joined_and_told(ribbon: SuspicionRibbon) -> None:
    stack = (None, 0, 0, 1, 1, 2, 2, None)
    ribbon.set_rows([_row(stack=stack, stack_count=3)])
    assert [ribbon.rows[0].joins(index) for index in range(SLICES)] == [
        False, True, False, True, False, True, False, False,
    ]  # fmt: skip
    layout = ribbon.layout_px
    row, picture = layout.row(0), grabbed(ribbon)
    y = round(row.bottom()) - 3
    gaps = [picture[y, round(layout.span(index)[1]) - 1].astype(int).sum() for index in (1, 2)]
    inside = picture[y, round(sum(layout.span(1)) / 2)].astype(int).sum()
    assert gaps[0] == inside
    assert gaps[1] < inside
    middle = sum(layout.span(4)) / 2
    assert "(slice 2 of 3 that the model sees)" in ribbon.tip_at(QPointF(middle, row.center().y()))
    with pytest.raises(ValueError, match="one score a slice"):
        _row(stack=(0, 1))


def test_slices_on_which_models_disagree_carry_a_diamond(ribbon: SuspicionRibbon) -> None:
    ribbon.set_rows([_row(), _row()])
    ribbon.resize(ribbon.width(), ribbon.sizeHint().height())
    plain = grabbed(ribbon)
    ribbon.set_disputed([2, 5])
    rows, columns = np.nonzero((grabbed(ribbon) != plain).any(axis=2))
    layout = ribbon.layout_px
    assert {layout.slice_at(float(column)) for column in columns} == {2, 5}
    assert rows.min() >= layout.cells.bottom() - 2
    assert rows.max() <= layout.track.top() + 2
    middle = sum(layout.span(5)) / 2
    assert "The models disagree on this slice" in ribbon.tip_at(QPointF(middle, 10))
    ribbon.set_slices([None] * SLICES)
    assert "disagree" not in ribbon.tip_at(QPointF(middle, 10))
