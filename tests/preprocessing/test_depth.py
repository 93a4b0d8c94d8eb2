"""The depth window of the paper, and slabs."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.errors import RefusedError
from leukoviewer.preprocessing.depth import DepthWindow, Slabs
from leukoviewer.preprocessing.draft import Draft


@pytest.mark.parametrize(
    ("count", "start"),
    [
        (30, 0),
        (31, 0),
        (38, 0),  # p = 15
        (40, 1),  # p = 16
        (45, 3),  # p = 18
        (60, 9),
        (75, 15),
        (100, 25),
        (300, 105),
        (28, -1),
        (29, 0),
        (1, -14),
        (15, -7),
    ],
)
def test_the_window_begins_where_the_paper_says(count: int, start: int) -> None:
    assert DepthWindow().start(count) == start


def test_the_window_never_leaves_the_stack() -> None:
    for count in range(30, 400):
        start = DepthWindow().start(count)
        assert 0 <= start <= count - 30
        assert start == min(max(count * 2 // 5 - 15, 0), count - 30)


def test_the_window_takes_its_slices_and_knows_them(make_volume) -> None:
    hu = np.repeat(np.arange(60, dtype=np.int16)[:, None, None], 4, axis=1).repeat(5, axis=2)
    draft = DepthWindow().apply(Draft.from_volume(make_volume(hu)))
    assert draft.values[:, 0, 0].tolist() == list(range(9, 39))
    assert draft.native == tuple((i,) for i in range(9, 39))


@pytest.mark.parametrize("count", [1, 2, 15, 28, 29])
def test_a_short_series_is_padded_with_marked_air_at_both_ends(count: int, make_volume) -> None:
    hu = np.full((count, 4, 5), 40, np.int16)
    draft = DepthWindow().apply(Draft.from_volume(make_volume(hu)))
    mapping = draft.mapping()
    before = (30 - count) // 2
    assert draft.values.shape == (30, 4, 5)
    assert mapping.scored == tuple(range(before, before + count))
    assert mapping.native[before] == (0,)
    for index in range(30):
        expected = 40 if index in mapping.scored else -1024
        assert (draft.values[index] == expected).all()


def test_unreadable_slices_keep_their_place_and_are_not_scored(make_volume) -> None:
    draft = DepthWindow().apply(Draft.from_volume(make_volume(np.zeros((31, 4, 4), np.int16), broken=(3, 30))))
    assert draft.native[3] == ()
    assert 3 not in draft.mapping().scored
    assert len(draft.mapping().scored) == 29


@pytest.mark.parametrize(
    ("steps_mm", "sizes"),
    [
        ([5.0] * 9, [1] * 10),
        ([7.0] * 4, [1] * 5),
        ([4.0] * 9, [1] * 10),
        ([2.5] * 9, [2] * 5),
        ([3.0] * 5, [2, 2, 2]),
        ([1.0] * 11, [5, 5, 2]),
        ([0.625] * 15, [8, 8]),
        ([7.0, 7.0, 1.0, 1.0, 1.0, 1.0, 1.0], [1, 1, 5, 1]),
        ([], [1]),
    ],
)
def test_thin_slices_join_to_slabs_near_five_mm(steps_mm: list[float], sizes: list[int]) -> None:
    heights = tuple(100.0 - float(sum(steps_mm[:i])) for i in range(len(steps_mm) + 1))
    groups = Slabs(5.0).groups(heights)
    assert [len(group) for group in groups] == sizes
    assert [i for group in groups for i in group] == list(range(len(heights)))


def test_a_slab_is_the_mean_of_its_good_slices(make_volume) -> None:
    hu = np.repeat(np.array([0, 10, 20, 1000, 40, 50, 60, 70], np.int16)[:, None, None], 3, axis=1).repeat(3, axis=2)
    volume = make_volume(hu, positions_mm=[10.0 - 1.25 * i for i in range(8)], broken=(3,))
    draft = Slabs(5.0).apply(Draft.from_volume(volume))
    assert draft.values[:, 1, 1].tolist() == [10.0, 55.0]
    assert draft.native == ((0, 1, 2), (4, 5, 6, 7))


def test_a_slab_of_unreadable_slices_is_air_and_not_scored(make_volume) -> None:
    volume = make_volume(np.zeros((4, 3, 3), np.int16), positions_mm=[4.0, 1.5, -1.0, -3.5], broken=(0, 1))
    draft = Slabs(5.0).apply(Draft.from_volume(volume))
    assert draft.native == ((), (2, 3))
    assert (draft.values[0] == -1024).all()


def test_thick_series_are_left_as_they_are(make_volume) -> None:
    draft = Draft.from_volume(make_volume(np.zeros((6, 3, 3), np.int16)))
    assert Slabs(5.0).apply(draft) is draft


def test_slabs_need_positions(make_volume) -> None:
    with pytest.raises(RefusedError, match="positions"):
        Slabs().apply(Draft.from_volume(make_volume(np.zeros((2, 3, 3), np.int16), geometry=False)))


@pytest.mark.parametrize("build", [lambda: DepthWindow(0), lambda: DepthWindow(30, 1.5), lambda: Slabs(0.0)])
def test_impossible_depths_are_refused(build) -> None:
    with pytest.raises(ValueError, match="need"):
        build()
