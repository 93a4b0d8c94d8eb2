"""Volumes to stacks: golden arrays, places, marks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import Progress, finish
from leukoviewer.core.volume import Volume
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from leukoviewer.preprocessing.stack import Stack, model_input, prepare

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
# What of a golden stack is stored: five slices, every fourth pixel.
_KEPT = (slice(None, None, 7), slice(None, None, 4), slice(None, None, 4))


def golden_hu() -> np.ndarray:
    """34 slices of 96 x 112 px by whole-number arithmetic alone, so that every machine makes the same ones."""
    index, row, column = np.mgrid[:34, :96, :112].astype(np.int64)
    distance = ((row - 48) * 5) ** 2 + ((column - 56) * 6) ** 2
    tissue = np.select([distance < 190**2, distance < 225**2], [20 + (row * column) % 41, 1100], default=-1000)
    noise = (index * 7919 + row * 104729 + column * 1299709) % 23 - 11
    return (tissue + noise + 3 * ((index + row // 9 + column // 7) % 5)).astype(np.int16)


def golden_volume(make_volume) -> Volume:
    return make_volume(golden_hu(), spacing_mm=(1.9, 1.7), positions_mm=[80.0 - 2.5 * i for i in range(34)])


def write_golden(make_volume) -> None:
    """Renew the stored arrays: ``python -m tests.preprocessing.test_stack``; look at the change before it is kept."""
    for recipe_id, recipe in BUILTIN.items():
        stack = finish(prepare(golden_volume(make_volume), recipe))
        np.savez_compressed(
            GOLDEN / f"recipe-{recipe_id}.npz",
            values=stack.values[_KEPT],
            sha256=hashlib.sha256(stack.values.tobytes()).hexdigest(),
        )


@pytest.mark.parametrize("recipe_id", sorted(BUILTIN))
def test_every_recipe_gives_its_golden_stack(recipe_id: str, make_volume) -> None:
    stack = finish(prepare(golden_volume(make_volume), BUILTIN[recipe_id]))
    with np.load(GOLDEN / f"recipe-{recipe_id}.npz") as golden:
        np.testing.assert_allclose(stack.values[_KEPT], golden["values"], atol=1e-6)
        assert hashlib.sha256(stack.values.tobytes()).hexdigest() == str(golden["sha256"]), "not the same bits"


@pytest.mark.parametrize("recipe_id", sorted(BUILTIN))
def test_a_stack_is_gray_on_a_fixed_plane(recipe_id: str, make_volume, make_head) -> None:
    recipe = BUILTIN[recipe_id]
    stack = finish(prepare(make_volume(make_head((33, 120, 140))), recipe))
    assert stack.values.shape == (30, 256, 256)
    assert stack.values.dtype == np.float32
    assert stack.values.min() >= 0
    assert stack.values.max() <= 1
    assert stack.values.std() > 0.01
    assert (stack.recipe_id, stack.recipe_digest) == (recipe.id, recipe.digest)
    assert not stack.values.flags.writeable


def test_whole_numbers_and_fractions_give_the_same_stack(make_volume, make_head) -> None:
    hu = make_head((30, 90, 100))
    whole, fraction = (finish(prepare(make_volume(array), BUILTIN["leuko-b"])) for array in (hu, hu.astype(np.float32)))
    np.testing.assert_array_equal(whole.values, fraction.values)


def test_padded_slices_are_black_and_never_scored(make_volume, make_head) -> None:
    stack = finish(prepare(make_volume(make_head((28, 64, 64))), BUILTIN["leuko-a"]))
    assert stack.mapping.scored == tuple(range(1, 29))
    assert stack.values[[0, 29]].max() == 0


def test_progress_counts_the_steps_and_closing_stops(make_volume, make_head) -> None:
    work = prepare(make_volume(make_head((3, 64, 64))), BUILTIN["leuko-b"])
    assert next(work) == Progress(0, 5, "Preparing the slices")
    work.close()
    seen: list[int] = []
    finish(
        prepare(make_volume(make_head((3, 64, 64))), BUILTIN["leuko-b"]),
        on_progress=lambda step: seen.append(step.done),
    )
    assert seen == [0, 1, 2, 3, 4, 5]


def test_the_volume_is_left_as_it_is(make_volume, make_head) -> None:
    volume = make_volume(make_head((4, 64, 64)))
    before = volume.hu.copy()
    for recipe in BUILTIN.values():
        finish(prepare(volume, recipe))
    np.testing.assert_array_equal(volume.hu, before)


def test_the_models_input_is_normalized_by_channel() -> None:
    values = np.linspace(0, 1, 2 * 4 * 4, dtype=np.float32).reshape(2, 4, 4)
    batch = model_input(values, BUILTIN["leuko-a"])
    assert batch.shape == (2, 3, 4, 4)
    assert batch.dtype == np.float32
    np.testing.assert_allclose(batch[1, 2], (values[1] - 0.406) / 0.225, rtol=1e-5)


def test_gray_centered_on_brain_gives_brain_both_signs() -> None:
    values = np.array([0.17, 0.27, 0.37], np.float32).reshape(1, 1, 3)
    batch = model_input(values, BUILTIN["leuko-a-brain"])
    np.testing.assert_allclose(batch, np.broadcast_to([-1.0, 0.0, 1.0], (1, 3, 1, 3)), atol=1e-5)


def test_a_stack_has_the_shape_of_its_mapping(make_volume, make_head) -> None:
    stack = finish(prepare(make_volume(make_head((3, 64, 64))), Recipe("free", BUILTIN["leuko-a"].steps[1:])))
    assert stack.mapping.stack_shape == (3, 256, 256)
    with pytest.raises(ValueError, match="shape"):
        Stack(stack.values[:2], stack.mapping, "free", "")


if __name__ == "__main__":
    import runpy

    write_golden(runpy.run_path(str(Path(__file__).with_name("conftest.py")))["build_volume"])
