"""A figure holds a value against its range and says why it lies outside."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from trainer.simulation.report.figures import INSIDE, OUTSIDE, SHOWN, Figure, Rule, wilson

RULE = Rule("k", "Group", "Title", "HU", 20, 30, "somebody 1999", why_outside="another dose")


@pytest.mark.parametrize(
    ("value", "verdict", "reason"),
    [
        (20.0, INSIDE, ""),
        (30.0, INSIDE, ""),
        (19.9, OUTSIDE, "below the range; another dose"),
        (30.1, OUTSIDE, "above the range; another dose"),
        (math.nan, SHOWN, "none of the sampled patients"),
    ],
)
def test_a_value_is_judged_with_a_reason(value: float, verdict: str, reason: str) -> None:
    figure = RULE.judge(value)
    assert figure.verdict == verdict
    assert figure.reason.startswith(reason)
    assert figure.allowed == "20.0 to 30.0 HU"
    json.dumps(figure.to_json(), allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "words"), [(-math.inf, 10, "at most 10.0 HU"), (5, math.inf, "at least 5.0 HU")]
)
def test_a_range_may_be_open(low: float, high: float, words: str) -> None:
    assert Rule("k", "G", "T", "HU", low, high, "s").allowed == words


def test_a_median_leaves_out_what_could_not_be_measured() -> None:
    figure = RULE.judge_median(np.array([24.0, math.nan, 26.0, 25.0]), real=29.0)
    assert figure.found.startswith("25.0 HU (5-95 %: 24.1 to 25.9) (n=3)")
    assert figure.real == "29.0 HU"
    assert RULE.judge_median(np.array([math.nan])).verdict == SHOWN


@pytest.mark.parametrize(("hits", "verdict"), [(50, INSIDE), (44, INSIDE), (25, OUTSIDE), (80, OUTSIDE)])
def test_a_share_is_inside_when_its_interval_meets_the_range(hits: int, verdict: str) -> None:
    assert Rule("k", "G", "T", "", 0.5, 0.5, "s", digits=3).judge_share(hits, 100).verdict == verdict


@pytest.mark.parametrize(("hits", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)])
def test_the_interval_of_a_share_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=2e-4)


def test_what_is_not_inside_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="has a reason"):
        Figure("k", "G", "T", "1", verdict=OUTSIDE)
