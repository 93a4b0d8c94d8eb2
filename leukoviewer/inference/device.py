"""Chooses where a model runs: a graphics processor where PyTorch has one, else the processor by its fastest engine."""

from __future__ import annotations

import ctypes.util
import importlib.util
import logging
import platform
from collections.abc import Callable, Mapping
from types import MappingProxyType

from leukoviewer.errors import EngineError, PackageError, UsageError
from leukoviewer.inference import golden, kept
from leukoviewer.inference.calibration import DEFAULT_ENGINE, OTHER_ENGINE, Calibration, best_for
from leukoviewer.inference.engine import Engine
from leukoviewer.inference.first_use import is_known_good, remember
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.openvino_engine import OpenVinoEngine
from leukoviewer.packages.archive import Package

_log = logging.getLogger(__name__)

PREFERENCES = ("auto", "cpu", "cuda", "mps")
_ON_PROCESSOR: Mapping[str, type[OnnxEngine | OpenVinoEngine]] = MappingProxyType(
    {DEFAULT_ENGINE: OnnxEngine, OTHER_ENGINE: OpenVinoEngine}
)


def open_engine(package: Package, preference: str = "auto") -> Engine:
    """Load a package on a device, or take the engine that the last analysis gave back (:mod:`.kept`).

    On its first use on this computer an engine repeats the package's golden case.

    Parameters
    ----------
    package : Package
        Checked by its hashes.
    preference : str
        ``auto``: CUDA, then MPS where PyTorch has one, else the processor; the others force a device.

    Raises
    ------
    UsageError
        The preference is unknown.
    EngineError
        A forced device is not there, or gives other results than the package's golden case.
    PackageError
        The package's content does not fit together.
    """
    if preference not in PREFERENCES:
        raise UsageError(f"The device {preference!r} is unknown; use one of {', '.join(PREFERENCES)}.")
    key = (package.sha256, preference)
    return kept.take(key) or kept.lend(key, _loaded(package, preference))


def _loaded(package: Package, preference: str) -> Engine:
    if preference != "auto":
        return _on(package, preference)
    for device in accelerators():
        try:
            return _on(package, device)
        except (EngineError, PackageError):
            _log.warning("the device %s cannot run %s; the processor does", device, package.id, exc_info=True)
    return _on(package, "cpu")


def accelerators() -> tuple[str, ...]:
    """The graphics processors that PyTorch can use here, best first; PyTorch is not loaded where none can be."""
    if importlib.util.find_spec("torch") is None:
        return ()
    suspected = [name for name, may_be_there in _HINTS.items() if may_be_there()]
    if not suspected:
        return ()
    try:
        from leukoviewer.inference.torch_engine import is_there
    except (ImportError, OSError):
        # A library of PyTorch's that does not load must not keep the processor from working.
        _log.warning("PyTorch is installed and cannot be loaded; the processor does the work", exc_info=True)
        return ()
    return tuple(name for name in suspected if is_there(name))


def start(package: Package, engine: str, device: str, *, best: Calibration | None = None) -> Engine:
    """Load a package in a named engine, without repeating the golden case; on the processor as fast as it can be here.

    Parameters
    ----------
    package : Package
        The model.
    engine, device : str
        As :class:`~leukoviewer.inference.engine.Engine` names them.
    best : Calibration, optional
        What was measured on this computer's processor, where it is known already.

    Raises
    ------
    EngineError
        The engine or the device is not there.
    """
    if engine in _ON_PROCESSOR:
        best = best or best_for(package)
        return _ON_PROCESSOR[engine](package, threads=best.threads, batch_size=best.batch_size)
    try:
        from leukoviewer.inference.torch_engine import TorchEngine
    except (ImportError, OSError) as error:
        raise EngineError(
            f"{device.upper()} needs PyTorch, which is not installed or cannot be loaded; choose the processor, or "
            "install the full application with: pip install leukoviewer[gpu]."
        ) from error
    return TorchEngine(package, device=device)


def _on(package: Package, device: str) -> Engine:
    if device != "cpu":
        return _proven(package, "torch", device)
    best = best_for(package)
    if best.engine != DEFAULT_ENGINE:
        try:
            return _proven(package, best.engine, device, best)
        except EngineError:
            _log.warning("%s cannot run %s; %s does", best.engine, package.id, DEFAULT_ENGINE, exc_info=True)
    return _proven(package, DEFAULT_ENGINE, device, best)


def _proven(package: Package, name: str, device: str, best: Calibration | None = None) -> Engine:
    engine = start(package, name, device, best=best)
    if not is_known_good(engine, package):
        golden.require(engine, package)
        remember(engine, package)
    return engine


def _may_have_cuda() -> bool:
    return ctypes.util.find_library("nvcuda" if platform.system() == "Windows" else "cuda") is not None


def _may_have_mps() -> bool:
    return platform.system() == "Darwin" and platform.machine() == "arm64"


_HINTS: Mapping[str, Callable[[], bool]] = MappingProxyType({"cuda": _may_have_cuda, "mps": _may_have_mps})
