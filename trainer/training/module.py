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
from trainer.data.augment import Augmentation, augment_by
from trainer.data.dataset import Batch
from trainer.experiments.config import ExperimentConfig
from trainer.training.chance import chance_state, set_chance_state
from trainer.training.lightning_parts import LightningModule
from trainer.training.schedule import Clock, rate_factor, shown_size
from trainer.training.tasks.classification import loss, network_input, resized
from trainer.training.watch import not_finite, rate_of

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
        self._global_chance: dict[str, Any] | None = None
        self._step_progress = 0.0

    @property
    def progress(self) -> float:
        """How much of the run is done, 0 to 1."""
        return self.clock.progress(self.trainer.global_step, int(self.trainer.estimated_stepping_batches))

    @property
    def step_progress(self) -> float:
        """The progress at the start of this step of the optimizer, the same in all processes and parts of a batch."""
        return self._step_progress

    def on_train_start(self) -> None:
        """Start the clock; draw on from where the run stopped."""
        self.clock.start()
        if self._global_chance is not None:
            set_chance_state(self._global_chance)
            self._global_chance = None

    def on_train_batch_start(self, _batch: Any, index: int) -> None:
        """Set the learning rate of this point of the run."""
        if index % self.trainer.accumulate_grad_batches == 0:
            self._step_progress = self._agreed_progress()
        rate = self.config.optimize.learning_rate * rate_factor(self.step_progress, self.config.optimize)
        for group in self.optimizers().param_groups:
            group["lr"] = rate

    def _agreed_progress(self) -> float:
        """Clocks of several processes differ; steps do not."""
        if self.config.optimize.budget_minutes > 0 and self.trainer.world_size > 1:
            return float(self.trainer.strategy.broadcast(self.progress))
        return self.progress

    def on_train_batch_end(self, _outputs: Any, _batch: Any, index: int) -> None:
        """End a run whose time is spent."""
        whole = (index + 1) % self.trainer.accumulate_grad_batches == 0
        if self.config.optimize.budget_minutes > 0 and whole and self._step_progress >= 1:
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
        checkpoint["global_chance"] = chance_state()

    def on_load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        """Carry on where the run stopped."""
        self.clock.spent_s = float(checkpoint["spent_s"])
        self._chance.set_state(checkpoint["chance"])
        self._global_chance = checkpoint.get("global_chance")


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
        self._scored: list[tuple[Tensor, Tensor]] = []

    def forward(self, values: Tensor) -> Tensor:
        """Logits (b,) of gray values (b, d, h, w)."""
        inputs = network_input(values, self.recipe.channels, self.config.model.layout)
        if self.config.optimize.channels_last and inputs.ndim == 4:
            inputs = inputs.contiguous(memory_format=torch.channels_last)
        logits: Tensor = self.network(inputs)
        return logits.float()

    def training_step(self, batch: Batch, _index: int) -> Tensor:
        """Loss of an augmented batch at the size of this point of the run."""
        size = shown_size(self.step_progress, self.config.optimize, self.recipe.plane_shape[0])
        values = augment_by(resized(batch.values.float(), size), self.augmentation, batch.draws)
        return loss(self(values), batch.labels, smoothing=self.config.optimize.label_smoothing) * batch.weight

    def validation_step(self, batch: Batch, _index: int) -> None:
        """Keep the logits; they are judged together."""
        self._scored.append((batch.rows.cpu(), self(batch.values.float()).detach().cpu()))

    def on_validation_epoch_end(self) -> None:
        """Judge the logits of all processes, in each of them, and log the figures."""
        rows, logits = (torch.cat(part) for part in zip(*self._gathered(), strict=True))
        self._scored.clear()
        # In the order of the table, each row once: the processes' last batches may hold the same ones.
        in_order = torch.empty(int(rows.max()) + 1, dtype=torch.float64)
        in_order[rows] = logits.double()
        if not bool(torch.isfinite(in_order).all()):
            raise not_finite("validation's scores", self.trainer.global_step, rate_of(self))
        self.log_dict(self.judge(in_order.numpy()), batch_size=1)

    def _gathered(self) -> list[tuple[Tensor, Tensor]]:
        world = self.trainer.world_size
        if world == 1:
            return list(self._scored)
        found: list[list[tuple[Tensor, Tensor]]] = [[] for _ in range(world)]
        torch.distributed.all_gather_object(found, self._scored)
        return [part for process in found for part in process]
