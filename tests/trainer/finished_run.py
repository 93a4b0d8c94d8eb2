"""The folder of a finished run, as the trainer leaves it, without the hours of training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from leukoviewer import atomic
from leukoviewer.inference.networks import Network
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.packages_fixture import varied_network
from trainer.data.scores import ScoreTable
from trainer.evaluation.report import evaluate
from trainer.experiments.config import load
from trainer.experiments.rundir import RunFolder

ARCHITECTURE = "test_convnext"


def write_run(path: Path, *, changes: tuple[str, ...] = ()) -> Network:
    """Write it, and return the network whose weights its checkpoint holds."""
    settings = (f"model.architecture={ARCHITECTURE}", "model.pretrained=false", "optimize.seed=5", *changes)
    config = load("leukoencephalopathy", changes=settings)
    folder = RunFolder(path)
    recipe = BUILTIN[config.data.recipe]
    data = {"description": "simulated patients", "simulated": True, "patients": 60, "positive": 30, "left_out": {}}
    data["cohort"] = {"name": "paper", "seed": 2026}
    folder.begin(config, about={"recipe": recipe.to_json(), "recipe_digest": recipe.digest, "data": data})
    network = varied_network(ARCHITECTURE)
    state = {f"network.{name}": value for name, value in network.state_dict().items()}
    folder.best.parent.mkdir()
    torch.save({"state_dict": state, "epoch": 6, "global_step": 420, "spent_s": 90.0}, folder.best)
    figures = evaluate(drawn_scores(1), drawn_scores(2), least_sensitivity=0.95, resamples=20, confidence=0.95)
    span = {"thickness_mm": [3.0, 5.0], "spacing_mm": [3.0, 5.0], "kernels": ["SIM-SOFT"], "left_out": {}}
    about = {"split_sha256": "ab" * 32, "train_patients": 42, "training_range": span}
    atomic.write_json(folder.metrics, {**figures, **about})
    return network


def drawn_scores(seed: int) -> ScoreTable:
    """Ten patients of six slices, the diseased ones mostly higher."""
    chance = np.random.default_rng(seed)
    patient = np.repeat(np.arange(10), 6)
    label = patient % 2
    logit = chance.normal(size=60) + 2.0 * label
    return ScoreTable(tuple(f"P{i}" for i in range(10)), patient, np.tile(np.arange(6), 10), label, logit)
