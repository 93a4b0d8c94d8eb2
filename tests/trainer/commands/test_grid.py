"""``leuko-trainer grid`` and its cells, from DICOM files to tables, on phantom patients."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.trainer.phantom_cohort import FINDINGS, write_cohort
from trainer.cli import run
from trainer.data.scores import ScoreTable
from trainer.data.splits import Split
from trainer.experiments.grid_place import GridPlace
from trainer.experiments.rundir import RunFolder

# One family that learns for an epoch, one whose network does not exist.
DEFINITION = """
name = "small"
model = { architecture = "test_resnet", pretrained = false }
data = { plane_px = 32, slices_per_case = 4 }
optimize = { learning_rate = 1e-3, epochs = 1, batch_size = 16, patience = 0, threads = 1, precision = "32-true" }
evaluate = { slices_per_case = 2, resamples = 20 }

[grid]
seeds = 1
recipes = ["leuko-a"]
attempts = 1
[grid.families.resnet50]
title = "ResNet50"
[grid.families.densenet]
title = "DenseNet"
model = { architecture = "no_such_network" }
"""
GOOD, BAD = "resnet50-leuko-a-s00", "densenet-leuko-a-s00"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("base")
    write_cohort(root / "cohort", patients=14)
    (root / "small.toml").write_text(DEFINITION)
    return root


def _grid(base: Path, *more: str, out: str = "grid") -> int:
    places = ["--data", str(base / "cohort"), "--out", str(base / out), "--cache", str(base / "cache")]
    return run(["grid", *places, "--experiment", str(base / "small.toml"), "--workers", "2", *more])


@pytest.fixture(scope="module")
def finished(base: Path) -> Path:
    """Both cells were tried: exit code 5, since one is given up."""
    assert _grid(base) == 5
    return base / "grid"


def test_a_finished_cell_is_a_run_like_any_other_with_versions_and_its_place_in_the_grid(finished: Path) -> None:
    folder = GridPlace(finished).run(GOOD)
    config, noted = folder.read_config()
    assert (config.optimize.epochs, config.optimize.seed, config.optimize.threads) == (1, 0, 1)
    assert noted["cell"]["family"] == "ResNet50"
    assert noted["recipe_digest"] == noted["cell"]["recipe_digest"]
    assert "torch" in noted["versions"]
    assert folder.best.is_file()
    assert ScoreTable.read(folder.scores("test")).patients == Split.read(folder.split).parts["test"]


def test_all_cells_have_the_grids_split(finished: Path) -> None:
    place = GridPlace(finished)
    held = json.loads(place.file.read_text())
    assert held["split_sha256"] == Split.read(place.split).sha256 == Split.read(place.run(GOOD).split).sha256
    assert held["data"]["patients"] == 14


def test_the_failed_cell_is_reported_with_its_reason_and_did_not_stop_the_other(finished: Path) -> None:
    place = GridPlace(finished)
    assert place.is_finished(GOOD)
    assert not place.is_finished(BAD)
    note = json.loads(place.given_up(BAD).read_text())
    assert "no_such_network" in note["reason"]
    assert "no_such_network" in place.log(BAD).read_text()
    tables = "".join(path.read_text() for path in (finished / "tables").glob("*.md"))
    assert "no_such_network" in tables


def test_started_again_a_grid_does_nothing_that_is_done_and_says_what_failed(
    finished: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = (finished / "runs" / GOOD / "metrics.json").stat().st_mtime_ns
    assert run(["grid", "--data", str(base / "cohort"), "--out", str(finished), "--cache", str(base / "cache")]) == 5
    said = capsys.readouterr()
    assert "no_such_network" in said.out
    assert "1 of 2 cells failed" in said.err
    assert "--retry" in said.err
    assert (finished / "runs" / GOOD / "metrics.json").stat().st_mtime_ns == figures


def test_a_cell_that_is_finished_is_left_alone(finished: Path, base: Path) -> None:
    before = sorted((finished / "queue" / "claims").iterdir())
    assert run(["cell", str(finished), GOOD, "--data", str(base / "cohort"), "--cache", str(base / "cache")]) == 0
    assert sorted((finished / "queue" / "claims").iterdir()) == before


def test_a_cell_in_other_hands_is_left_to_them(finished: Path, base: Path) -> None:
    queue = GridPlace(finished).queue()
    claim = queue.claim(BAD)
    assert claim is not None
    assert run(["cell", str(finished), BAD, "--data", str(base / "cohort"), "--cache", str(base / "cache")]) == 75
    claim.path.unlink()


def test_the_plan_names_cells_patients_time_and_disk_and_runs_nothing(
    finished: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ["--only", "resnet50-*", "--plan"]
    assert _grid(base, *only) == 0
    said = capsys.readouterr().out
    assert "1 cells, 1 done" in said
    assert "14, 7 with the disease" in said
    assert "2 cells at once, 1 thread each" in said
    assert "nothing is left" in said
    assert "(from 1 finished)" in said
    assert "free" in said
    assert _grid(base, *only, out="never") == 0
    said = capsys.readouterr().out
    assert "(from a measured step)" in said
    assert "all that is left: about" in said
    assert not (base / "never").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--set", "optimize.epochs=2"], "other settings (optimize.epochs is None there, 2 here)"),
        (["--set", "optimize.epohcs=2"], "near it are optimize.epochs"),
        (["--only", "resnet50-leuko-a-s0"], "near it are resnet50-leuko-a-s00"),
        (["--workers", "0"], "--workers is 1 or more"),
        (["--address", "ray://x:1"], "--address is for --engine ray"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_with_the_way_out(
    more: list[str], said: str, finished: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _grid(base, *more) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_other_patients_are_refused_for_a_begun_grid(
    finished: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cohort(tmp_path / "cohort", patients=16)
    places = ["--data", str(tmp_path / "cohort"), "--out", str(finished), "--cache", str(base / "cache")]
    assert run(["grid", *places]) == 2
    assert "0 of its split are missing here, 2 here are new" in capsys.readouterr().err


def test_too_few_patients_of_one_kind_are_one_sentence(
    tmp_path: Path, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cohort(tmp_path / "cohort", patients=14)
    for report in sorted((tmp_path / "cohort" / "patients").glob("*/*.json"))[4:]:
        report.write_text(json.dumps({"finding": FINDINGS[0]}))
    places = ["--data", str(tmp_path / "cohort"), "--out", str(tmp_path / "grid"), "--cache", str(tmp_path / "cache")]
    assert run(["grid", *places, "--experiment", str(base / "small.toml")]) == 2
    assert "The validation side of the split holds no patient with the disease" in capsys.readouterr().err
    assert not (tmp_path / "grid" / "grid.json").exists()


def test_without_ray_there_is_one_sentence_before_anything_is_read(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert _grid(base, "--engine", "ray", out="never") == 2
    assert "Ray is not installed here" in capsys.readouterr().err
    assert not (base / "never").exists()


def test_a_cell_whose_folder_was_begun_with_other_settings_is_refused(
    finished: Path, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    shutil.copytree(finished, tmp_path / "grid", ignore=shutil.ignore_patterns("queue", "metrics.json"))
    config = RunFolder(tmp_path / "grid" / "runs" / GOOD).config
    held = json.loads(config.read_text())
    held["experiment"]["optimize"]["epochs"] = 9
    config.write_text(json.dumps(held))
    places = ["--data", str(base / "cohort"), "--cache", str(base / "cache")]
    assert run(["cell", str(tmp_path / "grid"), GOOD, *places]) == 2
    assert "other settings" in capsys.readouterr().err
    (ending,) = GridPlace(tmp_path / "grid").queue().failures(GOOD)
    assert not ending.carry_on
