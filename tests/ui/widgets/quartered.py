"""What tests of the slice view show: a picture of four gray quarters, and what is seen of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.ui.widgets.slice_view import SliceView
from tests.ui.widgets.picture import grabbed

SIZE = 400


def quarters() -> NDArray[np.uint8]:
    """A picture of 100 x 100 px: gray levels 50, 100, 150, 200 in its four quarters, in reading order."""
    picture = np.zeros((100, 100), dtype=np.uint8)
    picture[:50, :50], picture[:50, 50:], picture[50:, :50], picture[50:, 50:] = 50, 100, 150, 200
    return picture


def levels(view: SliceView) -> list[int]:
    """Gray level in the middle of each quarter of the widget, in reading order."""
    picture = grabbed(view)
    return [int(picture[y, x, 0]) for y, x in ((120, 120), (120, 280), (280, 120), (280, 280))]
