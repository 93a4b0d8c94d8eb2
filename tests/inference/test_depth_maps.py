from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.inference.depth_maps import by_slice


def _line(values: list[float]) -> np.ndarray:
    return np.array(values, dtype=np.float32)[:, None, None]


@pytest.mark.parametrize(
    ("values", "depth", "expected"),
    [
        ([1, 2, 3], 3, [1, 2, 3]),
        ([5], 4, [5, 5, 5, 5]),
        ([0, 4], 4, [0, 1, 3, 4]),
        ([0, 1, 2, 3], 2, [0.5, 2.5]),
    ],
)
def test_a_map_is_interpolated_in_depth_with_edges_aligned(
    values: list[float], depth: int, expected: list[float]
) -> None:
    np.testing.assert_allclose(by_slice(_line(values), depth)[:, 0, 0], expected)


def test_rows_and_columns_are_kept() -> None:
    maps = np.random.default_rng(1).random((2, 3, 5), dtype=np.float32)
    found = by_slice(maps, 30)
    assert found.shape == (30, 3, 5)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found[0], maps[0])
    np.testing.assert_array_equal(found[-1], maps[1])


def test_it_equals_torchs_interpolation() -> None:
    import torch

    maps = np.random.default_rng(2).random((4, 2, 2), dtype=np.float32)
    theirs = torch.nn.functional.interpolate(torch.from_numpy(maps)[None, None], size=(30, 2, 2), mode="trilinear")
    np.testing.assert_allclose(by_slice(maps, 30), theirs[0, 0].numpy(), atol=1e-6)
