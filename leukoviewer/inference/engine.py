"""What every inference engine offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from leukoviewer.packages.manifest import Layout
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.stack import model_input


@dataclass(frozen=True, slots=True, eq=False)
class EngineOutput:
    """Logits and raw heatmaps of one batch, from the same forward pass.

    Attributes
    ----------
    logits : array of float32, shape (b,)
        The network's output.
    maps : array of float32
        Grad-CAM after ReLU, unscaled: shape (b, h', w') for slices, (b, d', h', w') for volumes.
    """

    logits: NDArray[np.float32]
    maps: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.logits.ndim != 1 or len(self.maps) != len(self.logits):
            raise ValueError("an engine gives one logit and one map for each input")


class Engine(Protocol):
    """A loaded model on a device.

    It takes gray slices of a stack (n, h, w), 0 to 1, float32. A model of slices gives a logit and a map for each; one
    of volumes takes them as one whole stack, and gives one logit for it and a map with a depth of its own.
    """

    @property
    def name(self) -> str:
        """``onnxruntime``, ``openvino`` or ``torch``."""

    @property
    def device(self) -> str:
        """``cpu``, ``cuda`` or ``mps``."""

    @property
    def batch_size(self) -> int:
        """Slices at a time that suit the device."""

    def run(self, values: NDArray[np.float32]) -> EngineOutput:
        """Run slices, or one volume.

        Raises
        ------
        OutOfMemoryError
            The device has too little memory for so many.
        EngineError
            The engine failed.
        Canceled
            :meth:`stop` was called meanwhile.
        """

    def stop(self) -> None:
        """End a running :meth:`run` of another thread within one layer of the network; the engine stays stopped."""


def batch_of(values: NDArray[np.float32], recipe: Recipe, layout: Layout) -> NDArray[np.float32]:
    """A network's input of gray slices (n, h, w): a batch (n, c, h, w), or one volume (1, c, n, h, w)."""
    channels = model_input(values, recipe)
    if layout is Layout.SLICES:
        return channels
    volume: NDArray[np.float32] = np.ascontiguousarray(channels.swapaxes(0, 1)[None])
    return volume
