"""What the trainer uses of Lightning, imported so that it also works beside a torchvision without its operators."""

from __future__ import annotations

from leukoviewer.inference.torchvision_compat import ensure_torchvision

# Lightning imports torchmetrics, which imports torchvision: this must run first.
ensure_torchvision()

from lightning.pytorch import LightningModule, Trainer, seed_everything  # noqa: E402
from lightning.pytorch.callbacks import Callback, EarlyStopping, ModelCheckpoint, WeightAveraging  # noqa: E402
from lightning.pytorch.loggers import CSVLogger  # noqa: E402

__all__ = [
    "CSVLogger",
    "Callback",
    "EarlyStopping",
    "LightningModule",
    "ModelCheckpoint",
    "Trainer",
    "WeightAveraging",
    "seed_everything",
]
