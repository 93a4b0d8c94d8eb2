"""The folder of a grid as training leaves it, with scores drawn by chance instead of the hours of training."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from leukoviewer import atomic
from trainer.data.scores import ScoreTable

FAMILIES = {
    "ResNet50": "resnet10t",
    "ResNet50 3D": "resnet10_3d",
    "ConvNeXt": "convnext_atto",
    "DenseNet": "densenet_tiny",
}
RECIPES = ("leuko-a", "leuko-b", "leuko-c")
# How far the logits of the two classes lie apart.
STRENGTH = {"leuko-a": 1.2, "leuko-b": 0.5, "leuko-c": 0.9}


def scores(seed: int, *, strength: float = 1.0, patients: int = 24, slices: int = 6) -> ScoreTable:
    """Patients p0, p1, ... with and without the disease in turn; ``slices`` 0 for one answer a patient."""
    chance = np.random.default_rng(seed)
    labels = np.arange(patients) % 2
    count = max(1, slices)
    own = chance.normal(0, 1, (patients, 1))
    logits = chance.normal(0, 1, (patients, count)) + own + strength * (2 * labels - 1)[:, None]
    patient = np.repeat(np.arange(patients), count)
    index = np.tile(np.arange(count), patients) if slices else np.full(patients, -1)
    return ScoreTable(tuple(f"p{i}" for i in range(patients)), patient, index, labels[patient], logits.ravel())


def write_run(folder: Path, tables: dict[str, ScoreTable], *, epochs: int = 4) -> None:
    """A finished run: scores, configuration, log, and a file where the weights would be."""
    for side, table in tables.items():
        table.write(folder / "scores" / f"{side}.csv")
    atomic.write_json(folder / "config.json", {"schema": "leukoviewer.run/1"})
    lines = ["epoch,loss,patient_auc,selection,slice_auc,step,val_loss"]
    for epoch in range(epochs):
        fit = 0.7 * 0.8**epoch
        lines += [f"{epoch},,{0.9 - fit / 4},0.8,0.7,{epoch},{fit + 0.05}", f"{epoch},{fit},,,,{epoch},"]
    atomic.write_text(folder / "log" / "metrics.csv", "\n".join(lines) + "\n")
    atomic.write_bytes(folder / "checkpoints" / "best.ckpt", b"weights")


def write_grid(path: Path, *, seeds: int = 2, unfinished: Sequence[str] = (), patients: int = 24) -> Path:
    """A grid of four families, three recipes and some seeds; runs named in ``unfinished`` have no scores."""
    cells = []
    for seed in range(seeds):
        for family, architecture in FAMILIES.items():
            for recipe in RECIPES:
                name = f"{family.lower().replace(' ', '_')}-{recipe}-s{seed:02d}"
                layout = "volume" if family.endswith("3D") else "slices"
                cells.append(
                    {
                        "run": name, "family": family, "architecture": architecture, "layout": layout,
                        "recipe": recipe, "recipe_digest": "ab" * 32, "seed": seed,
                    }
                )  # fmt: skip
                if name not in unfinished:
                    write_run(path / "runs" / name, _tables(len(cells), recipe, layout, patients))
    data = {"description": "simulated patients", "simulated": True, "patients": 160, "positive": 80}
    held = {
        "schema": "leukoviewer.grid/1",
        "experiment": {"name": "leuko"},
        "preset": "tiny",
        "cells": cells,
        "data": data,
    }
    atomic.write_json(path / "grid.json", held)
    return path


def set_scores(path: Path, run: str, side: str, table: ScoreTable) -> None:
    """Replace the scores of a run."""
    table.write(path / "runs" / run / "scores" / f"{side}.csv")


def read_json(path: Path) -> dict:  # type: ignore[type-arg]
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def _tables(number: int, recipe: str, layout: str, patients: int) -> dict[str, ScoreTable]:
    slices = 0 if layout == "volume" else 6
    return {
        side: scores(10 * number + place, strength=STRENGTH[recipe], patients=patients, slices=slices)
        for place, side in enumerate(("validation", "test"))
    }
