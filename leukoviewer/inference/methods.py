"""The ways to make a heatmap, by name: a table that costs nothing to import, for command lines and menus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


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
