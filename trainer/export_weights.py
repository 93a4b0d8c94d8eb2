"""A network's weights as a package stores them: single, half or 8 bits, each only where it is enough."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from leukoviewer.inference.networks import Network
from leukoviewer.packages.eight_bits import SCALE, dequantized, quantized

# Rounding to half moves a tensor by about 3e-4 of its norm; one that moves more (tiny values) stays in single.
_LARGEST_ROUNDING = 1e-3
# Rounding to 8 bits moves a tensor by about a hundredth; one that moves more (a few large values) stays in half.
_LARGEST_ROUNDING_8 = 0.02
# Fewer weights a channel than this are not worth a scale of their own, and those of a head count most.
_LEAST_A_CHANNEL = 16
# Counters that only training needs.
_NOT_STORED = "num_batches_tracked"


class Precision(StrEnum):
    """In how many bits weights are stored; all engines compute in single precision."""

    FLOAT32 = "float32"
    FLOAT16 = "float16"
    INT8 = "int8"


def stored_tensors(network: Network, precision: Precision = Precision.FLOAT16) -> dict[str, NDArray[Any]]:
    """The tensors of a package by name: those of the network's state, and the scales of those of 8 bits.

    Parameters
    ----------
    network : Network
        Left as it is.
    precision : Precision
        ``INT8`` stores kernels and matrices of more than one output by whole numbers with one scale an output channel
        (see :mod:`leukoviewer.packages.eight_bits`), everything else as ``FLOAT16`` does: float16, or float32 where
        half precision cannot hold a tensor.
    """
    found: dict[str, NDArray[Any]] = {}
    for name, tensor in network.state_dict().items():
        if not name.endswith(_NOT_STORED):
            found |= _stored(name, tensor.detach().cpu().numpy().astype(np.float32), precision)
    return found


def with_stored(network: Network, tensors: Mapping[str, NDArray[Any]]) -> None:
    """Give a network exactly the weights that the package stores."""
    own = network.state_dict()
    weights = dequantized(tensors)
    found: dict[str, Tensor] = {name: torch.from_numpy(array.astype(np.float32)) for name, array in weights.items()}
    network.load_state_dict({**own, **found})


def _stored(name: str, single: NDArray[np.float32], precision: Precision) -> dict[str, NDArray[Any]]:
    if precision is Precision.FLOAT32:
        return {name: single}
    if precision is Precision.INT8 and single.ndim > 1 and single.shape[0] > 1 and single[0].size >= _LEAST_A_CHANNEL:
        whole, scale = quantized(single)
        # A channel's largest weight is exact, and might hide what happens to all others.
        others = np.abs(whole) < np.abs(whole).max(axis=tuple(range(1, whole.ndim)), keepdims=True)
        if _moved((whole * scale)[others], single[others]) <= _LARGEST_ROUNDING_8:
            return {name: whole, name + SCALE: scale}
    return {name: _half(single)}


def _half(single: NDArray[np.float32]) -> NDArray[Any]:
    with np.errstate(over="ignore"):
        half = single.astype(np.float16)
    is_enough = bool(np.isfinite(half).all()) and _moved(half.astype(np.float32), single) <= _LARGEST_ROUNDING
    return half if is_enough else single


def _moved(rounded: NDArray[np.float32], single: NDArray[np.float32]) -> float:
    """How far a tensor moves, as a share of its norm."""
    norm = float(np.linalg.norm(single))
    return float(np.linalg.norm(rounded - single)) / norm if norm > 0 else 0.0
