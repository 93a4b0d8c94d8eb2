"""Maps back on native pixels."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.transform import resize

from leukoviewer.core.progress import finish
from leukoviewer.core.results import StackMapping
from leukoviewer.preprocessing.projection import project
from leukoviewer.preprocessing.recipe import BUILTIN
from leukoviewer.preprocessing.stack import prepare


def _mapping(native: tuple[int, int], scale: tuple[float, float], offset: tuple[float, float]) -> StackMapping:
    return StackMapping(((0,),), (1, *native), (1, 256, 256), scale, offset)


def test_a_map_is_spread_bilinearly_over_the_whole_native_plane() -> None:
    raw = np.random.default_rng(5).random((8, 8)).astype(np.float32)
    spread = project(raw, _mapping((512, 600), (2.0, 600 / 256), (0.0, 0.0)))
    theirs = resize(raw.astype(np.float64), (512, 600), order=1, mode="edge", anti_aliasing=False)
    assert spread.dtype == np.float32
    np.testing.assert_allclose(spread, theirs, atol=1e-5)


@pytest.mark.parametrize("recipe_id", ["leuko-a", "leuko-a-aspect"])
@pytest.mark.parametrize("shape", [(128, 128), (96, 160), (160, 96)])
def test_a_mark_in_the_volume_comes_back_to_its_own_pixels(recipe_id: str, shape: tuple[int, int], make_volume) -> None:
    hu = np.full((30, *shape), -1000, np.int16)
    hu[4, 30:34, 60:64] = 90
    stack = finish(prepare(make_volume(hu), BUILTIN[recipe_id]))
    spread = project(stack.values[4], stack.mapping)
    weights = spread / spread.sum()
    assert spread.shape == shape
    assert float((weights.sum(axis=1) * np.arange(shape[0])).sum()) == pytest.approx(31.5, abs=0.3)
    assert float((weights.sum(axis=0) * np.arange(shape[1])).sum()) == pytest.approx(61.5, abs=0.3)


def test_pixels_that_the_model_did_not_see_are_zero() -> None:
    spread = project(np.ones((4, 4), np.float32), _mapping((300, 276), (1.0, 1.0), (20.0, -10.0)))
    assert spread[:20].max() == 0
    assert spread[276:].max() == 0
    assert spread[20:276, :246].min() == 1
    assert spread[20:276, 246:].max() == 0


def test_a_map_of_one_cell_covers_everything_evenly() -> None:
    spread = project(np.full((1, 1), 3.0, np.float32), _mapping((512, 512), (2.0, 2.0), (0.0, 0.0)))
    assert spread.min() == spread.max() == 3.0
