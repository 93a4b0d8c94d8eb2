"""Reads a run's folder for its export: the best network, where it comes from, how good it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch._weights_only_unpickler import UnpicklingError  # type: ignore[attr-defined] # what torch.load raises

from leukoviewer.errors import UsageError
from leukoviewer.inference.networks import Network, build_network
from leukoviewer.packages.fields import Detail
from leukoviewer.packages.provenance import Calibration, Metric, PatientCalibration, Training, TrainingRange
from leukoviewer.preprocessing.recipe import Recipe
from trainer.data.scores import ScoreTable
from trainer.evaluation import metrics
from trainer.evaluation.operating_point import choose
from trainer.evaluation.patient_calibration import fit
from trainer.evaluation.report import TITLES, evaluate
from trainer.experiments.config import ExperimentConfig
from trainer.experiments.rundir import RunFolder
from trainer.simulation.pool import PoolPart

# In checkpoints the network is a part of Lightning's module.
_PREFIX = "network."


@dataclass(frozen=True, slots=True, eq=False)
class TrainedRun:
    """A finished run.

    Attributes
    ----------
    folder : RunFolder
        Where it lies.
    config : ExperimentConfig
        What was asked.
    noted : mapping
        The rest of its ``config.json``: data, recipe, versions, start.
    figures : mapping
        Its ``metrics.json``.
    checkpoint : mapping
        Its best checkpoint.
    """

    folder: RunFolder
    config: ExperimentConfig
    noted: Mapping[str, Any]
    figures: Mapping[str, Any]
    checkpoint: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> TrainedRun:
        """Read a run's folder.

        Raises
        ------
        UsageError
            It holds no finished run.
        """
        folder = RunFolder(path)
        config, noted = folder.read_config()
        try:
            figures = json.loads(folder.metrics.read_text(encoding="utf-8"))
            checkpoint = torch.load(folder.best, map_location="cpu", weights_only=True)
        except (OSError, ValueError, LookupError, RuntimeError, EOFError, UnpicklingError) as error:
            message = f"The run in {path.name} is not finished; carry it on with leuko-trainer train --resume."
            raise UsageError(message, thing=path) from error
        return cls(folder, config, noted, _of_today(folder, config, figures), checkpoint)

    def network(self) -> Network:
        """The network with the best weights, in evaluation mode.

        Raises
        ------
        UsageError
            The checkpoint is of another network than the experiment names.
        """
        network = build_network(self.config.model.architecture, in_channels=len(self.recipe().channels.mean))
        stored: Mapping[str, torch.Tensor] = self.checkpoint["state_dict"]
        state = {name.removeprefix(_PREFIX): value for name, value in stored.items() if name.startswith(_PREFIX)}
        try:
            network.load_state_dict(state)
        except RuntimeError as error:
            message = f"The checkpoint of {self.folder.path.name} does not fit {self.config.model.architecture}."
            raise UsageError(message, thing=self.folder.best) from error
        return network.eval()

    def recipe(self) -> Recipe:
        """The preprocessing that the run used, as it was then."""
        return Recipe.from_json(self.noted["recipe"])

    def training(self) -> Training:
        """Provenance."""
        data = self.noted["data"]
        details: dict[str, Detail] = {
            "experiment": self.config.name,
            **{f"cohort_{key}": value for key, value in data.get("cohort", {}).items()},
            "patients": int(data["patients"]),
            "patients_with_the_disease": int(data["positive"]),
            "patients_to_train": int(self.figures["train_patients"]),
            "patients_to_validate": int(self.figures["validation"]["patients"]),
            "patients_to_test": int(self.figures["test"]["patients"]),
            "split_sha256": str(self.figures["split_sha256"]),
            "initial_weights": self._initial_weights(),
            **self._loop(),
            "started": str(self.noted.get("started", "")),
            **{f"version_of_{name}": str(self.noted["versions"][name]) for name in ("torch", "timm", "leukoviewer")},
        }
        config_hash = hashlib.sha256(self.folder.config.read_bytes()).hexdigest()
        run = f"{self.config.name}-{config_hash[:12]}"
        return Training(run, str(data["description"]), bool(data["simulated"]), tuple(details.items()))

    def _loop(self) -> dict[str, Detail]:
        """How it was trained on these patients; nothing where a start is read out as it is."""
        settings = self.config.optimize
        if settings.epochs == 0:
            return {"epochs": 0}
        return {
            "optimizer": settings.optimizer,
            "learning_rate": settings.learning_rate,
            "batch_size": settings.batch_size,
            "epochs": int(self.checkpoint.get("epoch", 0)) + 1,
            "steps": int(self.checkpoint.get("global_step", 0)),
            "minutes": round(float(self.checkpoint.get("spent_s", 0)) / 60, 1),
            "seed": settings.seed,
        }

    def _initial_weights(self) -> str:
        start = self.noted.get("start")
        if start is None:
            return "ImageNet (timm)" if self.config.model.pretrained else "random"
        return f"random, {_shown(start)}"

    def metrics(self) -> tuple[Metric, ...]:
        """Held-out figures by patient and by slice, test first."""
        return tuple(
            _metric(key, name, by=by, split=split, side=self.figures[split])
            for split in ("test", "validation")
            for by in ("patient", "slice")
            for key, name in TITLES.items()
            if self.figures[split][by].get(key, {}).get("value") is not None
        )

    def calibration(self) -> Calibration:
        """The temperature found on validation."""
        found = self.figures["calibration"]
        return Calibration(float(found["temperature"]), f"{found['fitted_on']}, {self.noted['data']['description']}")

    def patient_calibration(self) -> PatientCalibration | None:
        """How a patient's logits become a probability, fitted on validation's saved scores; None without them."""
        stored = self.folder.scores("validation")
        if not stored.is_file():
            return None
        where = f"validation patients, {self.noted['data']['description']}"
        found = fit(ScoreTable.read(stored), fitted_on=where)
        return replace(found, slope=round(found.slope, 6), offset=round(found.offset, 6))

    def operating_point(self) -> tuple[float, int, str]:
        """Slice threshold, the paper's t, and how they were chosen."""
        point = self.figures["operating_point"]
        how = f"chosen on {point['chosen_on']} for a sensitivity of at least {point['asked_sensitivity']:.0%}"
        return float(point["slice_threshold"]), int(point["needed"]), how

    def training_range(self) -> TrainingRange:
        """What its series were like."""
        found = self.figures["training_range"]
        return TrainingRange(_pair(found["thickness_mm"]), _pair(found["spacing_mm"]), tuple(found["kernels"]))


