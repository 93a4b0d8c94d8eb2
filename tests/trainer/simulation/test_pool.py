"""A pool of fresh patients: kept on disk, the same whoever draws it, with the places of what they have."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from leukoviewer.preprocessing.spatial import Resize
from tests.trainer.simulation.small import SmallSource
from trainer.simulation import endless
from trainer.simulation.pool import CLASSES, MASK_STEP_PX, SHOWN_SHARE, Pool, fill_pool
from trainer.simulation.template import Template

RECIPE = BUILTIN["leuko-a"]


@pytest.fixture(scope="module", autouse=True)
def _known_head(template: Template) -> Generator[None, None, None]:
    """The template is not read again for each source."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(endless, "held_template", lambda device: template)
        yield


@pytest.fixture(scope="module")
def source() -> SmallSource:
    return SmallSource(RECIPE, seed=3, prevalence=1.0)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pool of all these tests is kept."""
    return tmp_path_factory.mktemp("pool") / "cache"


@pytest.fixture(scope="module")
def pool(source: SmallSource, cache: Path) -> Pool:
    return finish(fill_pool(source, 3, cache))


def test_slices_come_with_the_shares_of_what_lies_in_them(source: SmallSource, pool: Pool) -> None:
    assert pool.values.dtype == np.float16
    assert pool.values.shape[1:] == (256, 256)
    assert pool.masks.shape == (len(pool), len(CLASSES), 256 // MASK_STEP_PX, 256 // MASK_STEP_PX)
    assert set(pool.patient) == {0, 1, 2}
    for index in range(3):
        sample = source.sample(index)
        of = pool.patient == index
        assert np.array_equal(pool.values[of], sample.values[sample.is_scored].numpy().astype(np.float16))
        drawn = pool.masks[of, 0].astype(float).sum() / 255 * MASK_STEP_PX**2
        assert drawn == pytest.approx(float(sample.lesion_share.sum()), rel=0.05, abs=20)
    assert pool.masks[:, 0].max() == 255


def test_patients_once_drawn_are_found_again(
    source: SmallSource, pool: Pool, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallSource, "patient", lambda *_: pytest.fail("drawn again"))
    again = finish(fill_pool(source, 3, cache))
    assert np.array_equal(again.values, pool.values)
    assert np.array_equal(again.masks, pool.masks)


def test_slices_with_enough_disease_show_it_and_thin_caps_do_not(pool: Pool) -> None:
    assert pool.positive.all()
    assert np.array_equal(pool.shows, pool.shares[:, 0] >= SHOWN_SHARE)
    assert 0 < pool.shows.mean() < 1
    healthy = replace(pool, positive=np.zeros(len(pool), dtype=bool))
    assert not healthy.shows.any()


def test_pools_are_joined_without_mixing_their_patients(pool: Pool) -> None:
    both = Pool.joined([pool, pool])
    assert len(both) == 2 * len(pool)
    assert set(both.patient) == {0, 1, 2, 3, 4, 5}
    assert np.array_equal(both.values[both.patient >= 3], pool.values)
    assert np.array_equal(both.positive, np.concatenate([pool.positive] * 2))


def test_bad_wishes_get_a_sentence(source: SmallSource, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at least 2 patients"):
        finish(fill_pool(source, 1, tmp_path))
    odd = Recipe("odd", (*RECIPE.steps[:1], Resize(30, 30), *RECIPE.steps[2:]))
    with pytest.raises(UsageError, match="cannot be divided by 4"):
        finish(fill_pool(SmallSource(odd), 2, tmp_path))
    assert not list(tmp_path.iterdir())
