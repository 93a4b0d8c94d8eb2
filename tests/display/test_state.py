"""The values that decide a picture."""

from __future__ import annotations

import dataclasses

import pytest

from leukoviewer.core.window import BRAIN, PRESETS
from leukoviewer.display.orientation import Turn
from leukoviewer.display.state import HeatmapStyle, ViewState


def test_the_heatmap_starts_weak_and_with_an_empty_lower_part() -> None:
    style = HeatmapStyle()
    assert (style.visible, style.opacity, style.threshold, style.colormap) == (True, 0.35, 0.3, "inferno")


def test_toggling_twice_gives_the_same_style() -> None:
    style = HeatmapStyle(opacity=0.5)
    assert not style.toggled().visible
    assert style.toggled().toggled() == style


@pytest.mark.parametrize(("asked", "held"), [(-0.2, 0.0), (0.0, 0.0), (0.4, 0.4), (1.0, 1.0), (7.0, 1.0)])
def test_opacity_and_threshold_are_held_between_0_and_1(asked: float, held: float) -> None:
    assert HeatmapStyle().with_opacity(asked).opacity == held
    assert HeatmapStyle().with_threshold(asked).threshold == held


@pytest.mark.parametrize(
    "values", [{"opacity": 1.01}, {"opacity": -0.1}, {"threshold": 2.0}, {"threshold": -1.0}, {"colormap": "jet"}]
)
def test_an_impossible_style_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1|unknown color map"):
        HeatmapStyle(**values)  # type: ignore[arg-type]


def test_a_style_changes_one_thing_at_a_time() -> None:
    style = HeatmapStyle().with_visible(visible=False).with_colormap("viridis").with_opacity(0.6).with_threshold(0.1)
    assert style == HeatmapStyle(visible=False, opacity=0.6, threshold=0.1, colormap="viridis")


def test_a_style_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        HeatmapStyle().opacity = 1.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("start", "steps", "end"), [(0, 1, 1), (0, -1, 0), (5, -10, 0), (5, 3, 8), (5, 10, 9), (9, 1, 9), (3, 0, 3)]
)
def test_moving_stops_at_the_ends_of_the_series(start: int, steps: int, end: int) -> None:
    assert ViewState("s", 10, start).moved(steps).slice_index == end


@pytest.mark.parametrize(("count", "index"), [(0, 0), (3, 3), (3, -1)])
def test_a_slice_that_does_not_exist_is_refused(count: int, index: int) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        ViewState("s", count, index)


def test_a_view_starts_with_the_brain_window_as_stored() -> None:
    view = ViewState("s", 3)
    assert (view.window, view.inverted, view.turn, view.package_id) == (BRAIN, False, Turn(), None)


def test_each_change_of_a_view_leaves_the_rest_alone() -> None:
    view = ViewState("s", 3, 1)
    changed = (
        view.with_window(PRESETS[4])
        .with_inverted(inverted=True)
        .with_turn(Turn(1))
        .with_heatmap(HeatmapStyle(visible=False))
        .with_package("p-1")
        .with_slice(2)
    )
    assert changed == ViewState("s", 3, 2, PRESETS[4], True, Turn(1), HeatmapStyle(visible=False), "p-1")
    assert view == ViewState("s", 3, 1)
