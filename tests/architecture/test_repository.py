"""The checkout stays small, and nothing that was built lies in it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

MIB = 1024 * 1024
TOP_LEVEL = {
    "pyproject.toml", "leukoviewer", "trainer", "resources", "tests", "packaging", "README.md",
    "Makefile", "LICENSE", ".ci", ".github", ".gitignore",
}  # fmt: skip


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    if not (repository / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, check=True, capture_output=True, text=True)
    return [repository / name for name in listed.stdout.split("\0") if name and (repository / name).is_file()]


def test_the_top_level_is_the_agreed_one(repository: Path, tracked: list[Path]) -> None:
    assert {path.relative_to(repository).parts[0] for path in tracked} <= TOP_LEVEL


def test_no_file_is_over_30_megabytes(tracked: list[Path]) -> None:
    assert [path for path in tracked if path.stat().st_size > 30_000_000] == []


def test_the_files_are_under_60_mebibytes(tracked: list[Path]) -> None:
    assert sum(path.stat().st_size for path in tracked) < 60 * MIB


def test_the_history_is_under_60_mebibytes(repository: Path, tracked: list[Path]) -> None:
    """As git sends it. What a clone takes on the disk is no measure: it depends on how the other side packed it."""
    usual = ["-c", "core.compression=-1", "-c", "pack.compression=-1", "-c", "core.bigFileThreshold=512m"]
    pack = ["pack-objects", "--revs", "--stdout", "-q", "--window=10", "--depth=50", "--delta-base-offset"]
    line = ["git", *usual, *pack, "--no-reuse-delta", "--no-reuse-object"]
    packed = subprocess.run(line, cwd=repository, check=True, capture_output=True, input=b"HEAD\n").stdout
    assert tracked
    assert packed.startswith(b"PACK")
    assert len(packed) < 60 * MIB


def test_the_demo_patient_is_at_most_6_megabytes(repository: Path, tracked: list[Path]) -> None:
    demo = [path for path in tracked if path.is_relative_to(repository / "resources" / "demo")]
    assert demo
    assert sum(path.stat().st_size for path in demo) <= 6_000_000


def test_no_weights_are_pickled(tracked: list[Path]) -> None:
    assert [path for path in tracked if path.suffix in {".pt", ".pth", ".pkl", ".ckpt", ".joblib"}] == []
