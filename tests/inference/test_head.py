"""The closed forms against autograd, and the raw maps against pytorch-grad-cam on its own hooks and gradients."""

from __future__ import annotations

import copy
import functools
from typing import Any

import numpy as np
import pytest
import torch

from leukoviewer.inference.head import channel_weights
from leukoviewer.inference.networks import Network, PlacesNetwork, build_network
from leukoviewer.inference.torchvision_compat import ensure_torchvision
from tests.packages_fixture import varied_network

# Architecture, where pytorch-grad-cam hooks the library's network, input.
CASES = [
    ("resnet50", "layer4", (2, 3, 96, 64)),
    ("convnext_atto", "stages", (2, 3, 96, 64)),
    ("convnext_tiny", "stages", (1, 3, 64, 64)),
    ("convnext_atto_rms", "stages", (2, 3, 96, 64)),
    ("densenet121", "features", (2, 3, 96, 64)),
    ("convnext_atto_places", "", (2, 3, 96, 64)),
    ("resnet10t_places", "", (2, 3, 96, 64)),
    ("resnet50_3d", "layer4", (1, 3, 12, 64, 64)),
]
each_network = pytest.mark.parametrize(("architecture", "layer", "shape"), CASES, ids=[case[0] for case in CASES])


@functools.cache
def _network(architecture: str) -> Network:
    return varied_network(architecture)


class _Table(torch.nn.Module):
    """The library's own network, untouched by ours but for the table of one column that pytorch-grad-cam wants."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.whole = network if isinstance(network, PlacesNetwork) else network.backbone

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        table: torch.Tensor = self.whole(images)
        return table.reshape(len(images), 1)


@each_network
def test_channel_weights_equal_the_gradient_of_the_logit(architecture: str, layer: str, shape: tuple[int, ...]) -> None:
    del layer
    torch.manual_seed(3)
    network = copy.deepcopy(_network(architecture))
    with torch.no_grad():
        features = network.features(torch.randn(shape)).double()
    for part in (network.pooling_head.linear, network.pooling_head.norm):
        if part is not None:
            part.double()
    (gradient,) = torch.autograd.grad(network.head(features.requires_grad_()).sum(), features)
    expected = gradient.mean(dim=tuple(range(2, features.ndim)), keepdim=True)
    found = channel_weights(features.detach(), network.pooling_head).expand_as(expected)
    torch.testing.assert_close(found.detach(), expected, rtol=1e-9, atol=1e-12)


@each_network
def test_maps_equal_those_of_pytorch_grad_cam_after_its_scaling(
    architecture: str, layer: str, shape: tuple[int, ...]
) -> None:
    ensure_torchvision()
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.image import scale_cam_image
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    torch.manual_seed(4)
    network = _network(architecture)
    images = torch.randn(shape)
    with torch.no_grad():
        if network.explain(images)[1].max() == 0:  # all is evidence against: explain the contrary
            network.pooling_head.linear.weight.neg_()
        logits, maps = network.explain(images)
        torch.testing.assert_close(logits, _Table(network)(images).reshape(-1))
    # A network that maps places is ours: the maps leave it at the layer for hooks.
    hooked = network.backbone.get_submodule(layer) if layer else network.last_features
    oracle = GradCAM(model=_Table(network), target_layers=[hooked])
    expected = oracle(images, [ClassifierOutputTarget(0)] * len(images))
    size: Any = shape[:1:-1]  # the library names the last axis first
    found = scale_cam_image(scale_cam_image(maps.numpy(), size))
    assert maps.max() > 0
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_weights_do_not_depend_on_the_batch_beside_them() -> None:
    network = varied_network("test_convnext")
    features = torch.randn(3, 64, 4, 5)
    together = channel_weights(features, network.pooling_head)
    for index in range(3):
        alone = channel_weights(features[index : index + 1], network.pooling_head)
        torch.testing.assert_close(together[index : index + 1], alone)


def test_a_linear_head_needs_no_features() -> None:
    network = build_network("resnet50").eval()
    weights = channel_weights(torch.randn(4, 2048, 3, 5), network.pooling_head)
    torch.testing.assert_close(weights[0, :, 0, 0], network.pooling_head.linear.weight[0] / 15)
