"""``leuko-trainer simulate --report``: what it prints, what it writes, and a run's scores beside the probes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import UsageError
from tests.trainer.simulation.conftest import simulation_home, template, warm_home
from tests.trainer.simulation.report.conftest import folder, small_cohort, small_patients
from trainer import cli
from trainer.commands import simulate, simulation_report
from trainer.data.scores import ScoreTable
from trainer.experiments.rundir import RunFolder

__all__ = ["folder", "simulation_home", "small_cohort", "small_patients", "template", "warm_home"]


def _parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    simulate.add_parser(parser.add_subparsers(dest="command"))
    return parser.parse_args(["simulate", *arguments])


def _scores(run: Path) -> None:
    table = ScoreTable(
        ("19999900001", "19999900005"), np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([0, 0, 1]),
        np.array([-2.0, -1.0, 3.0]),
    )  # fmt: skip
    table.write(RunFolder(run).scores("test"))


@pytest.mark.usefixtures("warm_home")
def test_it_prints_every_figure_and_names_the_files(
    small_cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _scores(tmp_path / "run")
    arguments = ("--report", str(small_cohort), "--out", str(tmp_path / "out"), "--patients", "2", "--workers", "1")
    args = _parse(*arguments, "--scores", str(tmp_path / "run"), "--real", str(tmp_path / "away"))
    assert simulate.run(args) == 0
    said = capsys.readouterr().out
    held = json.loads((tmp_path / "out" / "report.json").read_text())
    assert len(said.splitlines()) == len(held["figures"]) + 1
    assert "shown    Probes: A trained model: 1.000" in said
    assert f"figures inside their range, {held['verdicts']['outside']} outside" in said.splitlines()[-1]
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_run_without_scores_is_told_before_the_work(small_cohort: Path, tmp_path: Path) -> None:
    args = _parse("--report", str(small_cohort), "--scores", str(tmp_path))
    with pytest.raises(UsageError, match="holds no test scores; give the folder of a finished run"):
        simulation_report.run_report(args, finish)
    assert not (small_cohort / "report.html").exists()


def test_no_cohort_is_one_sentence_and_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["simulate", "--report", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "holds no simulated cohort; make one with leuko-trainer simulate." in said
    assert list(tmp_path.iterdir()) == []


def test_a_model_scores_a_patient_as_its_own_evaluation_does(tmp_path: Path) -> None:
    _scores(tmp_path)
    assert simulation_report._scores(tmp_path) == {"19999900001": -1.0, "19999900005": 3.0}
