"""The run's checkpoints: ``best.ckpt`` by the selection figure, ``last.ckpt`` to resume from, at any kill whole."""

from __future__ import annotations

import io
import math
import time
from pathlib import Path
from typing import Any

import torch

from leukoviewer import atomic
from leukoviewer.errors import CannotWriteError
from trainer.training.lightning_parts import Checkpoint, LightningModule, TorchCheckpointIO, Trainer
from trainer.training.watch import check_weights

SELECTION = "selection"
# Processes of one run agree every so many steps whether it is time for a checkpoint.
_AGREE_STEPS = 25


class Checkpoints(Checkpoint):  # type: ignore[misc] # as in module.py
    """Writes ``best.ckpt`` and ``last.ckpt`` at each epoch's end, and ``last.ckpt`` within epochs.

    The best one is written first: wherever a run is killed, resuming from the last one finds no figure for which there
    is no checkpoint, and repeats what came after it.

    Parameters
    ----------
    folder : Path
        Where they lie.
    every_s : float
        Seconds between checkpoints within epochs; 0 for none by time.
    every_steps : int
        Steps of the optimizer between them; 0 for none by steps.
    """

    def __init__(self, folder: Path, *, every_s: float, every_steps: int) -> None:
        self._folder, self._every_s, self._every_steps = folder, every_s, every_steps
        self._saved = time.monotonic()
        self._best: float | None = None
        self._ended = False

    @property
    def best(self) -> float:
        """The best figure so far, minus infinity for none."""
        return -math.inf if self._best is None else self._best

    def on_train_batch_end(
        self, trainer: Trainer, pl_module: LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Write the last one when it is time, between two steps of the optimizer."""
        # Half-summed gradients are not kept, and the end of an epoch has a checkpoint of its own.
        whole = (batch_idx + 1) % trainer.accumulate_grad_batches == 0
        if whole and not trainer.is_last_batch and self._is_time(trainer):
            self._save(trainer, "last.ckpt")

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Write the best one when it is better, and the last one."""
        figure = float(trainer.callback_metrics.get(SELECTION, math.nan))
        self._ended = bool(trainer.should_stop or trainer.current_epoch + 1 >= trainer.max_epochs)
        if self._best is None or figure > self._best:
            self._best = -math.inf if math.isnan(figure) else figure
            self._save(trainer, "best.ckpt")
        self._save(trainer, "last.ckpt")

    def on_save_checkpoint(self, trainer: Trainer, pl_module: LightningModule, checkpoint: dict[str, Any]) -> None:
        """Note whether the run has come to its end."""
        checkpoint["ended"] = self._ended

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run must know."""
        return {"best": self._best}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Carry on."""
        best = state_dict["best"]
        self._best = None if best is None else float(best)

    def _is_time(self, trainer: Trainer) -> bool:
        if self._every_steps > 0 and trainer.global_step % self._every_steps == 0:
            return True
        if self._every_s <= 0:
            return False
        late = time.monotonic() - self._saved >= self._every_s
        if trainer.world_size == 1:
            return late
        return trainer.global_step % _AGREE_STEPS == 0 and bool(trainer.strategy.broadcast(late))

    def _save(self, trainer: Trainer, name: str) -> None:
        check_weights(trainer)
        trainer.save_checkpoint(self._folder / name, weights_only=False)
        self._saved = time.monotonic()


class WholeFiles(TorchCheckpointIO):  # type: ignore[misc] # as in module.py
    """Checkpoints that appear whole or not at all, under a name that holds the former one until then."""

    def save_checkpoint(self, checkpoint: dict[str, Any], path: str | Path, storage_options: Any = None) -> None:
        """Write a checkpoint.

        Raises
        ------
        CannotWriteError
            The disk is full or cannot be written to; the former checkpoint is still there.
        """
        held = io.BytesIO()
        torch.save(checkpoint, held)
        try:
            atomic.write_bytes(Path(path), held.getvalue())
        except CannotWriteError as error:
            why = getattr(error.__cause__, "strerror", None) or "not possible"
            raise CannotWriteError(
                f"The checkpoint {Path(path).name} cannot be written ({why}); the one before it is kept: make room, "
                "then carry the run on with --resume.",
                thing=path,
            ) from error


def remove_remains(folder: Path) -> None:
    """Remove what a process that was killed while writing has left; no other process may write there."""
    for left in folder.glob(".*.ckpt.*.part"):
        left.unlink(missing_ok=True)


def has_ended(last: Path, *, budget_minutes: float) -> bool:
    """Whether the run of this checkpoint has come to its end: by its epochs, by early stopping or by its time."""
    if not last.is_file():
        return False
    held = torch.load(last, map_location="cpu", weights_only=True)
    spent = budget_minutes > 0 and float(held["spent_s"]) >= budget_minutes * 60
    return bool(held.get("ended", False)) or spent
