"""How hot slices are: peaks by the slice's own evidence, shapes left as they are."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.inference.levels import leveled


def test_each_peak_is_the_slices_evidence_and_shapes_stay() -> None:
    maps = np.array([[[0.0, 2.0], [1.0, 4.0]], [[0.02, 0.0], [0.01, 0.0]]], dtype=np.float32)
    found = leveled(maps, np.array([-1.0, 5.0]))
    assert found.dtype == np.float32
    assert found.max(axis=(1, 2)) == pytest.approx([np.log1p(np.exp(-1.0)), np.log1p(np.exp(5.0))], rel=1e-6)
    assert found[0] / found[0].max() == pytest.approx(maps[0] / 4.0)
    assert found[1] / found[1].max() == pytest.approx(maps[1] / 0.02)


def test_a_surer_slice_is_hotter_and_one_without_heat_stays_cold() -> None:
    maps = np.stack([np.full((2, 2), 9.0), np.full((2, 2), 0.1), np.zeros((2, 2))]).astype(np.float32)
    peaks = leveled(maps, np.array([0.1, 3.0, 8.0])).max(axis=(1, 2))
    assert peaks[1] > peaks[0] > 0
    assert peaks[2] == 0


def test_extreme_logits_stay_finite() -> None:
    maps = np.ones((2, 1, 1), dtype=np.float32)
    assert np.isfinite(leveled(maps, np.array([-900.0, 900.0]))).all()


def test_no_slices_give_no_maps() -> None:
    assert leveled(np.zeros((0, 2, 2), np.float32), np.zeros(0)).shape == (0, 2, 2)
