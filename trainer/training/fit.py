"""Fits a network to prepared cases and reads out its logits."""

from __future__ import annotations

import io
import logging
import signal
import threading
import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader

from leukoviewer import atomic
from leukoviewer.errors import UsageError
from leukoviewer.inference.networks import Network
from leukoviewer.preprocessing.recipe import Recipe
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.dataset import SliceBatches, SlicesInMemory, SliceTable, StackBatches, StackFiles
from trainer.data.feed import Feed, Replayed
from trainer.data.scores import ScoreTable
from trainer.experiments.config import ExperimentConfig, OptimizeConfig
from trainer.training.architectures import build, is_volume
from trainer.training.callbacks import all_callbacks
from trainer.training.checkpoints import WholeFiles, has_ended, remove_remains
from trainer.training.initialize import keep_variance, set_layer_scale
from trainer.training.lightning_parts import (
    LightningEnvironment,
    TensorBoardLogger,
    Trainer,
    rank_zero_only,
    seed_everything,
)
from trainer.training.machine import Machine
from trainer.training.module import Classifier, ScheduledModule
from trainer.training.processes import is_first
from trainer.training.start import load_start
from trainer.training.watch import is_out_of_memory, out_of_memory

Batches = SliceBatches | StackBatches
# Scores of the validation patients to named figures with "selection".
JudgeScores = Callable[[ScoreTable], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Sides:
    """Prepared cases by side of the split; the test side is never given to the loop."""

    content: CacheContent
    train: tuple[PreparedCase, ...]
    validation: tuple[PreparedCase, ...]


def fit(
    config: ExperimentConfig, recipe: Recipe, sides: Sides, *, run: Path, judge: JudgeScores, stream: TextIO
) -> Path:
    """Train, and return the best checkpoint.

    Parameters
    ----------
    run : Path
        The run's folder; a ``checkpoints/last.ckpt`` in it is carried on.
    judge : callable
        Figures of the validation's scores; ``selection`` decides what is best.
    stream : text stream
        One line an epoch is written to it.

    Raises
    ------
    UsageError
        Network and layout do not fit each other, or there is nothing to train and no start to read out.
    """
    if is_volume(config.model.architecture) != (config.model.layout == "volume"):
        raise UsageError(f"{config.model.architecture} does not take the layout {config.model.layout!r}.")
    if config.optimize.epochs == 0:
        return _as_it_is(config, recipe, run)
    with begun(config):
        held_out = SliceTable.of(sides.validation).evenly(config.evaluate.slices_per_case)
        module = new_module(config, recipe, judge=lambda logits: _judged(judge, _scores(held_out, logits, config)))
        training = _training_batches(config, sides)
        validation = _batches(config, StackFiles(sides.content, held_out))
        run_loop(module, training, validation, run=run, stream=stream)
    return run / "checkpoints" / "best.ckpt"


def _as_it_is(config: ExperimentConfig, recipe: Recipe, run: Path) -> Path:
    """The checkpoint of a start that is not trained on: its weights, to be scored and exported like a run's."""
    if not config.model.start:
        raise UsageError("No epochs are asked for and no start is given; name a run of pretrain with --start.")
    network = new_network(config, recipe)
    held = io.BytesIO()
    torch.save({"state_dict": {f"network.{name}": value for name, value in network.state_dict().items()}}, held)
    best = run / "checkpoints" / "best.ckpt"
    best.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_bytes(best, held.getvalue())
    return best


@contextmanager
def begun(config: ExperimentConfig) -> Generator[None, None, None]:
    """Seeds, threads and silence as the experiment wants them."""
    with _quiet():
        seed_everything(config.optimize.seed, verbose=False)
        if config.optimize.threads > 0:
            torch.set_num_threads(config.optimize.threads)
        yield


def run_loop(module: ScheduledModule, training: Any, validation: Any, *, run: Path, stream: TextIO) -> None:
    """Train, or carry on what ``checkpoints/last.ckpt`` holds; leaves ``best.ckpt`` beside it.

    A run that is bound by epochs, not by time, ends with the same weights however often it is stopped (on a CPU to the
    bit). Ctrl-C comes out as such, after Lightning has closed its files.

    Parameters
    ----------
    training, validation : EpochBatches, or DataLoader of a dataset with ``set_epoch``
        Only the first kind can be dealt over devices and in parts.

    Raises
    ------
    UsageError
        The data cannot be dealt as asked.
    NotFiniteError
        The loss left the numbers; the checkpoints before that are kept.
    OutOfMemoryError
        The device is too small.
    CannotWriteError
        A checkpoint cannot be written; the former one is kept.
    """
    settings = module.config.optimize
    machine = Machine.of(settings)
    checkpoints = run / "checkpoints"
    last = checkpoints / "last.ckpt"
    if has_ended(last, budget_minutes=settings.budget_minutes):
        return
    if is_first(settings):
        remove_remains(checkpoints)
    feeds = _feeds(training, validation, machine, workers=module.config.data.workers)
    trainer = _trainer(settings, machine, run, all_callbacks(settings, run=run, feeds=feeds, stream=stream))
    with _interruptible(), _told_of_memory(settings, machine):
        try:
            trainer.fit(module, *feeds, ckpt_path=last if last.is_file() else None)
        finally:
            for feed in feeds:
                feed.close()
            if torch.distributed.is_available() and torch.distributed.is_initialized():
                torch.distributed.destroy_process_group()


def _trainer(settings: OptimizeConfig, machine: Machine, run: Path, callbacks: list[Any]) -> Trainer:
    plugins: list[Any] = [WholeFiles()]
    if machine.world == 1:
        # Alone, whatever the queue of a cluster tells about other jobs.
        plugins.append(LightningEnvironment())
        rank_zero_only.rank = 0
    return Trainer(
        accelerator=machine.accelerator,
        devices=machine.devices,
        num_nodes=machine.nodes,
        strategy=machine.strategy,
        precision=machine.precision,
        accumulate_grad_batches=machine.parts,
        sync_batchnorm=machine.world > 1 and machine.accelerator == "cuda",
        use_distributed_sampler=False,
        max_epochs=settings.epochs,
        gradient_clip_val=settings.gradient_clip or None,
        num_sanity_val_steps=0,
        logger=TensorBoardLogger(run, name="log", version=""),
        callbacks=callbacks,
        plugins=plugins,
        enable_checkpointing=True,
        enable_progress_bar=False,
        enable_model_summary=False,
    )


def _feeds(training: Any, validation: Any, machine: Machine, *, workers: int) -> tuple[Feed, Feed]:
    if isinstance(training, DataLoader):
        if machine.world * machine.parts > 1:
            raise UsageError("These batches cannot be dealt; train on one device, without optimize.micro_batch.")
        return Feed(Replayed(training.dataset)), Feed(Replayed(validation.dataset))
    if training.smallest < machine.world * machine.parts:
        raise UsageError(
            f"There is too little to train: {training.smallest} in a batch for {machine.world * machine.parts} shares; "
            "take fewer devices, or a larger optimize.micro_batch."
        )
    return Feed(training, parts=machine.parts, workers=workers), Feed(validation, workers=workers)


@contextmanager
def _interruptible() -> Generator[None, None, None]:
    """Lightning turns a KeyboardInterrupt into an exit of the process and leaves the signal blocked."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    except SystemExit as stop:
        raise KeyboardInterrupt from stop
    finally:
        if before is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


@contextmanager
def _told_of_memory(settings: OptimizeConfig, machine: Machine) -> Generator[None, None, None]:
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise out_of_memory(settings, parts=machine.parts, world=machine.world) from error


def new_module(config: ExperimentConfig, recipe: Recipe, *, judge: Callable[..., dict[str, float]]) -> Classifier:
    """A module with a fresh network as the experiment wants it."""
    return Classifier(new_network(config, recipe), config, recipe, judge=judge)


def new_network(config: ExperimentConfig, recipe: Recipe) -> Network:
    """A fresh network as the experiment wants it.

    Raises
    ------
    UsageError
        The starting weights cannot be read or are of another network.
    """
    network = build(
        config.model.architecture, pretrained=config.model.pretrained, in_channels=len(recipe.channels.mean)
    )
    if config.model.keep_variance and not config.model.pretrained:
        keep_variance(network)
    if config.model.layer_scale > 0:
        set_layer_scale(network, config.model.layer_scale)
    if config.model.start:
        load_start(network, Path(config.model.start))
    if config.optimize.channels_last and config.model.layout == "slices":
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network


def score(
    config: ExperimentConfig, recipe: Recipe, content: CacheContent, cases: tuple[PreparedCase, ...], checkpoint: Path
) -> ScoreTable:
    """Logits of every scored slice of the cases, by a checkpoint, on the very stacks that the viewer would make."""
    module = new_module(_from_checkpoint(config), recipe, judge=lambda _logits: {})
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)["state_dict"]
    module.load_state_dict(state)
    module.eval()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    module.to(device)
    table = SliceTable.of(cases)
    logits: list[NDArray[np.float64]] = []
    with torch.inference_mode():
        for batch in Feed(_batches(config, StackFiles(content, table))):
            logits.append(module(batch.values.to(device)).double().cpu().numpy())
    return _scores(table, np.concatenate(logits), config)


def _from_checkpoint(config: ExperimentConfig) -> ExperimentConfig:
    """The same network; ImageNet or starting weights would be overwritten by the checkpoint at once."""
    return replace(config, model=replace(config.model, pretrained=False, start=""))


def _scores(table: SliceTable, logits: NDArray[np.float64], config: ExperimentConfig) -> ScoreTable:
    if config.model.layout == "volume":
        return ScoreTable.of_patients(table, logits)
    return ScoreTable.of(table, logits)


def _judged(judge: JudgeScores, table: ScoreTable) -> dict[str, float]:
    """The figures with the loss on validation, for the learning curve."""
    losses = np.logaddexp(0.0, table.logit) - table.label * table.logit
    return {**judge(table), "val_loss": float(losses.mean())}


def _training_batches(config: ExperimentConfig, sides: Sides) -> Batches:
    table = SliceTable.of(sides.train)
    files = StackFiles(sides.content, table)
    settings = config.optimize
    if config.model.layout == "volume":
        return StackBatches(files, batch_size=settings.batch_size, shuffle=True, seed=settings.seed)
    fits = SlicesInMemory.needed_bytes(table) <= config.data.memory_gb * 1e9
    return SliceBatches(
        SlicesInMemory(files) if fits and config.data.workers == 0 else files,
        batch_size=settings.batch_size,
        slices_per_case=config.data.slices_per_case,
        share=_share(table, config),
        shuffle=True,
        seed=settings.seed,
    )


def _share(table: SliceTable, config: ExperimentConfig) -> NDArray[np.float64] | None:
    """How often each slice is shown: those outside the levels where the disease can be seen teach little but noise."""
    if not config.data.focus:
        return None
    low, high = config.data.focus
    inside = (table.place >= low) & (table.place <= high)
    return np.where(inside, 1.0, config.data.outside)


def _batches(config: ExperimentConfig, files: StackFiles) -> Batches:
    if config.model.layout == "volume":
        return StackBatches(files, batch_size=config.optimize.batch_size)
    return SliceBatches(files, batch_size=config.evaluate.batch_size)


@contextmanager
def _quiet() -> Generator[None, None, None]:
    """Silence Lightning's hints about workers and logging; what matters is written by the callbacks."""
    loggers: list[Any] = [logging.getLogger(name) for name in ("lightning.pytorch", "lightning.fabric")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"lightning\..*")
        warnings.filterwarnings("ignore", message=r".*does not have many workers.*")
        warnings.filterwarnings("ignore", message=r".*(isinstance\(treespec, LeafSpec\)|lr_scheduler\.step).*")
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
