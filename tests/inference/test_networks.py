from __future__ import annotations

import pytest
import torch

from leukoviewer.errors import EngineError
from leukoviewer.inference import networks
from leukoviewer.inference.networks import DepthEdgeConv3d, build_network


@pytest.mark.parametrize(
    ("architecture", "channels", "map_shape"),
    [
        ("resnet50", 3, (2, 3)),
        ("convnext_atto", 3, (2, 3)),
        ("densenet121", 3, (2, 3)),
        ("test_convnext", 4, (2, 3)),
        ("efficientnet_b0", 3, (2, 3)),
        ("convnext_atto_places", 3, (8, 12)),
        ("densenet121_places", 3, (8, 12)),
    ],
)
def test_one_pass_gives_a_logit_and_a_map_of_each_slice(
    architecture: str, channels: int, map_shape: tuple[int, int]
) -> None:
    network = build_network(architecture, in_channels=channels).eval()
    images = torch.randn(2, channels, 64, 96)
    with torch.no_grad():
        logits, maps = network.explain(images)
        torch.testing.assert_close(logits, network(images))
    assert logits.shape == (2,)
    assert maps.shape == (2, *map_shape)
    assert maps.min() >= 0


def test_a_volume_gives_one_logit_and_a_map_in_depth() -> None:
    network = build_network("resnet50_3d").eval()
    with torch.no_grad():
        logits, maps = network.explain(torch.randn(2, 3, 20, 64, 96))
    assert logits.shape == (2,)
    assert maps.shape == (2, 2, 2, 3)


@pytest.mark.parametrize(
    "name",
    [
        "no_such_net",
        "hf-hub:someone/net",
        "local-dir:/tmp/net",
        "resnet50.a1_in1k",
        "ResNet50",
        "",
        "../resnet50",
        "_places",
    ],
)
def test_a_name_that_is_no_plain_architecture_is_refused(name: str) -> None:
    with pytest.raises(EngineError, match="knows no network named"):
        build_network(name)


@pytest.mark.parametrize(
    "name", ["vit_tiny_patch16_224", "vgg11", "eva02_tiny_patch14_224", "vgg11_bn", "vit_tiny_patch16_224_places"]
)
def test_a_head_without_a_closed_form_is_refused(name: str) -> None:
    with pytest.raises(EngineError, match="does not end in average pooling"):
        build_network(name)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> None:
        raise ImportError("No module named 'timm'", name="timm")

    monkeypatch.setattr(networks, "_timm_network", absent)
    with pytest.raises(EngineError, match="timm is not installed; it is needed for resnet50"):
        build_network("resnet50")


def test_an_edge_convolution_continues_the_outermost_slices() -> None:
    convolution = DepthEdgeConv3d(1, 1, (3, 3, 3), padding=(1, 1, 1), bias=False)
    volume = torch.randn(1, 1, 4, 5, 5)
    continued = torch.cat((volume[:, :, :1], volume, volume[:, :, -1:]), dim=2)
    with torch.no_grad():
        expected = torch.nn.functional.conv3d(continued, convolution.weight, padding=(0, 1, 1))
        torch.testing.assert_close(convolution(volume), expected)


def test_only_the_depth_of_monais_network_is_padded_otherwise() -> None:
    from monai.networks.nets.resnet import resnet50

    theirs = resnet50(n_input_channels=3, num_classes=1, conv1_t_stride=(1, 2, 2), bias_downsample=False).eval()
    ours = build_network("resnet50_3d").eval()
    ours.backbone.load_state_dict(theirs.state_dict())
    # Deep inside a long stack no edge is in sight of the first stage.
    own = their = torch.randn(1, 3, 40, 32, 32)
    with torch.no_grad():
        for name in ("conv1", "bn1", "act", "maxpool", "layer1"):
            own, their = ours.backbone.get_submodule(name)(own), theirs.get_submodule(name)(their)
    torch.testing.assert_close(own[:, :, 6:14], their[:, :, 6:14])
