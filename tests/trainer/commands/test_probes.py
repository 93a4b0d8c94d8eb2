"""``leuko-trainer probes`` on phantom patients."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.trainer.phantom_cohort import write_cohort
from trainer.cli import run
from trainer.data.splits import Split


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("base")
    write_cohort(root / "cohort", patients=14)
    return root


def _probes(base: Path, out: Path, *more: str) -> int:
    places = ["--data", str(base / "cohort"), "--out", str(out), "--cache", str(base / "cache"), "--workers", "1"]
    return run(["probes", *places, *more])


def test_the_probes_stand_beside_the_run_whose_split_they_use(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [str(1000 + i) for i in range(14)]
    split = Split({"train": tuple(ids[:8]), "validation": tuple(ids[8:10]), "test": tuple(ids[10:])})
    split.write(tmp_path / "split.json")
    assert _probes(base, tmp_path) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told] == ["atrophy", "skull", "acquisition"]
    described = json.loads((tmp_path / "probes.json").read_text())
    assert described["split_sha256"] == split.sha256
    assert all(one["patients"] == 4 for one in described["probes"])
    assert all({"name", "auc", "low", "high", "patients", "what"} <= set(one) for one in described["probes"])


def test_without_a_stored_split_the_experiments_own_is_made(base: Path, tmp_path: Path) -> None:
    assert _probes(base, tmp_path / "out") == 0
    described = json.loads((tmp_path / "out" / "probes.json").read_text())
    assert all(one["patients"] == 2 for one in described["probes"])


def test_a_split_that_cannot_be_read_is_one_sentence(base: Path, tmp_path: Path, capsys) -> None:
    assert _probes(base, tmp_path, "--split", str(tmp_path / "absent.json")) == 2
    assert "cannot be read; make it again" in capsys.readouterr().err
