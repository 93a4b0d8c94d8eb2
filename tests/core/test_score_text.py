"""A score reads alike everywhere, and never as more than it is."""

from __future__ import annotations

import pytest

from leukoviewer.core.score_text import score_text


@pytest.mark.parametrize(
    ("score", "threshold", "expected"),
    [
        (0.731, None, "0.73"), (0.994, None, "0.99"), (0.998, None, "0.99"), (0.9999999, None, "0.99"),
        (1.0, None, "1.00"), (0.0, None, "0.00"), (0.731, 0.5, "0.73"), (0.5296, 0.53, "0.5296"),
        (0.534, 0.5349, "0.534"), (0.524, 0.53, "0.52"), (0.5, 0.5, "0.50"), (0.9999999, 1.0, "0.99"),
        (0.998, 0.99, "0.99"), (0.9895, 0.99, "0.9895"),
    ],
)  # fmt: skip
def test_a_score_looks_neither_like_certainty_nor_like_the_threshold(
    score: float, threshold: float | None, expected: str
) -> None:
    assert score_text(score, threshold) == expected


@pytest.mark.parametrize(("score", "expected"), [(0.998, "0.998"), (0.9997, "0.999"), (1.0, "1.000")])
def test_with_more_digits_the_rule_is_the_same(score: float, expected: str) -> None:
    assert score_text(score, digits=3) == expected
