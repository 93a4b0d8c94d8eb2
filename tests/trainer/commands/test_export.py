"""``leuko-trainer export`` from its arguments to the package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from leukoviewer.core.progress import finish
from leukoviewer.inference.engine import batch_of
from leukoviewer.packages.install import install
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.store import PackageStore
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.trainer.finished_run import write_run
from tests.trainer.phantom_cohort import write_cohort
from trainer import cli
from trainer.data.cache import fill
from trainer.data.dataset import SliceTable, StackFiles
from trainer.data.scores import ScoreTable
from trainer.data.sources import simulated
from trainer.data.splits import Split
from trainer.experiments.rundir import RunFolder


def _export(tmp_path: Path, *more: str) -> int:
    arguments = ("export", str(tmp_path / "run"), "--out", str(tmp_path / "models"), "--name", "leuko", *more)
    return cli.run(arguments)


def test_it_writes_a_package_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(tmp_path / "run")
    assert _export(tmp_path, "--version", "0.1", "--note", "First.", "--note", "Second.") == 0
    package = PackageStore((tmp_path / "models",)).default()
    told = capsys.readouterr().out
    assert told.startswith("leuko-0.1: ")
    assert str(package.folder) in told
    assert package.sha256 in told
    assert "- First.\n- Second.\n" in package.card


def test_a_folder_without_a_run_ends_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _export(tmp_path, "--version", "0.1") == 2
    assert "holds no run of the trainer" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_impossible_version_ends_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(tmp_path / "run")
    assert _export(tmp_path, "--version", "first") == 1
    assert "version" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["--out", "--name", "--version"])
def test_folder_name_and_version_are_asked_for(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = {"--out": "d", "--name": "n", "--version": "1"}
    words = [word for key, value in given.items() if key != missing for word in (key, value)]
    with pytest.raises(SystemExit) as stopped:
        cli.run(["export", "run", *words])
    assert stopped.value.code == 2
    assert missing in capsys.readouterr().err


def test_8_bits_without_a_measure_of_their_cost_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(tmp_path / "run")
    assert _export(tmp_path, "--version", "0.1", "--precision", "int8") == 2
    assert "--data" in capsys.readouterr().err
    assert not (tmp_path / "models").exists()


def _scored_run(tmp_path: Path) -> Path:
    """A run whose saved test scores are those of its checkpoint on the test side of a cohort of phantoms."""
    cohort = write_cohort(tmp_path / "cohort", patients=4)
    network = write_run(tmp_path / "run")
    folder = RunFolder(tmp_path / "run")
    split = Split({"train": ("1000",), "validation": ("1001",), "test": ("1002", "1003")})
    split.write(folder.split)
    held = json.loads(folder.metrics.read_text())
    folder.metrics.write_text(json.dumps({**held, "split_sha256": split.sha256}))
    recipe = BUILTIN["leuko-a"]
    cases = [case for case in simulated.read_cases(cohort).cases if case.id in split.parts["test"]]
    content = finish(fill(cases, recipe, tmp_path / "cache"))
    table = SliceTable.of(content.cases)
    values = StackFiles(content, table).slices(np.arange(len(table)))
    with torch.no_grad():
        logits = network(torch.from_numpy(batch_of(values, recipe, Layout.SLICES)))
    ScoreTable.of(table, logits.numpy()).write(folder.scores("test"))
    return cohort


def test_what_8_bits_cost_is_measured_and_stands_in_the_card(tmp_path: Path) -> None:
    cohort = _scored_run(tmp_path)
    more = ("--data", str(cohort), "--cache", str(tmp_path / "cache"), "--workers", "1")
    archive = tmp_path / "leuko.zip"
    assert _export(tmp_path, "--version", "0.1", "--precision", "int8", *more, "--archive", str(archive)) == 0
    package = PackageStore((tmp_path / "models",)).default()
    cost = json.loads(package.evaluations()["precision.json"])
    assert (cost["stored"], cost["patients"], cost["auc_loss"]) == ("int8", 2, cost["auc_float32"] - cost["auc_stored"])
    assert 0 < cost["largest_logit_difference"] < 0.5
    assert f"moves by at most {cost['largest_logit_difference']:.3f}" in package.card
    assert install(archive, tmp_path / "installed").sha256 == package.sha256


def test_another_cohort_cannot_tell_what_it_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _scored_run(tmp_path)
    other = write_cohort(tmp_path / "other", patients=3)
    more = ("--data", str(other), "--cache", str(tmp_path / "cache"), "--workers", "1")
    assert _export(tmp_path, "--version", "0.1", "--precision", "int8", *more) == 2
    assert "is not the one of the run's test scores" in capsys.readouterr().err
    assert list((tmp_path / "models").iterdir()) == []
