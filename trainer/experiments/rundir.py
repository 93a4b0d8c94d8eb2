"""The folder of a run: what was asked, with which versions, and where everything of it lies."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leukoviewer import atomic
from leukoviewer.errors import UsageError
from trainer.experiments.config import ExperimentConfig, names_of_settings
from trainer.experiments.definition import laid_over, read_changes

SCHEMA = "leukoviewer.run/1"
_PACKAGES = ("leukoviewer", "torch", "timm", "lightning", "numpy", "monai", "pydicom")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Paths of a run.

    Attributes
    ----------
    path : Path
        The folder.
    """

    path: Path

    @property
    def config(self) -> Path:
        """What was asked, with versions."""
        return self.path / "config.json"

    @property
    def split(self) -> Path:
        """Which patient stands on which side; its hash lies beside it."""
        return self.path / "split.json"

    @property
    def metrics(self) -> Path:
        """The figures."""
        return self.path / "metrics.json"

    @property
    def best(self) -> Path:
        """The checkpoint that was best on validation."""
        return self.path / "checkpoints" / "best.ckpt"

    def scores(self, part: str) -> Path:
        """Scores of every slice of a side."""
        return self.path / "scores" / f"{part}.csv"

    def begin(self, config: ExperimentConfig, *, about: Mapping[str, Any]) -> None:
        """Start a new run: note what was asked, the versions and, in a checkout, the commit.

        Raises
        ------
        UsageError
            The folder holds something already.
        """
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise UsageError(f"{self.path} is not empty; choose a new folder, or carry the run on with --resume.")
        held = {
            "schema": SCHEMA,
            "experiment": config.to_json(),
            "versions": versions(),
            **git_state(),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            **about,
        }
        atomic.write_json(self.config, held)

    def take_back(self) -> None:
        """Undo :meth:`begin` where nothing but its note was written: the folder can be used anew."""
        if self.path.is_dir() and [entry.name for entry in self.path.iterdir()] == [self.config.name]:
            self.config.unlink()

    def read_config(self) -> tuple[ExperimentConfig, dict[str, Any]]:
        """The experiment and everything else that was noted at the start.

        Raises
        ------
        UsageError
            The folder holds no run.
        """
        try:
            held = json.loads(self.config.read_text(encoding="utf-8"))
            if held["schema"] != SCHEMA:
                raise KeyError("schema")
            return ExperimentConfig.from_json(held["experiment"]), held
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{self.path} holds no run of the trainer.", thing=self.path) from error

    def carried_on(self, changes: Sequence[str] = ()) -> tuple[ExperimentConfig, dict[str, Any]]:
        """What :meth:`read_config` gives, for a run that is carried on with these changes asked for.

        Raises
        ------
        UsageError
            The folder holds no run, or a change would not be followed: a run keeps its settings to its end.
        """
        config, held = self.read_config()
        asked = ExperimentConfig.from_json(laid_over(config.to_json(), read_changes(changes)))
        if asked != config:
            raise UsageError(
                f"{self.path} was begun with other settings ({_difference(config, asked)}); leave them out to carry it "
                "on as it is, or choose a new folder.",
                thing=changes,
            )
        return config, held


def _difference(held: ExperimentConfig, asked: ExperimentConfig) -> str:
    """The first setting in which two experiments differ, in words."""
    mine, theirs = held.to_json(), asked.to_json()
    for name in names_of_settings():
        table, _, key = name.partition(".")
        if key and mine[table][key] != theirs[table][key]:
            return f"{name} is {mine[table][key]!r} there, {theirs[table][key]!r} here"
    return "its name"


def versions() -> dict[str, str]:
    """Versions of Python, the machine's kind and the packages that make the result."""
    found = {"python": platform.python_version(), "machine": f"{platform.system()} {platform.machine()}"}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def git_state() -> dict[str, Any]:
    """``{"git": {"commit": ..., "changed": ...}}`` when the trainer lies in a git checkout; else nothing."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return {}
    try:
        commit = _git(root, "rev-parse", "HEAD")
        changed = bool(_git(root, "status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.SubprocessError):
        return {}
    return {"git": {"commit": commit, "changed": changed}}


def _git(root: Path, *words: str) -> str:
    line = ["git", "-C", str(root), *words]
    return subprocess.run(line, capture_output=True, text=True, check=True, timeout=30).stdout.strip()
