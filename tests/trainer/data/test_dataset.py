"""Batches out of the cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.dataset import Share, SliceBatches, SlicesInMemory, SliceTable, StackBatches, StackFiles

DEPTH, SIDE = 6, 16


@pytest.fixture
def content(tmp_path: Path) -> CacheContent:
    """Five cases; case c scores its slices 1..c+1, and slice i of case c is filled with (10 c + i) / 100."""
    cases = []
    for case in range(5):
        values = np.stack([np.full((SIDE, SIDE), (10 * case + i) / 100, np.float32) for i in range(DEPTH)])
        np.save(tmp_path / f"k{case}.npy", values)
        scored = tuple(range(1, case + 2))
        cases.append(PreparedCase(f"c{case}", case % 2, f"k{case}", (DEPTH, SIDE, SIDE), scored, (), f"p{case}"))
    return CacheContent(tmp_path, tuple(cases))


def test_the_table_holds_the_scored_slices_of_each_case(content: CacheContent) -> None:
    table = SliceTable.of(content.cases)
    assert table.case.tolist() == [0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]
    assert table.stack_index.tolist() == [1, 1, 2, 1, 2, 3, 1, 2, 3, 4, 1, 2, 3, 4, 5]
    assert table.label.tolist() == [0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(("each", "expected"), [(0, [1, 2, 3, 4, 5]), (1, [1, 1, 1, 1, 1]), (3, [1, 2, 3, 3, 3])])
def test_an_even_choice_takes_so_many_of_each_case(each: int, expected: list[int], content: CacheContent) -> None:
    table = SliceTable.of(content.cases).evenly(each)
    assert np.bincount(table.case).tolist() == expected
    if each == 1:
        assert table.stack_index[-1] == 3


def test_files_give_the_exact_values_in_the_asked_order(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    values = files.slices(np.array([14, 0, 5]))
    np.testing.assert_array_equal(values[:, 3, 3], np.array([0.45, 0.01, 0.23], np.float32))
    assert values.dtype == np.float32
    assert files.stacks(np.array([2])).shape == (1, DEPTH, SIDE, SIDE)


def test_memory_gives_the_values_to_a_fortieth_hu(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    memory = SlicesInMemory(files)
    rows = np.arange(15)[::-1]
    assert memory.slices(rows).dtype == np.float16
    np.testing.assert_allclose(memory.slices(rows), files.slices(rows), atol=0.00025)
    assert SlicesInMemory.needed_bytes(files.table) == 15 * SIDE * SIDE * 2


def test_batches_in_order_hold_every_slice_once_with_its_label(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    batches = SliceBatches(files, batch_size=4)
    seen = list(batches.epoch(0))
    assert len(seen) == len(batches) == 4
    assert [len(batch.labels) for batch in seen] == [4, 4, 4, 3]
    assert np.concatenate([batch.rows for batch in seen]).tolist() == list(range(15))
    for batch in seen:
        assert batch.values.shape[1:] == (1, SIDE, SIDE)
        assert batch.labels.tolist() == files.table.label[batch.rows.numpy()].tolist()


def test_shuffled_batches_follow_seed_and_epoch(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))

    def order(seed: int, epoch: int) -> list[int]:
        batches = SliceBatches(files, batch_size=5, shuffle=True, seed=seed)
        return [int(row) for batch in batches.epoch(epoch) for row in batch.rows]

    assert order(1, 0) == order(1, 0)
    assert order(1, 0) != order(1, 1)
    assert order(1, 0) != order(2, 0)
    assert sorted(order(1, 3)) == list(range(15))


def test_an_epoch_may_draw_a_few_slices_of_each_case(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    batches = SliceBatches(files, batch_size=3, shuffle=True, slices_per_case=2)
    seen = np.concatenate([batch.rows for batch in batches.epoch(0)])
    assert np.bincount(files.table.case[seen]).tolist() == [1, 2, 2, 2, 2]
    assert len(set(seen.tolist())) == 9


def test_a_training_epoch_drops_the_last_odd_batch_but_never_all(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    assert len(SliceBatches(files, batch_size=4, shuffle=True)) == 3
    assert len(SliceBatches(files, batch_size=64, shuffle=True)) == 1


def test_a_rows_place_runs_from_the_uppermost_to_the_lowest_scored_slice(content: CacheContent) -> None:
    places = SliceTable.of(content.cases).place
    np.testing.assert_allclose(places[:6], [0, 0, 1, 0, 0.5, 1])
    np.testing.assert_allclose(places[10:], [0, 0.25, 0.5, 0.75, 1])


def test_a_place_stays_the_same_among_chosen_rows(content: CacheContent) -> None:
    table = SliceTable.of(content.cases)
    chosen = np.array([14, 4, 12])
    np.testing.assert_array_equal(table.rows(chosen).place, table.place[chosen])


def _shared(content: CacheContent, *, slices_per_case: int = 0) -> SliceBatches:
    files = StackFiles(content, SliceTable.of(content.cases))
    share = np.where(np.arange(15) < 5, 1.0, 0.2)
    return SliceBatches(files, batch_size=3, share=share, slices_per_case=slices_per_case, shuffle=True, seed=4)


def _epochs(batches: SliceBatches, count: int) -> list[list[int]]:
    return [[int(row) for batch in batches.epoch(epoch) for row in batch.rows] for epoch in range(count)]


def test_rows_of_smaller_share_are_shown_less_often_and_no_row_twice(content: CacheContent) -> None:
    batches = _shared(content)
    assert len(batches) == 2  # 5 x 1.0 + 10 x 0.2 = 7 rows, in full batches of three
    epochs = _epochs(batches, 300)
    assert all(len(set(rows)) == len(rows) == 6 for rows in epochs)
    often = np.bincount(np.concatenate(epochs), minlength=15) / len(epochs)
    assert often[:5].mean() > 2 * often[5:].mean()
    assert often[:5].min() > 1.5 * often[5:].max()
    assert often[5:].min() > 0
    assert epochs[0] != epochs[1]


def test_rows_of_full_share_are_all_shown(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    batches = SliceBatches(files, batch_size=5, share=np.ones(15), shuffle=True)
    assert sorted(_epochs(batches, 1)[0]) == list(range(15))


def test_shares_and_a_few_slices_of_each_case_give_epochs_of_one_length(content: CacheContent) -> None:
    batches = _shared(content, slices_per_case=2)
    epochs = _epochs(batches, 60)
    assert {len(rows) for rows in epochs} == {9}
    assert all(np.bincount(batches.source.table.case[rows]).tolist() == [1, 2, 2, 2, 2] for rows in epochs)
    often = np.bincount(np.concatenate(epochs), minlength=15)
    assert often[3:5].min() > often[5]  # rows 3 to 5 are one case: two of full share, one of a fifth


def test_stacks_come_whole_with_the_patients_label(content: CacheContent) -> None:
    batches = StackBatches(StackFiles(content, SliceTable.of(content.cases)), batch_size=2)
    seen = list(batches.epoch(0))
    assert [tuple(batch.values.shape) for batch in seen] == [(2, DEPTH, SIDE, SIDE)] * 2 + [(1, DEPTH, SIDE, SIDE)]
    assert [int(label) for batch in seen for label in batch.labels] == [0, 1, 0, 1, 0]


def test_a_batch_is_dealt_into_shares_that_hold_each_picture_once_and_weigh_as_one(content: CacheContent) -> None:
    batches = SliceBatches(StackFiles(content, SliceTable.of(content.cases)), batch_size=7, shuffle=True, seed=3)
    whole = batches[2, 1, Share()]
    parts = [batches[2, 1, Share(index, 3)] for index in range(3)]
    assert [len(part.rows) for part in parts] == [3, 2, 2]
    for name in ("values", "labels", "rows", "draws"):
        together = np.concatenate([np.asarray(getattr(part, name)) for part in parts])
        np.testing.assert_array_equal(together, np.asarray(getattr(whole, name)))
    mean = np.mean([part.weight * float(part.rows.double().mean()) for part in parts])
    assert mean == pytest.approx(float(whole.rows.double().mean()))
    assert whole.weight == 1.0
    assert batches.smallest == 7


def test_chance_of_a_picture_follows_seed_and_epoch_in_whatever_batch_it_is(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))

    def draws(batch_size: int, *, epoch: int = 1, seed: int = 3) -> np.ndarray:
        batches = SliceBatches(files, batch_size=batch_size, shuffle=True, seed=seed)
        seen = list(batches.epoch(epoch))
        by_row = np.argsort(np.concatenate([batch.rows for batch in seen]))
        return np.concatenate([batch.draws for batch in seen])[by_row]

    np.testing.assert_array_equal(draws(5), draws(3))
    assert draws(5).shape == (15, 10)
    assert not np.array_equal(draws(5), draws(5, epoch=2))
    assert not np.array_equal(draws(5), draws(5, seed=4))
    assert next(SliceBatches(files, batch_size=5).epoch(0)).draws.shape == (5, 0)


@pytest.mark.parametrize(
    ("batch_size", "shuffle", "smallest"), [(4, True, 4), (64, True, 15), (4, False, 3), (5, False, 5)]
)
def test_the_smallest_batch_is_known(batch_size: int, shuffle: bool, smallest: int, content: CacheContent) -> None:
    batches = SliceBatches(StackFiles(content, SliceTable.of(content.cases)), batch_size=batch_size, shuffle=shuffle)
    assert batches.smallest == smallest == min(len(batch.rows) for batch in batches.epoch(0))


def test_a_training_epoch_of_stacks_drops_the_odd_one(content: CacheContent) -> None:
    files = StackFiles(content, SliceTable.of(content.cases))
    assert [len(batch.rows) for batch in StackBatches(files, batch_size=2, shuffle=True).epoch(0)] == [2, 2]
