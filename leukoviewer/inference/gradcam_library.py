"""pytorch-grad-cam without its scaling: raw maps of a network's last features, in a window program's silence."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from leukoviewer.errors import EngineError
from leukoviewer.inference.networks import Network
from leukoviewer.inference.torchvision_compat import ensure_torchvision

# These draw progress bars on standard error, which a program without a console does not have.
_WITH_BARS = ("pytorch_grad_cam.score_cam", "pytorch_grad_cam.ablation_cam")


class _OneColumn(nn.Module):
    """A network as the library wants it: logits in a table (b, 1)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> Tensor:
        logits: Tensor = self.network(images)
        return logits[:, None]


def raw_maps(network: Network, images: Tensor, class_name: str) -> NDArray[np.float32]:
    """Maps by one of the library's classes, negative values cut off, unscaled, of the size of the last feature map.

    Parameters
    ----------
    network : Network
        In evaluation mode.
    images : Tensor
        (b, c, h, w) or (b, c, d, h, w), on the network's device.
    class_name : str
        E.g. ``"GradCAMPlusPlus"``.

    Raises
    ------
    EngineError
        The library is not installed.
    """
    library = _library()
    kind = _without_scaling(getattr(library, class_name))
    network.requires_grad_(requires_grad=False)  # the gradient of the maps is wanted, not that of the weights
    target = library.utils.model_targets.ClassifierOutputTarget(0)
    # Not as a context manager: the library's own swallows IndexError.
    cam = kind(model=_OneColumn(network), target_layers=[network.last_features])
    try:
        maps = cam(images.detach().requires_grad_(), [target] * len(images))
    finally:
        cam.activations_and_grads.release()
    raw: NDArray[np.float32] = np.asarray(maps, dtype=np.float32)
    return raw


def _library() -> Any:
    ensure_torchvision()
    try:
        library: Any = importlib.import_module("pytorch_grad_cam")
        for name in _WITH_BARS:
            module: Any = importlib.import_module(name)
            module.tqdm = SimpleNamespace(tqdm=lambda items, **_: items)
    except ImportError as error:
        raise EngineError(
            "The package pytorch-grad-cam is not installed; only Grad-CAM is offered without it."
        ) from error
    return library


def _without_scaling(kind: Any) -> Any:
    """A subclass that keeps the raw maps: the library scales each image by itself, to its input's size."""

    def compute_cam_per_layer(self: Any, images: Tensor, targets: Any, eigen_smooth: bool) -> Any:  # noqa: FBT001
        layer = self.target_layers[0]
        kept = self.activations_and_grads
        activations, gradients = kept.activations, kept.gradients
        if self.detach:
            activations, gradients = ([t.cpu().numpy() for t in side] for side in (activations, gradients))
        gradient = gradients[0] if len(gradients) else None
        return self.get_cam_image(images, layer, targets, activations[0], gradient, eigen_smooth)

    def aggregate_multi_layers(_self: Any, maps: Any) -> Any:
        return np.maximum(maps, 0)

    overrides = {"compute_cam_per_layer": compute_cam_per_layer, "aggregate_multi_layers": aggregate_multi_layers}
    return type(f"Raw{kind.__name__}", (kind,), overrides)
