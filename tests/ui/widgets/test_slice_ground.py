"""What lies around the picture: black to the last pixel, whatever the zoom, the pan, the turn and the screen.

The view tells Qt that it paints all of itself: what it left out would keep the frame before, maybe of another patient.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from leukoviewer.display.orientation import Turn
from leukoviewer.ui.widgets import slice_view
from leukoviewer.ui.widgets.slice_view import SliceView
from leukoviewer.ui.widgets.viewport import MAX_ZOOM
from tests.display import scene

RATIOS = (1.0, 1.25, 1.5, 2.0)
LEFT_OVER = (255, 0, 255)
ROWS, COLUMNS = 23, 31

TURNS = tuple(Turn(quarters, mirrored=mirrored) for quarters, mirrored in product(range(4), (False, True)))


@pytest.fixture(autouse=True)
def nothing_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and bars are not painted over the picture."""
    monkeypatch.setattr(slice_view, "paint_overlay", lambda *_, **__: None)


def picture() -> NDArray[np.uint8]:
    """A color of its own for each pixel; none of them black or what is left over."""
    row, column = np.indices((ROWS, COLUMNS))
    return np.stack([40 + 9 * row, 60 + 6 * column, 30 + (row * 7 + column * 5) % 160], axis=-1).astype(np.uint8)


def rendered(view: SliceView, ratio: float) -> NDArray[np.uint8]:
    """What the view paints over another frame, shape (height, width, 3), in px of the screen."""
    image = QImage(round(view.width() * ratio), round(view.height() * ratio), QImage.Format.Format_RGB32)
    image.fill(0xFFFF00FF)
    image.setDevicePixelRatio(ratio)
    view.render(image)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[..., 2::-1].copy()


def expected(view: SliceView, ratio: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The pixel under each px of the screen, -1 for none, and how far it is from the next edge, in px of the screen.

    By steps from the middle: turned back, then divided by the size of a pixel.
    """
    port = view.viewport
    height, width = round(view.height() * ratio), round(view.width() * ratio)
    y, x = np.indices((height, width)) + 0.5
    x, y = x / ratio - view.width() / 2 - port.pan[0], y / ratio - view.height() / 2 - port.pan[1]
    for _ in range(port.turn.quarters):
        x, y = y, -x
    x = -x if port.turn.mirrored else x
    side_px = port.px_per_mm * np.array(port.spacing_mm)
    row, column = y / side_px[0] + ROWS / 2, x / side_px[1] + COLUMNS / 2
    is_inside = (row >= 0) & (row < ROWS) & (column >= 0) & (column < COLUMNS)
    index = np.where(is_inside, np.floor(row) * COLUMNS + np.floor(column), -1).astype(np.int64)
    to_row, to_column = (
        np.abs(at - np.rint(at)) * side * ratio for at, side in ((row, side_px[0]), (column, side_px[1]))
    )
    return index, np.minimum(to_row, to_column)


def laid(view: SliceView, draw: random.Random) -> None:
    """Any zoom, turn and shape of pixels, and the picture often over an edge or two."""
    spacing = draw.choice(((1.0, 1.0), (1.0, 0.5), (0.43, 0.91)))
    view.set_geometry(scene.plane(spacing_mm=spacing), turn=draw.choice(TURNS))
    far = max(view.width(), view.height()) * draw.choice((0, 0.3, 1, 40))
    pan = draw.uniform(-far, far), draw.uniform(-far, far)
    zoom = draw.choice((0.25, 0.26, 0.7, 1.0, 1.03, 3.3, MAX_ZOOM))
    view.set_viewport(replace(view.viewport, zoom=zoom, pan=pan))


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("seed", range(3))
def test_each_px_of_the_screen_is_the_pixel_that_lies_there_or_black(view: SliceView, seed: int, ratio: float) -> None:
    draw = random.Random(seed)
    colors = np.vstack([picture().reshape(-1, 3), np.zeros((1, 3), np.uint8)])
    view.set_frame(picture())
    for turn in range(16):
        view.resize(draw.randrange(160, 300), draw.randrange(160, 300))
        laid(view, draw)
        found, (index, apart) = rendered(view, ratio), expected(view, ratio)
        is_other = (found != colors[index]).any(axis=-1)
        # Where two pixels meet inside one of the screen, either may be shown.
        assert not (is_other & (apart > 0.51)).any(), turn
        assert not (found == LEFT_OVER).all(axis=-1).any(), turn


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_smooth_picture_leaves_nothing_of_the_last_frame(view: SliceView, ratio: float) -> None:
    draw = random.Random(5)
    view.set_smooth(True)
    view.set_frame(np.full((ROWS, COLUMNS), 200, dtype=np.uint8))
    for turn in range(24):
        laid(view, draw)
        found, (index, apart) = rendered(view, ratio), expected(view, ratio)
        assert (found[(index < 0) & (apart > 1.5)] == 0).all(), turn
        inside = found[(index >= 0) & (apart > 1.5)]
        assert inside.size == 0 or inside.min() > 190, turn
        assert (found[..., 0] == found[..., 1]).all(), turn
