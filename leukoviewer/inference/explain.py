"""Other heatmaps on demand: the methods of pytorch-grad-cam on a package's network, by the torch engine.

The heatmap that every result carries needs none of this: see :mod:`leukoviewer.inference.head`. Maps here are raw too
(before the library's scaling of each slice by itself), so that one scale holds for a scan.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import CLOSED_FORM, Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError, PackageError, UsageError
from leukoviewer.inference.depth_maps import by_slice
from leukoviewer.inference.device import accelerators, start
from leukoviewer.inference.engine import batch_of
from leukoviewer.inference.levels import leveled
from leukoviewer.inference.methods import METHODS, Method
from leukoviewer.inference.watch import watched
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.preprocessing.stack import Stack, prepare

if TYPE_CHECKING:
    from leukoviewer.inference.torch_engine import TorchEngine


def methods(layout: Layout = Layout.SLICES) -> tuple[str, ...]:
    """Keys of :data:`METHODS` that a model of this layout can use."""
    return tuple(key for key, method in METHODS.items() if layout is Layout.SLICES or method.volumes)


def require(package: Package, method: str) -> None:
    """Check, before any work is done for it, that a method can be used for a model here.

    Raises
    ------
    UsageError
        The method is unknown, or cannot be used for this model.
    EngineError
        PyTorch or pytorch-grad-cam is not installed; Grad-CAM needs neither.
    """
    _require_known(package, method)
    reason = missing(method)
    if reason:
        raise EngineError(reason, thing=method)


def missing(method: str) -> str:
    """Why a method cannot be used on this computer and what to install, as a sentence; empty when it can."""
    if method == CLOSED_FORM or is_offered():
        return ""
    return (
        f"Heatmaps by {METHODS[method].name} need PyTorch and pytorch-grad-cam; "
        "install both with: pip install leukoviewer[gpu]."
    )


def explained(
    analysis: Analysis, volume: Volume, package: Package, *, method: str, device: str = "auto"
) -> Work[Analysis]:
    """A result with its heatmaps made by another method; scores, vote and provenance stay as they are.

    Parameters
    ----------
    analysis : Analysis
        The model's result for the series, with the maps of its own pass.
    volume, package : Volume, Package
        What it was made of.
    method : str
        One of :func:`methods`; Grad-CAM gives the result back as it is.
    device : str
        ``auto``, ``cuda``, ``mps`` or ``cpu``.

    Raises
    ------
    UsageError, EngineError
        As :func:`require` and :func:`compute`, and when the maps are not finite.
    PackageError
        The package is another one than that of the result, under the same name.
    ValueError
        The result is of another series or package.
    """
    if (analysis.series_key, analysis.package.id) != (volume.series.key, package.id):
        raise ValueError("the result belongs to another series or package")
    if analysis.package.sha256 != package.ref.sha256:
        raise PackageError(
            f"The model {package.id} was changed since it gave this result; run it again.", thing=package
        )
    require(package, method)
    if method == analysis.heatmap_method:
        return analysis
    since = time.perf_counter()
    stack = yield from prepare(volume, package.recipe)
    wanted = [item.stack_index for item in analysis.scores]
    maps = yield from compute(package, stack, method=method, device=device, slices=wanted)
    if not np.isfinite(maps).all():
        raise EngineError(f"{METHODS[method].name} gave no finite numbers; use Grad-CAM.", thing=package.id)
    if package.manifest.layout is Layout.SLICES:
        maps = leveled(maps, np.array([item.logit for item in analysis.scores]))
    timings = (*analysis.timings_s, ("heatmap", time.perf_counter() - since))
    return replace(analysis, maps=np.ascontiguousarray(maps), heatmap_method=method, timings_s=timings)


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
    _require_known(package, method)
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


def _require_known(package: Package, method: str) -> None:
    offered = methods(package.manifest.layout)
    if method not in offered:
        raise UsageError(f"The heatmap method {method!r} is not offered for this model; use {', '.join(offered)}.")


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
