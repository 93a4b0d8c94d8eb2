"""A real model package with random weights, for every test that runs a model before or without a trained one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from leukoviewer.inference.networks import Network
    from leukoviewer.packages.archive import Package


@pytest.fixture(scope="session")
def tiny_package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """``tiny-1.0`` in a folder of its own: timm's smallest ConvNeXt, random weights, recipe leuko-a, scores that vary.

    Its parent folder holds nothing else, so it can stand as a folder of models.
    """
    return write_tiny(_folder(tmp_path_factory))


def write_tiny(folder: Path) -> Package:
    """Write ``tiny-1.0`` into a folder of models."""
    from leukoviewer.packages.provenance import Metric, Training, TrainingRange
    from leukoviewer.preprocessing.recipe import BUILTIN
    from trainer.export import Description, write

    description = Description(
        name="tiny",
        version="1.0",
        recipe=BUILTIN["leuko-a"],
        training=Training("run-of-tests", "nothing: random weights", simulated=True, details=(("seed", 7),)),
        slice_threshold=0.5,
        vote_needed=4,
        metrics=(Metric("AUC", "patient", "test", 40, 0.5, (0.35, 0.65)),),
        training_range=TrainingRange(thickness_mm=(2.0, 8.0), spacing_mm=(2.0, 8.0)),
    )
    return write(varied_network("test_convnext"), folder / "tiny-1.0", description=description)


def varied_network(architecture: str, *, seed: int = 7) -> Network:
    """A network with random weights whose logits spread around 0, so that scores, votes and heatmaps differ."""
    import torch

    from leukoviewer.inference.engine import batch_of
    from leukoviewer.inference.networks import VolumeNetwork, build_network
    from leukoviewer.packages.manifest import Layout
    from leukoviewer.preprocessing.recipe import BUILTIN
    from trainer.export import golden_stack

    torch.manual_seed(seed)
    network = build_network(architecture).eval()
    layout = Layout.VOLUME if isinstance(network, VolumeNetwork) else Layout.SLICES
    heads = [golden_stack(8, (64, 64)) * gray for gray in (1, 0.95, 0.9)]
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith(".gamma"):  # ConvNeXt begins with almost idle blocks
                parameter.copy_(torch.rand_like(parameter))
        logits = torch.cat([network(torch.from_numpy(batch_of(h, BUILTIN["leuko-a"], layout))) for h in heads])
        linear = network.pooling_head.linear
        gain = 2.0 / float(logits.std())
        linear.weight.mul_(gain)
        linear.bias.copy_(-(logits - linear.bias).mean() * gain)
    return network


def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")
