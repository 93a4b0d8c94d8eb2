from __future__ import annotations

import numpy as np
import pytest
import torch

from leukoviewer.inference.networks import build_network
from leukoviewer.packages.eight_bits import SCALE
from trainer.export_weights import Precision, _half, stored_tensors, with_stored


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
    found = _half(np.array(values, np.float32))
    assert found.dtype == dtype
    np.testing.assert_allclose(found.astype(np.float64), values, rtol=1e-3, atol=1e-6)


def test_every_weight_but_the_counters_is_stored() -> None:
    network = build_network("resnet50")
    state = network.state_dict()
    stored = stored_tensors(network)
    assert set(state) - set(stored) == {name for name in state if name.endswith("num_batches_tracked")}
    assert all(name.startswith("backbone.") for name in stored)


def test_8_bits_take_a_quarter_and_what_counts_most_stays_in_half() -> None:
    network = build_network("resnet50")
    sizes = {p: sum(array.nbytes for array in stored_tensors(network, p).values()) for p in Precision}
    assert 1.98 < sizes[Precision.FLOAT32] / sizes[Precision.FLOAT16] < 2.02
    assert 3.9 < sizes[Precision.FLOAT32] / sizes[Precision.INT8] < 4.02
    stored = stored_tensors(network, Precision.INT8)
    assert stored["backbone.conv1.weight"].dtype == np.int8
    assert stored["backbone.conv1.weight" + SCALE].shape == (64, 1, 1, 1)
    assert stored["backbone.fc.weight"].dtype == np.float16
    assert stored["backbone.bn1.weight"].dtype == np.float16


def test_a_few_large_values_keep_a_tensor_out_of_8_bits() -> None:
    network = build_network("test_convnext")
    with torch.no_grad():
        weight = dict(network.named_parameters())["backbone.stem.0.weight"]
        weight[:, 0, 0, 0] = 50.0 * weight.abs().max()
    assert stored_tensors(network, Precision.INT8)["backbone.stem.0.weight"].dtype == np.float16


@pytest.mark.parametrize("precision", Precision)
def test_a_network_with_stored_weights_stores_the_same(precision: Precision) -> None:
    network = build_network("test_convnext")
    stored = stored_tensors(network, precision)
    with_stored(network, stored)
    again = stored_tensors(network, precision)
    for name, array in stored.items():
        np.testing.assert_allclose(again[name], array, rtol=1e-6)
