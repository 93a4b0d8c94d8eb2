"""The preprocessing of an experiment."""

from __future__ import annotations

import pytest

from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from trainer.experiments.config import load
from trainer.experiments.recipes import recipe_of

PAPER = "leukoencephalopathy"


@pytest.mark.parametrize("name", ["leuko-a", "leuko-b", "leuko-c", "leuko-a-aspect"])
def test_a_smaller_plane_is_a_recipe_of_its_own_with_the_same_steps(name: str) -> None:
    whole = recipe_of(load(PAPER, changes=[f"data.recipe={name}"]))
    small = recipe_of(load(PAPER, changes=[f"data.recipe={name}", "data.plane_px=64"]))
    assert whole is BUILTIN[name]
    assert (small.id, small.plane_shape, small.depth) == (f"{name}-64px", (64, 64), whole.depth)
    assert [step.name for step in small.steps] == [step.name for step in whole.steps]
    assert small.channels == whole.channels
    assert small.digest != whole.digest
    assert Recipe.from_json(small.to_json()).digest == small.digest


def test_the_recipes_own_plane_needs_no_other_recipe() -> None:
    assert recipe_of(load(PAPER, changes=["data.plane_px=256"])) is BUILTIN["leuko-a"]


@pytest.mark.parametrize("change", ["data.plane_px=8", "data.plane_px=-1", "data.plane_px=5000"])
def test_impossible_planes_are_refused(change: str) -> None:
    with pytest.raises(UsageError, match="plane_px"):
        load(PAPER, changes=[change])


def test_an_unknown_recipe_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="leuko-c"):
        recipe_of(load(PAPER, changes=["data.recipe=leuko-z"]))
