"""Two processes that train together do what one does alone."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.trainer.phantom_cohort import write_cohort
from trainer.cli import run
from trainer.experiments.config import OptimizeConfig
from trainer.experiments.rundir import RunFolder
from trainer.training.processes import is_first

# Without batch normalization, whose statistics are of the part of the batch that a process sees.
SETTINGS = (
    "model.architecture=test_convnext",
    "model.pretrained=false",
    "augment.noise=0.02",
    "optimize.learning_rate=1e-3",
    "optimize.epochs=3",
    "optimize.batch_size=10",
    "optimize.sizes=[[0.0, 32]]",
    "optimize.threads=1",
    "optimize.accelerator=cpu",
    "data.slices_per_case=4",
    "evaluate.slices_per_case=3",
    "evaluate.batch_size=4",
    "evaluate.resamples=10",
)


def _words(base: Path, out: str, *more: str) -> list[str]:
    changes = [word for change in (*SETTINGS, *more) for word in ("--set", change)]
    places = ["--data", str(base / "cohort"), "--out", str(base / out), "--cache", str(base / "cache")]
    return ["train", *places, "--workers", "1", *changes]


def _curve(run_folder: Path) -> list[tuple[float, float]]:
    rows = csv.DictReader((run_folder / "log" / "metrics.csv").read_text().splitlines())
    return [(float(row["loss"]), float(row["selection"])) for row in rows]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort, and the run of one process."""
    root = tmp_path_factory.mktemp("base")
    write_cohort(root / "cohort", patients=14)
    assert run(_words(root, "one")) == 0
    return root


def test_parts_that_fit_the_device_give_the_curve_of_the_whole_batch(base: Path) -> None:
    assert run(_words(base, "parts", "optimize.micro_batch=4")) == 0
    _same_curve(base / "parts", base / "one")


@pytest.mark.timeout(900)  # two processes that import torch take long on a busy machine
def test_two_processes_give_the_curve_and_weights_of_one_with_the_same_batch(base: Path) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    words = _words(base, "two", "optimize.devices=2")
    found = subprocess.run(
        [sys.executable, "-m", "trainer", *words], check=False, capture_output=True, text=True, env=environment
    )
    assert found.returncode == 0, found.stderr
    _same_curve(base / "two", base / "one")
    assert found.stdout.count("all in") == 1, "only the first process tells and writes"
    weights = [torch.load(RunFolder(base / name).best, weights_only=True)["state_dict"] for name in ("one", "two")]
    for name, weight in weights[0].items():
        torch.testing.assert_close(weights[1][name], weight, rtol=1e-3, atol=2e-4, msg=name)
    assert (base / "two" / "split.sha256").read_text() == (base / "one" / "split.sha256").read_text()


def _same_curve(found: Path, expected: Path) -> None:
    one, other = _curve(expected), _curve(found)
    assert len(one) == len(other) == 3
    assert one[0][0] != pytest.approx(one[2][0], rel=1e-3), "the loss moves, so that the comparison means something"
    for before, after in zip(one, other, strict=True):
        assert after == pytest.approx(before, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(
    ("devices", "nodes", "environment", "first"),
    [
        (1, 1, {}, True),
        (1, 1, {"SLURM_PROCID": "3", "LOCAL_RANK": "2"}, True),
        (2, 1, {}, True),
        (2, 1, {"LOCAL_RANK": "1"}, False),
        (0, 1, {"LOCAL_RANK": "1"}, False),
        (1, 2, {"NODE_RANK": "1"}, False),
        (2, 2, {"RANK": "0", "LOCAL_RANK": "0"}, True),
        (2, 2, {"RANK": "2", "LOCAL_RANK": "0"}, False),
        (2, 2, {"SLURM_PROCID": "1"}, False),
        (2, 1, {"LOCAL_RANK": "odd"}, True),
    ],
)
def test_one_process_of_a_run_writes(
    devices: int, nodes: int, environment: dict[str, str], first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RANK", "SLURM_PROCID", "NODE_RANK", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert is_first(OptimizeConfig(devices=devices, nodes=nodes)) is first
