"""The training loop beside the bare step of the same network: images a second, and how long it waits for data.

Rounds of the loop and of bare steps take turns within one run: after every few steps of the loop, as many bare steps
are made with a twin of the network, the same optimizer and a random batch that lies ready on the device. Slices are
the paper's: 256 x 256, batches of 64, rotated and mirrored; the cache is warm.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from leukoviewer.preprocessing.recipe import BUILTIN
from tests.benchmarks.measure import Table, Timing
from trainer.data.cache import CacheContent, PreparedCase
from trainer.experiments.config import ExperimentConfig, load
from trainer.training.lightning_parts import Callback

NETWORK = "convnext_atto"
STEPS, ROUNDS = 3, 4
DEPTH, SIDE = 30, 256
WAIT_BUDGET, SPEED_BUDGET = 0.05, 0.90


def tables() -> Iterator[Table]:
    """Slices held in memory, as an experiment of a usual size has them; then slices read from the cache's files."""
    yield _table("slices held in memory", "data.memory_gb=6.0")
    yield _table("slices read from the cache's files", "data.memory_gb=0.0")


def _table(how: str, *changes: str) -> Table:
    settings = (f"model.architecture={NETWORK}", "model.pretrained=false", "optimize.epochs=1")
    config = load("leukoencephalopathy", changes=(*settings, *changes))
    contest = _run(config)
    size = config.optimize.batch_size
    loop, bare = (Timing(name, tuple(s)) for name, s in (("the loop", contest.loop_s), ("bare step", contest.bare_s)))
    speed = statistics.median(b / a for a, b in zip(loop.seconds, bare.seconds, strict=True))
    wait = sum(contest.wait_s) / sum(contest.loop_s)
    claim = (
        f"{100 * wait:.1f} % of a step waits for data (at most {100 * WAIT_BUDGET:g} %), {size / loop.median_s:.1f} "
        f"images/s are {100 * speed:.0f} % of the bare step's (at least {100 * SPEED_BUDGET:g} %)"
    )
    kept = wait <= WAIT_BUDGET and speed >= SPEED_BUDGET
    return Table(
        f"A training step of {NETWORK}, {size} {how}, {torch.get_num_threads()} threads", (loop, bare), claim, kept
    )


class _Contest(Callback):  # type: ignore[misc] # the library states no types
    """Times rounds of the loop's steps, and makes a round of bare steps after each."""

    def __init__(self, bare_step: Callable[[], object]) -> None:
        self.loop_s: list[float] = []
        self.bare_s: list[float] = []
        self.wait_s: list[float] = []
        self._bare_step = bare_step
        self._round, self._waited, self._since = 0.0, 0.0, time.perf_counter()

    def on_train_start(self, *_: Any) -> None:
        self._bare_step()
        self._since = _now()

    def on_train_batch_start(self, *_: Any) -> None:
        now = time.perf_counter()
        self._waited += now - self._since
        self._round += now - self._since
        self._since = now

    def on_train_batch_end(self, _trainer: Any, _module: Any, _outputs: Any, _batch: Any, batch_idx: int) -> None:
        now = _now()
        self._round += now - self._since
        # The first step warms up.
        if batch_idx == 0:
            self._round, self._waited = 0.0, 0.0
        elif batch_idx % STEPS == 0:
            self.loop_s.append(self._round / STEPS)
            self.wait_s.append(self._waited / STEPS)
            started = _now()
            for _ in range(STEPS):
                self._bare_step()
            self.bare_s.append((_now() - started) / STEPS)
            self._round, self._waited = 0.0, 0.0
        self._since = _now()


def _now() -> float:
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter()


def _bare_step(config: ExperimentConfig) -> Callable[[], object]:
    from trainer.training.fit import new_module
    from trainer.training.machine import Machine

    machine = Machine.of(config.optimize)
    twin = new_module(config, BUILTIN[config.data.recipe], judge=lambda _logits: {})
    twin.to(torch.device(machine.accelerator))
    optimizer = twin.configure_optimizers()
    shape = (config.optimize.batch_size, 3, SIDE, SIDE)
    pictures = torch.rand(shape, device=twin.device).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(shape[0], device=twin.device) % 2.0
    mixed = machine.precision == "bf16-mixed"

    def step() -> None:
        optimizer.zero_grad()
        with torch.autocast(machine.accelerator, torch.bfloat16, enabled=mixed):
            logits = twin.network(pictures)
        torch.nn.functional.binary_cross_entropy_with_logits(logits.float(), labels).backward()
        optimizer.step()

    return step


def _run(config: ExperimentConfig) -> _Contest:
    from trainer.training import fit

    contest = _Contest(_bare_step(config))
    callbacks = fit.all_callbacks
    with tempfile.TemporaryDirectory() as folder:
        content = _content(Path(folder))
        sides = fit.Sides(content, content.cases[:-1], content.cases[-1:])
        try:
            # First of all: what the others do with a batch is the loop's time.
            fit.all_callbacks = lambda *a, **k: [*callbacks(*a, **k), contest]
            fit.fit(
                config,
                BUILTIN[config.data.recipe],
                sides,
                run=Path(folder) / "run",
                judge=lambda _table: {"selection": 0.0},
                stream=io.StringIO(),
            )
        finally:
            fit.all_callbacks = callbacks
    return contest


def _content(folder: Path) -> CacheContent:
    """Prepared stacks of noise, just written and so in the system's memory; enough for the rounds."""
    chance = np.random.default_rng(0)
    count = -(-(1 + STEPS * ROUNDS) * 64 // DEPTH) + 1
    values = chance.random((DEPTH, SIDE, SIDE), np.float32)
    cases = []
    for case in range(count):
        np.save(folder / f"k{case}.npy", np.roll(values, case, axis=2))
        cases.append(
            PreparedCase(f"c{case}", case % 2, f"k{case}", (DEPTH, SIDE, SIDE), tuple(range(DEPTH)), (), f"p{case}")
        )
    return CacheContent(folder, tuple(cases))
