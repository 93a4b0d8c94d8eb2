"""Recipes as data: digests, round trips, refusals."""

from __future__ import annotations

import copy
import json

import pytest

from leukoviewer.errors import RecipeError
from leukoviewer.preprocessing.recipe import BUILTIN, Channels, Recipe
from leukoviewer.preprocessing.steps import STEPS, build_step, step_to_json

# A digest names weights' preprocessing for ever: when one of these changes, packages made before are no longer served.
DIGESTS = {
    "leuko-a": "1ca022176a6bf11d24d4e4a008c3c1d7514856b9251782033b92981487a47bf5",
    "leuko-a-aspect": "4e6c8a630b61eda816e3ac895b1596f5ad31c397d4a1e65dfeb6e77d74248154",
    "leuko-a-brain": "c3d5ba6953e7fd61c484d2c3616545609d9e41b7680df14426617b5bf71d79ab",
    "leuko-a-brain-slab5": "1044b2303c5042e07a3da3b1888736d3bd45f09caba8fbd8ffdb4b42e2d26ebd",
    "leuko-a-slab5": "16fa8f9a8c5596a344337658daad730b28471ba83a284e02fad733e030ab5de8",
    "leuko-b": "787001992b88b795a98da182165446eb31d92ca27359cc948d19fb49289873b0",
    "leuko-c": "24f949ada09cb81c9a41d3eeb76f7a445e1bbf70d9f727e4f7b6dd9c17c45a7d",
}


@pytest.mark.parametrize("recipe_id", sorted(DIGESTS))
def test_the_digests_of_the_built_in_recipes_never_change(recipe_id: str) -> None:
    assert BUILTIN[recipe_id].digest == DIGESTS[recipe_id]


def test_every_built_in_recipe_has_a_fixed_digest() -> None:
    assert set(BUILTIN) == set(DIGESTS)


@pytest.mark.parametrize("recipe_id", sorted(BUILTIN))
def test_a_recipe_survives_its_json_form(recipe_id: str) -> None:
    recipe = BUILTIN[recipe_id]
    again = Recipe.from_json(json.loads(json.dumps(recipe.to_json())))
    assert again == recipe
    assert again.digest == recipe.digest


def test_options_left_out_mean_their_defaults() -> None:
    data = BUILTIN["leuko-a"].to_json()
    data["steps"] = [{"step": "depth_window"}, {"step": "resize"}, {"step": "rescale", "high_hu": 100}]
    assert Recipe.from_json(data).digest == BUILTIN["leuko-a"].digest


def test_the_papers_recipes_have_the_papers_numbers() -> None:
    recipe = BUILTIN["leuko-c"]
    assert (recipe.depth, recipe.plane_shape) == (30, (256, 256))
    assert [step.name for step in recipe.steps[3:]] == ["mean", "stretch", "remove_white"]
    assert [step.name for step in BUILTIN["leuko-b"].steps[3:]] == ["keep_band", "opening"]
    assert recipe.channels.mean == (0.485, 0.456, 0.406)


def test_the_recipe_for_random_weights_has_the_papers_steps_and_gray_centered_on_brain() -> None:
    paper, brain = BUILTIN["leuko-a"], BUILTIN["leuko-a-brain"]
    assert brain.steps == paper.steps
    assert brain.channels == Channels((0.27,) * 3, (0.10,) * 3)


def test_a_recipe_without_a_window_follows_the_series() -> None:
    assert Recipe("free", BUILTIN["leuko-a"].steps[1:]).depth is None


@pytest.mark.parametrize("name", sorted(STEPS))
def test_every_step_can_be_written_and_built(name: str) -> None:
    step = build_step({"step": name})
    assert build_step(step_to_json(step)) == step
    assert step.name == name


def _broken(change) -> object:
    data = copy.deepcopy(BUILTIN["leuko-b"].to_json())
    return change(data) or data


BROKEN = {
    "another schema": lambda d: d.update(schema="leukoviewer.recipe/2"),
    "no name": lambda d: d.pop("id"),
    "a name with a path": lambda d: d.update(id="../evil"),
    "an unknown key": lambda d: d.update(code="import os"),
    "no steps": lambda d: d.pop("steps"),
    "no list of steps": lambda d: d.update(steps="resize"),
    "an unknown step": lambda d: d["steps"].append({"step": "denoise"}),
    "a step without a name": lambda d: d["steps"].append({"size_px": 3}),
    "a step that is no object": lambda d: d["steps"].append("mean"),
    "an unknown option": lambda d: d["steps"][1].update(order=3),
    "an impossible value": lambda d: d["steps"][1].update(rows=0),
    "a text for a number": lambda d: d["steps"][1].update(rows="256"),
    "a fraction for a whole number": lambda d: d["steps"][1].update(rows=256.5),
    "a truth value for a number": lambda d: d["steps"][0].update(slices=True),
    "a number beyond all bounds": lambda d: d["steps"][2].update(high_hu=10**400),
    "a mean beyond all bounds": lambda d: d["channels"].update(mean=[10**400, 0, 0]),
    "a stack beyond all memory": lambda d: d["steps"][0].update(slices=10**9),
    "no resizing": lambda d: d["steps"].pop(1),
    "two rescalings": lambda d: d["steps"].append({"step": "rescale"}),
    "gray steps before the rescaling": lambda d: d["steps"].reverse(),
    "no channels": lambda d: d.pop("channels"),
    "channels without numbers": lambda d: d["channels"].update(mean=["a", "b", "c"]),
    "a zero deviation": lambda d: d["channels"].update(std=[0, 1, 1]),
    "means for other channels": lambda d: d["channels"].update(mean=[0.5]),
    "no object at all": lambda d: [d],
}


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_recipe_that_cannot_be_built_is_refused_in_a_sentence(case: str) -> None:
    with pytest.raises(RecipeError) as caught:
        Recipe.from_json(_broken(BROKEN[case]))
    assert str(caught.value).endswith(".")


def test_another_number_gives_another_digest() -> None:
    recipe = BUILTIN["leuko-a"]
    assert Recipe(recipe.id, recipe.steps, Channels((0.5,), (0.25,))).digest != recipe.digest
    assert len({recipe.digest for recipe in BUILTIN.values()}) == len(BUILTIN)
