"""Pictures of DICOM results: laid as the window lays them, whatever the file's order, with their directions beside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.geometry import Vector
from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.display.orientation import Turn
from leukoviewer.display.pictures import PictureStyle, slice_picture
from leukoviewer.display.result_pictures import result_pictures
from tests.display import scene

LEFT, RIGHT, BACK, FRONT = (1.0, 0.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, -1.0, 0.0)
BARE = PictureStyle(words=False).heatmap.with_visible(visible=False)


def _lying(across: Vector, down: Vector) -> Volume:
    """A volume whose stored columns lead to ``across`` and whose rows lead to ``down``."""
    volume = scene.volume(2)
    planes = [
        replace(one.plane, row_direction=across, column_direction=down) for one in volume.series.slices if one.plane
    ]
    slices = tuple(replace(one, plane=plane) for one, plane in zip(volume.series.slices, planes, strict=True))
    return replace(volume, series=replace(volume.series, slices=slices))


@pytest.mark.parametrize(
    ("across", "down", "turn"),
    [
        (LEFT, BACK, Turn()),
        (RIGHT, BACK, Turn(mirrored=True)),
        (RIGHT, FRONT, Turn(2)),
        (BACK, LEFT, Turn(3, mirrored=True)),
    ],
)
def test_overlays_lie_with_the_patients_left_at_the_right_and_say_so(across: Vector, down: Vector, turn: Turn) -> None:
    volume = _lying(across, down)
    analysis = scene.analysis(volume, {0: 0.2, 1: 0.9})
    found = finish(result_pictures(volume, analysis))
    assert dict(found.directions) == {0: ("L", "P"), 1: ("L", "P")}
    stored = slice_picture(volume, 1, style=PictureStyle(words=False, heatmap=BARE, turn=Turn()))
    laid = slice_picture(volume, 1, style=PictureStyle(words=False, heatmap=BARE))
    np.testing.assert_array_equal(laid, turn.apply(stored))
    np.testing.assert_array_equal(found.overlays[1], slice_picture(volume, 1, analysis=analysis))


def test_a_reader_who_laid_the_picture_otherwise_gets_other_directions() -> None:
    volume = _lying(LEFT, BACK)
    style = PictureStyle(turn=Turn(mirrored=True))
    found = finish(result_pictures(volume, scene.analysis(volume, {1: 0.9}), style=style))
    assert dict(found.directions) == {1: ("R", "P")}
