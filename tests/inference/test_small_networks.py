"""The small relatives of the paper's networks, for grids on a processor."""

from __future__ import annotations

import pytest
import torch

from leukoviewer.inference.networks import build_network


@pytest.mark.parametrize(
    ("architecture", "shape", "most"),
    [
        ("densenet_tiny", (2, 3, 64, 64), 600_000),
        ("resnet10_3d", (1, 3, 6, 64, 64), 1_200_000),
    ],
)
def test_a_small_network_scores_and_explains_itself_like_its_large_relative(
    architecture: str, shape: tuple[int, ...], most: int
) -> None:
    network = build_network(architecture).eval()
    values = torch.rand(shape, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        logits, maps = network.explain(values)
        assert torch.allclose(logits, network(values))
    assert logits.shape == shape[:1]
    assert maps.ndim == len(shape) - 1
    assert maps.shape[-2:] == (2, 2)
    assert 50_000 < sum(p.numel() for p in network.parameters()) < most


def test_the_small_volume_network_keeps_a_stack_of_equal_slices_equal_in_depth() -> None:
    network = build_network("resnet10_3d").eval()
    one = torch.rand((1, 3, 1, 64, 64), generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        short, long = (network(one.expand(-1, -1, depth, -1, -1)) for depth in (8, 16))
    assert torch.allclose(short, long, atol=1e-5)
