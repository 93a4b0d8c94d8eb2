"""The golden case of a package on every engine of this computer."""

from __future__ import annotations

import importlib.util
import math

from leukoviewer.errors import EngineError, PackageError
from leukoviewer.inference import golden, openvino_engine
from leukoviewer.inference.device import accelerators, start
from leukoviewer.inference.golden import EngineCheck
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout


def engines_here() -> tuple[tuple[str, str], ...]:
    """Engine and device: what runs on the processor, and PyTorch on all that it can use where it is installed."""
    found = [("onnxruntime", "cpu")]
    if openvino_engine.is_installed():
        found.append(("openvino", "cpu"))
    if importlib.util.find_spec("torch") is not None:
        found += [("torch", "cpu"), *(("torch", device) for device in accelerators())]
    return tuple(found)


def run(package: Package) -> list[EngineCheck]:
    """Try each engine; one that cannot be tried is listed with the problem.

    Raises
    ------
    PackageError
        The golden case itself cannot be read.
    """
    package.golden()
    can_be_volumes = [(name, device) for name, device in engines_here() if name != "openvino"]
    engines = engines_here() if package.manifest.layout is Layout.SLICES else can_be_volumes
    return [_try(package, engine, device) for engine, device in engines]


def _try(package: Package, engine: str, device: str) -> EngineCheck:
    try:
        return golden.check(start(package, engine, device), package)
    except (EngineError, PackageError) as error:
        return EngineCheck(engine, device, math.inf, math.inf, 0.0, problem=str(error))
