"""A grid of runs as data: families of networks x recipes x seeds, and what of it lies in a grid's folder.

The folder of a grid, which ``leuko-trainer grid`` fills and ``leuko-trainer tables`` reads::

    GRID/grid.json       what is described below
    GRID/split.json      the one split of all cells (split.sha256 beside it)
    GRID/runs/<run>/     one folder a cell, each a run like that of ``leuko-trainer train``; finished when it holds
                         metrics.json, which is written last
    GRID/queue/          who works at which cell, how attempts ended, what they said (see ``cell_queue``)

``grid.json`` (schema ``leukoviewer.grid/1``)::

    {"schema": "leukoviewer.grid/1",
     "experiment": {...},          # settings that all cells share, resolved (ExperimentConfig.to_json)
     "definition": {"seeds": 2, "first_seed": 0, "recipes": [...], "attempts": 2, "families": {...}},
     "preset": "tiny",             # or null
     "threads": 1,                 # of each cell
     "cells": [                    # in the order in which they are begun
       {"run": "resnet50-leuko-a-s00",   # folder under runs/
        "family": "ResNet50",            # column of the paper's tables, or a title of one's own
        "architecture": "resnet10t", "layout": "slices",
        "recipe": "leuko-a",             # row: the built-in recipe, also when the plane was made smaller
        "recipe_digest": "<sha256>",     # of what was truly used
        "seed": 0}, ...],
     "split_sha256": "<sha256>", "data": {...}, "versions": {...}, "begun": "<time>", "git": {...}}  # git may be absent
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leukoviewer.errors import UsageError
from trainer.experiments.config import ExperimentConfig
from trainer.experiments.definition import laid_over, near_names, read_changes, read_definition
from trainer.experiments.recipes import recipe_of

SCHEMA = "leukoviewer.grid/1"
# Settings that a cell's place in the grid decides.
_DECIDED = ("model.architecture", "model.layout", "data.recipe", "optimize.seed")
_NAMES = ("seeds", "first_seed", "recipes", "attempts", "families")


@dataclass(frozen=True, slots=True)
class Cell:
    """One run of a grid.

    Attributes
    ----------
    run : str
        Name of its folder.
    family : str
        Title of the column in the tables.
    recipe : str
        The built-in recipe.
    recipe_digest : str
        Of the recipe that is truly used.
    seed : int
        Of initialization, order and augmentation.
    config : ExperimentConfig
        What the run is begun with.
    """

    run: str
    family: str
    recipe: str
    recipe_digest: str
    seed: int
    config: ExperimentConfig

    def to_json(self) -> dict[str, Any]:
        """The JSON form of ``grid.json``."""
        return {
            "run": self.run,
            "family": self.family,
            "architecture": self.config.model.architecture,
            "layout": self.config.model.layout,
            "recipe": self.recipe,
            "recipe_digest": self.recipe_digest,
            "seed": self.seed,
        }


@dataclass(frozen=True, slots=True)
class Grid:
    """A resolved grid.

    Attributes
    ----------
    experiment : mapping
        Settings that all cells share, as in a definition.
    families : mapping of str to mapping
        By name: ``title`` and the settings of this family.
    above : mapping
        Settings of the command line, which win over those of a family.
    recipes : tuple of str
        Built-in recipes.
    seeds, first_seed : int
        How many seeds, and the first.
    attempts : int
        How often a cell may fail before it is given up.
    preset : str, optional
        Where the settings come from.
    threads : int
        Of each cell; 0 while it is not decided.
    """

    experiment: Mapping[str, Any]
    families: Mapping[str, Mapping[str, Any]]
    above: Mapping[str, Any]
    recipes: tuple[str, ...]
    seeds: int
    first_seed: int = 0
    attempts: int = 2
    preset: str | None = None
    threads: int = 0

    def __post_init__(self) -> None:
        if not self.families or not self.recipes:
            raise UsageError("A grid has at least one family of networks and one recipe.")
        if not all(_is_count(value) for value in (self.seeds, self.attempts)):
            raise UsageError("grid.seeds and grid.attempts are whole numbers from 1.")
        if not _is_count(self.first_seed + 1):
            raise UsageError("grid.first_seed is a whole number from 0.")

    @property
    def shared(self) -> ExperimentConfig:
        """The settings that all cells share."""
        return ExperimentConfig.from_json(laid_over(self.experiment, self.above))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, seed by seed: so all corners of the table are seen early.

        Raises
        ------
        UsageError
            A setting of a family or a recipe cannot be used.
        """
        seeds = range(self.first_seed, self.first_seed + self.seeds)
        return tuple(
            self._cell(family, recipe, seed) for seed in seeds for family in self.families for recipe in self.recipes
        )

    def cell(self, run: str) -> Cell:
        """The cell of a run's folder.

        Raises
        ------
        UsageError
            The grid has no such cell.
        """
        for cell in self.cells:
            if cell.run == run:
                return cell
        raise UsageError(f"The grid has no cell {run!r}{near_names(run, [c.run for c in self.cells])}.", thing=run)

    def with_seeds(self, seeds: int) -> Grid:
        """The same grid with another number of seeds."""
        return replace(self, seeds=seeds)

    def with_threads(self, threads: int) -> Grid:
        """The same grid with so many threads a cell."""
        return replace(self, threads=threads)

    def to_json(self) -> dict[str, Any]:
        """The JSON form of ``grid.json``, without what is known only at the start (data, split, versions)."""
        return {
            "schema": SCHEMA,
            "experiment": self.shared.to_json(),
            "definition": {
                "experiment": _plain(self.experiment),
                "above": _plain(self.above),
                "families": _plain(self.families),
                "recipes": list(self.recipes),
                "seeds": self.seeds,
                "first_seed": self.first_seed,
                "attempts": self.attempts,
            },
            "preset": self.preset,
            "threads": self.threads,
            "cells": [cell.to_json() for cell in self.cells],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Grid:
        """Build from the JSON form.

        Raises
        ------
        UsageError
            It is of another form.
        """
        try:
            if data["schema"] != SCHEMA:
                raise KeyError("schema")
            held = dict(data["definition"])
            recipes = tuple(str(name) for name in held.pop("recipes"))
            return cls(**held, recipes=recipes, preset=data["preset"], threads=int(data["threads"]))
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"The grid is not of the form {SCHEMA}; use another version, or begin a new one."
            ) from error

    def same_work(self, other: Grid) -> bool:
        """Whether the cells of both, as far as both have them, are the same runs."""
        mine, theirs = self.with_seeds(1).with_threads(1), other.with_seeds(1).with_threads(1)
        first, second = mine.cells, theirs.cells
        return [(c.run, c.config) for c in first] == [(c.run, c.config) for c in second]

    def _cell(self, family: str, recipe: str, seed: int) -> Cell:
        own = {name: value for name, value in self.families[family].items() if name != "title"}
        place: dict[str, dict[str, Any]] = {"data": {"recipe": recipe}, "optimize": {"seed": seed}}
        if self.threads > 0:
            place["optimize"]["threads"] = self.threads
        settings = laid_over(laid_over(laid_over(self.experiment, own), self.above), place)
        config = ExperimentConfig.from_json(settings)
        title = str(self.families[family].get("title", family))
        name = f"{family}-{recipe}-s{seed:02d}"
        return Cell(name, title, recipe, recipe_of(config).digest, seed, config)


