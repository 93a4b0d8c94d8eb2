"""Random draws of one patient; every stage has a stream of its own, so that a change in one leaves the others alone."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import torch
from torch import Tensor


def seed_of(*parts: object) -> int:
    """Return a 63-bit seed that depends on every part (SHA-256, the same on each machine and Python)."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


class Draws:
    """Random numbers from a named stream, drawn on the CPU so that they do not depend on the device.

    Parameters
    ----------
    *parts : object
        What the stream depends on, usually the patient's seed and the name of the stage.
    """

    def __init__(self, *parts: object) -> None:
        self.generator = torch.Generator(device="cpu").manual_seed(seed_of(*parts))

    def uniform(self, low: float, high: float) -> float:
        """Return a number between `low` and `high`."""
        return low + (high - low) * float(torch.rand(1, generator=self.generator))

    def normal(self, mean: float, deviation: float, *, reach: float = 2.5) -> float:
        """Return a normal number, cut at `reach` standard deviations."""
        drawn = float(torch.randn(1, generator=self.generator))
        return mean + deviation * max(-reach, min(reach, drawn))

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return float(torch.rand(1, generator=self.generator)) < probability

    def integer(self, low: int, high: int) -> int:
        """Return a whole number between `low` and `high`, both included."""
        return int(torch.randint(low, high + 1, (1,), generator=self.generator))

    def choice(self, weights: dict[str, float]) -> str:
        """Return one key with a probability in proportion to its weight."""
        left = self.uniform(0.0, sum(weights.values()))
        for name, weight in weights.items():
            left -= weight
            if left < 0:
                return name
        return next(reversed(weights))

    def white(self, shape: Sequence[int]) -> Tensor:
        """Return independent standard normal numbers, float32."""
        return torch.randn(tuple(shape), generator=self.generator)

    def field(self, nodes: Sequence[int], *, length_nodes: float) -> Tensor:
        """Return a smooth periodic random field of unit variance, float32, shape `nodes`.

        Parameters
        ----------
        nodes : sequence of int
            Shape in nodes, three axes.
        length_nodes : float
            Standard deviation in nodes of the Gaussian that smooths white noise.
        """
        spectrum = torch.fft.rfftn(self.white(nodes))
        axes = [torch.fft.fftfreq(n) for n in nodes[:-1]] + [torch.fft.rfftfreq(nodes[-1])]
        squared = torch.zeros(spectrum.shape)
        for axis, frequencies in enumerate(axes):
            view = [1] * len(axes)
            view[axis] = -1
            squared = squared + frequencies.view(view) ** 2
        smooth: Tensor = torch.fft.irfftn(
            spectrum * torch.exp(-2 * (math.pi * length_nodes) ** 2 * squared), s=tuple(nodes)
        )
        scaled: Tensor = (smooth - smooth.mean()) / smooth.std()
        return scaled
