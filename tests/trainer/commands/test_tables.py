"""``leuko-trainer tables`` on a grid's folder: files, what it prints, exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.trainer.grid_fixture import write_grid
from trainer.cli import run


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_grid(tmp_path_factory.mktemp("grid") / "g", seeds=1, patients=8, unfinished=("resnet50-leuko-c-s00",))


def test_the_tables_are_written_beside_the_runs_and_printed(grid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(grid / "tables", ignore_errors=True)
    assert run(["tables", str(grid), "--resamples", "100"]) == 0
    names = {path.name for path in (grid / "tables").iterdir()}
    assert names == {"tables.md", "tables.json", "accuracy.csv", "figures.csv", "report.html"}
    told = capsys.readouterr().out
    assert "Table 1, validation: accuracy by slice in %, simulated patients" in told
    assert "[1] ResNet50, C: 0 of 1 runs (seed 0 not begun)." in told
    assert "report.html" in told


def test_another_folder_is_taken_with_out(grid: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tables", str(grid), "--out", str(tmp_path / "here"), "--resamples", "100"]) == 0
    assert (tmp_path / "here" / "report.html").is_file()
    capsys.readouterr()


@pytest.mark.parametrize(("options", "words"), [((), "holds no grid"), (("--resamples", "5"), "at least 100 draws")])
def test_wrong_requests_end_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    assert run(["tables", str(tmp_path), *options]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told
