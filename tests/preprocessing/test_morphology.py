"""Opening and mean against scikit-image and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from skimage.morphology import opening

from leukoviewer.preprocessing.draft import Draft
from leukoviewer.preprocessing.morphology import Mean, Opening


@pytest.fixture
def draft() -> Draft:
    gray = np.random.default_rng(4).random((3, 41, 50)).astype(np.float32)
    return Draft(gray, ((0,), (1,), (2,)), (3, 41, 50))


@pytest.mark.parametrize("size_px", [1, 2, 3, 4, 5, 8])
def test_opening_equals_scikit_image_up_to_the_edges(size_px: int, draft: Draft) -> None:
    ours = Opening(size_px).apply(draft).values
    for index, gray in enumerate(draft.values):
        np.testing.assert_array_equal(ours[index], opening(gray, np.ones((size_px, size_px))))


@pytest.mark.parametrize("size_px", [1, 3, 5, 9])
def test_the_mean_equals_scipy_up_to_the_edges(size_px: int, draft: Draft) -> None:
    ours = Mean(size_px).apply(draft).values
    for index, gray in enumerate(draft.values):
        theirs = ndimage.uniform_filter(gray.astype(np.float64), size_px, mode="reflect")
        np.testing.assert_allclose(ours[index], theirs, atol=1e-6)


def test_opening_removes_what_is_smaller_than_the_square() -> None:
    gray = np.zeros((1, 20, 20), np.float32)
    gray[0, 2:5, 2:5] = 1
    gray[0, 10:14, 10:14] = 0.5
    opened = Opening(4).apply(Draft(gray, ((0,),), (1, 20, 20))).values
    assert opened[0, :8, :8].max() == 0
    np.testing.assert_array_equal(opened[0, 9:15, 9:15], gray[0, 9:15, 9:15])


def test_neighboring_slices_do_not_touch_each_other(draft: Draft) -> None:
    alone = Draft(draft.values[1:2], ((1,),), (3, 41, 50))
    for step in (Mean(), Opening()):
        np.testing.assert_array_equal(step.apply(draft).values[1], step.apply(alone).values[0])


@pytest.mark.parametrize("build", [lambda: Opening(0), lambda: Opening(65), lambda: Mean(2), lambda: Mean(0)])
def test_impossible_sizes_are_refused(build) -> None:
    with pytest.raises(ValueError, match="side"):
        build()
