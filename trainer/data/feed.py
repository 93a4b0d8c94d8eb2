"""Hands batches to the loop from any place of an epoch on, read ahead by a thread or by processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, Protocol

import torch
from torch.utils.data import DataLoader

from trainer.data.dataset import EpochBatches, Place, Share

# Batches that wait ready; more would only take memory.
_AHEAD = 2


class Indexed(Protocol):
    """Batches by place."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: Place) -> Any: ...


class Replayed:
    """Batches of a dataset that can only be had one after the other (with ``set_epoch``): those before are passed over.

    They are not dealt: every process sees all.
    """

    def __init__(self, dataset: Any) -> None:
        self._dataset = dataset
        self._batches: Iterator[Any] = iter(())
        self._next: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._dataset)

    def __getitem__(self, place: Place) -> Any:
        epoch, index, _ = place
        if (epoch, index) != self._next:
            self._dataset.set_epoch(epoch)
            self._batches = islice(iter(self._dataset), index, None)
        self._next = (epoch, index + 1)
        return next(self._batches)


class Feed:
    """Batches for this process.

    Parameters
    ----------
    batches : Indexed
        Of which ``EpochBatches`` are dealt over processes.
    parts : int
        In how many parts each process takes a batch, so that they fit its device; for training.
    workers : int
        Processes that read ahead, started afresh (never forked, so that it works everywhere); 0 for a thread.
    """

    def __init__(self, batches: Indexed, *, parts: int = 1, workers: int = 0) -> None:
        self.batches, self.parts = batches, parts
        self.rank, self.world = 0, 1
        self._from = (0, 0)
        self._open: Generator[Any, None, None] | None = None
        self._reader = _Reader(batches, workers) if workers > 0 else None

    def deal(self, rank: int, world: int) -> None:
        """Give only the share of process ``rank`` of ``world``: of each batch in training, else some of the batches."""
        self.rank, self.world = rank, world

    def go_to(self, epoch: int, index: int) -> None:
        """Begin the next iteration here; ``index`` counts what an iteration yields."""
        self._from = (epoch, index)

    @property
    def trains(self) -> bool:
        """Whether batches are split, not dealt out whole."""
        return not isinstance(self.batches, EpochBatches) or self.batches.shuffle

    def __len__(self) -> int:
        # Every process has as many, or one of them would wait for the others forever.
        return len(self.batches) * self.parts if self.trains else -(-len(self.batches) // self.world)

    def __iter__(self) -> Iterator[Any]:
        self._open = self._batches()
        return self._open

    def _batches(self) -> Generator[Any, None, None]:
        # The place is read when the first batch is asked for: the loop makes iterators early.
        epoch, first = self._from
        places = [self._place(epoch, index) for index in range(first, len(self))]
        self._from = (epoch + 1, 0)
        yield from _ahead(self.batches.__getitem__, places) if self._reader is None else self._reader.read(places)

    def close(self) -> None:
        """End what reads ahead, also in the middle of an epoch."""
        if self._open is not None:
            self._open.close()
        if self._reader is not None:
            self._reader.close()

    def _place(self, epoch: int, index: int) -> Place:
        if self.trains:
            batch, part = divmod(index, self.parts)
            return epoch, batch, Share(part * self.world + self.rank, self.parts * self.world)
        # The last ones may come twice; the reader of the scores places them by row.
        return 0, (index * self.world + self.rank) % len(self.batches), Share()


class _Reader:
    """Processes that read, kept from epoch to epoch."""

    def __init__(self, batches: Indexed, workers: int) -> None:
        self._places: list[Place] = []
        self._loader: DataLoader[Any] | None = DataLoader(
            batches,  # type: ignore[arg-type] # indexed by places, which torch passes through
            batch_size=None,
            sampler=_Held(self._places),
            num_workers=workers,
            multiprocessing_context="spawn",
            persistent_workers=True,
            collate_fn=_as_it_is,
            # Its own source of chance: the run's must not depend on how batches are read.
            generator=torch.Generator(),
        )

    def read(self, places: Sequence[Place]) -> Iterator[Any]:
        self._places[:] = places
        return iter(self._loader or ())

    def close(self) -> None:
        self._loader = None


def _as_it_is(batch: Any) -> Any:
    return batch


class _Held:
    """The places of the coming iteration, as a sampler."""

    def __init__(self, places: list[Place]) -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(tuple(self._places))


def _ahead(get: Callable[[Place], Any], places: Sequence[Place]) -> Generator[Any, None, None]:
    """Batches in order, the next ones read by a thread meanwhile."""
    waiting: deque[Future[Any]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="batches") as pool:
        try:
            for place in places:
                waiting.append(pool.submit(get, place))
                if len(waiting) > _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
