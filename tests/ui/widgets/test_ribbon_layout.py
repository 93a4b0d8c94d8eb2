"""Where things lie on the ribbon."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF

from leukoviewer.ui.widgets.ribbon_layout import LEFT_PX, RIGHT_PX, RibbonLayout

WIDTH = LEFT_PX + RIGHT_PX + 280


@pytest.mark.parametrize("slices", [1, 2, 28, 30, 277, 300, 600])
def test_every_slice_is_found_in_the_middle_of_its_own_cell(slices: int) -> None:
    layout = RibbonLayout(LEFT_PX + RIGHT_PX + 2.5 * slices + 40, slices, 1)
    for index in range(slices):
        left, right = layout.span(index)
        assert layout.slice_at((left + right) / 2) == index


def test_cells_lie_side_by_side_from_edge_to_edge() -> None:
    layout = RibbonLayout(WIDTH, 28, 2)
    spans = [layout.span(index) for index in range(28)]
    assert spans[0][0] == layout.cells.left()
    assert spans[-1][1] == layout.cells.right()
    assert all(first[1] == second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(("x", "index"), [(-50.0, 0), (0.0, 0), (LEFT_PX, 0), (LEFT_PX + 279, 27), (9999.0, 27)])
def test_beside_the_cells_the_nearest_slice_is_meant(x: float, index: int) -> None:
    assert RibbonLayout(WIDTH, 28, 1).slice_at(x) == index


def test_without_slices_and_without_width_nothing_breaks() -> None:
    layout = RibbonLayout(10, 0, 0)
    assert layout.slice_at(5) == 0
    assert layout.cells.width() > 0
    assert RibbonLayout(10, 5, 1).slice_at(500) == 4


@pytest.mark.parametrize("rows", [0, 1, 2, 5])
def test_the_height_grows_with_the_rows_and_an_empty_one_stands_where_there_is_none(rows: int) -> None:
    layout = RibbonLayout(WIDTH, 28, rows)
    bottom = layout.row(max(rows, 1) - 1).bottom()
    assert layout.cells.bottom() == pytest.approx(bottom)
    assert layout.track.top() > bottom
    assert layout.height > layout.track.bottom()
    assert RibbonLayout(WIDTH, 28, 0).height == RibbonLayout(WIDTH, 28, 1).height


def test_a_height_in_a_row_is_a_score_and_back() -> None:
    layout = RibbonLayout(WIDTH, 28, 3)
    for level in (0.0, 0.25, 0.5, 1.0):
        assert layout.level_at(2, layout.level_y(2, level)) == pytest.approx(level)
    assert layout.level_at(0, -100) == 1
    assert layout.level_at(0, 1000) == 0


def test_rows_are_found_by_height_and_the_track_is_none() -> None:
    layout = RibbonLayout(WIDTH, 28, 2)
    assert layout.row_at(layout.row(0).center().y()) == 0
    assert layout.row_at(layout.row(1).center().y()) == 1
    assert layout.row_at(layout.track.center().y()) is None


@pytest.mark.parametrize(
    ("dx", "dy", "holds"),
    [(50, 0, True), (50, 3, True), (50, 5, False), (281, 6, True), (281, 9, False), (-20, 0, False)],
)
def test_the_threshold_is_held_on_its_line_and_more_easily_at_its_label(dx: float, dy: float, holds: bool) -> None:
    layout = RibbonLayout(WIDTH, 28, 1)
    point = QPointF(layout.cells.left() + dx, layout.level_y(0, 0.4) + dy)
    assert layout.holds_threshold(0, 0.4, point) == holds


@pytest.mark.parametrize("slices", [1, 5, 28, 100, 320])
@pytest.mark.parametrize("width", [280, 500, 1400])
def test_numbers_have_room_and_begin_with_the_first_slice(slices: int, width: float) -> None:
    layout = RibbonLayout(width, slices, 1)
    shown = layout.numbered()
    assert shown[0] == 0
    assert list(shown) == sorted(set(shown))
    assert shown[-1] < slices
    centers = [sum(layout.span(index)) / 2 for index in shown]
    assert all(second - first >= 28 for first, second in pairwise(centers))
