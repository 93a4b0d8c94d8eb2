"""Watches a run: the loss of the epoch, numbers that are none, memory that is too small."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from leukoviewer.errors import LeukoError, OutOfMemoryError
from trainer.experiments.config import OptimizeConfig
from trainer.training.lightning_parts import Callback, LightningModule, Trainer

# On a GPU the loss is looked at every so many steps: each look waits for the device.
_LOOK_STEPS = 20
_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


class NotFiniteError(LeukoError):
    """The loss or the weights are not finite numbers any more."""


class LossWatch(Callback):  # type: ignore[misc] # as in module.py
    """Sums the loss over an epoch, on the device, and stops the run at one that is not finite.

    Its mean is exact for a resumed run, too, and over all processes.
    """

    def __init__(self) -> None:
        self._sum: Tensor | float = 0.0
        self._bad: Tensor | int = -1
        self._batches = 0

    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Begin anew."""
        self._sum, self._bad, self._batches = 0.0, -1, 0

    def on_train_batch_end(
        self, trainer: Trainer, pl_module: LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Add the loss of a batch, or of its part."""
        loss = outputs["loss"].detach().float()
        self._sum = self._sum + loss
        self._batches += 1
        step = trainer.global_step - ((batch_idx + 1) % trainer.accumulate_grad_batches == 0)
        bad = torch.as_tensor(self._bad, device=loss.device)
        self._bad = torch.where(torch.isfinite(loss) | (bad >= 0), bad, step)
        looks = loss.device.type == "cpu" or trainer.global_step % _LOOK_STEPS == 0
        if looks:
            self.check(pl_module)
        if trainer.logger is not None and trainer.global_step % _LOOK_STEPS == 0:
            # Lightning divides the loss of a part by the number of parts.
            figures = {"step_loss": float(loss) * trainer.accumulate_grad_batches, "rate": rate_of(pl_module)}
            trainer.logger.log_metrics(figures, trainer.global_step)

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Log the mean over the epoch."""
        self.check(pl_module)
        pl_module.log("loss", self.mean(trainer), sync_dist=trainer.world_size > 1)

    def mean(self, trainer: Trainer) -> float:
        """Mean loss of a step in this epoch so far."""
        return float(self._sum) * int(trainer.accumulate_grad_batches) / max(self._batches, 1)

    def check(self, module: LightningModule) -> None:
        """Stop at a loss that was not finite.

        Raises
        ------
        NotFiniteError
            With the first such step and the learning rate.
        """
        if int(self._bad) >= 0:
            raise not_finite("loss", int(self._bad), rate_of(module))

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run must know."""
        return {"sum": float(self._sum), "batches": self._batches}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Carry on."""
        self._sum, self._batches = torch.tensor(state_dict["sum"]), int(state_dict["batches"])


def check_weights(trainer: Trainer) -> None:
    """Keep weights that are no numbers out of the checkpoints.

    Raises
    ------
    NotFiniteError
        A weight is not finite.
    """
    module = trainer.lightning_module
    if not all(bool(torch.isfinite(weight).all()) for weight in module.parameters()):
        raise not_finite("network's weights", trainer.global_step, rate_of(module))


def not_finite(what: str, step: int, rate: float) -> NotFiniteError:
    """The error for figures that are no numbers."""
    verb = "were" if what.endswith("s") and not what.endswith("ss") else "was"
    return NotFiniteError(
        f"The {what} {verb} not finite at step {step} with the learning rate {rate:.3g}; the checkpoints before it are "
        "kept: train anew with a smaller optimize.learning_rate, or with --set optimize.gradient_clip=1.0.",
        thing=step,
    )


def rate_of(module: LightningModule) -> float:
    """The learning rate of this step."""
    return float(module.optimizers().param_groups[0]["lr"])


def is_out_of_memory(error: BaseException) -> bool:
    """Whether torch, on whatever device, got no memory."""
    told = str(error).lower()
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or any(words in told for words in _NO_MEMORY)


def out_of_memory(settings: OptimizeConfig, *, parts: int, world: int) -> OutOfMemoryError:
    """The error for a device that is too small, with the setting that helps."""
    held = math.ceil(settings.batch_size / (world * parts))
    if held <= 1:
        return OutOfMemoryError(
            "The device has too little memory for a batch of one; take a smaller network or smaller pictures."
        )
    return OutOfMemoryError(
        f"The device has too little memory for {held} at once: train anew with --set optimize.micro_batch={held // 2}; "
        f"gradients are then summed up, and a step still sees {settings.batch_size}."
    )
