from __future__ import annotations

import pytest
import torch
from torch import nn

from leukoviewer.errors import EngineError, LeukoError
from leukoviewer.inference.torchvision_compat import ensure_torchvision
from trainer.training import architectures
from trainer.training.architectures import PAPER_ARCHITECTURES, build, is_volume


@pytest.mark.parametrize("name", PAPER_ARCHITECTURES)
def test_every_network_of_the_paper_has_one_logit(name: str) -> None:
    network = build(name, pretrained=False)
    assert network.training
    assert all(parameter.requires_grad for parameter in network.parameters())
    size = (4, 32, 32) if is_volume(name) else (32, 32)
    with torch.no_grad():
        assert network.eval()(torch.zeros(2, 3, *size)).shape == (2,)


def test_only_the_3d_network_takes_volumes() -> None:
    assert [is_volume(name) for name in PAPER_ARCHITECTURES] == [name == "resnet50_3d" for name in PAPER_ARCHITECTURES]


def test_the_gradient_reaches_every_weight() -> None:
    network = build("test_convnext", pretrained=False)
    network(torch.randn(2, 3, 64, 64)).sum().backward()
    assert [name for name, parameter in network.named_parameters() if parameter.grad is None] == []


def test_building_leaves_the_seed_to_the_weights() -> None:
    weights = []
    for _ in range(2):
        torch.manual_seed(11)
        network = build("test_convnext", pretrained=False)
        weights.append((network.pooling_head.linear.weight.clone(), torch.rand(3)))
    torch.testing.assert_close(weights[0], weights[1])


@pytest.fixture
def imagenet(monkeypatch: pytest.MonkeyPatch) -> dict[str, nn.Module]:
    """Networks as timm would give them with ImageNet weights, by name: here random, and no network is asked."""
    ensure_torchvision()
    import timm

    given: dict[str, nn.Module] = {}
    create = timm.create_model

    def pretrained_model(name: str, *, pretrained: bool = False, **options: object) -> nn.Module:
        network: nn.Module = create(name, pretrained=False, **options)
        if pretrained:
            given[name] = network
        return network

    monkeypatch.setattr(timm, "create_model", pretrained_model)
    return given


@pytest.mark.parametrize(("name", "channels"), [("test_convnext", 3), ("test_convnext", 1)])
def test_imagenet_weights_are_taken_over(name: str, channels: int, imagenet: dict[str, nn.Module]) -> None:
    network = build(name, pretrained=True, in_channels=channels)
    torch.testing.assert_close(dict(network.backbone.state_dict()), dict(imagenet[name].state_dict()))


def test_the_3d_network_gives_for_equal_slices_what_the_2d_one_gives(imagenet: dict[str, nn.Module]) -> None:
    network = build("resnet50_3d", pretrained=True).eval()
    flat = imagenet["resnet50"].eval()
    image = torch.randn(1, 3, 64, 96)
    with torch.no_grad():
        torch.testing.assert_close(network(image[:, :, None].repeat(1, 1, 10, 1, 1)), flat(image)[:, 0])


def test_a_machine_without_network_is_told_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_torchvision()
    import timm

    def offline(*_: object, pretrained: bool, **__: object) -> nn.Module:
        if pretrained:
            raise OSError("no route to host")
        return nn.Identity()

    monkeypatch.setattr(timm, "create_model", offline)
    with pytest.raises(LeukoError, match=r"of resnet50 could not be fetched \(OSError\); connect .* random weights"):
        architectures._imagenet("resnet50", 3)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(EngineError, match="resnet51"):
        build("resnet51", pretrained=True)
