from __future__ import annotations

import pytest
import torch

from leukoviewer.errors import LeukoError
from leukoviewer.inference.networks import build_network
from trainer.training.inflate import inflate


def test_a_kernel_is_repeated_in_depth_and_divided_by_it() -> None:
    flat = {"conv.weight": torch.randn(4, 2, 3, 3), "bn.bias": torch.randn(4)}
    like = {"conv.weight": torch.zeros(4, 2, 5, 3, 3), "bn.bias": torch.zeros(4)}
    found = inflate(flat, like)
    torch.testing.assert_close(found["conv.weight"].sum(dim=2), flat["conv.weight"])
    torch.testing.assert_close(found["conv.weight"][:, :, 0], flat["conv.weight"] / 5)
    torch.testing.assert_close(found["bn.bias"], flat["bn.bias"])


@pytest.mark.parametrize(
    ("flat", "told"),
    [
        ({}, "different layers, first a"),
        ({"a": torch.zeros(2, 2, 3, 3), "b": torch.zeros(1)}, "different layers, first b"),
        ({"a": torch.zeros(2, 2, 5, 5)}, "kernel a .* does not fit"),
        ({"a": torch.zeros(2)}, "kernel a .* does not fit"),
    ],
)
def test_networks_of_different_layers_are_refused(flat: dict[str, torch.Tensor], told: str) -> None:
    with pytest.raises(LeukoError, match=told):
        inflate(flat, {"a": torch.zeros(2, 2, 3, 3, 3)})


@pytest.mark.parametrize("depth", [1, 2, 9, 30])
def test_a_constant_stack_of_any_depth_gives_the_2d_features_in_every_depth(depth: int) -> None:
    torch.manual_seed(depth)
    flat, deep = build_network("resnet50").eval(), build_network("resnet50_3d").eval()
    deep.backbone.load_state_dict(inflate(flat.backbone.state_dict(), deep.backbone.state_dict()))
    image = torch.randn(1, 3, 32, 48)
    with torch.no_grad():
        expected = flat.features(image)[:, :, None]
        found = deep.features(image[:, :, None].repeat(1, 1, depth, 1, 1))
    torch.testing.assert_close(found, expected.expand_as(found), rtol=1e-3, atol=1e-4 * float(expected.abs().max()))
