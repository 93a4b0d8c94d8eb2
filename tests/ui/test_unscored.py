"""Why a slice has no score."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.ui.unscored import why_unscored

NAN = float("nan")
OUTSIDE = "not scored; this model looks at slices 2 to 4 of 5"
INSIDE = "not scored by this model"


@pytest.mark.parametrize(
    ("scores", "index", "expected"),
    [
        pytest.param([NAN, 0.1, 0.2, 0.3, NAN], 0, OUTSIDE, id="above the window"),
        pytest.param([NAN, 0.1, 0.2, 0.3, NAN], 4, OUTSIDE, id="below the window"),
        pytest.param([NAN, 0.1, NAN, 0.3, NAN], 2, INSIDE, id="unreadable within it"),
        pytest.param([NAN, NAN], 1, INSIDE, id="none scored"),
    ],
)
def test_a_slice_beside_the_models_window_is_told_where_that_lies(
    scores: list[float], index: int, expected: str
) -> None:
    assert why_unscored(np.array(scores), index) == expected
