"""The Lightning module: one training and one validation step, the optimizer, rate and size by progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from leukoviewer.inference.networks import Network
from leukoviewer.preprocessing.recipe import Recipe
from trainer.data.augment import Augmentation, augment
from trainer.data.dataset import Batch
from trainer.experiments.config import ExperimentConfig
from trainer.training.lightning_parts import LightningModule
from trainer.training.schedule import Clock, rate_factor, shown_size
from trainer.training.tasks.classification import loss, network_input, resized

# Logits in the order of the validation table to named figures; must hold "selection", higher is better.
Judge = Callable[[NDArray[np.float64]], dict[str, float]]


class ScheduledModule(LightningModule):  # type: ignore[misc] # the library states no types that mypy follows here
    """What all training has in common: rate and end by progress, optimizer, chance that a resumed run carries on.

    Parameters
    ----------
    config : ExperimentConfig
        The experiment.
    """

    def __init__(self, config: ExperimentConfig) -> None:
        super().__init__()
        self.config = config
        self.clock = Clock(config.optimize)
        self.augmentation = Augmentation(**{name: getattr(config.augment, name) for name in Augmentation.__slots__})
        self._chance = torch.Generator().manual_seed(config.optimize.seed)

    @property
    def progress(self) -> float:
        """How much of the run is done, 0 to 1."""
        return self.clock.progress(self.trainer.global_step, int(self.trainer.estimated_stepping_batches))

    def on_train_start(self) -> None:
        """Start the clock."""
        self.clock.start()

    def on_train_batch_start(self, *_args: Any) -> None:
        """Set the learning rate of this point of the run."""
        rate = self.config.optimize.learning_rate * rate_factor(self.progress, self.config.optimize)
        for group in self.optimizers().param_groups:
            group["lr"] = rate

    def on_train_batch_end(self, *_args: Any) -> None:
        """End a run whose time is spent."""
        if self.config.optimize.budget_minutes > 0 and self.progress >= 1:
            self.trainer.should_stop = True

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """Adam or AdamW; biases, norms and scales are not decayed."""
        settings = self.config.optimize
        weights = [p for p in self.parameters() if p.requires_grad and p.ndim > 1]
        others = [p for p in self.parameters() if p.requires_grad and p.ndim <= 1]
        groups = [{"params": weights, "weight_decay": settings.weight_decay}, {"params": others, "weight_decay": 0.0}]
        kind = torch.optim.AdamW if settings.optimizer == "adamw" else torch.optim.Adam
        return kind(groups, lr=settings.learning_rate, betas=(0.9, settings.beta2))

    def on_save_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """Keep the time spent and the state of chance, for a resumed run."""
        checkpoint["spent_s"] = self.clock.spent_s
        checkpoint["chance"] = self._chance.get_state()

    def on_load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """Carry on where the run stopped."""
        self.clock.spent_s = float(checkpoint["spent_s"])
        self._chance.set_state(checkpoint["chance"])


class Classifier(ScheduledModule):
    """Trains a network of one logit.

    Parameters
    ----------
    network : Network
        Its weights are named ``network.<...>`` in checkpoints.
    config : ExperimentConfig
        The experiment.
    recipe : Recipe
        For channels and plane.
    judge : callable
        Figures of the validation logits; what is best is kept by its ``selection``.
    """

    def __init__(self, network: Network, config: ExperimentConfig, recipe: Recipe, *, judge: Judge) -> None:
        super().__init__(config)
        self.network = network
        self.recipe, self.judge = recipe, judge
        self._logits: list[Tensor] = []

    def forward(self, values: Tensor) -> Tensor:
        """Logits (b,) of gray values (b, d, h, w)."""
        inputs = network_input(values, self.recipe.channels, self.config.model.layout)
        if self.config.optimize.channels_last and inputs.ndim == 4:
            inputs = inputs.contiguous(memory_format=torch.channels_last)
        logits: Tensor = self.network(inputs)
        return logits.float()

    def training_step(self, batch: Batch, _index: int) -> Tensor:
        """Loss of an augmented batch at the size of this point of the run."""
        size = shown_size(self.progress, self.config.optimize, self.recipe.plane_shape[0])
        values = augment(resized(batch.values.float(), size), self.augmentation, self._chance)
        value = loss(self(values), batch.labels, smoothing=self.config.optimize.label_smoothing)
        self.log("loss", value, on_step=False, on_epoch=True, batch_size=len(values))
        return value

    def validation_step(self, batch: Batch, _index: int) -> None:
        """Keep the logits; they are judged together."""
        self._logits.append(self(batch.values.float()).detach().cpu())

    def on_validation_epoch_end(self) -> None:
        """Judge the logits and log the figures."""
        logits = torch.cat(self._logits).double().numpy()
        self._logits.clear()
        self.log_dict(self.judge(logits), batch_size=1)
