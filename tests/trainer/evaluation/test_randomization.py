"""The weight-randomization test of heatmaps."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from leukoviewer.core.progress import finish
from leukoviewer.errors import UsageError
from leukoviewer.inference.torch_engine import load_network
from leukoviewer.packages.archive import Package
from trainer.evaluation.randomization import _in_steps, _layers, _shuffle, compare, run, structural_similarity
from trainer.export import golden_stack


def _map(seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return np.kron(chance.random((4, 4)), np.ones((4, 4))).astype(np.float32)


def test_equal_maps_are_alike_whatever_their_height_and_unrelated_ones_are_not() -> None:
    one, other = np.stack([_map(1), _map(2)]), np.stack([_map(3), _map(4)])
    assert compare(one, 5 * one) == {"rank_correlation": 1.0, "structural_similarity": 1.0}
    told = compare(one, other)
    assert abs(told["rank_correlation"]) < 0.6
    assert told["structural_similarity"] < 0.6


def test_a_map_without_heat_is_like_no_other() -> None:
    assert compare(_map(1)[None], np.zeros((1, 16, 16), np.float32)) == {
        "rank_correlation": 0.0,
        "structural_similarity": 0.0,
    }


def test_structural_similarity_is_that_of_scikit_image() -> None:
    from skimage.metrics import structural_similarity as reference

    one, other = (np.random.default_rng(seed).random((64, 64)).astype(np.float32) for seed in (1, 2))
    mixed = (0.7 * one + 0.3 * other).astype(np.float32)
    a, b = ((m - m.min()) / (m.max() - m.min()) for m in (one.astype(float), mixed.astype(float)))
    expected = reference(a, b, win_size=7, data_range=1.0, use_sample_covariance=False)
    assert structural_similarity(one, mixed) == pytest.approx(expected, abs=0.01)


def test_shuffling_begins_at_the_logit_and_keeps_each_tensors_numbers(tiny_package: Package) -> None:
    network = load_network(tiny_package)
    layers = _layers(network)
    assert layers[0] is network.pooling_head.linear
    assert len({id(layer) for layer in layers}) == len(layers)
    steps = _in_steps(layers)
    assert [layer for group in steps for layer in group] == layers
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    for layer in layers:
        _shuffle(layer, torch.Generator().manual_seed(0))
    moved = 0
    for name, tensor in network.state_dict().items():
        torch.testing.assert_close(tensor.flatten().sort().values, before[name].flatten().sort().values)
        moved += not torch.equal(tensor, before[name])
    assert moved > len(layers) // 2


def test_a_network_is_tested_step_by_step_and_the_same_way_each_time(tiny_package: Package) -> None:
    values = golden_stack(3, (256, 256))
    told = finish(run(tiny_package, values))
    assert told["steps"][-1]["randomized"] == 1.0
    assert [step["randomized"] for step in told["steps"]] == sorted(step["randomized"] for step in told["steps"])
    last = told["steps"][-1]
    assert told["passed"] == (abs(last["rank_correlation"]) <= 0.5 and last["structural_similarity"] <= 0.5)
    assert finish(run(tiny_package, values)) == told


@pytest.mark.parametrize(("correlation", "passed"), [(0.5, True), (0.51, False), (-0.5, True), (-0.9, False)])
def test_a_map_that_is_turned_into_its_opposite_is_no_other_map(
    correlation: float, passed: bool, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trainer.evaluation import randomization

    found = {"rank_correlation": correlation, "structural_similarity": 0.0}
    monkeypatch.setattr(randomization, "_in_steps", lambda layers: [layers[:1]])
    monkeypatch.setattr(randomization, "compare", lambda *_: found)
    assert finish(run(tiny_package, golden_stack(1, (256, 256))))["passed"] is passed


def test_the_rank_correlation_is_that_of_scipy() -> None:
    from scipy import stats

    one = np.random.default_rng(1).integers(0, 9, (8, 8)).astype(np.float32)
    other = (one + np.random.default_rng(2).integers(0, 5, (8, 8))).astype(np.float32)
    expected = round(float(stats.spearmanr(one.ravel(), other.ravel()).statistic), 4)
    assert compare(one[None], other[None])["rank_correlation"] == expected


def test_slices_without_heat_are_refused(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.evaluation import randomization

    monkeypatch.setattr(randomization, "_maps", lambda *_: np.zeros((2, 8, 8), np.float32))
    with pytest.raises(UsageError, match="None of these slices has a heatmap"):
        finish(run(tiny_package, golden_stack(2, (256, 256))))
