"""Where the reader goes next."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.core.window import BRAIN, Window
from leukoviewer.ui import navigation
from tests.display import scene

SCORES = np.array([0.1, 0.9, np.nan, 0.5, 0.2, 0.7])


@pytest.mark.parametrize(
    ("threshold", "expected"), [(0.5, (1, 3, 5)), (0.51, (1, 5)), (0.0, (0, 1, 3, 4, 5)), (1.0, ())]
)
def test_positive_slices_are_at_or_above_the_threshold_and_have_a_score(
    threshold: float, expected: tuple[int, ...]
) -> None:
    assert navigation.positive_slices(SCORES, threshold) == expected


@pytest.mark.parametrize(
    ("current", "forward", "expected"),
    [
        (0, True, 1),
        (1, True, 3),
        (4, True, 5),
        (5, True, 1),
        (1, False, 5),
        (0, False, 5),
        (5, False, 3),
        (2, False, 1),
    ],
)
def test_the_next_suspicious_slice_goes_round(current: int, forward: bool, expected: int) -> None:
    assert navigation.next_suspicious((1, 3, 5), current, forward=forward) == expected


def test_without_suspicious_slices_there_is_none() -> None:
    assert navigation.next_suspicious((), 3, forward=True) is None


def test_the_only_suspicious_slice_stays() -> None:
    assert navigation.next_suspicious((3,), 3, forward=True) == 3
    assert navigation.next_suspicious((3,), 3, forward=False) == 3


@pytest.mark.parametrize(
    ("current", "steps", "expected"),
    [("a", 1, "b"), ("c", 1, None), ("a", -1, None), ("c", -1, "b"), ("a", 9, "c"), ("gone", 1, "a")],
)
def test_the_neighbor_of_a_series_stops_at_the_ends(current: str, steps: int, expected: str | None) -> None:
    assert navigation.neighbor(("a", "b", "c"), current, steps) == expected


def test_an_empty_list_has_no_neighbor() -> None:
    assert navigation.neighbor((), "a", 1) is None


def test_the_files_windows_come_in_turn() -> None:
    first, second = Window(50, 100, "FIRST"), Window(400, 2000, "SECOND")
    assert navigation.next_window((), BRAIN) is None
    assert navigation.next_window((first, second), BRAIN) == first
    assert navigation.next_window((first, second), first) == second
    assert navigation.next_window((first, second), second) == first


def test_the_size_of_a_map_cell_follows_map_and_spacing() -> None:
    result = scene.analysis(scene.volume())
    # 16 x 24 native px in 2 x 3 cells: 8 x 8 px a cell.
    assert navigation.cell_size_mm(result, (0.5, 0.25)) == pytest.approx((4.0, 2.0))
