"""Callbacks of the loop: averaged weights, checkpoints, early stop, epochs for the data, lines for the reader."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, TextIO

import torch

from trainer.experiments.config import OptimizeConfig
from trainer.training.lightning_parts import (
    Callback,
    EarlyStopping,
    LightningModule,
    ModelCheckpoint,
    Trainer,
    WeightAveraging,
)

SELECTION = "selection"


def all_callbacks(config: OptimizeConfig, *, folder: Path, stream: TextIO) -> list[Callback]:
    """The callbacks of an experiment."""
    found: list[Callback] = [best(folder), last(folder), EpochLines(stream)]
    if config.ema > 0:
        found.append(averaged_weights(config.ema))
    if config.patience > 0:
        found.append(EarlyStopping(SELECTION, mode="max", patience=config.patience))
    return found


def best(folder: Path) -> ModelCheckpoint:
    """``best.ckpt`` by the selection figure."""
    return ModelCheckpoint(folder, filename="best", monitor=SELECTION, mode="max", enable_version_counter=False)


def last(folder: Path) -> ModelCheckpoint:
    """``last.ckpt`` after every validation, better or not: Lightning's own ``save_last`` follows the best alone."""
    return ModelCheckpoint(folder, filename="last", enable_version_counter=False)


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


class EpochLines(Callback):  # type: ignore[misc] # as in module.py
    """One line an epoch: loss, figures of the validation, seconds, share of the run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._since = time.monotonic()

    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Tell the data which epoch it is."""
        self._since = time.monotonic()
        loader = trainer.train_dataloader
        set_epoch = getattr(getattr(loader, "dataset", None), "set_epoch", None)
        if set_epoch is not None:
            set_epoch(trainer.current_epoch)

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Write the line."""
        figures = {name: float(value) for name, value in trainer.callback_metrics.items() if name != SELECTION}
        told = "  ".join(f"{name} {value:.4f}" for name, value in sorted(figures.items()))
        seconds = time.monotonic() - self._since
        done = 100 * float(getattr(pl_module, "progress", 0.0))
        self._stream.write(f"epoch {trainer.current_epoch:3d}  {told}  {seconds:.0f} s  {done:.0f} %\n")
        self._stream.flush()
