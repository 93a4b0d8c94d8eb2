"""Inflates 2-D convolution kernels to 3-D: repeat over the depth and divide by it.

A stack of equal slices then gives in 3-D exactly what one slice gives in 2-D (Carreira and Zisserman 2017,
section 2.4).
"""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor

from leukoviewer.errors import LeukoError


def inflate(flat: Mapping[str, Tensor], like: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights of a 3-D network from those of the 2-D network with the same layers.

    Parameters
    ----------
    flat : mapping of str to Tensor
        State of the 2-D network, kernels (out, in, h, w).
    like : mapping of str to Tensor
        State of the 3-D network: names and shapes, kernels (out, in, d, h, w).

    Returns
    -------
    dict of str to Tensor
        One entry for each of ``like``.

    Raises
    ------
    LeukoError
        A weight has no counterpart, or one of another shape.
    """
    missing = sorted(set(like) ^ set(flat))
    if missing:
        raise LeukoError(f"The 2-D and the 3-D network have different layers, first {missing[0]}.", thing=missing)
    return {name: _inflate_one(name, flat[name], target) for name, target in like.items()}


def _inflate_one(name: str, flat: Tensor, target: Tensor) -> Tensor:
    weight = flat
    if flat.ndim == 4 and target.ndim == 5:
        depth = target.shape[2]
        weight = flat.unsqueeze(2).repeat(1, 1, depth, 1, 1) / depth
    if weight.shape != target.shape:
        raise LeukoError(f"The kernel {name} of the 2-D network does not fit the 3-D one.", thing=name)
    return weight.to(target.dtype)
