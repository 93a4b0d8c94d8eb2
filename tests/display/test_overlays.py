"""Drawings laid over a picture."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.display.overlays import with_overlay


@pytest.mark.parametrize(
    ("ink", "seen"),
    [((0, 0, 0, 0), 100), ((200, 200, 200, 255), 200), ((0, 0, 0, 255), 0), ((51, 51, 51, 51), 131)],
)
def test_ink_covers_by_its_opacity(ink: tuple[int, ...], seen: int) -> None:
    frame = np.full((2, 3, 3), 100, dtype=np.uint8)
    overlay = np.zeros((2, 3, 4), dtype=np.uint8)
    overlay[1, 2] = ink
    laid = with_overlay(frame, overlay)
    assert laid[1, 2].tolist() == [seen] * 3
    laid[1, 2] = 100
    np.testing.assert_array_equal(laid, frame)


def test_without_an_overlay_the_frame_stays_what_it_is() -> None:
    frame = np.zeros((2, 2, 3), dtype=np.uint8)
    assert with_overlay(frame, None) is frame


def test_an_overlay_of_a_large_page_lies_in_the_same_place_on_its_small_preview() -> None:
    overlay = np.zeros((80, 40, 4), dtype=np.uint8)
    overlay[40:48, 8:12] = (0, 0, 255, 255)
    laid = with_overlay(np.full((20, 10, 3), 90, dtype=np.uint8), overlay)
    assert laid[10:12, 2].tolist() == [[0, 0, 255]] * 2
    assert (laid.reshape(-1, 3) == 90).all(axis=1).sum() == 198
