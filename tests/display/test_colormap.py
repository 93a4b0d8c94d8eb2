"""The color maps against their published tables."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.display import colormap

# First, middle and last color of the published tables.
PUBLISHED = {
    "inferno": ((0, 0, 4), (188, 55, 84), (252, 255, 164)),
    "magma": ((0, 0, 4), (183, 55, 121), (252, 253, 191)),
    "viridis": ((68, 1, 84), (33, 145, 140), (253, 231, 37)),
    "cividis": ((0, 34, 78), (125, 124, 120), (254, 232, 56)),
}


def test_only_maps_of_even_steps_are_offered_and_never_jet() -> None:
    assert colormap.NAMES == ("inferno", "magma", "viridis", "cividis")


@pytest.mark.parametrize("name", colormap.NAMES)
def test_a_table_holds_256_read_only_colors(name: str) -> None:
    table = colormap.table(name)
    assert (table.shape, table.dtype) == ((256, 3), np.uint8)
    assert not table.flags.writeable


@pytest.mark.parametrize("name", colormap.NAMES)
def test_ends_and_middle_are_the_published_colors(name: str) -> None:
    table = colormap.table(name).astype(int)
    first, middle, last = PUBLISHED[name]
    assert tuple(table[0]) == first
    assert tuple(table[255]) == last
    assert np.abs(table[128] - middle).max() <= 1


@pytest.mark.parametrize("name", colormap.NAMES)
def test_the_maps_grow_lighter_all_the_way(name: str) -> None:
    luma = colormap.table(name).astype(float) @ [0.2126, 0.7152, 0.0722]
    # Over steps of 8 levels, rounding to whole levels cannot turn the order around.
    assert (np.diff(luma[::8]) > 0).all()


@pytest.mark.parametrize("name", colormap.NAMES)
def test_no_color_is_more_than_one_level_off_the_published_table(name: str) -> None:
    matplotlib = pytest.importorskip("matplotlib", reason="the published tables come with matplotlib")
    published = np.rint(np.array(matplotlib.colormaps[name].colors) * 255)
    assert np.abs(colormap.table(name).astype(float) - published).max() <= 1


def test_an_unknown_map_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'jet'; known are inferno, magma, viridis, cividis"):
        colormap.table("jet")
