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
    tip : str
        What it shows, in plain words.
    volumes : bool
        Whether the library can do it in 3-D.
    slow : bool
        Whether it runs the network once a channel: minutes for a scan on a processor.
    """

    name: str
    class_name: str
    tip: str
    volumes: bool = True
    slow: bool = False


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "gradcam": Method(
            "Grad-CAM", "GradCAM", "Where the image features lie that raise the score; comes with the score at no cost."
        ),
        "hirescam": Method(
            "HiResCAM", "HiResCAM", "Weighs the features place by place instead of by their mean over the slice."
        ),
        "gradcam++": Method(
            "Grad-CAM++", "GradCAMPlusPlus", "Grad-CAM made to show several separate places in one slice more evenly."
        ),
        "xgradcam": Method("XGrad-CAM", "XGradCAM", "Grad-CAM that counts a feature more where it is strong."),
        "layercam": Method("Layer-CAM", "LayerCAM", "Counts at each place only what raises the score there."),
        "elementwise": Method(
            "Element-wise Grad-CAM", "GradCAMElementWise", "Leaves out, feature by feature, what lowers the score."
        ),
        "eigencam": Method(
            "Eigen-CAM", "EigenCAM", "The strongest pattern of the features, whether it raises the score or not."
        ),
        "eigengradcam": Method(
            "Eigen-Grad-CAM", "EigenGradCAM", "The strongest pattern among what makes up the score."
        ),
        "kpcacam": Method(
            "KPCA-CAM", "KPCA_CAM", "Eigen-CAM for curved patterns; it does not ask what raises the score either."
        ),
        "fem": Method("FEM", "FEM", "Where features are unusually strong, whether they raise the score or not."),
        "shapleycam": Method(
            "Shapley-CAM", "ShapleyCAM", "Weighs each feature by its fair share of the score.", volumes=False
        ),
        "scorecam": Method(
            "Score-CAM", "ScoreCAM", "Shows the model what each feature sees, one by one, and asks for the score.",
            volumes=False, slow=True,
        ),
        "ablationcam": Method(
            "Ablation-CAM", "AblationCAM", "Takes the features away one by one and sees how far the score falls.",
            volumes=False, slow=True,
        ),
    }
)  # fmt: skip
