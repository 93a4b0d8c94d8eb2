"""What is told of a run while it goes on: a table of its epochs, a line each, and a bar where someone looks."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from leukoviewer import atomic
from trainer.training.checkpoints import SELECTION, Checkpoints
from trainer.training.lightning_parts import Callback, LightningModule, Trainer
from trainer.training.watch import LossWatch, rate_of

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# The bar moves at most so often: the loss must be fetched from the device for it.
_SHOW_S = 0.5
_FIRST = ("epoch", "step", "loss", SELECTION)


class Journal(Callback):  # type: ignore[misc] # as in module.py
    """One row an epoch in a CSV file, and one line: loss, figures of the validation, seconds, share of the run.

    Rows are kept in the checkpoints, so that the table of a resumed run has neither gaps nor epochs twice.

    Parameters
    ----------
    path : Path
        The table.
    watch : LossWatch
        Knows the loss.
    write : callable
        Takes the lines.
    """

    def __init__(self, path: Path, watch: LossWatch, write: Callable[[str], None]) -> None:
        self._path, self._watch, self._write = path, watch, write
        self._rows: list[dict[str, float]] = []
        self._since, self._before_s = time.monotonic(), 0.0

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Begin to count seconds, also within an epoch that is carried on."""
        self._since = time.monotonic()

    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Begin to count seconds."""
        self._since, self._before_s = time.monotonic(), 0.0

    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Write row and line."""
        figures = {name: float(value) for name, value in trainer.callback_metrics.items()}
        row = {"epoch": trainer.current_epoch, "step": trainer.global_step, **figures}
        self._rows.append({**row, "rate": rate_of(pl_module), "seconds": self._seconds})
        if not trainer.is_global_zero:
            return
        atomic.write_text(self._path, _table(self._rows))
        told = "  ".join(f"{name} {value:.4f}" for name, value in sorted(figures.items()) if name != SELECTION)
        done = 100 * float(pl_module.progress)
        self._write(f"epoch {trainer.current_epoch:3d}  {told}  {self._seconds:.0f} s  {done:.0f} %\n")

    @property
    def _seconds(self) -> float:
        return self._before_s + time.monotonic() - self._since

    def state_dict(self) -> dict[str, Any]:
        """What a resumed run must know."""
        return {"rows": [dict(row) for row in self._rows], "seconds": self._seconds}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Carry on."""
        self._rows, self._before_s = [dict(row) for row in state_dict["rows"]], float(state_dict["seconds"])


def _table(rows: list[dict[str, float]]) -> str:
    names = dict.fromkeys([*_FIRST, *(name for row in rows for name in row)])
    text = io.StringIO()
    writer = csv.DictWriter(text, [name for name in names if any(name in row for row in rows)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: f"{value:.8g}" for name, value in row.items()} for row in rows)
    return text.getvalue()


class Bar(Callback):  # type: ignore[misc] # as in module.py
    """A bar over the whole run with the time left, loss and selection figure, when the stream is a terminal."""

    def __init__(self, stream: TextIO, watch: LossWatch, checkpoints: Checkpoints) -> None:
        self._stream, self._watch, self._checkpoints = stream, watch, checkpoints
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._shown = 0.0

    def write(self, line: str) -> None:
        """Write a line above the bar."""
        if self._bar is not None:
            self._bar.console.print(line.rstrip("\n"), highlight=False, markup=False)
            return
        self._stream.write(line)
        self._stream.flush()

    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show it."""
        if not (trainer.is_global_zero and self._stream.isatty()):
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(20), TaskProgressColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(file=self._stream), auto_refresh=False)
        self._task = self._bar.add_task("training", total=1.0)
        self._bar.start()
        self._bar.update(self._task, completed=float(pl_module.progress))

    def on_train_batch_end(
        self, trainer: Trainer, pl_module: LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Move it."""
        if self._bar is None or self._task is None or time.monotonic() - self._shown < _SHOW_S:
            return
        self._shown = time.monotonic()
        step, steps = (batch_idx + 1) // trainer.accumulate_grad_batches, trainer.num_training_batches
        told = f"epoch {trainer.current_epoch + 1}, step {step} of {int(steps // trainer.accumulate_grad_batches)}"
        told += f", loss {self._watch.mean(trainer):.4f}"
        if self._checkpoints.best > float("-inf"):
            told += f", best {self._checkpoints.best:.4f}"
        self._bar.update(self._task, completed=float(pl_module.progress), description=told, refresh=True)

    def on_train_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show how far it came."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=float(pl_module.progress))
        self._close()

    def on_exception(self, trainer: Trainer, pl_module: LightningModule, exception: BaseException) -> None:
        """Take it away."""
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
