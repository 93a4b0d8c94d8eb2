"""A network's weights as a package stores them: half precision where that is enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from leukoviewer.inference.networks import Network

# Rounding to half moves a tensor by about 3e-4 of its norm; one that moves more (tiny values) stays in single.
_LARGEST_ROUNDING = 1e-3
# Counters that only training needs.
_NOT_STORED = "num_batches_tracked"


def stored_tensors(network: Network) -> dict[str, NDArray[Any]]:
    """The weights by name: float16, or float32 where half precision cannot hold them.

    Names are those of the network's state; they begin with ``backbone.``.
    """
    state = {name: tensor for name, tensor in network.state_dict().items() if not name.endswith(_NOT_STORED)}
    return {name: _stored(tensor) for name, tensor in state.items()}


def with_stored(network: Network, tensors: Mapping[str, NDArray[Any]]) -> None:
    """Give a network exactly the weights that the package stores."""
    own = network.state_dict()
    found: dict[str, Tensor] = {name: torch.from_numpy(array.astype(np.float32)) for name, array in tensors.items()}
    network.load_state_dict({**own, **found})


def _stored(tensor: Tensor) -> NDArray[Any]:
    single: NDArray[np.float32] = tensor.detach().cpu().numpy().astype(np.float32)
    with np.errstate(over="ignore"):
        half = single.astype(np.float16)
    if not np.isfinite(half).all():
        return single
    moved = float(np.linalg.norm(half.astype(np.float32) - single))
    return half if moved <= _LARGEST_ROUNDING * float(np.linalg.norm(single)) else single
