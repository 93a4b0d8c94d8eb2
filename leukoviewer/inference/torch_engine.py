"""PyTorch on a graphics processor (CUDA, Apple's MPS) or the processor: the same package, the same numbers."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from leukoviewer.errors import Canceled, EngineError, OutOfMemoryError, PackageError
from leukoviewer.inference.engine import EngineOutput, batch_of
from leukoviewer.inference.networks import Network, build_network
from leukoviewer.packages.archive import Package

_BATCH_SIZES: Mapping[str, int] = {"cuda": 32, "mps": 8, "cpu": 2}
# Counters of training that packages do not store.
_NOT_STORED = "num_batches_tracked"


class TorchEngine:
    """A package's weights in the network that its manifest names.

    Parameters
    ----------
    package : Package
        Checked.
    device : str
        ``cuda``, ``mps`` or ``cpu``.

    Raises
    ------
    EngineError
        The device is not there, or this version cannot build the network.
    PackageError
        The weights do not fit the network.
    """

    name = "torch"

    def __init__(self, package: Package, *, device: str = "cpu") -> None:
        if not is_there(device):
            raise EngineError(f"This computer has no {device.upper()} device for PyTorch; choose another device.")
        self.device = device
        self._recipe, self._layout = package.recipe, package.manifest.layout
        self.batch_size = _BATCH_SIZES[device]
        network = load_network(package)
        self.network: Network = self.guarded(lambda: network.to(device))
        self._stopped = threading.Event()
        for module in self.network.modules():
            if not any(True for _ in module.children()):
                module.register_forward_pre_hook(self._halt)

    def run(self, values: NDArray[np.float32]) -> EngineOutput:
        """See :meth:`leukoviewer.inference.engine.Engine.run`."""
        batch = batch_of(values, self._recipe, self._layout)
        with torch.inference_mode():
            logits, maps = self.guarded(lambda: self.network.explain(self.to_device(batch)))
            return EngineOutput(_to_numpy(logits), _to_numpy(maps))

    def stop(self) -> None:
        """See :meth:`leukoviewer.inference.engine.Engine.stop`."""
        self._stopped.set()

    def to_device(self, batch: NDArray[np.float32]) -> Tensor:
        """A batch as a tensor on the engine's device."""
        return torch.from_numpy(np.ascontiguousarray(batch, dtype=np.float32)).to(self.device)

    def guarded(self, call: Any) -> Any:
        """Run a computation in full single precision, with memory errors told as such."""
        try:
            # TensorFloat-32 keeps 10 bits of the mantissa: more error than engines may differ by.
            with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
                return call()
        except (RuntimeError, MemoryError) as error:
            if _is_out_of_memory(error):
                raise _no_memory(self.device) from error
            raise EngineError(f"PyTorch could not run the model on {self.device}.", thing=str(error)) from error

    def _halt(self, _module: nn.Module, _inputs: object) -> None:
        if self._stopped.is_set():
            raise Canceled("The computation was stopped.")


def load_network(package: Package) -> Network:
    """The network of a package with its weights, in evaluation mode, float32, on the processor.

    Raises
    ------
    EngineError
        This version cannot build the network, or a library is missing.
    PackageError
        The weights do not fit the network.
    """
    manifest = package.manifest
    network = build_network(manifest.architecture, in_channels=manifest.channels)
    stored = {name: torch.from_numpy(array.astype(np.float32)) for name, array in package.weights().items()}
    expected = {name: tuple(t.shape) for name, t in network.state_dict().items() if not name.endswith(_NOT_STORED)}
    if {name: tuple(tensor.shape) for name, tensor in stored.items()} != expected:
        raise PackageError(
            f"The weights of {package.id} do not fit the network {manifest.architecture}; install the model again.",
            thing=package.folder,
        )
    network.load_state_dict(stored, strict=False)
    return network.eval()


def is_there(device: str) -> bool:
    """Whether PyTorch can use a device here."""
    if device == "cuda":
        return torch.cuda.is_available()
    if device == "mps":
        return torch.backends.mps.is_available()
    return device == "cpu"


def _to_numpy(tensor: Tensor) -> NDArray[np.float32]:
    array: NDArray[np.float32] = tensor.float().cpu().numpy()
    return array


def _is_out_of_memory(error: BaseException) -> bool:
    text = str(error).lower()
    return (
        isinstance(error, torch.OutOfMemoryError | MemoryError) or "out of memory" in text or "allocate memory" in text
    )


def _no_memory(device: str) -> OutOfMemoryError:
    if device == "cuda":
        torch.cuda.empty_cache()
    return OutOfMemoryError(f"The {device.upper()} device has too little memory for the model; use the processor.")
