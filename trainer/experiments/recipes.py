"""The preprocessing of an experiment: a built-in recipe, on a smaller plane when the experiment says so."""

from __future__ import annotations

from dataclasses import replace

from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from leukoviewer.preprocessing.spatial import Resize
from trainer.experiments.config import ExperimentConfig


def recipe_of(config: ExperimentConfig) -> Recipe:
    """The experiment's preprocessing.

    With ``data.plane_px`` the recipe is a recipe of its own, with its own name and digest: the steps in px (opening,
    mean filter) then span more mm than in the paper.

    Raises
    ------
    UsageError
        It names no built-in recipe.
    """
    name, plane_px = config.data.recipe, config.data.plane_px
    if name not in BUILTIN:
        raise UsageError(f"There is no recipe {name!r}; choose one of {', '.join(BUILTIN)}.", thing=name)
    recipe = BUILTIN[name]
    if plane_px == 0 or recipe.plane_shape == (plane_px, plane_px):
        return recipe
    steps = tuple(
        replace(step, rows=plane_px, columns=plane_px) if isinstance(step, Resize) else step for step in recipe.steps
    )
    return Recipe(f"{name}-{plane_px}px", steps, recipe.channels)
