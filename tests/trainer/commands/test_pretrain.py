"""``leuko-trainer pretrain``: from drawn patients to starting weights that ``train`` takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from safetensors.torch import load_file

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
# Of a run that goes on: so little that its weights stay near those it began with.
SHORT = ("optimize.learning_rate=1e-6",)


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
    assert noted["pool"]["parts"][0]["patients"] == 3
    assert noted["pool"]["parts"][0]["seed"] == 5

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
        "random, then shown the places of disease on simulated patients of no cohort (3 paper, seed 5; simulator "
    )
    assert "; 1 steps in " in told
    assert str(tmp_path) not in json.dumps(details)


def test_a_wish_that_cannot_be_met_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _pretrain(tmp_path, "--cohort", "nowhere") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "start").exists()


def test_no_epochs_are_refused_before_a_patient_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _pretrain(tmp_path, *_changes("optimize.epochs=0")) == 2
    assert "pretrain needs at least one epoch" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_run_of_another_simulator_is_not_carried_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = RunFolder(tmp_path / "start")
    recipe = BUILTIN["leuko-a"]
    part = {"cohort": "paper", "seed": 5, "prevalence": 0.6, "patients": 3, "finding": ""}
    pool = {"parts": [part], "simulator_version": 1}
    folder.begin(ExperimentConfig(), about={"recipe": recipe.to_json(), "pool": pool})
    assert _pretrain(tmp_path, "--resume") == 2
    assert "begun with patients of the simulator's version 1" in capsys.readouterr().err


def test_a_start_that_is_none_is_told_before_any_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_cohort(tmp_path / "cohort", patients=4)
    places = ["--data", str(tmp_path / "cohort"), "--out", str(tmp_path / "run")]
    assert run(["train", *places, "--start", str(tmp_path / "nothing")]) == 2
    assert "holds no run" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_run_goes_on_from_another_with_other_patients_and_tells_both(tmp_path: Path) -> None:
    assert _pretrain(tmp_path) == 0
    (tmp_path / "start").rename(tmp_path / "first")
    wish = "paper=2,seed=6,prevalence=0,finding=hemorrhage"
    assert _pretrain(tmp_path, "--besides", wish, "--start", str(tmp_path / "first"), *_changes(*SHORT)) == 0
    config, noted = RunFolder(tmp_path / "start").read_config()
    assert config.model.start == str(tmp_path / "first")
    first, second = noted["pool"]["parts"]
    assert (first["patients"], first["seed"], first["finding"]) == (3, 5, "")
    assert second == {"cohort": "paper", "patients": 2, "seed": 6, "prevalence": 0.0, "finding": "hemorrhage"}
    assert noted["start"]["pool"]["parts"] == [first]
    before, after = (load_file(tmp_path / run / START_FILE) for run in ("first", "start"))
    moved = max(float((after[name] - before[name]).abs().max()) for name in before if name.endswith("weight"))
    assert 0 < moved < 1e-3


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ("stress", "is not like"),
        ("stress=few", "is not like"),
        ("stress=3,color=red", "is not like"),
        ("stress=3,seed=one", "holds what is no number"),
    ],
)
def test_other_patients_that_are_not_named_rightly_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wish: str, says: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        _pretrain(tmp_path, "--besides", wish)
    assert says in capsys.readouterr().err
    assert not (tmp_path / "start").exists()


def test_a_finding_that_is_not_simulated_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _pretrain(tmp_path, "--besides", "stress=3,finding=headache") == 2
    assert "There is no finding named 'headache'; choose one of calcified_pineal" in capsys.readouterr().err
    assert not (tmp_path / "start").exists()
