"""Scores on their native slices, the vote, the mapping."""

from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.core.results import Analysis, PackageRef, SliceScore, StackMapping, Vote

PACKAGE = PackageRef("m-1", "m", "1", "0" * 64, "binary", "convnext_atto", "simulated patients", simulated=True)


def _mapping(native: tuple[tuple[int, ...], ...], slices: int = 8) -> StackMapping:
    return StackMapping(native, (slices, 64, 80), (len(native), 32, 32), (2.0, 2.5))


def _analysis(scores: list[float], *, threshold: float = 0.5, needed: int = 1) -> Analysis:
    """One padded slice, then one slab of two native slices, then single ones."""
    native = ((), (0, 1), *((i + 1,) for i in range(1, len(scores))))
    made = tuple(SliceScore(i + 1, native[i + 1], 4 * s - 2, s) for i, s in enumerate(scores))
    maps = np.arange(len(scores) * 4, dtype=np.float32).reshape(len(scores), 2, 2)
    return Analysis(
        "key", "uid", PACKAGE, "onnxruntime", "cpu", "leuko-a", "d", _mapping(native), made, maps, threshold, needed
    )


def test_padded_slices_are_not_scored_and_slabs_are_found_from_each_of_their_slices() -> None:
    mapping = _mapping(((), (0, 1), (2,), ()))
    assert mapping.scored == (1, 2)
    assert [mapping.stack_index(i) for i in range(4)] == [1, 1, 2, None]


@pytest.mark.parametrize(
    ("native", "shape", "scale"),
    [
        (((0,),), (2, 8, 8), (1.0, 1.0)),
        (((0,), (9,)), (2, 8, 8), (1.0, 1.0)),
        (((0,), (-1,)), (2, 8, 8), (1.0, 1.0)),
        (((0,), (1,)), (2, 8, 8), (0.0, 1.0)),
    ],
)
def test_an_impossible_mapping_is_refused(native, shape, scale) -> None:
    with pytest.raises(ValueError, match="mapping"):
        StackMapping(native, (9, 16, 16), shape, scale)


@pytest.mark.parametrize(
    ("positive", "needed", "verdict"), [(0, 0, False), (1, 0, True), (3, 3, False), (4, 3, True), (30, 29, True)]
)
def test_the_patient_is_positive_with_more_slices_than_needed(positive: int, needed: int, verdict: bool) -> None:
    vote = Vote(30, positive, 0.5, needed)
    assert vote.is_positive == verdict
    assert f"{positive} of 30" in vote.sentence
    assert vote.sentence.endswith("positive" if verdict else "negative")


def test_a_slice_at_the_threshold_is_positive() -> None:
    assert _analysis([0.5, 0.49, 0.51]).vote().positive == 2


def test_the_vote_moves_with_the_readers_thresholds_and_the_result_stays() -> None:
    analysis = _analysis([0.2, 0.4, 0.6, 0.8])
    assert analysis.vote() == Vote(4, 2, 0.5, 1)
    assert analysis.vote(slice_threshold=0.7) == Vote(4, 1, 0.7, 1)
    assert analysis.vote(slice_threshold=0.0, needed=3) == Vote(4, 4, 0.0, 3)
    assert analysis.slice_threshold == 0.5


def test_scores_lie_on_their_native_slices() -> None:
    scores = _analysis([0.2, 0.4, 0.6]).by_native()
    assert scores[:4].tolist() == [0.2, 0.2, 0.4, 0.6]
    assert np.isnan(scores[4:]).all()


def test_maps_are_found_by_native_slice() -> None:
    analysis = _analysis([0.2, 0.4])
    np.testing.assert_array_equal(analysis.map_of(1), [[0, 1], [2, 3]])
    np.testing.assert_array_equal(analysis.map_of(2), [[4, 5], [6, 7]])
    assert analysis.map_of(7) is None


def test_one_scale_holds_for_the_whole_scan_and_maps_cannot_be_changed() -> None:
    analysis = _analysis([0.2, 0.4])
    assert analysis.map_scale == 7.0
    assert not analysis.maps.flags.writeable


def test_a_result_without_scored_slices_has_scale_zero() -> None:
    empty = Analysis(
        "k", "u", PACKAGE, "e", "cpu", "r", "d", _mapping(((),)), (), np.zeros((0, 2, 2), np.float32), 0.5, 0
    )
    assert empty.map_scale == 0.0
    assert not empty.vote().is_positive


def test_a_padded_slice_cannot_have_a_score() -> None:
    with pytest.raises(ValueError, match="never scored"):
        SliceScore(0, (), 0.0, 0.5)


@pytest.mark.parametrize("maps", [np.zeros((1, 2, 2), np.float32), np.zeros((2, 2), np.float32)])
def test_a_result_holds_one_map_a_score(maps: np.ndarray) -> None:
    scores = (SliceScore(0, (0,), 0.0, 0.5), SliceScore(1, (1,), 0.0, 0.5))
    with pytest.raises(ValueError, match="one map"):
        Analysis("k", "u", PACKAGE, "e", "cpu", "r", "d", _mapping(((0,), (1,))), scores, maps, 0.5, 0)


@pytest.mark.parametrize(
    ("native", "told"),
    [
        (((), (0,), (1,), (2,)), ""),
        (((), (0, 1), (2,), ()), "The 3 slices of the scan count as 2: the model averages those that lie close."),
        (((0, 1), (1, 2)), "The 3 slices of the scan count as 2: the model averages those that lie close."),
    ],
)
def test_the_mapping_says_when_slices_count_as_one(native: tuple[tuple[int, ...], ...], told: str) -> None:
    assert _mapping(native).counting == told
