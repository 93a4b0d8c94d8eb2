"""What the trainer uses of Lightning, imported so that it also works beside a torchvision without its operators."""

from __future__ import annotations

from leukoviewer.inference.torchvision_compat import ensure_torchvision

# Lightning imports torchmetrics, which imports torchvision: this must run first.
ensure_torchvision()

from lightning.fabric.plugins.environments import LightningEnvironment  # noqa: E402
from lightning.pytorch import LightningModule, Trainer, seed_everything  # noqa: E402
from lightning.pytorch.callbacks import Callback, Checkpoint, WeightAveraging  # noqa: E402
from lightning.pytorch.loggers import TensorBoardLogger  # noqa: E402
from lightning.pytorch.plugins.io import TorchCheckpointIO  # noqa: E402
from lightning.pytorch.utilities.rank_zero import rank_zero_only  # noqa: E402

__all__ = [
    "Callback",
    "Checkpoint",
    "LightningEnvironment",
    "LightningModule",
    "TensorBoardLogger",
    "TorchCheckpointIO",
    "Trainer",
    "WeightAveraging",
    "rank_zero_only",
    "seed_everything",
]
