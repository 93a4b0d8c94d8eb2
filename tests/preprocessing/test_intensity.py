"""Gray values of named HU, step by step."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.exposure import rescale_intensity

from leukoviewer.preprocessing.draft import Draft
from leukoviewer.preprocessing.intensity import KeepBand, RemoveWhite, Rescale, Stretch


def _line(values: list[float]) -> Draft:
    array = np.array(values, np.float32)[None, None]
    return Draft(array, ((0,),), (1, 1, len(values)))


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (Rescale(), [-1024, -1, 0, 8, 17.5, 28, 38, 100, 101, 3000], [0, 0, 0, 0.08, 0.175, 0.28, 0.38, 1, 1, 1]),
        (Rescale(-10, 90), [-20, -10, 40, 90, 95], [0, 0, 0.5, 1, 1]),
        (KeepBand(), [0, 0.17, 0.18, 0.19, 0.5, 0.79, 0.8, 1], [0, 0, 0, 0.19, 0.5, 0.79, 0, 0]),
        (Stretch(), [0, 0.15, 0.4, 0.65, 0.9], [0, 0, 0.5, 1, 1]),
        (RemoveWhite(), [0, 0.5, 0.999, 1], [0, 0.5, 0.999, 0]),
    ],
)
def test_each_step_does_what_the_paper_says(step, before: list[float], after: list[float]) -> None:
    result = step.apply(_line(before)).values
    assert result.dtype == np.float32
    np.testing.assert_allclose(result[0, 0], after, atol=1e-6)


def test_steps_leave_the_given_draft_as_it_is() -> None:
    for step in (Rescale(), KeepBand(), Stretch(), RemoveWhite()):
        draft = _line([-5.0, 0.1, 0.9, 200.0])
        step.apply(draft)
        assert draft.values[0, 0].tolist() == np.array([-5.0, 0.1, 0.9, 200.0], np.float32).tolist()


def test_stretching_equals_scikit_image() -> None:
    gray = np.random.default_rng(3).random((1, 40, 40)).astype(np.float32)
    ours = Stretch().apply(Draft(gray, ((0,),), (1, 40, 40))).values
    np.testing.assert_allclose(ours, rescale_intensity(gray, in_range=(0.15, 0.65), out_range=(0, 1)), atol=1e-6)


@pytest.mark.parametrize(("hu", "kept"), [(64.9, True), (65.0, False), (66.0, False), (200.0, False), (15.0, False)])
def test_after_stretching_and_removing_white_all_from_65_hu_is_gone(hu: float, kept: bool) -> None:
    draft = _line([hu])
    for step in (Rescale(), Stretch(), RemoveWhite()):
        draft = step.apply(draft)
    assert (draft.values[0, 0, 0] > 0) == kept


@pytest.mark.parametrize(
    "build", [lambda: Rescale(5, 5), lambda: KeepBand(0.8, 0.2), lambda: Stretch(1, 0), lambda: RemoveWhite(0)]
)
def test_impossible_ranges_are_refused(build) -> None:
    with pytest.raises(ValueError, match=r"grow|above"):
        build()
