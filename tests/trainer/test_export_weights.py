from __future__ import annotations

import numpy as np
import pytest
import torch

from leukoviewer.inference.networks import build_network
from trainer.export_weights import _stored, stored_tensors, with_stored


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([0.5, -3.0, 1000.0], np.float16),
        ([0.0, 0.0], np.float16),
        ([1.0, 70_000.0], np.float32),  # above the largest half
        ([1e-7, 3.3e-7], np.float32),  # among the smallest halves, rounded by more than a thousandth
        ([1.0, 1e-7], np.float16),
    ],
)
def test_a_tensor_is_stored_in_half_where_that_is_enough(values: list[float], dtype: type) -> None:
    found = _stored(torch.tensor(values))
    assert found.dtype == dtype
    np.testing.assert_allclose(found.astype(np.float64), values, rtol=1e-3, atol=1e-6)


def test_every_weight_but_the_counters_is_stored() -> None:
    network = build_network("resnet50")
    state = network.state_dict()
    stored = stored_tensors(network)
    assert set(state) - set(stored) == {name for name in state if name.endswith("num_batches_tracked")}
    assert all(name.startswith("backbone.") for name in stored)


def test_a_network_with_stored_weights_stores_the_same() -> None:
    network = build_network("test_convnext")
    stored = stored_tensors(network)
    with_stored(network, stored)
    again = stored_tensors(network)
    for name, array in stored.items():
        np.testing.assert_array_equal(again[name], array)
