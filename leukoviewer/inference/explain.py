"""Other heatmaps on demand: the methods of pytorch-grad-cam on a package's network, by the torch engine.

The heatmap that every result carries needs none of this: see :mod:`leukoviewer.inference.head`. Maps here are raw too
(before the library's scaling of each slice by itself), so that one scale holds for a scan.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import UsageError
from leukoviewer.inference.depth_maps import by_slice
from leukoviewer.inference.device import accelerators, start
from leukoviewer.inference.golden import batch_of
from leukoviewer.inference.watch import watched
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.preprocessing.stack import Stack

if TYPE_CHECKING:
    from leukoviewer.inference.torch_engine import TorchEngine


@dataclass(frozen=True, slots=True)
class Method:
    """One way to explain a score.

    Attributes
    ----------
    name : str
        As users see it.
    class_name : str
        Class of pytorch-grad-cam.
    volumes : bool
        Whether the library can do it in 3-D.
    slow : bool
        Whether it runs the network once a channel: minutes for a scan on a processor.
    """

    name: str
    class_name: str
    volumes: bool = True
    slow: bool = False


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "gradcam": Method("Grad-CAM", "GradCAM"),
        "hirescam": Method("HiResCAM", "HiResCAM"),
        "gradcam++": Method("Grad-CAM++", "GradCAMPlusPlus"),
        "xgradcam": Method("XGrad-CAM", "XGradCAM"),
        "layercam": Method("Layer-CAM", "LayerCAM"),
        "elementwise": Method("Element-wise Grad-CAM", "GradCAMElementWise"),
        "eigencam": Method("Eigen-CAM", "EigenCAM"),
        "eigengradcam": Method("Eigen-Grad-CAM", "EigenGradCAM"),
        "kpcacam": Method("KPCA-CAM", "KPCA_CAM"),
        "fem": Method("FEM", "FEM"),
        "shapleycam": Method("Shapley-CAM", "ShapleyCAM", volumes=False),
        "scorecam": Method("Score-CAM", "ScoreCAM", volumes=False, slow=True),
        "ablationcam": Method("Ablation-CAM", "AblationCAM", volumes=False, slow=True),
    }
)


def methods(layout: Layout = Layout.SLICES) -> tuple[str, ...]:
    """Keys of :data:`METHODS` that a model of this layout can use."""
    return tuple(key for key, method in METHODS.items() if layout is Layout.SLICES or method.volumes)


def compute(
    package: Package, stack: Stack, *, method: str, device: str = "auto", slices: Sequence[int] | None = None
) -> Work[NDArray[np.float32]]:
    """Heatmaps of a stack by another method; yields progress by slice and can be closed at any time.

    Parameters
    ----------
    package : Package
        The model.
    stack : Stack
        Prepared by the package's recipe.
    method : str
        One of :func:`methods`.
    device : str
        ``auto``, ``cuda``, ``mps`` or ``cpu``.
    slices : sequence of int, optional
        Stack indices; by default those that hold an image.

    Returns
    -------
    array of float32, shape (slices, map rows, map columns)
        Raw maps of the logit, negative values cut off.

    Raises
    ------
    UsageError
        The method is unknown, or cannot be used for this model.
    EngineError
        PyTorch or pytorch-grad-cam is not installed, or failed.
    """
    layout = package.manifest.layout
    if method not in methods(layout):
        raise UsageError(
            f"The heatmap method {method!r} is not offered for this model; use {', '.join(methods(layout))}."
        )
    wanted = tuple(stack.mapping.scored if slices is None else slices)
    message = f"Computing {METHODS[method].name}"
    yield Progress(0, len(wanted), message)
    engine = _torch_engine(package, device)
    explain = partial(_maps, engine, METHODS[method])
    if layout is Layout.VOLUME:
        batch = batch_of(stack.values, package.recipe, layout)
        maps = yield from watched(partial(explain, batch), engine.stop, Progress(0, len(wanted), message))
        return by_slice(maps[0], len(stack.values))[list(wanted)]
    found = []
    for done, index in enumerate(wanted):
        batch = batch_of(stack.values[index : index + 1], package.recipe, layout)
        found.append((yield from watched(partial(explain, batch), engine.stop, Progress(done, len(wanted), message))))
    return np.concatenate(found) if found else np.zeros((0, *package.manifest.map_shape), dtype=np.float32)


def _torch_engine(package: Package, device: str) -> TorchEngine:
    engine: Any = start(package, "torch", (*accelerators(), "cpu")[0] if device == "auto" else device)
    found: TorchEngine = engine
    return found


def _maps(engine: TorchEngine, method: Method, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    """Raw maps (b, h', w') or (b, d', h', w') of one batch."""
    from leukoviewer.inference.gradcam_library import raw_maps

    images = engine.to_device(batch)
    maps: NDArray[np.float32] = engine.guarded(lambda: raw_maps(engine.network, images, method.class_name))
    return maps


def is_offered() -> bool:
    """Whether PyTorch and pytorch-grad-cam are installed here."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "timm", "pytorch_grad_cam"))
