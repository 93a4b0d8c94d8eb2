"""What models can run on in this computer, in words for a support request."""

from __future__ import annotations

import importlib.util
import os
from importlib import metadata

from leukoviewer.core.progress import Progress, Work
from leukoviewer.inference import openvino_engine


def engines() -> Work[tuple[str, ...]]:
    """Engines with their versions, and the devices that they find; PyTorch is loaded only where a GPU may be."""
    yield Progress(0, 0, "Looking for engines")
    import onnxruntime

    providers = ", ".join(onnxruntime.get_available_providers())
    lines = [f"ONNX Runtime {onnxruntime.__version__}: {providers}; {os.cpu_count() or 1} processors"]
    if openvino_engine.is_installed():
        lines.append(f"OpenVINO {metadata.version('openvino')}")
    if importlib.util.find_spec("torch") is None:
        return (*lines, "PyTorch: not installed")
    yield Progress(0, 0, "Looking for graphics processors")
    from leukoviewer.inference.device import accelerators

    found = ", ".join(accelerators()) or "no graphics processor that it can use"
    return (*lines, f"PyTorch {metadata.version('torch')}: {found}")
