"""``leuko-trainer pretrain``: from drawn patients to starting weights that ``train`` takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leukoviewer.preprocessing.recipe import BUILTIN
from tests.trainer.phantom_cohort import write_cohort
from tests.trainer.simulation.conftest import few_slices, simulation_home, template, warm_home
from trainer.cli import run
from trainer.experiments.config import ExperimentConfig
from trainer.experiments.rundir import RunFolder
from trainer.export_run import TrainedRun
from trainer.training.start import START_FILE

__all__ = ["few_slices", "simulation_home", "template", "warm_home"]

pytestmark = pytest.mark.usefixtures("warm_home", "few_slices")

QUICK = (
    "model.architecture=resnet10t",
    "model.keep_variance=false",
    "model.layer_scale=0.0",
    "optimize.budget_minutes=0.0",
    "optimize.epochs=1",
    "optimize.sizes=[[0.0, 32]]",
    "optimize.precision='32-true'",
    "optimize.threads=1",
)


def _changes(*changes: str) -> list[str]:
    return [word for change in changes for word in ("--set", change)]


def _pretrain(root: Path, *more: str) -> int:
    places = ["--out", str(root / "start"), "--cache", str(root / "cache")]
    return run(["pretrain", *places, "--patients", "3", "--seed", "5", "--workers", "1", *_changes(*QUICK), *more])


def test_its_weights_begin_a_training_whose_provenance_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _pretrain(tmp_path) == 0
    assert str(tmp_path / "start" / START_FILE) in capsys.readouterr().out
    _, noted = RunFolder(tmp_path / "start").read_config()
    assert noted["pool"]["patients"] == 3
    assert noted["pool"]["seed"] == 5

    write_cohort(tmp_path / "cohort", patients=14)
    changes = _changes(
        "model.architecture=resnet10t",
        "data.recipe=leuko-a-brain",
        "data.slices_per_case=2",
        "optimize.epochs=1",
        "optimize.sizes=[[0.0, 32]]",
        "optimize.threads=1",
        "evaluate.resamples=20",
    )
    places = ["--data", str(tmp_path / "cohort"), "--out", str(tmp_path / "run"), "--cache", str(tmp_path / "cache")]
    assert run(["train", *places, "--start", str(tmp_path / "start"), "--workers", "1", *changes]) == 0
    details = dict(TrainedRun.read(tmp_path / "run").training().details)
    told = str(details["initial_weights"])
    assert told.startswith(
        "random, then shown the places of disease on simulated patients of no cohort (3 paper; seed 5"
    )
    assert "; 1 steps in " in told
    assert str(tmp_path) not in json.dumps(details)


def test_a_wish_that_cannot_be_met_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _pretrain(tmp_path, "--cohort", "nowhere") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "start").exists()


def test_a_run_of_another_simulator_is_not_carried_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = RunFolder(tmp_path / "start")
    recipe = BUILTIN["leuko-a"]
    pool = {"cohort": "paper", "seed": 5, "prevalence": 0.6, "patients": 3, "simulator_version": 1}
    folder.begin(ExperimentConfig(), about={"recipe": recipe.to_json(), "pool": pool})
    assert _pretrain(tmp_path, "--resume") == 2
    assert "begun with patients of the simulator's version 1" in capsys.readouterr().err


def test_a_start_that_is_none_is_told_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_cohort(tmp_path / "cohort", patients=4)
    places = ["--data", str(tmp_path / "cohort"), "--out", str(tmp_path / "run")]
    assert run(["train", *places, "--start", str(tmp_path / "nothing")]) == 2
    assert "holds no run" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
