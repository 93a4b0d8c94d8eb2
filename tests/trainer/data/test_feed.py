"""Batches for one process, from any place on, read ahead by a thread or by processes."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.data import IterableDataset

from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.dataset import Share, SliceBatches, SliceTable, StackFiles
from trainer.data.feed import Feed, Replayed

SIDE = 8


@pytest.fixture
def files(tmp_path: Path) -> StackFiles:
    """Four cases of five slices; slice i of case c is filled with (5 c + i) / 100, which is its row."""
    cases = []
    for case in range(4):
        values = np.stack([np.full((SIDE, SIDE), (5 * case + i) / 100, np.float32) for i in range(5)])
        np.save(tmp_path / f"k{case}.npy", values)
        cases.append(PreparedCase(f"c{case}", case % 2, f"k{case}", (5, SIDE, SIDE), tuple(range(5)), (), f"p{case}"))
    return StackFiles(CacheContent(tmp_path, tuple(cases)), SliceTable.of(tuple(cases)))


def _training(files: StackFiles) -> SliceBatches:
    return SliceBatches(files, batch_size=6, shuffle=True, seed=2)


def _rows(feed: Feed) -> list[list[int]]:
    return [batch.rows.tolist() for batch in feed]


@pytest.mark.parametrize("workers", [0, 1])
def test_epochs_follow_each_other_and_may_begin_anywhere(workers: int, files: StackFiles) -> None:
    batches = _training(files)
    expected = [[batch.rows.tolist() for batch in batches.epoch(epoch)] for epoch in range(3)]
    feed = Feed(batches, workers=workers)
    state = torch.get_rng_state()
    assert len(feed) == 3
    assert [_rows(feed), _rows(feed)] == expected[:2]
    feed.go_to(1, 2)
    assert _rows(feed) == expected[1][2:]
    (batch, *_), _ = list(feed), feed.close()
    assert batch.rows.tolist() == expected[2][0]
    torch.testing.assert_close(batch.values[:, 0, 3, 3], batch.rows / 100, check_dtype=False)
    assert isinstance(batch.draws, np.ndarray)
    assert torch.equal(torch.get_rng_state(), state), "reading draws from the run's chance"


def test_the_place_is_read_at_the_first_batch_since_the_loop_makes_iterators_early(files: StackFiles) -> None:
    feed = Feed(_training(files))
    iterator = iter(feed)
    feed.go_to(4, 1)
    assert next(iterator).rows.tolist() == feed.batches[4, 1, Share()].rows.tolist()
    feed.close()


@pytest.mark.parametrize(("world", "parts"), [(1, 1), (2, 1), (3, 1), (1, 2), (2, 3)])
def test_all_processes_and_parts_together_see_each_batch_once(world: int, parts: int, files: StackFiles) -> None:
    batches = _training(files)
    feeds = [Feed(batches, parts=parts) for _ in range(world)]
    seen: list[list[list[int]]] = []
    for rank, feed in enumerate(feeds):
        feed.deal(rank, world)
        assert len(feed) == 3 * parts
        seen.append(_rows(feed))
    for index, whole in enumerate(batches.epoch(0)):
        dealt = [row for rows in seen for part in rows[index * parts : (index + 1) * parts] for row in part]
        assert sorted(dealt) == sorted(whole.rows.tolist())


@pytest.mark.parametrize("world", [1, 2, 3])
def test_validation_batches_are_dealt_whole_and_to_all_processes_as_many(world: int, files: StackFiles) -> None:
    batches = SliceBatches(files, batch_size=6)
    seen = []
    for rank in range(world):
        feed = Feed(batches)
        feed.deal(rank, world)
        seen.append(_rows(feed))
        assert _rows(feed) == seen[-1], "each epoch the same"
    assert {len(rows) for rows in seen} == {-(-4 // world)}
    assert {row for rows in seen for part in rows for row in part} == set(range(20))


class _Counted(IterableDataset[int]):
    epoch = 0

    def set_epoch(self, epoch: int) -> None:
        self.epoch = epoch

    def __len__(self) -> int:
        return 4

    def __iter__(self):
        return (10 * self.epoch + index for index in range(4))


def test_batches_that_come_only_in_order_are_passed_over() -> None:
    feed = Feed(Replayed(_Counted()))
    assert [list(feed), list(feed)] == [[0, 1, 2, 3], [10, 11, 12, 13]]
    feed.go_to(3, 2)
    assert list(feed) == [32, 33]


def test_the_next_batches_are_read_while_one_is_used(files: StackFiles) -> None:
    asked, enough = [], threading.Event()

    class Watched(SliceBatches):
        def __getitem__(self, place):
            asked.append(place[1])
            if len(asked) == 3:
                enough.set()
            return super().__getitem__(place)

    iterator = iter(Feed(Watched(files, batch_size=3)))
    next(iterator)
    assert enough.wait(60)
    iterator.close()
    assert asked[:3] == [0, 1, 2]


def test_an_error_while_reading_comes_out(files: StackFiles, tmp_path: Path) -> None:
    (tmp_path / "k3.npy").unlink()
    with pytest.raises(FileNotFoundError):
        list(Feed(SliceBatches(files, batch_size=6)))
