"""What every inference engine offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


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

    Slices run as batches (b, 3, h, w). A model of volumes takes one whole stack (1, 3, d, h, w) and gives one logit for
    it and a map with a depth of its own.
    """

    @property
    def name(self) -> str:
        """``onnxruntime`` or ``torch``."""

    @property
    def device(self) -> str:
        """``cpu``, ``cuda`` or ``mps``."""

    @property
    def batch_size(self) -> int:
        """Slices a batch that suit the device."""

    def run(self, batch: NDArray[np.float32]) -> EngineOutput:
        """Run one batch.

        Raises
        ------
        OutOfMemoryError
            The device has too little memory for this batch.
        EngineError
            The engine failed.
        Canceled
            :meth:`stop` was called meanwhile.
        """

    def stop(self) -> None:
        """End a running :meth:`run` of another thread within one layer of the network; the engine stays stopped."""
