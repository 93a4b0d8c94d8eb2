"""``leuko-trainer sentinel`` on phantom patients."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.trainer.phantom_cohort import write_cohort
from trainer.cli import run
from trainer.commands import sentinel
from trainer.data.splits import Split
from trainer.evaluation.bootstrap import Interval
from trainer.evaluation.sentinel import Finding

QUICK = (
    "data.plane_px=32",
    "optimize.epochs=1",
    "optimize.batch_size=16",
    "data.slices_per_case=2",
    "evaluate.slices_per_case=2",
    "evaluate.resamples=20",
    "data.shares=[0.5, 0.25, 0.25]",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("base")
    write_cohort(root / "cohort", patients=24)
    return root


def _sentinel(base: Path, out: Path, *more: str) -> int:
    changes = [word for change in QUICK for word in ("--set", change)]
    places = ["--data", str(base / "cohort"), "--out", str(out), "--cache", str(base / "cache"), "--workers", "1"]
    return run(["sentinel", *places, *changes, *more])


def test_both_learners_are_judged_and_the_findings_kept(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _sentinel(base, tmp_path / "out") == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in told] == ["likeness of slices", "resnet10t"]
    described = json.loads((tmp_path / "out" / "sentinel.json").read_text())
    assert described["split_sha256"] == Split.read(tmp_path / "out" / "network" / "split.json").sha256
    assert [one["patients"] for one in described["findings"]] == [12, 6]
    # So few patients cannot show a leak, and it says so instead of passing.
    assert {one["verdict"] for one in described["findings"]} == {"undecided"}
    assert all("too few patients" in line for line in told)


def test_what_is_carried_on_keeps_its_own_settings_and_split(base: Path, tmp_path: Path, capsys) -> None:
    ids = [str(1000 + i) for i in range(24)]
    split = Split({"train": tuple(ids[:12]), "validation": tuple(ids[12:16]), "test": tuple(ids[16:])})
    split.write(tmp_path / "split.json")
    only = ("--learner", "network")
    assert _sentinel(base, tmp_path / "out", *only, "--split", str(tmp_path / "split.json")) == 0
    first = (tmp_path / "out" / "sentinel.json").read_text()
    places = ["--data", str(base / "cohort"), "--out", str(tmp_path / "out"), "--cache", str(base / "cache")]
    assert run(["sentinel", *places, "--workers", "1", *only, "--resume"]) == 0
    assert (tmp_path / "out" / "sentinel.json").read_text() == first
    assert Split.read(tmp_path / "out" / "network" / "split.json").sha256 == split.sha256


def test_nothing_is_carried_on_where_nothing_was_begun(base: Path, tmp_path: Path, capsys) -> None:
    assert _sentinel(base, tmp_path / "out", "--resume") == 2
    assert "holds no run" in capsys.readouterr().err


def test_a_leak_ends_with_exit_code_one(base: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    leaking = Finding("likeness of slices", Interval(0.97, 0.9, 1.0), Interval(0.95, 0.9, 1.0), 0.7, 0.0005, 40)
    monkeypatch.setattr(sentinel, "_neighbors", lambda *_: leaking)
    assert _sentinel(base, tmp_path, "--learner", "neighbors") == 1
    assert "FAILED" in capsys.readouterr().out
    assert json.loads((tmp_path / "sentinel.json").read_text())["findings"][0]["verdict"] == "failed"


def test_a_split_that_leaks_openly_is_stopped_by_the_guard(base: Path, tmp_path: Path, capsys) -> None:
    ids = [str(1000 + i) for i in range(12)]
    Split({"train": tuple(ids[:6]), "validation": ("x", "y"), "test": tuple(ids[8:])}).write(tmp_path / "split.json")
    assert _sentinel(base, tmp_path / "out", "--split", str(tmp_path / "split.json")) == 2
    assert "None of the patients on the validation side" in capsys.readouterr().err