def _of_today(folder: RunFolder, config: ExperimentConfig, figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """The run's figures, anew from its saved scores where today's rule chooses another operating point.

    The run itself is left as it is.
    """
    stored = [folder.scores(part) for part in ("validation", "test")]
    if not all(path.is_file() for path in stored):
        return figures
    validation, test = (ScoreTable.read(path) for path in stored)
    scores = metrics.sigmoid(validation.logit / float(figures["calibration"]["temperature"]))
    asked = config.evaluate.sensitivity
    point = choose(validation, scores, least_sensitivity=asked)
    noted = figures["operating_point"]
    if (noted["slice_threshold"], noted["needed"]) == (point.slice_threshold, point.needed):
        return figures
    settings = config.evaluate
    anew = evaluate(
        validation,
        test,
        least_sensitivity=asked,
        resamples=settings.resamples,
        confidence=settings.confidence,
        slice_temperature=settings.slice_temperature,
    )
    return {**figures, **anew}


def _metric(key: str, name: str, *, by: str, split: str, side: Mapping[str, Any]) -> Metric:
    found = side[by][key]
    interval = None if found.get("low") is None or found.get("high") is None else (found["low"], found["high"])
    return Metric(name, by, split, int(side["patients"]), float(found["value"]), interval)


def _pair(values: Any) -> tuple[float, float] | None:
    return None if values is None else (float(values[0]), float(values[1]))


def _shown(start: dict[str, Any]) -> str:
    """How starting weights were made, the earliest run first."""
    before = f"{_shown(start['start'])}; " if "start" in start else ""
    pool, loop = start["pool"], start.get("loop")
    drawn = " and ".join(str(PoolPart(**part)) for part in pool["parts"])
    told = "" if loop is None else f"; {loop['steps']} steps in {loop['minutes']} minutes"
    return (
        f"{before}then shown the places of disease on simulated patients of no cohort ({drawn}; simulator "
        f"{pool['simulator_version']}){told}; SHA-256 {start['sha256'][:16]}"
    )