def load_grid(name: str, *, preset: str | None = None, changes: Sequence[str] = (), seeds: int | None = None) -> Grid:
    """Read the grid of a definition.

    Parameters
    ----------
    name, preset : str
        See :func:`~trainer.experiments.definition.read_definition`.
    changes : sequence of str
        ``table.key=value`` for all cells, ``grid.key=value`` for the grid itself,
        ``grid.families.<name>.table.key=value`` for one family.
    seeds : int, optional
        How many, instead of the definition's number.

    Raises
    ------
    UsageError
        The definition has no grid, or a name or a value cannot be used.
    """
    above = read_changes(changes)
    data = read_definition(name, preset=preset)
    held = data.pop("grid", None)
    if not isinstance(held, dict):
        raise UsageError(f"The experiment {name!r} has no table [grid]; write one, or use leuko-trainer train.")
    held = laid_over(held, above.pop("grid", {}))
    if seeds is not None:
        held["seeds"] = seeds
    _check(held, above)
    grid = Grid(
        experiment=_plain(ExperimentConfig.from_json(data).to_json()),
        families=held["families"],
        above=above,
        recipes=tuple(held["recipes"]),
        seeds=held["seeds"],
        first_seed=held.get("first_seed", 0),
        attempts=held.get("attempts", 2),
        preset=preset,
    )
    if not grid.cells:
        raise UsageError("The grid has no cells.")
    return grid


def _check(held: dict[str, Any], above: dict[str, Any]) -> None:
    for name in held:
        if name not in _NAMES:
            raise UsageError(f"grid.{name} is no setting of a grid{near_names(name, _NAMES)}.", thing=name)
    for name in ("seeds", "recipes", "families"):
        if name not in held:
            raise UsageError(f"The grid does not say grid.{name}.", thing=name)
    if not isinstance(held["recipes"], list) or not all(isinstance(recipe, str) for recipe in held["recipes"]):
        raise UsageError("grid.recipes is a list of names of recipes.")
    if not isinstance(held["families"], dict) or not all(isinstance(own, dict) for own in held["families"].values()):
        raise UsageError("grid.families holds a table for each family of networks.")
    for decided in _DECIDED:
        table, _, key = decided.partition(".")
        if isinstance(above.get(table), dict) and key in above[table]:
            raise UsageError(
                f"{decided} is decided by the place in the grid; change grid.recipes, grid.first_seed or "
                "grid.families.<name>.model instead.",
                thing=decided,
            )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _plain(value: Any) -> Any:
    """The same with dictionaries and lists alone, as JSON gives it back."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
