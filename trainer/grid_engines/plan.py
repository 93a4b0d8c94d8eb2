"""What a grid will take, told before anything runs: cells, patients, time and disk."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainer.experiments.cell_queue import CellQueue, State
from trainer.experiments.config import ExperimentConfig
from trainer.experiments.grid import Cell
from trainer.experiments.grid_place import GridPlace
from trainer.experiments.recipes import recipe_of

# Start of a process, its libraries and its evaluation (measured on two cores: 6 to 10 s).
_START_S = 8.0
# A pass without gradients against one with them.
_FORWARD = 1 / 3
# What evaluation and checkpoints hold of a network: best and last, each weights and two moments of Adam, in float32.
_BYTES_A_WEIGHT = 2 * 3 * 4


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan.

    Attributes
    ----------
    states : mapping of str to State
        Of each wanted cell.
    seconds : mapping of str to float
        Of one cell, by family.
    measured : mapping of str to str
        By family, where the seconds come from.
    left_s : float
        All that is left to do, with so many cells at once.
    run_bytes, stack_bytes : int
        What the runs and the prepared stacks take on disk in the end.
    """

    states: Mapping[str, State]
    seconds: Mapping[str, float]
    measured: Mapping[str, str]
    left_s: float
    run_bytes: int
    stack_bytes: int


def make_plan(place: GridPlace, cells: Sequence[Cell], patients: int, *, queue: CellQueue, at_once: int) -> Plan:
    """Look at what is finished, and measure a step of each family of which nothing is.

    Parameters
    ----------
    place : GridPlace
        The grid's folder, which need not exist yet.
    cells : sequence of Cell
        The wanted ones.
    patients : int
        How many there are in all.
    queue : CellQueue
        Who works at what.
    at_once : int
        How many cells run beside each other.
    """
    states = {cell.run: queue.state(cell.run, finished=place.is_finished(cell)) for cell in cells}
    seconds: dict[str, float] = {}
    measured: dict[str, str] = {}
    weights: dict[str, int] = {}
    for cell in cells:
        if cell.family in weights:
            continue
        known = [queue.seconds(c.run) for c in cells if c.family == cell.family and states[c.run] is State.DONE]
        taken = [value for value in known if value]
        step_s, weights[cell.family] = probe(cell.config)
        seconds[cell.family] = statistics.fmean(taken) if taken else cell_seconds(cell.config, patients, step_s)
        measured[cell.family] = f"{len(taken)} finished" if taken else "a measured step"
    left = [seconds[cell.family] for cell in cells if states[cell.run] in (State.FREE, State.RUNNING)]
    return Plan(
        states,
        seconds,
        measured,
        left_s=max(sum(left) / max(1, at_once), max(left, default=0.0)),
        run_bytes=sum(weights[cell.family] for cell in cells) * _BYTES_A_WEIGHT,
        stack_bytes=sum(_stack_bytes(config) for config in _by_recipe(cells)) * patients,
    )


def probe(config: ExperimentConfig) -> tuple[float, int]:
    """Seconds of a training step for one slice or stack on random values, and the network's weights."""
    import torch

    from trainer.training.fit import new_network
    from trainer.training.tasks.classification import network_input

    recipe = recipe_of(config)
    plain = replace(config, model=replace(config.model, pretrained=False, start=""))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = new_network(plain, recipe).to(device)
    count = min(config.optimize.batch_size, 2 if config.model.layout == "volume" else 8)
    depth = (recipe.depth or 1,) if config.model.layout == "volume" else ()
    values = torch.rand((count, *(depth or (1,)), *recipe.plane_shape), device=device)
    inputs = network_input(values, recipe.channels, config.model.layout)
    took = 0.0
    for _ in range(2):  # the first one warms up
        begun = time.perf_counter()
        network(inputs).sum().backward()
        if device.type == "cuda":
            torch.cuda.synchronize()
        took = time.perf_counter() - begun
    return took / count, sum(parameter.numel() for parameter in network.parameters())


def cell_seconds(config: ExperimentConfig, patients: int, step_s: float) -> float:
    """What a cell takes when no early stop ends it.

    Parameters
    ----------
    config : ExperimentConfig
        The cell's.
    patients : int
        In all.
    step_s : float
        A training step for one slice or stack.
    """
    if config.optimize.budget_minutes > 0:
        return config.optimize.budget_minutes * 60 + _START_S
    volume = config.model.layout == "volume"
    depth = recipe_of(config).depth or 30
    train, validation, test = (patients * share for share in config.data.shares)
    shown = 1 if volume else min(depth, config.data.slices_per_case or depth)
    looked_at = 1 if volume else min(depth, config.evaluate.slices_per_case or depth)
    scored = (validation + test) * (1 if volume else depth)
    epoch_s = step_s * (train * shown + validation * looked_at * _FORWARD)
    return _START_S + config.optimize.epochs * epoch_s + step_s * scored * _FORWARD


def as_text(plan: Plan, about: Mapping[str, Any], *, out: Path, cache: Path) -> str:
    """The plan for the reader.

    Parameters
    ----------
    plan : Plan
        What was found.
    about : mapping
        ``title``, ``data`` and ``engine``: lines that the caller knows.
    out, cache : Path
        Where runs and stacks go, for the free space.
    """
    counts = {state: sum(held is state for held in plan.states.values()) for state in State}
    told = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    lines = [
        f"Grid    {about['title']}: {len(plan.states)} cells, {told}",
        f"Data    {about['data']}",
        f"Engine  {about['engine']}",
        *(
            f"{'' if place else 'Time':<8}{family}: {duration(plan.seconds[family])} a cell (from {where})"
            for place, (family, where) in enumerate(plan.measured.items())
        ),
        f"{'':<8}{_left(plan)}",
        f"Disk    runs {_size(plan.run_bytes)} in {out} ({_free(out, plan.run_bytes)})",
        f"{'':<8}prepared stacks {_size(plan.stack_bytes)} in {cache} ({_free(cache, plan.stack_bytes)})",
        "Cells",
        *(f"{'':<8}{run}  {state.value}" for run, state in plan.states.items()),
    ]
    return "\n".join(lines) + "\n"


def duration(seconds: float) -> str:
    """Seconds, minutes or hours in words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _by_recipe(cells: Sequence[Cell]) -> list[ExperimentConfig]:
    return list({cell.recipe_digest: cell.config for cell in cells}.values())


def _stack_bytes(config: ExperimentConfig) -> int:
    recipe = recipe_of(config)
    rows, columns = recipe.plane_shape
    return (recipe.depth or 30) * rows * columns * 4


def _free(place: Path, needed: int) -> str:
    existing = next(path for path in (place.resolve(), *place.resolve().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return f"{_size(free)} free" + ("" if free > needed else ": NOT ENOUGH")


def _left(plan: Plan) -> str:
    if plan.left_s == 0:
        return "nothing is left"
    return f"all that is left: about {duration(plan.left_s)}, early stops not counted"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{max(1, round(count / 1e6))} MB"
