"""Curves are well-formed SVG with round ticks, and nothing leaves the frame."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from trainer.pages.curves import UNIT, Band, Line, chart, histogram, ticks


def _parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{text}</div>")


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (0.17, 0.43, [0.2, 0.3, 0.4]), (40, 95, [40, 60, 80])],
)
def test_ticks_are_round_and_within(low: float, high: float, found: list[float]) -> None:
    assert ticks(low, high) == pytest.approx(found)


def test_a_chart_keeps_every_point_within_the_frame() -> None:
    x = np.linspace(40, 95, 30)
    svg = chart(
        [Line("a & b", x, x**2), Line("dots", x, -x, dots=True)],
        x_name="age",
        y_name="y",
        bands=(Band("b", 60, 70, 0, 9),),
    )
    _parsed(svg)
    places = [tuple(map(float, pair.split(","))) for pair in re.search(r'points="([^"]+)"', svg).group(1).split()]  # type: ignore[union-attr]
    places += [(float(a), float(b)) for a, b in re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)"', svg)]
    assert len(places) == 60
    assert all(0 <= a <= 560 and 0 <= b <= 300 for a, b in places)
    assert "a &amp; b" in svg


def test_values_that_are_no_numbers_are_left_out() -> None:
    svg = chart(
        [Line("a", np.array([1.0, np.nan, 3.0]), np.array([1.0, 2.0, np.inf]), dots=True)], x_name="x", y_name="y"
    )
    assert svg.count("<circle") == 1


def test_a_histogram_stacks_every_patient() -> None:
    svg = histogram([("a", np.array([1.0, 1.0, 5.0])), ("b", np.array([1.0, np.nan]))], x_name="mL", bins=2)
    _parsed(svg)
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" fill="#[0-9a-f]+" fill-opacity="0.85"', svg)]
    assert len(heights) == 3
    assert max(heights) == pytest.approx(2 * min(heights), rel=0.02)


def test_nothing_to_draw_is_said() -> None:
    assert "Nothing could be measured" in chart([], x_name="x", y_name="y")
    assert "Nothing could be measured" in histogram([("a", np.array([np.nan]))], x_name="x")


def test_a_frame_fixes_the_ends_of_the_axes_and_the_height() -> None:
    diagonal = Line("chance", np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    svg = chart([diagonal], x_name="x", y_name="y", frame=UNIT)
    _parsed(svg)
    assert 'viewBox="0 0 560 480"' in svg
    assert 'points="58.0,436.0 544.0,14.0"' in svg


def test_a_dashed_line_is_dashed_in_the_legend_too_and_a_nameless_one_is_not_there() -> None:
    x = np.array([0.0, 1.0])
    svg = chart([Line("a", x, x, dash="6 3", color="#009e73"), Line("", x, x)], x_name="x", y_name="y")
    _parsed(svg)
    assert svg.count('stroke-dasharray="6 3"') == 2
    assert svg.count('stroke="#009e73"') == 2
    assert svg.count('class="key"') == 1
