"""Small pictures: right window, true proportions, never an error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.series import Series
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.thumbnails import shrink, thumbnail
from tests.phantom import write_capture, write_phantom, write_scout


def series_of(folder: Path) -> Series:
    return finish(discover(folder)).series[0]


@pytest.mark.parametrize(
    ("options", "shape"),
    [
        ({}, (128, 128)),
        ({"rows": 32}, (64, 128)),
        ({"spacing_mm": (1.75, 3.5)}, (64, 128)),
        ({"rows": 600, "columns": 512, "spacing_mm": (0.4, 0.4)}, (128, 109)),
    ],
)
def test_proportions_are_those_in_mm(tmp_path: Path, options: dict, shape: tuple[int, int]) -> None:
    write_phantom(tmp_path, **{"slices": 5, **options})
    picture = thumbnail(series_of(tmp_path))
    assert picture.shape == shape
    assert picture.dtype == np.uint8


def test_an_axial_series_shows_in_the_brain_window(tmp_path: Path) -> None:
    write_phantom(tmp_path, slices=6, window=(1000, 20))
    picture = thumbnail(series_of(tmp_path))
    assert picture[40, 40] == pytest.approx((34 / 79 + 0.006) * 255, abs=20)
    assert picture[127, 0] == 0


def test_a_scout_shows_in_the_files_window(tmp_path: Path) -> None:
    write_scout(tmp_path, window=(-400, 1500))
    assert len(np.unique(thumbnail(series_of(tmp_path)))) >= 3


def test_without_any_window_there_is_still_a_picture(tmp_path: Path) -> None:
    write_scout(tmp_path, window=None)
    assert thumbnail(series_of(tmp_path)).max() > 0


def test_a_capture_shows_as_it_is(tmp_path: Path) -> None:
    write_capture(tmp_path)
    picture = thumbnail(series_of(tmp_path))
    assert picture.shape == (77, 128)
    assert sorted(set(picture[0].tolist()))[0] == 29
    assert picture.max() == 150


def test_a_slice_that_cannot_be_read_is_black(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path, slices=6)
    series = series_of(tmp_path)
    phantom.files[series.middle].unlink()
    assert thumbnail(series).max() == 0


def test_the_size_can_be_chosen(tmp_path: Path) -> None:
    write_phantom(tmp_path, slices=5)
    assert thumbnail(series_of(tmp_path), size_px=40).shape == (40, 40)


@pytest.mark.parametrize("shape", [(2, 3), (4, 6), (8, 12), (3, 4), (1, 1)])
def test_shrinking_keeps_the_mean_of_even_parts(shape: tuple[int, int]) -> None:
    image = np.arange(24, dtype=np.uint8).reshape(4, 6) * 10
    small = shrink(image, shape)
    assert small.shape == shape
    assert image.min() <= small.min() <= small.max() <= image.max()
    if 4 % shape[0] == 0 and 6 % shape[1] == 0:
        assert small.mean() == pytest.approx(image.mean(), abs=0.6)
