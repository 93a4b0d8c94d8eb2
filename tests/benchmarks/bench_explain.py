"""Scores and heatmaps of 30 slices: ours beside pytorch-grad-cam on the same weights, and beside bare forward passes.

Ours is the whole engine as the viewer runs it, the one that its calibration finds fastest here: gray slices in, logits
and raw heatmaps out. pytorch-grad-cam does the same by one forward and one backward pass of slices that are normalized
already, slice by slice or in batches; it is judged by the faster of the two. The bare passes give logits alone: the
least that any engine needs. All use every processor that this process may use, and single precision: fewer bits are
faster, but move logits by more than engines may differ.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.inference.calibration import best_for
from leukoviewer.inference.device import start
from leukoviewer.inference.engine import batch_of
from leukoviewer.inference.networks import Network, PlacesNetwork
from leukoviewer.inference.openvino_engine import core
from leukoviewer.inference.self_test import engines_here
from leukoviewer.inference.threads import default_threads
from leukoviewer.inference.torch_engine import load_network
from leukoviewer.inference.torchvision_compat import ensure_torchvision
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.provenance import Training
from leukoviewer.packages.store import PackageStore
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.benchmarks.graph_profile import profile
from tests.benchmarks.measure import AGAIN, Table, Timing, absent, compete, is_here
from tests.packages_fixture import varied_network
from trainer.export import Description, golden_stack, write

if TYPE_CHECKING:
    from torch import nn

SLICES = 30
BATCH = 8
ROUNDS = 15
AT_LEAST = 5.0
WITHIN_BARE = 1.15
RECIPE = BUILTIN["leuko-a"]
# Beside the bundled model: the paper's networks, with random weights (the time does not depend on them).
ARCHITECTURES = ("convnext_tiny", "resnet50", "densenet121")

OURS, LIBRARY, BARE = "leukoviewer", "pytorch-grad-cam", "bare forward"

Images = NDArray[np.float32]


def tables() -> Iterator[Table]:
    """The bundled model (or convnext_atto where none is there yet) with its budgets; then the paper's networks."""
    stack = golden_stack(SLICES, RECIPE.plane_shape)
    with tempfile.TemporaryDirectory() as folder:
        found = [p for p in PackageStore.of_this_machine().packages() if isinstance(p, Package)]
        slices = [p for p in found if p.manifest.layout is Layout.SLICES and p.recipe.plane_shape == (256, 256)]
        bundled = {p.manifest.architecture: p for p in slices} or {"": _package("convnext_atto", Path(folder))}
        for package in bundled.values():
            yield _judged(package, _race(package, stack, rounds=ROUNDS), is_bundled=True)
        for architecture in ARCHITECTURES:
            if architecture not in bundled:
                package = _package(architecture, Path(folder))
                yield _judged(package, _race(package, stack, rounds=3), is_bundled=False)


def _package(architecture: str, folder: Path) -> Package:
    name = architecture.replace("_", "-")
    description = Description(name, "0.0", RECIPE, Training("", "nothing: random weights", True))
    return write(varied_network(architecture), folder / f"{name}-0.0", description=description)


def _race(package: Package, stack: Images, *, rounds: int) -> tuple[Timing, ...]:
    import torch

    torch.set_num_threads(default_threads())
    images = batch_of(stack, package.recipe, Layout.SLICES)
    chosen = best_for(package, again=True).engine
    contestants: dict[str, Callable[[], object]] = {
        f"{OURS}: scores and heatmaps, {chosen}": _ours(package, stack, chosen),
        AGAIN: _ours(package, stack, chosen),
        **{f"{OURS} with {name}": _ours(package, stack, name) for name in _engines() if name != chosen},
        f"{LIBRARY}, batches of {BATCH}": _grad_cam(package, images, batch=BATCH),
        f"{LIBRARY}, slice by slice": _grad_cam(package, images, batch=1),
        f"{BARE}, ONNX Runtime": _bare_onnx(package, images),
        f"{BARE}, torch": _bare_torch(package, images),
    }
    if is_here("openvino"):
        contestants[f"{BARE}, OpenVINO"] = _bare_openvino(package, images)
    return compete(contestants, rounds=rounds)


def _judged(package: Package, timings: tuple[Timing, ...], *, is_bundled: bool) -> Table:
    ours = timings[0].median_s
    times = min(t.median_s for t in timings if t.name.startswith(LIBRARY)) / ours
    beside = ours / min(t.median_s for t in timings if t.name.startswith(BARE))
    claim = (
        f"{times:.1f} times faster than pytorch-grad-cam (at least {AT_LEAST:g}); "
        f"{beside:.2f} x the fastest bare forward pass (at most {WITHIN_BARE:g})"
    )
    title = f"{SLICES} slices of 256 x 256, {package.manifest.architecture} ({package.id}), {default_threads()} threads"
    kept = times >= AT_LEAST and beside <= WITHIN_BARE
    notes = profile(package) if is_bundled and not kept else ()
    return Table(title, timings, claim, kept if is_bundled else None, (*absent("openvino"), *notes))


def _engines() -> tuple[str, ...]:
    return tuple(name for name, device in engines_here() if device == "cpu" and name != "torch")


def _ours(package: Package, stack: Images, name: str) -> Callable[[], object]:
    engine = start(package, name, "cpu")
    return lambda: [engine.run(part) for part in _parts(stack, engine.batch_size)]


def _parts(images: Images, size: int) -> Iterator[Images]:
    for first in range(0, len(images), size):
        yield images[first : first + size]


def _grad_cam(package: Package, images: Images, *, batch: int) -> Callable[[], object]:
    """As its documentation says to use it, on timm's own network, or on ours where timm's alone tells no logit."""
    ensure_torchvision()  # which it imports
    import pytorch_grad_cam
    import torch
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    network = load_network(package)
    model = _judging(network)
    layer = network.last_features if model is not network.backbone else network.backbone
    for name in ("layer4", "stages", "features"):
        if model is network.backbone and hasattr(model, name):
            layer = model.get_submodule(name)
    cam = pytorch_grad_cam.GradCAM(model=model, target_layers=[layer])

    def run() -> None:
        for part in _parts(images, batch):
            cam(torch.from_numpy(part), [ClassifierOutputTarget(0)] * len(part))

    return run


def _judging(network: Network) -> nn.Module:
    """What gives logits (b, 1): timm's network with its head, or ours with the head of its own."""
    from torch import nn

    if not isinstance(network, PlacesNetwork):
        return network.backbone
    return nn.Sequential(network, nn.Unflatten(0, (-1, 1)))


def _bare_torch(package: Package, images: Images) -> Callable[[], object]:
    import torch

    model = _judging(load_network(package))

    def run() -> None:
        with torch.inference_mode():
            for part in _parts(images, BATCH):
                model(torch.from_numpy(part))

    return run


def _bare_onnx(package: Package, images: Images) -> Callable[[], object]:
    """Only the logits are asked for; threads inside the layers, as ONNX Runtime comes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = default_threads()
    session: Any = onnxruntime.InferenceSession(
        str(package.graph_path), sess_options=options, providers=["CPUExecutionProvider"]
    )
    return lambda: [session.run(("logits",), {"images": part}) for part in _parts(images, BATCH)]


def _bare_openvino(package: Package, images: Images) -> Callable[[], object]:
    """As it compiles the same graph for a slice at a time, in single precision and with all threads."""
    model = core().read_model(str(package.graph_path))
    model.reshape([1, *images.shape[1:]])
    options = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": default_threads()}
    request = core().compile_model(model, "CPU", options).create_infer_request()
    return lambda: [request.infer({0: part}) for part in _parts(images, 1)]
