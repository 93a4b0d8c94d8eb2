"""Grids as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN
from trainer.experiments.grid import Grid, load_grid
from trainer.experiments.recipes import recipe_of

PAPER = "leukoencephalopathy"
COLUMNS = ["ResNet50", "ResNet50 3D", "ConvNeXt", "DenseNet"]


def test_the_papers_grid_has_its_networks_preprocessings_and_more_than_eight_runs() -> None:
    grid = load_grid(PAPER, preset="paper")
    assert len(grid.cells) == 4 * 3 * grid.seeds
    assert grid.seeds > 8
    assert list(dict.fromkeys(cell.family for cell in grid.cells)) == COLUMNS
    shown = {(cell.config.model.architecture, cell.config.model.layout) for cell in grid.cells}
    assert shown == {
        ("resnet50", "slices"),
        ("resnet50_3d", "volume"),
        ("convnext_tiny", "slices"),
        ("densenet121", "slices"),
    }
    for cell in grid.cells:
        optimize = cell.config.optimize
        assert (optimize.optimizer, optimize.learning_rate, optimize.epochs) == ("adam", 1e-5, 50)
        assert optimize.batch_size == (2 if cell.family == "ResNet50 3D" else 64)
        assert optimize.seed == cell.seed
        assert cell.config.model.pretrained
        assert cell.config.data.recipe == cell.recipe
        assert cell.recipe_digest == BUILTIN[cell.recipe].digest


@pytest.mark.parametrize("preset", ["demo", "tiny"])
def test_other_presets_have_all_twelve_cells_twice(preset: str) -> None:
    grid = load_grid(PAPER, preset=preset)
    assert len(grid.cells) == 24
    assert len({(cell.family, cell.recipe) for cell in grid.cells}) == 12
    assert len({cell.run for cell in grid.cells}) == 24
    # Seed by seed, so that all corners are seen before any is repeated.
    assert [cell.seed for cell in grid.cells] == [0] * 12 + [1] * 12


def test_the_tiny_grid_shows_small_relatives_smaller_slices_and_says_so_by_the_recipes_digest() -> None:
    for cell in load_grid(PAPER, preset="tiny").cells:
        recipe = recipe_of(cell.config)
        assert recipe.plane_shape[0] < 128
        assert cell.recipe_digest == recipe.digest != BUILTIN[cell.recipe].digest
        assert not cell.config.model.pretrained


def test_settings_of_the_command_line_win_over_families_and_those_over_the_rest() -> None:
    grid = load_grid(
        PAPER,
        preset="tiny",
        changes=["optimize.batch_size=3", "grid.families.densenet.optimize.epochs=2", 'grid.recipes=["leuko-b"]'],
        seeds=1,
    )
    assert [cell.config.optimize.batch_size for cell in grid.cells] == [3, 3, 3, 3]
    assert [cell.config.optimize.epochs for cell in grid.cells][-1] == 2
    assert {cell.recipe for cell in grid.cells} == {"leuko-b"}
    assert len({cell.config.optimize.epochs for cell in grid.cells}) > 1


def test_a_grid_survives_its_json_form() -> None:
    grid = load_grid(PAPER, preset="tiny", changes=["optimize.sizes=[[0.0, 32]]"], seeds=3).with_threads(2)
    held = json.loads(json.dumps(grid.to_json()))
    again = Grid.from_json(held)
    assert again.cells == grid.cells
    assert again.same_work(grid)
    assert {cell.config.optimize.threads for cell in again.cells} == {2}
    assert held["cells"][3] == {
        "run": "resnet50-3d-leuko-a-s00",
        "family": "ResNet50 3D",
        "architecture": grid.cells[3].config.model.architecture,
        "layout": "volume",
        "recipe": "leuko-a",
        "recipe_digest": grid.cells[3].recipe_digest,
        "seed": 0,
    }


def test_more_seeds_and_other_threads_are_the_same_work_and_other_settings_are_not() -> None:
    grid = load_grid(PAPER, preset="tiny")
    assert grid.same_work(grid.with_seeds(7).with_threads(3))
    assert grid.with_seeds(7).cells[:24] == grid.cells
    assert not grid.same_work(load_grid(PAPER, preset="tiny", changes=["optimize.epochs=3"]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["optimize.epohcs=1"], "near it are optimize.epochs"),
        (["optimise.epochs=1"], "near it are optimize"),
        (["epochs=2"], "near it are optimize.epochs"),
        (["grid.sedes=2"], "near it are seeds"),
        (["grid.families.densenet.optimize.batch=2"], "near it are optimize.batch_size"),
        (["model.architecture=resnet18"], "grid.families"),
        (["optimize.seed=3"], "grid.first_seed"),
        (["data.recipe=leuko-b"], "grid.recipes"),
        (['grid.recipes=["leuko-z"]'], "leuko-c"),
        (["grid.recipes=leuko-a"], "list"),
        (["grid.recipes=[]"], "at least one"),
        (["grid.seeds=0"], "grid.seeds"),
        (["grid.seeds=1.5"], "grid.seeds"),
        (["grid.seeds=true"], "grid.seeds"),
        (["grid.attempts=0"], "grid.attempts"),
        (["grid.first_seed=-1"], "grid.first_seed"),
        (["grid.families=3"], "grid.families"),
        (["grid.families.densenet=3"], "grid.families"),
    ],
)
def test_impossible_grids_are_refused_in_a_sentence_with_the_way_out(changes: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        assert load_grid(PAPER, preset="tiny", changes=changes).cells
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_definition_of_ones_own_needs_a_grid(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n')
    with pytest.raises(UsageError, match=r"no table \[grid\]"):
        load_grid(str(path))
    path.write_text('[grid]\nrecipes = ["leuko-a"]\n[grid.families.one.model]\narchitecture = "resnet18"\n')
    with pytest.raises(UsageError, match=r"grid\.seeds"):
        load_grid(str(path))
    assert [cell.run for cell in load_grid(str(path), seeds=2).cells] == ["one-leuko-a-s00", "one-leuko-a-s01"]
    assert load_grid(str(path), seeds=1).cells[0].family == "one"


def test_a_cell_is_found_by_its_name_and_a_wrong_name_is_answered_by_near_ones() -> None:
    grid = load_grid(PAPER, preset="tiny")
    assert grid.cell("convnext-leuko-b-s01") == next(c for c in grid.cells if c.run == "convnext-leuko-b-s01")
    with pytest.raises(UsageError, match="near it are convnext-leuko-b"):
        grid.cell("convnet-leuko-b-s01")


@pytest.mark.parametrize("held", [{}, {"schema": "other"}, {"schema": "leukoviewer.grid/1"}])
def test_a_file_of_another_form_is_refused(held: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="not of the form"):
        Grid.from_json(held)
