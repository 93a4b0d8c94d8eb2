"""The pictures of a real, tilted scan with mixed thickness."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.core.window import BRAIN
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.display.corner_text import corner_texts
from leukoviewer.display.montage import montage
from leukoviewer.display.orientation import EdgeLetters, edge_letters
from leukoviewer.display.pictures import slice_picture


@pytest.fixture(scope="module")
def volume(real_data: Path) -> Volume:
    """The real head scan."""
    series = finish(discover(real_data / "head_ct_ge")).series[0]
    return finish(load(series))


def test_the_letters_say_that_the_gantry_was_tilted(volume: Volume) -> None:
    for header in volume.series.slices:
        assert edge_letters(header.plane) == EdgeLetters("R", "L", "AH", "PF")


@pytest.mark.parametrize(("index", "thickness"), [(0, 7), (13, 7), (14, 4), (27, 4)])
def test_each_slice_tells_its_own_thickness_and_the_tilt(volume: Volume, index: int, thickness: int) -> None:
    lines = corner_texts(volume.series, index, window=BRAIN).bottom_right
    assert lines[:2] == (f"Thickness {thickness} mm", "Tilt 18.5°")
    assert lines[-1] == f"Slice {index + 1} / 28"


def test_exported_pictures_hold_the_scan_in_the_brain_window(volume: Volume) -> None:
    picture = slice_picture(volume, 11)
    assert picture.shape == (512 + 40, 512, 3)
    np.testing.assert_array_equal(picture[200:300, 150:350, 0], BRAIN.to_gray(volume.hu[11, 200:300, 150:350]))


def test_the_montage_holds_all_28_slices(volume: Volume) -> None:
    page = montage(volume, cell_px=128)
    cells = [
        page[row * 130 + 40 : row * 130 + 90, column * 130 + 40 : column * 130 + 90]
        for row in range(4)
        for column in range(7)
    ]
    assert all(cell.max() > 100 for cell in cells)
    assert len({cell.tobytes() for cell in cells}) == 28
