"""``leuko-trainer train`` from DICOM files to a run folder, on phantom patients."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from tests.trainer.phantom_cohort import write_cohort, write_patient
from trainer.cli import run
from trainer.data.scores import ScoreTable
from trainer.data.splits import Split
from trainer.experiments.rundir import RunFolder

QUICK = (
    "model.architecture=resnet10t",
    "model.pretrained=false",
    "optimize.learning_rate=1e-3",
    "optimize.epochs=2",
    "optimize.batch_size=16",
    "optimize.sizes=[[0.0, 32]]",
    "optimize.threads=1",
    "data.slices_per_case=4",
    "evaluate.slices_per_case=2",
    "evaluate.resamples=20",
)
# On the test side of the split that the experiment makes.
TESTED = "1000"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("base")
    write_cohort(root / "cohort", patients=14)
    # Nobody of the training side was scanned like this one.
    shutil.rmtree(root / "cohort" / "patients" / TESTED)
    odd = {"kernel": "H70h", "thickness_mm": 7.5, "step_mm": 7.5}
    write_patient(root / "cohort" / "patients", int(TESTED) - 1000, label=int(TESTED) % 2, **odd)
    return root


def _train(base: Path, out: str, *more: str) -> int:
    changes = [word for change in QUICK for word in ("--set", change)]
    places = ["--data", str(base / "cohort"), "--out", str(base / out), "--cache", str(base / "cache")]
    return run(["train", *places, "--workers", "1", *changes, *more])


@pytest.fixture(scope="module")
def finished(base: Path) -> Path:
    assert _train(base, "run") == 0
    return base / "run"


def test_the_run_folder_holds_everything_that_the_export_needs(finished: Path) -> None:
    folder = RunFolder(finished)
    config, noted = folder.read_config()
    assert config.optimize.epochs == 2
    assert noted["data"]["simulated"] is True
    assert noted["data"]["patients"] == 14
    assert len(noted["recipe_digest"]) == 64
    state = torch.load(folder.best, weights_only=True)["state_dict"]
    assert all(name.startswith("network.") for name in state)


def test_a_run_without_enough_patients_leaves_its_folder_free(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cohort(tmp_path / "cohort", patients=2)
    for _ in range(2):
        assert _train(tmp_path, "run") == 2
        assert "side of the split would be empty, there are 2 patients in all" in capsys.readouterr().err
    assert list((tmp_path / "run").iterdir()) == []


def test_every_scored_slice_of_the_held_out_patients_has_its_logit(finished: Path) -> None:
    folder = RunFolder(finished)
    split = Split.read(folder.split)
    for part in ("validation", "test"):
        scores = ScoreTable.read(folder.scores(part))
        assert tuple(sorted(scores.patients)) == split.parts[part]
        # Patient 1000 + k has 6 + k slices; each label is its number's parity.
        for place, patient in enumerate(scores.patients):
            assert int((scores.patient == place).sum()) == 6 + int(patient) - 1000
            assert scores.patient_label[place] == int(patient) % 2


def test_the_figures_name_split_counts_and_training_range(finished: Path) -> None:
    folder = RunFolder(finished)
    figures = json.loads(folder.metrics.read_text())
    assert figures["split_sha256"] == Split.read(folder.split).sha256
    assert figures["train_patients"] == 10
    assert figures["test"]["patients"] == 2
    assert TESTED in Split.read(folder.split).parts["test"]
    assert figures["training_range"]["thickness_mm"] == [5.0, 5.0]
    assert figures["training_range"]["spacing_mm"] == [5.0, 5.0]
    assert figures["training_range"]["kernels"] == ["H30s"]


def test_a_finished_run_is_not_overwritten_and_may_be_evaluated_again(finished: Path, base: Path, capsys) -> None:
    best = (finished / "checkpoints" / "best.ckpt").read_bytes()
    figures = (finished / "metrics.json").read_text()
    assert _train(base, "run") == 2
    assert "not empty" in capsys.readouterr().err
    assert _train(base, "run", "--resume", "--set", "optimize.epochs=5") == 2
    assert "optimize.epochs is 2 there, 5 here" in capsys.readouterr().err
    assert _train(base, "run", "--resume") == 0
    assert (finished / "checkpoints" / "best.ckpt").read_bytes() == best
    assert (finished / "metrics.json").read_text() == figures


def test_a_stored_split_is_used_as_it_is(finished: Path, base: Path) -> None:
    assert _train(base, "other", "--split", str(finished / "split.json"), "--set", "data.split_salt=other") == 0
    assert (base / "other" / "split.sha256").read_text() == (finished / "split.sha256").read_text()


def test_a_split_that_leaks_stops_before_anything_is_trained(base: Path, tmp_path: Path, capsys) -> None:
    shutil.copytree(base / "cohort", tmp_path / "cohort")
    twin = tmp_path / "cohort" / "patients" / "1099"
    shutil.copytree(tmp_path / "cohort" / "patients" / "1001", twin)
    (twin / "1001.json").rename(twin / "1099.json")
    ids = [str(1000 + i) for i in range(14)]
    split = Split({"train": tuple(ids[:10]), "validation": (ids[10], ids[11]), "test": ("1012", "1013", "1099")})
    split.write(tmp_path / "split.json")
    places = ["--data", str(tmp_path / "cohort"), "--out", str(tmp_path / "run"), "--cache", str(base / "cache")]
    assert run(["train", *places, "--workers", "1", "--split", str(tmp_path / "split.json")]) == 1
    assert "leaks" in capsys.readouterr().err
    assert not (tmp_path / "run" / "checkpoints").exists()


@pytest.mark.parametrize(
    "more", [["--preset", "unknown"], ["--set", "data.recipe=leuko-z"], ["--experiment", "nothing"], ["--set", "x=1"]]
)
def test_an_impossible_request_is_one_sentence_and_exit_code_two(more: list[str], base: Path, capsys) -> None:
    assert _train(base, "never", *more) == 2
    assert capsys.readouterr().err.startswith("leuko-trainer: ")
    assert not (base / "never").exists()
