"""The bar that says what the heatmap's colors mean."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from leukoviewer.display import colormap
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.widgets.color_bar import WIDTH_PX, ColorBar, paint_color_bar
from tests.ui.widgets.picture import painted

BOX = QRectF(0, 20, 140, 160)
# A column of px inside the bar, away from its frame.
INSIDE = np.s_[:, 140 - int(WIDTH_PX) // 2]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("name", colormap.NAMES)
def test_the_largest_value_is_on_top_in_the_maps_last_color(name: str) -> None:
    picture = painted(160, 220, lambda p: paint_color_bar(p, BOX, ColorBar(HeatmapStyle(colormap=name))))
    column = picture[INSIDE]
    for y in (23, 60, 100):
        level = round(255 * (1 - (y + 0.5 - BOX.top()) / BOX.height()))
        assert np.abs(column[y] - colormap.table(name)[level].astype(int)).max() <= 6


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.8])
def test_the_part_under_the_threshold_is_empty(threshold: float) -> None:
    bar = ColorBar(HeatmapStyle(threshold=threshold, colormap="viridis"))
    column = painted(160, 220, lambda p: paint_color_bar(p, BOX, bar))[INSIDE]
    edge = round(180 - 160 * threshold)
    assert (column[24 : edge - 2].max(axis=1) > 40).all()
    assert column[edge + 3 : 178].max(initial=0) == 0


def test_a_long_note_is_cut_instead_of_lying_over_the_picture() -> None:
    box = QRectF(0, 20, 600, 160)
    picture = painted(640, 220, lambda p: paint_color_bar(p, box, ColorBar(HeatmapStyle(), note="word " * 60)))
    lettered = np.flatnonzero(picture[190:205].max(axis=(0, 2)) > 40)
    assert lettered.size
    assert lettered.min() >= 600 * 0.54 - 2


def test_the_method_stands_under_the_bar_and_the_note_under_it() -> None:
    def rows(**texts: str) -> list[bool]:
        picture = painted(160, 240, lambda p: paint_color_bar(p, BOX, ColorBar(HeatmapStyle(), **texts)))
        return [bool(picture[top : top + 14].max() > 60) for top in (190, 206)]

    assert rows() == [False, False]
    assert rows(method="Layer-CAM") == [True, False]
    assert rows(method="Layer-CAM", note="leuko-1") == [True, True]


def test_a_threshold_of_one_leaves_the_bar_empty() -> None:
    bar = ColorBar(HeatmapStyle(threshold=1.0))
    column = painted(160, 220, lambda p: paint_color_bar(p, BOX, bar))[INSIDE]
    assert column[24:176].max() == 0


@pytest.mark.parametrize(("threshold", "labeled"), [(0.5, True), (0.02, False), (0.98, False)])
def test_the_threshold_is_written_where_it_does_not_run_into_the_ends(threshold: float, labeled: bool) -> None:
    bar = ColorBar(HeatmapStyle(threshold=threshold))
    picture = painted(160, 220, lambda p: paint_color_bar(p, BOX, bar))
    beside = picture[40:160, :120]
    assert bool(beside.max() > 100) == labeled


def test_the_ends_are_written_and_the_note_stands_under_the_bar() -> None:
    picture = painted(160, 220, lambda p: paint_color_bar(p, BOX, ColorBar(HeatmapStyle())))
    noted = painted(160, 220, lambda p: paint_color_bar(p, BOX, ColorBar(HeatmapStyle(), note="cells 31 mm")))
    assert picture[12:28, :125].max() > 150
    assert picture[172:188, :125].max() > 150
    changed = np.argwhere((picture != noted).any(axis=2))
    assert changed[:, 0].min() > 186
    assert len(changed) > 20
