"""A run of a few steps on twelve made-up cases, for tests and for the processes that they start, kill and compare.

``python -m tests.trainer.training.small_run FOLDER SETTINGS [KILL_AT]`` trains, and kills itself at that call of the
steps and saves of checkpoints, as a machine without power would.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from leukoviewer.preprocessing.depth import DepthWindow
from leukoviewer.preprocessing.intensity import Rescale
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.spatial import Resize
from trainer.data.cache import CacheContent, PreparedCase
from trainer.experiments.config import ExperimentConfig

DEPTH, SIDE = 4, 32
RECIPE = Recipe("tiny", (DepthWindow(DEPTH), Resize(SIDE, SIDE), Rescale()))


def write_stacks(folder: Path) -> CacheContent:
    """Twelve cases; positives hold a darker square in every slice."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(1)
    cases = []
    for case in range(12):
        values = np.clip(0.35 + chance.normal(0, 0.02, (DEPTH, SIDE, SIDE)), 0, 1).astype(np.float32)
        if case % 2:
            values[:, 8:20, 8:20] -= 0.2
        path = folder / f"k{case}.npy"
        if not path.exists():
            np.save(path, values)
        cases.append(
            PreparedCase(f"c{case}", case % 2, f"k{case}", (DEPTH, SIDE, SIDE), tuple(range(DEPTH)), (), f"p{case}")
        )
    return CacheContent(folder, tuple(cases))


def small_config(settings: dict[str, Any]) -> ExperimentConfig:
    """A tiny ConvNeXt with drop path, augmentation, averaged weights and a cosine; settings of ``optimize`` over it."""
    config = ExperimentConfig.from_json(
        {
            "model": {"architecture": "test_convnext", "pretrained": False},
            "augment": {"flip": True, "rotation_deg": 10.0, "noise": 0.02},
            "optimize": {"learning_rate": 3e-3, "batch_size": 8, "epochs": 5, "threads": 1, "accelerator": "cpu"},
        }
    )
    changed = {"schedule": "cosine", "warmup": 0.1, "ema": 0.9, "patience": 4, "checkpoint_steps": 1, **settings}
    return replace(config, optimize=replace(config.optimize, **changed))


def judge_means(table: Any) -> dict[str, float]:
    """The distance of the two classes."""
    mean = table.patient_mean(table.logit)
    return {"selection": float(mean[table.patient_label == 1].mean() - mean[table.patient_label == 0].mean())}


def train_small(folder: Path, settings: dict[str, Any], *, stream: Any = None) -> Path:
    """Train in ``folder/run`` on the stacks of ``folder`` (or carry on); return the best checkpoint."""
    from trainer.training.fit import Sides, fit

    content = write_stacks(folder)
    sides = Sides(content, content.cases[:8], content.cases[8:])
    return fit(
        small_config(settings), RECIPE, sides, run=folder / "run", judge=judge_means, stream=stream or io.StringIO()
    )


def digest(checkpoint: Path) -> str:
    """SHA-256 of all weights, averages and states of the optimizer in a checkpoint."""
    held = torch.load(checkpoint, weights_only=True)
    total = hashlib.sha256()
    _add(total, {name: held.get(name) for name in ("state_dict", "current_model_state", "optimizer_states")})
    return total.hexdigest()


def _add(total: Any, value: Any) -> None:
    if isinstance(value, torch.Tensor):
        total.update(value.contiguous().numpy().tobytes())
    elif isinstance(value, dict):
        for name in sorted(value, key=str):
            total.update(str(name).encode())
            _add(total, value[name])
    elif isinstance(value, list):
        for item in value:
            _add(total, item)
    else:
        total.update(repr(value).encode())


def die_at(call: int) -> None:
    """Let this process kill itself at a later call: of a training step, or of writing, renaming a checkpoint."""
    from trainer.training import checkpoints
    from trainer.training.module import Classifier

    left = [call]

    def counted(original: Any) -> Any:
        def acting(*arguments: Any, **settings: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **settings)

        return acting

    Classifier.training_step = counted(Classifier.training_step)  # type: ignore[method-assign]
    Classifier.validation_step = counted(Classifier.validation_step)  # type: ignore[method-assign]
    checkpoints.torch.save = counted(torch.save)
    Path.replace = counted(Path.replace)  # type: ignore[method-assign]


def main(words: list[str]) -> None:
    """Train as told."""
    if len(words) > 2:
        die_at(int(words[2]))
    train_small(Path(words[0]), json.loads(words[1]), stream=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
