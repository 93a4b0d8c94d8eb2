"""Composed frames, exact to the level."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from leukoviewer.core.window import BRAIN, PRESETS, Window
from leukoviewer.display import colormap
from leukoviewer.display.compose import (
    compose,
    compose_packed,
    gray_table,
    heat_levels,
    overlay_table,
    to_gray,
    unpacked,
)
from leukoviewer.display.state import HeatmapStyle

ALL_HU = np.arange(-32768, 32768, dtype=np.int32).astype(np.int16).reshape(256, 256)
HU = np.array([[-1024, 0, 20], [40, 60, 1000]], dtype=np.int16)
# By the standard's formula: ((x - 39.5) / 79 + 0.5) * 255, rounded.
GRAY = np.array([[0, 0, 65], [129, 194, 255]], dtype=np.uint8)
HEAT = np.array([[0.0, 0.3, 0.2999], [0.5, 1.0, np.nan]], dtype=np.float32)


@pytest.mark.parametrize("window", [*PRESETS, Window(40, 1), Window(-200.5, 3.5), Window(0, 20_000)], ids=str)
@pytest.mark.parametrize("inverted", [False, True])
def test_the_table_gives_the_level_of_the_standards_formula_for_every_int16(window: Window, inverted: bool) -> None:
    expected = window.to_gray(ALL_HU)
    shown = to_gray(ALL_HU, window, inverted=inverted)
    assert shown.dtype == np.uint8
    np.testing.assert_array_equal(shown, 255 - expected if inverted else expected)


@settings(max_examples=25, deadline=None)
@given(center=st.floats(-2000, 4000), width=st.floats(1, 5000))
def test_the_table_gives_that_level_for_any_window(center: float, width: float) -> None:
    window = Window(center, width)
    np.testing.assert_array_equal(to_gray(ALL_HU[96:160], window), window.to_gray(ALL_HU[96:160]))


def test_gray_levels_of_the_brain_window_are_these() -> None:
    np.testing.assert_array_equal(to_gray(HU, BRAIN), GRAY)


def test_float_hu_and_strided_slices_give_the_same_levels() -> None:
    wide = np.repeat(HU, 2, axis=1)
    np.testing.assert_array_equal(to_gray(HU.astype(np.float32), BRAIN), GRAY)
    np.testing.assert_array_equal(to_gray(HU.astype(np.float32), BRAIN, inverted=True), 255 - GRAY)
    np.testing.assert_array_equal(to_gray(wide[:, ::2], BRAIN), GRAY)


def test_tables_are_made_once_a_window_and_cannot_be_written() -> None:
    table = gray_table(BRAIN)
    assert gray_table(Window(40, 80, "Brain")) is table
    assert not table.flags.writeable
    assert not overlay_table("inferno", 0.35).flags.writeable


def test_without_heat_a_frame_is_gray() -> None:
    np.testing.assert_array_equal(compose(HU, BRAIN), np.repeat(GRAY[..., None], 3, axis=2))


def test_a_frame_with_heat_is_exactly_this() -> None:
    style = HeatmapStyle(opacity=0.5, threshold=0.3, colormap="inferno")
    frame = compose(HU, BRAIN, heat=HEAT, style=style)
    inferno = colormap.table("inferno").astype(float)
    expected = np.repeat(GRAY[..., None], 3, axis=2).astype(float)
    # Under the threshold and where the model saw nothing: gray. Elsewhere half gray, half color of the nearest level.
    for row, column, level in ((0, 1, 76), (1, 0, 128), (1, 1, 255)):
        expected[row, column] = np.rint(expected[row, column] * 0.5 + inferno[level] * 0.5)
    np.testing.assert_array_equal(frame, expected.astype(np.uint8))
    assert frame[1, 1].tolist() == [223, 224, 179]


def test_the_opacity_is_one_constant_for_all_values() -> None:
    heat = np.linspace(0.3, 1, 255, dtype=np.float32).reshape(1, -1)
    black = np.full(heat.shape, -1000, dtype=np.int16)
    frame = compose(black, BRAIN, heat=heat, style=HeatmapStyle(opacity=0.35))
    expected = np.rint(colormap.table("inferno")[heat_levels(heat, 0.3)].astype(float) * 0.35)
    np.testing.assert_array_equal(frame, expected.astype(np.uint8))


@pytest.mark.parametrize("opacity", [0.0, 0.35, 1.0])
def test_under_the_threshold_not_one_level_changes(opacity: float) -> None:
    heat = np.full(HU.shape, 0.2999, dtype=np.float32)
    style = HeatmapStyle(opacity=opacity, threshold=0.3)
    np.testing.assert_array_equal(compose(HU, BRAIN, heat=heat, style=style), compose(HU, BRAIN))


def test_at_a_threshold_of_zero_what_has_no_heat_stays_gray() -> None:
    style = HeatmapStyle(opacity=1, threshold=0)
    frame = compose(HU, BRAIN, heat=HEAT, style=style)
    gray = compose(HU, BRAIN)
    is_tinted = (frame != gray).any(axis=2)
    np.testing.assert_array_equal(is_tinted, HEAT > 0)


def test_a_hidden_heatmap_leaves_the_frame_gray() -> None:
    heat = np.ones(HU.shape, dtype=np.float32)
    style = HeatmapStyle(visible=False)
    np.testing.assert_array_equal(compose(HU, BRAIN, heat=heat, style=style), compose(HU, BRAIN))


@pytest.mark.parametrize(
    ("value", "threshold", "level"),
    [
        (0.3, 0.3, 76),
        (0.2999, 0.3, 0),
        (1.0, 1.0, 255),
        (0.999, 1.0, 0),
        (0.0, 0.0, 0),
        (1e-6, 0.0, 1),
        (1.7, 0.3, 255),
        (-0.5, 0.0, 0),
        (float("nan"), 0.0, 0),
        (float("inf"), 0.5, 255),
    ],
)
def test_heat_levels_say_what_is_painted(value: float, threshold: float, level: int) -> None:
    assert heat_levels(np.array([[value]], dtype=np.float32), threshold).tolist() == [[level]]


def test_inverting_turns_the_gray_and_not_the_color_map() -> None:
    frame = compose(HU, BRAIN, heat=np.ones(HU.shape, dtype=np.float32), style=HeatmapStyle(opacity=1), inverted=True)
    np.testing.assert_array_equal(frame, np.broadcast_to(colormap.table("inferno")[255], frame.shape))
    np.testing.assert_array_equal(compose(HU, BRAIN, inverted=True)[..., 0], 255 - GRAY)


def test_packed_pixels_are_opaque_and_hold_the_same_colors() -> None:
    packed = compose_packed(HU, BRAIN, heat=HEAT)
    assert packed.dtype == np.uint32
    assert (packed >> 24 == 255).all()
    np.testing.assert_array_equal(unpacked(packed), compose(HU, BRAIN, heat=HEAT))


def test_heat_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="does not lie on the slice"):
        compose(HU, BRAIN, heat=np.zeros((3, 2), dtype=np.float32))


def test_composing_leaves_its_inputs_alone() -> None:
    hu, heat = HU.copy(), HEAT.copy()
    compose(hu, BRAIN, heat=heat)
    np.testing.assert_array_equal(hu, HU)
    np.testing.assert_array_equal(heat, HEAT)


def slow(gray: NDArray[np.uint8], heat: NDArray[np.float32], style: HeatmapStyle) -> NDArray[np.uint8]:
    """A frame by the sentence that says what is painted, pixel by pixel."""
    frame = np.repeat(gray[..., None], 3, axis=2)
    colors = colormap.table(style.colormap).astype(float)
    for at in np.ndindex(*gray.shape):
        value = float(heat[at])
        is_painted = value >= float(np.float32(style.threshold)) if style.threshold > 0 else value > 0
        if is_painted:
            level = max(1, int(np.rint(np.float32(min(value, 1.0)) * np.float32(255))))
            frame[at] = np.rint(float(gray[at]) * (1 - style.opacity) + colors[level] * style.opacity)
    return frame


ODD_HEAT = np.array([0, np.nan, 0.3, np.nextafter(np.float32(0.3), np.float32(0)), 1, 1.5, -0.2, np.inf, -np.inf])
SPOTS = ((slice(None), slice(None)), (0, slice(None)), (slice(None), -1), (0, 0), (-1, -1), (0, -1), (-1, 0), (2, 3))


@pytest.mark.parametrize("threshold", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("dtype", [np.int16, np.float32])
def test_heat_in_a_row_a_column_or_a_corner_is_painted_where_it_lies(dtype: type, threshold: float) -> None:
    draw = np.random.default_rng(4)
    style = HeatmapStyle(opacity=0.35, threshold=threshold)
    for spot, background, odd in itertools.product(SPOTS, (0.0, np.nan), (False, True)):
        hu = draw.integers(-100, 200, (6, 9)).astype(dtype)
        heat = np.full(hu.shape, background, dtype=np.float32)
        values = draw.choice(ODD_HEAT, hu.shape) if odd else draw.random(hu.shape)
        heat[spot] = values[spot]
        expected = slow(BRAIN.to_gray(hu), heat, style)
        np.testing.assert_array_equal(compose(hu, BRAIN, heat=heat, style=style), expected)
        # As a view of a larger or turned array, too.
        turned = compose(hu.T, BRAIN, heat=np.asfortranarray(heat).T, style=style)
        np.testing.assert_array_equal(turned, expected.transpose(1, 0, 2))
