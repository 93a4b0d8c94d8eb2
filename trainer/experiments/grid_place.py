"""The folder of a grid: begun once, opened again by every process that works at it."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leukoviewer import atomic
from leukoviewer.errors import UsageError
from trainer.experiments.cell_queue import CellQueue
from trainer.experiments.grid import Cell, Grid
from trainer.experiments.rundir import RunFolder, git_state, versions


@dataclass(frozen=True, slots=True)
class GridPlace:
    """Paths of a grid; its layout is described in :mod:`trainer.experiments.grid`.

    Attributes
    ----------
    path : Path
        The folder.
    """

    path: Path

    @property
    def file(self) -> Path:
        """The grid itself."""
        return self.path / "grid.json"

    @property
    def split(self) -> Path:
        """The split of all its runs."""
        return self.path / "split.json"

    @property
    def exists(self) -> bool:
        """Whether a grid was begun here."""
        return self.file.is_file()

    def run(self, cell: Cell | str) -> RunFolder:
        """The folder of a cell's run."""
        return RunFolder(self.path / "runs" / (cell if isinstance(cell, str) else cell.run))

    def is_finished(self, cell: Cell | str) -> bool:
        """Whether the cell's run has its results; the figures are written last."""
        return self.run(cell).metrics.is_file()

    def queue(self, *, attempts: int = 2) -> CellQueue:
        """Who works at what."""
        return CellQueue(self.path / "queue", attempts=attempts)

    def log(self, run: str) -> Path:
        """What the process of a cell said."""
        return self.path / "queue" / "logs" / f"{run}.txt"

    def given_up(self, run: str) -> Path:
        """Why a cell was given up, for the tables."""
        return self.path / "queue" / f"{run}.failed.json"

    def read(self) -> Grid:
        """The grid that was begun here.

        Raises
        ------
        UsageError
            None was, or by another version.
        """
        return Grid.from_json(self._held())

    def check_same(self, asked: Grid) -> Grid:
        """The grid to work at: the one begun here, with more seeds when more are asked for.

        Raises
        ------
        UsageError
            What is asked for is another grid.
        """
        held = self.read()
        if not held.same_work(asked):
            raise UsageError(
                f"{self.path} holds a grid of other settings{_first_difference(held, asked)}; choose a new folder, or "
                "give --out alone to carry on the one that is there.",
                thing=self.path,
            )
        return held.with_seeds(max(held.seeds, asked.seeds))

    def write(self, grid: Grid, *, about: Mapping[str, Any]) -> None:
        """Begin the grid, or note that it has grown.

        Raises
        ------
        UsageError
            The folder holds something else.
        CannotWriteError
            It cannot be written.
        """
        held = self._held() if self.exists else None
        if held is None and self.path.exists() and not (self.path.is_dir() and self._is_bare()):
            raise UsageError(f"{self.path} is not empty and holds no grid; choose a new folder.", thing=self.path)
        started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        begun: dict[str, Any] = {"versions": versions(), "begun": started, **git_state()}
        kept: tuple[str, ...] = ("versions", "begun", "git")
        known: dict[str, Any] = begun if held is None else {name: held[name] for name in kept if name in held}
        wanted: dict[str, Any] = {**grid.to_json(), **about, **known}
        if held is None:
            self._begin(wanted)
        elif wanted != held:
            atomic.write_json(self.file, wanted)

    def _begin(self, wanted: dict[str, Any]) -> None:
        """Make the file when nobody else did so at the same moment; who was first decides the threads of all."""
        own = self.file.with_name(f".grid.{secrets.token_hex(6)}.json")
        atomic.write_json(own, wanted)
        try:
            os.link(own, self.file)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            atomic.write_json(self.file, wanted)
        finally:
            own.unlink(missing_ok=True)

    def _is_bare(self) -> bool:
        """Whether nothing lies here but what a grid that was stopped at its very start leaves."""
        return all(path.name.startswith((".", "split.")) for path in self.path.iterdir())

    def _held(self) -> dict[str, Any]:
        try:
            held = json.loads(self.file.read_text(encoding="utf-8"))
            if not isinstance(held, dict):
                raise ValueError("no table")
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.path} holds no grid of the trainer.", thing=self.path) from error
        return held


def _first_difference(held: Grid, asked: Grid) -> str:
    """The first setting in which two grids differ, for a sentence."""
    mine, theirs = _flat(held.to_json()["definition"]), _flat(asked.to_json()["definition"])
    for name in sorted({*mine, *theirs} - {"seeds"}):
        if mine.get(name) != theirs.get(name):
            shown = name.removeprefix("experiment.").removeprefix("above.")
            return f" ({shown} is {mine.get(name)!r} there, {theirs.get(name)!r} here)"
    return ""


def _flat(held: Any, where: str = "") -> dict[str, Any]:
    if not isinstance(held, dict):
        return {where[:-1]: held}
    return {name: value for key, item in held.items() for name, value in _flat(item, f"{where}{key}.").items()}
