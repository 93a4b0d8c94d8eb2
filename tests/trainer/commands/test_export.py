"""``leuko-trainer export`` from its arguments to the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer.packages.store import PackageStore
from tests.trainer.finished_run import write_run
from trainer import cli


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
