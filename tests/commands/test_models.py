"""``models`` and ``self-test`` tell what is installed, what is damaged and whether every engine agrees."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from leukoviewer import cli, paths
from leukoviewer.packages.archive import open_package
from leukoviewer.packages.install import pack


def _damage(package: Path) -> None:
    weights = package / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(bytes(data))


def test_a_package_is_listed_with_provenance_and_hash(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["models"]) == 0
    first, second = capfd.readouterr().out.splitlines()
    assert first.startswith("* tiny-1.0: binary, ")
    assert "trained on nothing: random weights" in first
    assert re.fullmatch(r"\s+sha256 [0-9a-f]{64}", second)
    assert models.is_dir()


def test_a_damaged_package_is_listed_with_the_reason(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _damage(models / "tiny-1.0")
    assert cli.run(["models"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("! tiny-1.0: ")
    assert str(paths.user_data() / "models") in lines[-1]


def test_a_package_of_the_user_is_found_too(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    own = paths.user_data() / "models"
    own.parent.mkdir(parents=True)
    models.rename(own)
    assert cli.run(["models"]) == 0
    assert capfd.readouterr().out.startswith("* tiny-1.0: ")


def test_a_model_is_added_listed_and_removed(models: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pack(open_package(models / "tiny-1.0"), tmp_path / "tiny.zip")
    shutil.rmtree(models / "tiny-1.0")
    assert cli.run(["models", "add", str(tmp_path / "tiny.zip")]) == 0
    assert capfd.readouterr().out.startswith("tiny-1.0 is installed")
    assert cli.run(["models", "list"]) == 0
    assert capfd.readouterr().out.startswith("* tiny-1.0: ")
    assert cli.run(["models", "add", str(tmp_path / "tiny.zip")]) == 2
    assert capfd.readouterr().err == "leukoviewer: The model tiny-1.0 is installed already.\n"
    assert cli.run(["models", "remove", "tiny-1.0"]) == 0
    assert capfd.readouterr().out == "tiny-1.0 is removed.\n"
    assert cli.run(["models"]) == 0
    assert capfd.readouterr().out.startswith("No usable model package")


def test_a_changed_file_is_not_added(models: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _damage(models / "tiny-1.0")
    assert cli.run(["models", "add", str(models / "tiny-1.0")]) == 1
    told = capfd.readouterr().err
    assert "weights.safetensors was changed" in told
    assert told.count("\n") == 1
    assert not list((paths.user_data() / "models").iterdir())


def test_the_self_test_agrees_on_every_engine_here(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["self-test"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert any(line.startswith("tiny-1.0: onnxruntime on cpu: agrees") for line in lines)
    assert any(line.startswith("tiny-1.0: torch on cpu: agrees") for line in lines)
    assert models.is_dir()


def test_the_self_test_can_be_asked_for_one_package(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _damage(shutil.copytree(models / "tiny-1.0", models / "other-1.0"))
    assert cli.run(["self-test", "--model", "tiny-1.0"]) == 0
    assert "other" not in capfd.readouterr().out


def test_a_damaged_package_fails_the_self_test(models: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _damage(models / "tiny-1.0")
    assert cli.run(["self-test"]) == 1
    told = capfd.readouterr()
    assert "tiny-1.0" in told.out
    assert told.err.count("\n") == 1


def test_without_any_package_the_self_test_says_where_one_belongs(
    models: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(models)
    assert cli.run(["self-test"]) == 1
    assert "No model is installed" in capfd.readouterr().err


@pytest.mark.parametrize(
    "line", [["self-test", "--model", "none-9"], ["analyze", ".", "--out", "x", "--model", "none-9"]]
)
def test_an_unknown_model_is_a_usage_error_that_names_the_known(
    models: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], line: list[str]
) -> None:
    from tests.phantom import write_phantom

    write_phantom(tmp_path / "dicom")
    where = {".": str(tmp_path / "dicom"), "x": str(tmp_path / "out")}
    assert cli.run([where.get(word, word) for word in line]) == 2
    assert "installed models: tiny-1.0" in capfd.readouterr().err
    assert not (tmp_path / "out").exists()
    assert models.is_dir()
