"""Networks to train: those that the viewer can run, with ImageNet weights or from random ones."""

from __future__ import annotations

from torch import nn

from leukoviewer.errors import LeukoError
from leukoviewer.inference.networks import VOLUME_ARCHITECTURES, Network, build_network
from trainer.training.inflate import inflate

# The networks of the paper by their names here; any other timm network with the same kind of head works too.
PAPER_ARCHITECTURES = ("resnet50", "resnet50_3d", "convnext_tiny", "densenet121")
_FLAT_COUNTERPART = {"resnet50_3d": "resnet50"}


def build(name: str, *, pretrained: bool, in_channels: int = 3) -> Network:
    """Build a network with one logit.

    Parameters
    ----------
    name : str
        A timm name (``resnet50``, ``convnext_atto``, ``densenet121``, ...) or ``resnet50_3d``.
    pretrained : bool
        Start from timm's ImageNet weights (the head stays random); the 3-D network takes the inflated 2-D kernels.
    in_channels : int
        Channels of the input; timm adapts the first kernels when it is not 3.

    Returns
    -------
    Network
        With ``features(x)``, ``forward(x)`` -> logits (b,) and ``explain(x)`` -> (logits, raw maps); in training mode.

    Raises
    ------
    EngineError
        The name is unknown or its head cannot be explained.
    LeukoError
        The ImageNet weights cannot be had here.
    """
    network = build_network(name, in_channels=in_channels)
    if pretrained:
        flat = _imagenet(_FLAT_COUNTERPART.get(name, name), in_channels)
        state = inflate(flat.state_dict(), network.backbone.state_dict()) if is_volume(name) else flat.state_dict()
        network.backbone.load_state_dict(state)
    return network


def is_volume(name: str) -> bool:
    """Whether the network takes a whole stack (b, 3, d, h, w) and gives one logit for it."""
    return name in VOLUME_ARCHITECTURES


def _imagenet(name: str, in_channels: int) -> nn.Module:
    import timm

    try:
        network: nn.Module = timm.create_model(name, pretrained=True, num_classes=1, in_chans=in_channels)
    except (OSError, RuntimeError, ValueError) as error:
        raise LeukoError(
            f"The ImageNet weights of {name} could not be fetched ({type(error).__name__}); connect this machine to "
            "the network once, or start from random weights with --init random.",
            thing=name,
        ) from error
    return network
