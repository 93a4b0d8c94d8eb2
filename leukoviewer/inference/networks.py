"""Networks by name, for the torch engine and the trainer: timm's in 2-D, MONAI's ResNet50 in 3-D, one logit each.

A network gives its logit and, in the same forward pass, its Grad-CAM map. No code of a package is run: a package names
an architecture, and only names that timm itself lists (or those named below) are built.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from leukoviewer.errors import EngineError
from leukoviewer.inference.head import PoolingHead, channel_weights, read_head, unknown_head
from leukoviewer.inference.places import LOG_FLOOR, STAGES, PlacesHead, PlacesReader
from leukoviewer.inference.torchvision_compat import ensure_torchvision

VOLUME_ARCHITECTURES = ("resnet50_3d", "resnet10_3d")
# Small relatives, for machines without a GPU: growth and layers of each block of a DenseNet that timm does not list.
SMALL_DENSENETS = {"densenet_tiny": (16, (3, 6, 12, 8))}
# "<a timm name>_places": that network with the reader and the head of :mod:`leukoviewer.inference.places`.
PLACES_SUFFIX = "_places"

# timm also takes "hf-hub:..." and "local-dir:..." names, which fetch and read what they name: never from a package.
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Network(nn.Module):
    """A classifier with one logit that can explain itself.

    Attributes
    ----------
    architecture : str
        Its name.
    backbone : Module
        The library's network, head included; weights are named ``backbone.<the library's name>``.
    pooling_head : PoolingHead
        The parts of its head, inside ``backbone``.
    last_features : Identity
        What leaves it is the last feature map: the layer to hook for other explanation methods.
    """

    def __init__(self, backbone: nn.Module, *, architecture: str) -> None:
        super().__init__()
        self.architecture = architecture
        self.backbone = backbone
        self.last_features = nn.Identity()
        self.pooling_head = self._read_head()

    def _read_head(self) -> PoolingHead:
        return read_head(self.backbone, self.architecture)

    def features(self, x: Tensor) -> Tensor:
        """Last feature map: (b, 3, h, w) to (b, c, h', w'), or (b, 3, d, h, w) to (b, c, d', h', w')."""
        raise NotImplementedError

    def head(self, features: Tensor) -> Tensor:
        """Logits (b,) of last feature maps."""
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """Logits (b,) of normalized images (b, 3, h, w) or volumes (b, 3, d, h, w)."""
        return self.head(self.features(x))

    def explain(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (b,) and raw Grad-CAM maps (b, h', w') or (b, d', h', w') of the logit, by one forward pass.

        Grad-CAM (Selvaraju et al. 2017) with the channel weights in closed form, see
        :func:`leukoviewer.inference.head.channel_weights`; negative evidence is cut off, no scaling.
        """
        features = self.features(x)
        weights = channel_weights(features, self.pooling_head)
        maps = torch.relu((features * weights).sum(dim=1))
        return self.head(features), maps


class SliceNetwork(Network):
    """A network of timm on single slices."""

    def features(self, x: Tensor) -> Tensor:
        """See :meth:`Network.features`."""
        found: Tensor = self.last_features(self.backbone.forward_features(x))  # type: ignore[operator]
        return found

    def head(self, features: Tensor) -> Tensor:
        """See :meth:`Network.head`."""
        logits: Tensor = self.backbone.forward_head(features)  # type: ignore[operator]
        return logits[:, 0]


class PlacesNetwork(Network):
    """A network of timm on single slices that maps where the disease lies; see :mod:`leukoviewer.inference.places`."""

    def _read_head(self) -> PoolingHead:
        self.reader = PlacesReader(tuple(self.backbone.feature_info.channels()))  # type: ignore[union-attr, operator]
        self.judge = PlacesHead()
        return PoolingHead(self.judge.linear, None, centered=False, log_floor=LOG_FLOOR)

    def place_logits(self, x: Tensor) -> Tensor:
        """Logits (b, 3, h / 8, w / 8) of the shares that each of ``places.PLACES`` covers, of images (b, 3, h, w)."""
        found: Tensor = self.reader(self.backbone(x))
        return found

    def features(self, x: Tensor) -> Tensor:
        """Shares (b, 3, h / 8, w / 8), 0 to 1; see :meth:`Network.features`."""
        found: Tensor = self.last_features(torch.sigmoid(self.place_logits(x)))
        return found

    def head(self, features: Tensor) -> Tensor:
        """See :meth:`Network.head`."""
        logits: Tensor = self.judge(features)
        return logits


class VolumeNetwork(Network):
    """MONAI's 3-D ResNet on a whole stack; the paper's "ResNet50 3D".

    The first convolution keeps the depth (stride 1) as MONAI's default does, and halves rows and columns as the 2-D
    network does. At the ends of the stack the depth is continued by the outermost slice instead of zeros, so that a
    stack of equal slices gives exactly what the 2-D network gives for one of them.
    """

    def features(self, x: Tensor) -> Tensor:
        """See :meth:`Network.features`."""
        for name in ("conv1", "bn1", "act", "maxpool", "layer1", "layer2", "layer3", "layer4"):
            x = self.backbone.get_submodule(name)(x)
        found: Tensor = self.last_features(x)
        return found

    def head(self, features: Tensor) -> Tensor:
        """See :meth:`Network.head`."""
        logits: Tensor = self.backbone.get_submodule("fc")(features.mean(dim=(2, 3, 4)))
        return logits[:, 0]


class DepthEdgeConv3d(nn.Conv3d):
    """A 3-D convolution that continues the outermost slices in depth, and pads rows and columns with zeros."""

    def forward(self, input: Tensor) -> Tensor:
        """Convolve (b, c, d, h, w)."""
        depth, height, width = _triple(self.padding)
        if depth:
            first = input[:, :, :1].expand(-1, -1, depth, -1, -1)
            last = input[:, :, -1:].expand(-1, -1, depth, -1, -1)
            input = torch.cat((first, input, last), dim=2)
        return nn.functional.conv3d(input, self.weight, self.bias, self.stride, (0, height, width), self.dilation)


def build_network(architecture: str, *, in_channels: int = 3) -> Network:
    """Build a network with random weights.

    Parameters
    ----------
    architecture : str
        A name of timm whose head is global average pooling and one linear layer, with or without a normalization
        between them (``resnet50``, ``convnext_*``, ``densenet121``, ...); one of timm with ``_places`` behind it
        (``convnext_atto_places``); ``densenet_tiny``; or one of :data:`VOLUME_ARCHITECTURES`.
    in_channels : int
        Channels of the input.

    Returns
    -------
    Network
        In training mode, on the CPU, float32.

    Raises
    ------
    EngineError
        The name is unknown, the head has another form, or a library is missing.
    """
    ensure_torchvision()
    network: Network
    try:
        if architecture in VOLUME_ARCHITECTURES:
            network = VolumeNetwork(_monai_resnet(architecture, in_channels), architecture=architecture)
        elif architecture.endswith(PLACES_SUFFIX):
            network = PlacesNetwork(_timm_stages(architecture, in_channels), architecture=architecture)
        else:
            network = SliceNetwork(_timm_network(architecture, in_channels), architecture=architecture)
    except ImportError as error:
        raise EngineError(f"{error.name or 'a library'} is not installed; it is needed for {architecture}.") from error
    _prove_closed_form(network)
    return network


def _prove_closed_form(network: Network) -> None:
    """Hold the closed form against autograd: a head may do more than its parts tell (VGG's does).

    Raises
    ------
    EngineError
        They differ.
    """
    size = (2, 2, 3) if isinstance(network, VolumeNetwork) else (2, 3)
    chance = torch.Generator().manual_seed(0)  # the caller's chance is left as it is
    channels = network.pooling_head.linear.in_features
    features = torch.rand((1, channels, *size), generator=chance).requires_grad_()
    network.eval()
    try:
        with torch.enable_grad():
            (gradient,) = torch.autograd.grad(network.head(features).sum(), features)
        expected = gradient.mean(dim=tuple(range(2, features.ndim)), keepdim=True)
        found = channel_weights(features.detach(), network.pooling_head)
        differs = not torch.allclose(found, expected, rtol=1e-3, atol=1e-3 * float(expected.abs().max()))
    except RuntimeError:  # its features have another shape
        differs = True
    network.train()
    if differs:
        raise unknown_head(network.architecture)


def _timm_network(architecture: str, in_channels: int) -> nn.Module:
    import timm

    if architecture in SMALL_DENSENETS:
        return _small_densenet(architecture, in_channels)
    name = _known(architecture)
    network: nn.Module = timm.create_model(name, pretrained=False, num_classes=1, in_chans=in_channels)
    return network


def _small_densenet(architecture: str, in_channels: int) -> nn.Module:
    from timm.models.densenet import DenseNet

    growth, layers = SMALL_DENSENETS[architecture]
    network: nn.Module = DenseNet(growth_rate=growth, block_config=layers, num_classes=1, in_chans=in_channels)
    return network


def _timm_stages(architecture: str, in_channels: int) -> nn.Module:
    """The last three stages, of strides 8, 16 and 32, without a head."""
    import timm

    name = _known(architecture.removesuffix(PLACES_SUFFIX))
    wanted = {"features_only": True, "out_indices": STAGES}
    try:
        network: nn.Module = timm.create_model(name, pretrained=False, in_chans=in_channels, **wanted)
        strides = network.feature_info.reduction()  # type: ignore[union-attr, operator]
    except (RuntimeError, IndexError, AssertionError, AttributeError, TypeError) as error:
        raise unknown_head(architecture) from error
    if list(strides) != [8, 16, 32]:
        raise unknown_head(architecture)
    return network


def _known(name: str) -> str:
    import timm

    if not _PLAIN_NAME.fullmatch(name) or not timm.is_model(name):
        message = f"This version knows no network named {name!r}; use a model made for it, or update the viewer."
        raise EngineError(message, thing=name)
    return name


def _monai_resnet(architecture: str, in_channels: int) -> nn.Module:
    from monai.networks.nets.resnet import ResNet

    options: dict[str, Any] = {"conv1_t_stride": (1, 2, 2), "bias_downsample": False}
    block, layers, widths = "bottleneck", [3, 4, 6, 3], [64, 128, 256, 512]
    if architecture == "resnet10_3d":
        block, layers, widths = "basic", [1, 1, 1, 1], [16, 32, 64, 128]
        options["conv1_t_size"] = 3
    network = ResNet(block, layers, widths, n_input_channels=in_channels, num_classes=1, **options)
    _continue_depth(network)
    found: nn.Module = network
    return found


def _continue_depth(network: nn.Module) -> None:
    """Replace the convolutions that look at neighboring slices by ones that continue the outermost slices."""
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Conv3d) and child.kernel_size[0] > 1:
                parent.add_module(name, _with_depth_edges(child))


def _with_depth_edges(convolution: nn.Conv3d) -> DepthEdgeConv3d:
    edged = DepthEdgeConv3d(
        convolution.in_channels,
        convolution.out_channels,
        _triple(convolution.kernel_size),
        stride=_triple(convolution.stride),
        padding=_triple(convolution.padding),
        bias=convolution.bias is not None,
    )
    edged.load_state_dict(convolution.state_dict())
    return edged


def _triple(sizes: Sequence[int | str]) -> tuple[int, int, int]:
    depth, height, width = (int(size) for size in sizes)
    return depth, height, width
