"""A network that maps where in a slice the disease lies, and judges the slice by how much of it there is.

The heads of ImageNet networks average features of 32 px cells (31 mm of a head of 250 mm) over the whole slice: a few
small spots are lost in the mean, and a heatmap of such cells is coarse. Here the last three stages of a timm network
are read by 1 x 1 convolutions and laid over each other at 8 px, as in a feature pyramid (Lin et al. 2017); a sigmoid
makes maps of shares of them, and the slice's logit is linear in the logarithm of their averages. The maps are the last
convolutional layer, so Grad-CAM of the logit shows the very places that were counted.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

# What is told apart in a slice: the disease, what is dark like it, and blood.
PLACES = ("disease", "dark", "blood")
# Stages of strides 8, 16 and 32 px, counted from the last.
STAGES = (-3, -2, -1)
# Below this share of a slice (about 12 mm2 of a field of 250 mm) the logarithm of an average levels off.
LOG_FLOOR = 2e-4
_RARE = -4.0


class _ByPosition(nn.LayerNorm):
    """Layer normalization of the channels at each position of (b, c, h, w), as between a ConvNeXt's stages."""

    def forward(self, input: Tensor) -> Tensor:
        """Normalize."""
        return super().forward(input.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def _reader(channels: int, level: int) -> nn.Conv2d:
    """Reads a stage that is ``level`` times halved: so many maps that they fill the places of the finest."""
    read = nn.Conv2d(channels, len(PLACES) * 4**level, 1, bias=level == 0)
    nn.init.normal_(read.weight, std=0.02)
    if read.bias is not None:
        nn.init.constant_(read.bias, _RARE)
    return read


class PlacesReader(nn.Module):
    """Reads maps of shares from feature maps of growing stride.

    Parameters
    ----------
    channels : tuple of int
        Of the feature maps, finest first; each has half the rows and columns of the one before.
    """

    def __init__(self, channels: tuple[int, ...]) -> None:
        super().__init__()
        self.norms = nn.ModuleList(_ByPosition(count, eps=1e-6) for count in channels)
        self.reads = nn.ModuleList(_reader(count, level) for level, count in enumerate(channels))

    def forward(self, features: list[Tensor]) -> Tensor:
        """Logits (b, 3, h, w) of feature maps (b, c, h, w), (b, c, h / 2, w / 2), ..."""
        read = [read(norm(found)) for found, norm, read in zip(features, self.norms, self.reads, strict=True)]
        total: Tensor = read[0]
        for level, finer in enumerate(read[1:], start=1):
            total = total + functional.pixel_shuffle(finer, 2**level)
        return total


class PlacesHead(nn.Module):
    """Logit of a slice from its maps: linear in the logarithms of their averages."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(len(PLACES), 1)
        with torch.no_grad():
            # About 0 where a hundredth of the slice is ill, whatever else is there.
            self.linear.weight.copy_(torch.tensor([[1.0, 0.0, 0.0]]))
            self.linear.bias.fill_(4.6)

    def forward(self, maps: Tensor) -> Tensor:
        """Logits (b,) of maps of shares (b, 3, h, w), 0 to 1."""
        logits: Tensor = self.linear(torch.log(maps.mean(dim=(2, 3)) + LOG_FLOOR))
        return logits[:, 0]
