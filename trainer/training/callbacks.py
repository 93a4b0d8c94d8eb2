"""Callbacks of the loop: place in the data, averaged weights, early stop."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, TextIO

import torch

from trainer.data.feed import Feed
from trainer.experiments.config import OptimizeConfig
from trainer.training.checkpoints import SELECTION, Checkpoints
from trainer.training.journal import Bar, Journal
from trainer.training.lightning_parts import Callback, LightningModule, Trainer, WeightAveraging
from trainer.training.watch import LossWatch


def all_callbacks(config: OptimizeConfig, *, run: Path, feeds: tuple[Feed, Feed], stream: TextIO) -> list[Callback]:
    """The callbacks of an experiment, in the order in which they act; Lightning calls the checkpoints' last."""
    watch = LossWatch()
    found: list[Callback] = [DataPlace(*feeds), watch]
    if config.ema > 0:
        found.append(averaged_weights(config.ema))
    if config.patience > 0:
        found.append(EarlyStop(config.patience))
    checkpoints = Checkpoints(
        run / "checkpoints", every_s=config.checkpoint_minutes * 60, every_steps=config.checkpoint_steps
    )
    bar = Bar(stream, watch, checkpoints)
    return [*found, bar, Journal(run / "log" / "metrics.csv", watch, bar.write), checkpoints]


class DataPlace(Callback):  # type: ignore[misc] # as in module.py
    """Tells the data which process this is and from where on batches are wanted; a resumed run begins where it was."""

    def __init__(self, training: Feed, validation: Feed) -> None:
        self._training, self._validation = training, validation
        self._next = (0, 0)

    def setup(self, trainer: Trainer, pl_module: LightningModule, stage: str) -> None:
        """Deal the data over the processes."""
        for feed in (self._training, self._validation):
            feed.deal(trainer.global_rank, trainer.world_size)

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Begin where the checkpoint was made; Lightning does not tell when that was within an epoch."""
        self._training.go_to(*self._next)

    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Begin an epoch."""
        self._training.go_to(trainer.current_epoch, 0)

    def on_train_batch_end(
        self, trainer: Trainer, pl_module: LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Note what comes next."""
        self._next = (trainer.current_epoch, batch_idx + 1)

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Note what comes next."""
        self._next = (trainer.current_epoch + 1, 0)

    def state_dict(self) -> dict[str, Any]:
        """Where the next batch lies."""
        return {"epoch": self._next[0], "batch": self._next[1]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Carry on there."""
        self._next = (int(state_dict["epoch"]), int(state_dict["batch"]))


class EarlyStop(Callback):  # type: ignore[misc] # as in module.py
    """Ends a run whose selection figure has not become better for ``patience`` epochs."""

    def __init__(self, patience: int) -> None:
        self._patience, self._best, self._waited = patience, -math.inf, 0

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Look at the epoch's figure."""
        figure = float(trainer.callback_metrics[SELECTION])
        better = figure > self._best
        self._best, self._waited = (figure, 0) if better else (self._best, self._waited + 1)
        if self._waited >= self._patience:
            trainer.should_stop = True

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run must know."""
        return {"best": self._best, "waited": self._waited}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Carry on."""
        self._best, self._waited = float(state_dict["best"]), int(state_dict["waited"])


def averaged_weights(decay: float) -> WeightAveraging:
    """Exponential average of the weights for validation and checkpoints; it follows faster in the beginning."""

    def average(held: Any, current: Any, count: Any) -> None:
        rate = min(decay, (1 + float(count)) / (10 + float(count)))
        if held[0].is_floating_point():
            torch._foreach_lerp_(held, current, 1 - rate)
        else:
            # Counters of batches, which have no average.
            torch._foreach_copy_(held, current)

    return WeightAveraging(multi_avg_fn=average)
