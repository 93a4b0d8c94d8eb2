"""Heat of several models: mean and spread."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.display.comparison import Overlaid, overlaid


def test_mean_and_spread_of_three_models() -> None:
    heats = [np.array([[0.0, level]], dtype=np.float32) for level in (0.25, 0.5, 0.75)]
    found = overlaid(heats)
    assert found is not None
    np.testing.assert_allclose(found.mean, [[0.0, 0.5]])
    np.testing.assert_allclose(found.spread, [[0.0, 0.5]])
    assert not found.mean.flags.writeable


def test_one_model_has_nothing_to_be_laid_over() -> None:
    assert overlaid([np.zeros((2, 2), dtype=np.float32)]) is None


def test_planes_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="different slices"):
        overlaid([np.zeros((2, 2), dtype=np.float32), np.zeros((2, 3), dtype=np.float32)])
    with pytest.raises(ValueError, match="one slice"):
        Overlaid(np.zeros((2, 2), dtype=np.float32), np.zeros((2, 3), dtype=np.float32))
