"""Where things lie, as a task: a map of classes from the last feature map, its target and its loss."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from leukoviewer.inference.networks import Network

# Each cell of the last feature map tells a grid of so many places by so many: 4 x 4 of 8 px in a cell of 32 px.
_PLACES = 4
# Covered cells are few: without a weight the map would stay empty for long.
_COVERED_WEIGHT = 4.0
_DICE_SHARE = 0.2


class PlaceHead(nn.Module):
    """Reads maps of classes from the last feature map.

    Parameters
    ----------
    channels : int
        Of the feature map.
    classes : int
        Maps to read.
    """

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.read = nn.Conv2d(channels, classes * _PLACES**2, 1)
        self.spread = nn.PixelShuffle(_PLACES)
        nn.init.normal_(self.read.weight, std=0.02)
        nn.init.constant_(self.read.bias, -3.0)  # type: ignore[arg-type]

    def forward(self, features: Tensor) -> Tensor:
        """Logits (b, classes, 4h, 4w) of features (b, c, h, w)."""
        logits: Tensor = self.spread(self.read(features))
        return logits

    @classmethod
    def on(cls, network: Network, classes: int) -> PlaceHead:
        """A head for the network's last feature map."""
        return cls(network.pooling_head.linear.in_features, classes)


def target(masks: Tensor, like: Tensor) -> Tensor:
    """Shares of the cells of ``like`` (b, classes, h, w), from masks (b, classes, H, W) of shares."""
    size = (like.shape[-2], like.shape[-1])
    return functional.adaptive_avg_pool2d(masks, size)


def loss(logits: Tensor, shares: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy by cell and soft Dice by class, weighted by class.

    Parameters
    ----------
    logits, shares : Tensor of float32, shape (b, classes, h, w)
        What is read, and the share of each cell that each class covers.
    weights : Tensor of float32, shape (classes,)
        How much each class counts.
    """
    covered = torch.tensor(_COVERED_WEIGHT, device=logits.device)
    entropy = functional.binary_cross_entropy_with_logits(logits, shares, reduction="none", pos_weight=covered)
    missed = 1 - dice(torch.sigmoid(logits), shares)
    return ((entropy.mean((0, 2, 3)) + _DICE_SHARE * missed) * weights).sum()


def dice(found: Tensor, shares: Tensor) -> Tensor:
    """Soft Dice of each class over the batch, shape (classes,); both (b, classes, h, w), 0 to 1."""
    both = (found * shares).sum((0, 2, 3))
    each = (found**2).sum((0, 2, 3)) + (shares**2).sum((0, 2, 3))
    return (2 * both + 1) / (each + 1)
