"""Weights of 8 bits with one scale an output channel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from leukoviewer.packages.eight_bits import SCALE, dequantized, quantized


def test_a_weight_moves_by_at_most_half_a_step_of_its_own_channel() -> None:
    chance = np.random.default_rng(0)
    weights = (chance.normal(size=(8, 4, 3, 3)) * 10.0 ** np.arange(-4, 4)[:, None, None, None]).astype(np.float32)
    whole, scale = quantized(weights)
    assert (whole.dtype, scale.dtype, scale.shape) == (np.int8, np.float32, (8, 1, 1, 1))
    found = dequantized({"w": whole, "w" + SCALE: scale})["w"]
    assert found.dtype == np.float32
    assert (np.abs(found - weights) <= scale * 0.5001).all()
    np.testing.assert_allclose(np.abs(found).max(axis=(1, 2, 3)), np.abs(weights).max(axis=(1, 2, 3)), rtol=1e-6)


def test_zeros_stay_zeros_and_signs_are_kept() -> None:
    weights = np.array([[0.0, 0.0], [1.0, -1.0], [-0.5, 0.0]], np.float32)
    whole, scale = quantized(weights)
    np.testing.assert_allclose(whole * scale, weights, atol=1e-7)
    assert whole.min() == -127


def test_tensors_of_other_types_are_left_as_they_are() -> None:
    half = np.ones(3, np.float16)
    tensors = {"a": half, "b.scale": np.ones((1,), np.float32)}
    found = dequantized(tensors)
    assert found["a"] is half
    assert set(found) == {"a", "b.scale"}


@pytest.mark.parametrize(
    "scale",
    [
        None,
        np.ones((3, 1), np.float32),
        np.ones((2,), np.float32),
        np.ones((2, 1), np.float16),
        np.ones((2, 2), np.float32),
    ],
    ids=["absent", "other count", "other axes", "other type", "by weight"],
)
def test_a_scale_that_does_not_fit_is_refused(scale: Any) -> None:
    tensors: dict[str, Any] = {"w": np.ones((2, 2), np.int8)}
    if scale is not None:
        tensors["w.scale"] = scale
    with pytest.raises(ValueError, match="the weight w has no scale"):
        dequantized(tensors)
