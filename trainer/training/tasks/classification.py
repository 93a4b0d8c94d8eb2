"""One logit for a slice or a stack: inputs, loss."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from leukoviewer.preprocessing.recipe import Channels


def network_input(values: Tensor, channels: Channels, layout: str) -> Tensor:
    """Gray copied to channels and normalized, as :func:`leukoviewer.preprocessing.stack.model_input` does.

    Parameters
    ----------
    values : Tensor of float32, shape (b, d, h, w)
        Gray 0..1; d is 1 for the layout ``slices``.

    Returns
    -------
    Tensor of float32
        Shape (b, channels, h, w) for slices, (b, channels, d, h, w) for a volume.
    """
    mean = torch.tensor(channels.mean, dtype=values.dtype, device=values.device)
    std = torch.tensor(channels.std, dtype=values.dtype, device=values.device)
    if layout == "volume":
        return (values[:, None] - mean[None, :, None, None, None]) / std[None, :, None, None, None]
    return (values - mean[None, :, None, None]) / std[None, :, None, None]


def resized(values: Tensor, size_px: int) -> Tensor:
    """Slices shown smaller, by antialiased bilinear resizing; unchanged when they have the size."""
    if values.shape[-1] == size_px:
        return values
    full = values.shape[-1]
    if full % size_px == 0:
        return functional.avg_pool2d(values, full // size_px)
    return functional.interpolate(values, (size_px, size_px), mode="bilinear", antialias=True, align_corners=False)


def loss(logits: Tensor, labels: Tensor, *, smoothing: float) -> Tensor:
    """Binary cross-entropy with the labels drawn ``smoothing / 2`` towards each other."""
    soft = labels * (1 - smoothing) + smoothing / 2
    return functional.binary_cross_entropy_with_logits(logits, soft)
