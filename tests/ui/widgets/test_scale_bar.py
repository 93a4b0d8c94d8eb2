"""The scale bar."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from leukoviewer.ui.widgets.scale_bar import paint_scale_bar, round_length_mm
from tests.ui.widgets.picture import painted

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("px_per_mm", "room", "length"),
    [(3.0, 200, 50), (2.0, 200, 100), (1.0, 200, 200), (1.0, 199, 100), (40.0, 200, 5), (150.0, 200, 1)],
)
def test_the_bar_has_the_longest_round_length_that_fits(px_per_mm: float, room: float, length: int) -> None:
    assert round_length_mm(px_per_mm, room) == length


def test_no_bar_is_drawn_where_not_even_a_millimeter_fits() -> None:
    assert round_length_mm(300.0, 200.0) is None
    picture = painted(300, 60, lambda p: paint_scale_bar(p, QPointF(150, 50), 300.0, longest_px=200))
    assert picture.max() == 0


@pytest.mark.parametrize(("px_per_mm", "length_px"), [(3.0, 150), (1.9, 190), (7.0, 140)])
def test_the_bar_is_as_long_as_it_says(px_per_mm: float, length_px: int) -> None:
    picture = painted(300, 60, lambda p: paint_scale_bar(p, QPointF(150, 50), px_per_mm, longest_px=200))
    lit = np.flatnonzero(picture[50].max(axis=1) > 150)
    assert lit.max() - lit.min() == pytest.approx(length_px, abs=1)
    assert (lit.max() + lit.min()) / 2 == pytest.approx(150, abs=1)
