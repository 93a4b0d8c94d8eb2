"""Reads a grid's folder for its tables: which runs it asks for, the scores of those that are finished, why others lack.

Only ``grid.json``, the scores, the configuration and the log of runs are read: no weights, no images. ``grid.json`` is
written by ``leuko-trainer grid`` (see :mod:`trainer.experiments.grid`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leukoviewer.errors import UsageError
from trainer.data.scores import ScoreTable
from trainer.evaluation.reference import COLUMNS, ROWS, TABLES
from trainer.experiments.cell_queue import CellQueue
from trainer.experiments.grid import SCHEMA
from trainer.experiments.rundir import RunFolder

SIDES = tuple(TABLES)
_LETTERS = tuple(ROWS.values())


@dataclass(frozen=True, slots=True)
class GridRun:
    """A run that a grid asks for.

    Attributes
    ----------
    name : str
        Of its folder under ``runs``.
    row, column : str
        Which cell of the tables: A, B or C (another recipe by its own name), and the family's title.
    seed : int
        Of chance.
    architecture, recipe, layout : str
        What was truly trained; a small preset takes smaller relatives.
    folder : RunFolder
        Where it lies.
    """

    name: str
    row: str
    column: str
    seed: int
    architecture: str
    recipe: str
    layout: str
    folder: RunFolder


@dataclass(frozen=True, slots=True)
class Probe:
    """A simple score beside the models, e.g. atrophy alone: what a shortcut would reach.

    Attributes
    ----------
    name, what : str
        Its name; a sentence on what it sees.
    auc, low, high : float or None
        By test patient, with an interval; None where they are not defined.
    patients : int
        How many.
    """

    name: str
    what: str
    auc: float | None
    low: float | None
    high: float | None
    patients: int


@dataclass(frozen=True, slots=True)
class GridFolder:
    """A grid as it was asked for.

    Attributes
    ----------
    path : Path
        The folder.
    name : str
        Of the experiment and its preset.
    runs : tuple of GridRun
        By row, column and seed.
    data : mapping
        What is noted of the patients: description, whether they are simulated, how many.
    """

    path: Path
    name: str
    runs: tuple[GridRun, ...]
    data: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> GridFolder:
        """Read ``grid.json``.

        Raises
        ------
        UsageError
            The folder holds no grid, or one of another form.
        """
        try:
            held = json.loads((path / "grid.json").read_text(encoding="utf-8"))
            if held["schema"] != SCHEMA:
                raise KeyError("schema")
            runs = [_run(path, cell) for cell in held["cells"]]
            preset = held.get("preset")
            name = str(held["experiment"]["name"]) + (f", preset {preset}" if preset else "")
            data = held.get("data")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path} holds no grid; make one with leuko-trainer grid."
            raise UsageError(message, thing=path) from error
        if not runs:
            raise UsageError(f"The grid in {path} has no cells.", thing=path)
        order = {column: place for place, column in enumerate(COLUMNS)}
        runs.sort(key=lambda run: (run.row not in _LETTERS, run.row, order.get(run.column, 99), run.column, run.seed))
        return cls(path, name, tuple(runs), data if isinstance(data, dict) else {})

    @property
    def rows(self) -> tuple[str, ...]:
        """The paper's rows, and then others of this grid."""
        return _LETTERS + tuple(sorted({run.row for run in self.runs} - set(_LETTERS)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The paper's columns, and then others of this grid."""
        return (*COLUMNS, *sorted({run.column for run in self.runs} - set(COLUMNS)))

    def probes(self) -> tuple[Probe, ...]:
        """What ``probes.json`` holds; nothing when there is none."""
        try:
            held = json.loads((self.path / "probes.json").read_text(encoding="utf-8"))
            return tuple(_probe(one) for one in held["probes"])
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{self.path / 'probes.json'} cannot be read; remove it, or make it anew."
            raise UsageError(message, thing=self.path) from error

    def problem(self, run: GridRun) -> str:
        """Why a run has no scores, in words."""
        failures = CellQueue(self.path / "queue").failures(run.name)
        if failures:
            reason = failures[-1].message.strip().rstrip(".") or "no reason was noted"
            return f"failed {len(failures)} times: {reason}" if len(failures) > 1 else f"failed: {reason}"
        return "begun, not finished" if run.folder.config.is_file() else "not begun"


def read_scores(run: GridRun) -> Mapping[str, ScoreTable] | None:
    """The scores of both sides; None when the run is not finished.

    Raises
    ------
    UsageError
        A file of scores is damaged.
    """
    if not all(run.folder.scores(side).is_file() for side in SIDES):
        return None
    return {side: ScoreTable.read(run.folder.scores(side)) for side in SIDES}


def _run(path: Path, cell: Mapping[str, Any]) -> GridRun:
    name = str(cell["run"])
    return GridRun(
        name=name,
        row=ROWS.get(str(cell["recipe"]), str(cell["recipe"])),
        column=str(cell["family"]),
        seed=int(cell["seed"]),
        architecture=str(cell["architecture"]),
        recipe=str(cell["recipe"]),
        layout=str(cell["layout"]),
        folder=RunFolder(path / "runs" / name),
    )


def _probe(one: Mapping[str, Any]) -> Probe:
    auc, low, high = (None if one[key] is None else float(one[key]) for key in ("auc", "low", "high"))
    return Probe(str(one["name"]), str(one.get("what", "")), auc, low, high, int(one["patients"]))
