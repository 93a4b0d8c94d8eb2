"""Starting values for networks that learn from random weights in few steps."""

from __future__ import annotations

import math

import torch
from torch import nn

from leukoviewer.inference.networks import Network


def set_layer_scale(network: Network, value: float) -> int:
    """Set the layer scales of a ConvNeXt (parameters named ``gamma``); returns how many there are.

    timm begins them at 1e-6, made for hundreds of epochs: blocks then hardly act in the first thousands of steps.
    """
    found = [parameter for name, parameter in network.named_parameters() if name.split(".")[-1] == "gamma"]
    with torch.no_grad():
        for parameter in found:
            parameter.fill_(value)
    return len(found)


def keep_variance(network: Network) -> int:
    """Draw all weights but the head's with a deviation of 1 / sqrt(inputs); returns how many were drawn.

    timm draws a ConvNeXt's weights with 0.02 whatever its width. In a narrow network the blocks are then silent even at
    a layer scale of 1, signals shrink from stage to stage, and training grows one constant channel until the last
    normalization divides the picture away (seen: all logits equal after 700 steps).
    """
    layers = [m for m in network.backbone.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    head = [m for m in layers if m.weight.shape[0] == 1 and m.weight.ndim == 2]
    drawn = [m for m in layers if m not in head]
    for layer in drawn:
        inputs = layer.weight[0].numel()
        nn.init.trunc_normal_(
            layer.weight, std=1 / math.sqrt(inputs), a=-2 / math.sqrt(inputs), b=2 / math.sqrt(inputs)
        )
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    return len(drawn)
