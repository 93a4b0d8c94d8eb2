"""Do heatmaps depend on what was learned? The cascading randomization test of Adebayo et al. (2018, section 3).

The weights are made random layer by layer from the logit down to the input, and after each step the heatmaps are held
against those of the trained network. Maps that stay alike show the picture's edges, not the model. Random here means
that each tensor's own numbers are shuffled, so that the size of activations stays what it was in any architecture.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import UsageError
from leukoviewer.inference.engine import batch_of
from leukoviewer.inference.honesty import MOST_ALIKE, is_another, rank_correlation
from leukoviewer.inference.networks import Network
from leukoviewer.inference.torch_engine import load_network
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout

# With all weights random, maps must be as unlike as this on average, and by rank as the viewer asks of them.
MOST_SIMILARITY = 0.5
_STEPS = 6
# Both maps are compared on this grid, where structural similarity has windows to look through.
_GRID = 64
_WINDOW = 7
_SMALL = (0.01**2, 0.03**2)
Maps = NDArray[np.float32]


def run(package: Package, values: NDArray[np.float32], *, seed: int = 0) -> Work[dict[str, Any]]:
    """Test a package; yields after each step.

    Parameters
    ----------
    package : Package
        The model.
    values : array of float32, shape (slices, rows, columns)
        Gray slices of its recipe that it calls positive; for a model of volumes one whole stack.
    seed : int
        Of the shuffling.

    Raises
    ------
    UsageError
        No slice of these has a heatmap.
    """
    network = load_network(package)
    trained = _maps(network, package, values)
    warm = trained.reshape(len(trained), -1).max(axis=1) > 0
    if not warm.any():
        raise UsageError("None of these slices has a heatmap; the randomization test needs positive ones.")
    chance = torch.Generator().manual_seed(seed)
    steps: list[dict[str, Any]] = []
    layers = _in_steps(_layers(network))
    for done, group in enumerate(layers):
        yield Progress(done, len(layers), "Making the weights random")
        for layer in group:
            _shuffle(layer, chance)
        found = _maps(network, package, values)
        steps.append({"randomized": round((done + 1) / len(layers), 3), **compare(trained[warm], found[warm])})
    yield Progress(len(layers), len(layers), "Making the weights random")
    last = steps[-1]
    passed = is_another(last["rank_correlation"]) and last["structural_similarity"] <= MOST_SIMILARITY
    return {
        "method": "cascading randomization from the logit to the input (Adebayo et al. 2018), tensors shuffled",
        "maps": int(warm.sum()),
        "most_rank_correlation": MOST_ALIKE,
        "most_structural_similarity": MOST_SIMILARITY,
        "steps": steps,
        "passed": bool(passed),
    }


def compare(trained: Maps, other: Maps) -> dict[str, float]:
    """Mean rank correlation and mean structural similarity of pairs of maps, shape (n, rows, columns).

    A map that is the same everywhere is like no other: 0 for both.
    """
    ranks = [rank_correlation(a, b) for a, b in zip(trained, other, strict=True)]
    alike = [structural_similarity(a, b) for a, b in zip(trained, other, strict=True)]
    return {
        "rank_correlation": round(float(np.mean(ranks)), 4),
        "structural_similarity": round(float(np.mean(alike)), 4),
    }


def structural_similarity(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Mean structural similarity (Wang et al. 2004) of two maps, each scaled to 0..1, seen at 64 x 64."""
    from scipy import ndimage

    a, b = (_seen(image) for image in (one, other))
    if a is None or b is None:
        return 0.0

    def mean(image: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = ndimage.uniform_filter(image, _WINDOW)
        return found

    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b, both = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2, mean(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + _SMALL[0]) * (2 * both + _SMALL[1])
    return float((top / ((mean_a**2 + mean_b**2 + _SMALL[0]) * (var_a + var_b + _SMALL[1]))).mean())


def _seen(image: NDArray[np.float32]) -> NDArray[np.float64] | None:
    from scipy import ndimage

    low, high = float(image.min()), float(image.max())
    if high <= low:
        return None
    flat = (image.astype(np.float64) - low) / (high - low)
    zoomed: NDArray[np.float64] = ndimage.zoom(flat, [_GRID / n for n in flat.shape], order=1, mode="nearest")
    return zoomed


def _maps(network: Network, package: Package, values: NDArray[np.float32]) -> Maps:
    layout = package.manifest.layout
    with torch.inference_mode():
        batch = torch.from_numpy(batch_of(values, package.recipe, layout))
        parts = torch.split(batch, 8) if layout is Layout.SLICES else (batch,)
        maps = torch.cat([network.explain(part)[1] for part in parts]).numpy()
    found: Maps = maps.reshape(-1, *maps.shape[-2:])
    return found


def _layers(network: Network) -> list[nn.Module]:
    """Modules with numbers of their own, from the logit to the input."""
    own = [m for m in network.modules() if any(True for _ in _own_numbers(m))]
    own.reverse()
    linear = network.pooling_head.linear
    return [linear, *(m for m in own if m is not linear)]


def _in_steps(layers: list[nn.Module]) -> list[list[nn.Module]]:
    """The last layer alone, then the others in a few equal groups."""
    rest = layers[1:]
    edges = np.linspace(0, len(rest), min(_STEPS, len(rest)) + 1).round().astype(int)
    return [layers[:1], *(rest[a:b] for a, b in itertools.pairwise(edges) if b > a)]


def _own_numbers(module: nn.Module) -> Iterator[Tensor]:
    yield from (p for p in module.parameters(recurse=False))
    yield from (b for b in module.buffers(recurse=False) if b.is_floating_point())


def _shuffle(layer: nn.Module, chance: torch.Generator) -> None:
    with torch.no_grad():
        for tensor in _own_numbers(layer):
            flat = tensor.reshape(-1)
            tensor.copy_(flat[torch.randperm(len(flat), generator=chance)].reshape(tensor.shape))
