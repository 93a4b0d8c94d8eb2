"""Grad-CAM's channel weights in closed form: what the gradient through a pooling head is, without a backward pass.

The score's gradient is needed only back to the last feature map A, that is through the head. For a head of global
average pooling over N positions and one linear layer W it is W / N at every position, so Grad-CAM's channel weight is
W / N. With a normalization of the pooled features x between them, u = gamma W and x^ the normalized features:

- layer normalization: (u - mean(u) - x^ mean(u x^)) / sigma / N;
- root-mean-square normalization: (u - x^ mean(u x^)) / rms / N.

Where the head takes the logarithm of the averages x, above a floor e, it is W / (x + e) / N.

The tests hold these against autograd and pytorch-grad-cam.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from leukoviewer.errors import EngineError


@dataclass(frozen=True, slots=True, eq=False)
class PoolingHead:
    """The parts of a head: average pooling, perhaps a normalization or the logarithm of the channels, a linear layer.

    Attributes
    ----------
    linear : Linear
        One output.
    norm : Module or None
        Normalization of the pooled features, with ``weight`` (c,) and ``eps``.
    centered : bool
        Whether the normalization subtracts the mean (LayerNorm) or not (RmsNorm).
    log_floor : float or None
        When set, the linear layer reads log(average + floor); there is no normalization then.
    """

    linear: nn.Linear
    norm: nn.Module | None
    centered: bool
    log_floor: float | None = None


def read_head(backbone: nn.Module, architecture: str) -> PoolingHead:
    """Find the head of a timm or MONAI network.

    Raises
    ------
    EngineError
        The head is not one that :func:`channel_weights` knows.
    """
    head = getattr(backbone, "head", None)
    linear = backbone.get_classifier() if hasattr(backbone, "get_classifier") else getattr(backbone, "fc", None)  # type: ignore[operator]
    norm = getattr(head, "norm", None)
    if isinstance(norm, nn.Identity):
        norm = None
    if isinstance(linear, nn.Linear) and linear.out_features == 1 and _averages(backbone, head) and _is_known(norm):
        hidden = getattr(head, "pre_logits", None)
        if hidden is None or isinstance(hidden, nn.Identity):
            return PoolingHead(linear, norm, centered=norm is None or isinstance(norm, nn.LayerNorm))
    raise unknown_head(architecture)


def unknown_head(architecture: str) -> EngineError:
    """The error on a network whose head is not one of those above."""
    return EngineError(
        f"The network {architecture} does not end in average pooling and one linear layer; use ResNet, ConvNeXt or "
        "DenseNet.",
        thing=architecture,
    )


def _averages(backbone: nn.Module, head: object) -> bool:
    pool = getattr(head, "global_pool", None) or getattr(backbone, "global_pool", None)
    if pool is None:
        return isinstance(getattr(backbone, "avgpool", None), nn.AdaptiveAvgPool3d)
    return getattr(pool, "pool_type", "") == "avg"


def _is_known(norm: object) -> bool:
    return norm is None or isinstance(norm, nn.LayerNorm) or type(norm).__name__ in {"RmsNorm", "RmsNorm2d"}


def channel_weights(features: Tensor, head: PoolingHead) -> Tensor:
    """Mean over positions of the logit's gradient with respect to the last feature map.

    Parameters
    ----------
    features : Tensor
        (b, c, h, w) or (b, c, d, h, w), as they enter the head.
    head : PoolingHead
        The head behind them.

    Returns
    -------
    Tensor
        (b or 1, c, 1, 1) or (b or 1, c, 1, 1, 1), the exact gradient in evaluation mode.
    """
    where = tuple(range(2, features.ndim))
    positions = 1
    for axis in where:
        positions *= features.shape[axis]
    weights = head.linear.weight
    if head.log_floor is not None:
        weights = weights / (features.mean(dim=where) + head.log_floor)
    elif head.norm is not None:
        weights = _through_norm(features.mean(dim=where), weights, head)
    return (weights / positions).reshape(weights.shape + (1,) * len(where))


def _through_norm(pooled: Tensor, linear: Tensor, head: PoolingHead) -> Tensor:
    norm = head.norm
    eps = float(norm.eps)  # type: ignore[union-attr, arg-type]
    u: Tensor = norm.weight * linear  # type: ignore[union-attr, operator]
    centered = pooled - pooled.mean(dim=1, keepdim=True) if head.centered else pooled
    deviation = torch.sqrt(centered.square().mean(dim=1, keepdim=True) + eps)
    normalized = centered / deviation
    turned = u - normalized * (u * normalized).mean(dim=1, keepdim=True)
    if head.centered:
        turned = turned - u.mean(dim=1, keepdim=True)
    return turned / deviation
