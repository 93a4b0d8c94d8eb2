"""Slices or whole stacks for the loop: one array, index arrays, no work by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from trainer.data.augment import DRAWS
from trainer.data.cache import CacheContent, PreparedCase

IndexArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SliceTable:
    """The scored slices of some cases, one row each, cases one after the other.

    Attributes
    ----------
    case : array of int64, shape (rows,)
        Position of the case in ``cases``.
    stack_index : array of int64, shape (rows,)
        Slice in the case's stack.
    label : array of int64, shape (rows,)
        The patient's label.
    cases : tuple of PreparedCase
        The cases.
    """

    case: IndexArray
    stack_index: IndexArray
    label: IndexArray
    cases: tuple[PreparedCase, ...]

    @classmethod
    def of(cls, cases: tuple[PreparedCase, ...]) -> SliceTable:
        """All scored slices of the cases."""
        counts = [len(case.scored) for case in cases]
        return cls(
            case=np.repeat(np.arange(len(cases), dtype=np.int64), counts),
            stack_index=np.array([i for case in cases for i in case.scored], dtype=np.int64),
            label=np.repeat(np.array([case.label for case in cases], dtype=np.int64), counts),
            cases=cases,
        )

    def __len__(self) -> int:
        return len(self.case)

    @property
    def place(self) -> NDArray[np.float64]:
        """Where each row lies in its case: 0 at the uppermost scored slice, 1 at the lowest; shape (rows,)."""
        first = np.array([case.scored[0] for case in self.cases], dtype=np.int64)
        span = np.array([max(case.scored[-1] - case.scored[0], 1) for case in self.cases], dtype=np.int64)
        places: NDArray[np.float64] = (self.stack_index - first[self.case]) / span[self.case]
        return places

    def rows(self, chosen: IndexArray) -> SliceTable:
        """Some of the rows."""
        return SliceTable(self.case[chosen], self.stack_index[chosen], self.label[chosen], self.cases)

    def evenly(self, slices_per_case: int) -> SliceTable:
        """At most so many slices of each case, evenly spread; 0 for all."""
        if slices_per_case <= 0:
            return self
        kept: list[IndexArray] = []
        for case in range(len(self.cases)):
            rows = np.flatnonzero(self.case == case)
            count = min(len(rows), slices_per_case)
            kept.append(rows[((np.arange(count) + 0.5) * len(rows) / count).astype(np.int64)])
        return self.rows(np.concatenate(kept))


class StackFiles:
    """Reads float32 slices straight from the cache's files: the very bits that the viewer would prepare."""

    def __init__(self, content: CacheContent, table: SliceTable) -> None:
        self.table = table
        self._paths: tuple[Path, ...] = tuple(content.stack_path(case) for case in table.cases)
        self._shape = table.cases[0].shape
        with self._paths[0].open("rb") as file:
            np.lib.format.read_magic(file)
            np.lib.format.read_array_header_1_0(file)
            self._header = file.tell()

    def slices(self, rows: IndexArray) -> NDArray[np.float32]:
        """Gray values of table rows, shape (n, rows, columns)."""
        _, height, width = self._shape
        values = np.empty((len(rows), height, width), dtype=np.float32)
        for out, row in enumerate(rows):
            offset = self._header + int(self.table.stack_index[row]) * height * width * 4
            path = self._paths[int(self.table.case[row])]
            values[out] = np.fromfile(path, np.float32, height * width, offset=offset).reshape(height, width)
        return values

    def stacks(self, cases: IndexArray) -> NDArray[np.float32]:
        """Whole stacks of cases, shape (n, depth, rows, columns)."""
        return np.stack([np.load(self._paths[int(case)], allow_pickle=False) for case in cases])


class SlicesInMemory:
    """All slices of a table in one float16 array, the fastest to gather from.

    Gray 0..1 in float16 differs by at most 0.025 HU; it serves training alone, never evaluation.
    """

    def __init__(self, files: StackFiles) -> None:
        self.table = files.table
        _, height, width = files.table.cases[0].shape
        self._values = np.empty((len(self.table), height, width), dtype=np.float16)
        for start in range(0, len(self.table), 256):
            rows = np.arange(start, min(start + 256, len(self.table)))
            self._values[rows] = files.slices(rows)

    def slices(self, rows: IndexArray) -> NDArray[np.float16]:
        """Gray values of table rows, shape (n, rows, columns)."""
        gathered: NDArray[np.float16] = self._values[rows]
        return gathered

    @staticmethod
    def needed_bytes(table: SliceTable) -> int:
        """Memory that a table takes."""
        _, height, width = table.cases[0].shape
        return len(table) * height * width * 2


class Batch(NamedTuple):
    """What the loop sees (a named tuple, since the loop moves batches to the device by their kind).

    Attributes
    ----------
    values : Tensor of float, shape (b, d, h, w)
        Gray 0..1; d is 1 for slices and the depth for whole stacks.
    labels : Tensor of float32, shape (b,)
        0 or 1.
    rows : Tensor of int64, shape (b,)
        Table rows, or cases for whole stacks.
    draws : array of float32, shape (b, DRAWS) or (b, 0)
        Chance for the augmentation of each picture, uniform in 0..1; without columns where nothing is shuffled.
    weight : float
        What the mean loss counts, so that the mean over all shares of a batch is the mean over its pictures; 1 when
        the shares are of one size.
    """

    values: Tensor
    labels: Tensor
    rows: Tensor
    draws: NDArray[np.float32]
    weight: float = 1.0


class Share(NamedTuple):
    """A share of a batch that is dealt over processes and in parts that fit a device: ``number``, from 0, of ``of``."""

    number: int = 0
    of: int = 1


# Epoch, batch of it, share of that.
Place = tuple[int, int, Share]
WHOLE = Share()


class EpochBatches(Dataset[Batch]):
    """Batches by place: order and chance follow from seed and epoch alone, so any process may ask for any of them.

    Parameters
    ----------
    labels : array of int64, shape (items,)
        Of the slices or stacks.
    batch_size : int
        What one step of the optimizer sees.
    shuffle : bool
        Shuffled anew each epoch, the last odd batch left out (never all), with draws for the augmentation; or in order.
    seed : int
        Of the run.
    """

    def __init__(self, labels: IndexArray, *, batch_size: int, shuffle: bool, seed: int) -> None:
        self.batch_size, self.shuffle, self.seed = batch_size, shuffle, seed
        self._labels = labels
        self._held: tuple[int, IndexArray, NDArray[np.float32]] | None = None

    def __len__(self) -> int:
        full, rest = divmod(len(self._dealt(0)[0]), self.batch_size)
        return full if self.shuffle and full else full + (rest > 0)

    def __getitem__(self, place: Place) -> Batch:
        epoch, index, share = place
        order, draws = self._dealt(epoch)
        whole = order[index * self.batch_size : (index + 1) * self.batch_size]
        rows = np.array_split(whole, share.of)[share.number]
        return Batch(
            values=self._values(rows),
            labels=torch.from_numpy(self._labels[rows]).float(),
            rows=torch.from_numpy(rows),
            draws=draws[rows],
            weight=len(rows) * share.of / len(whole),
        )

    def epoch(self, number: int) -> Iterator[Batch]:
        """All batches of an epoch, whole."""
        return (self[number, index, WHOLE] for index in range(len(self)))

    @property
    def smallest(self) -> int:
        """Pictures of the smallest batch."""
        count = len(self._dealt(0)[0])
        return min(count, self.batch_size) if self.shuffle else count % self.batch_size or self.batch_size

    def _values(self, rows: IndexArray) -> Tensor:
        raise NotImplementedError

    def _order(self, epoch: int) -> IndexArray:
        count = len(self._labels)
        return np.random.default_rng((self.seed, epoch)).permutation(count) if self.shuffle else np.arange(count)

    def _dealt(self, epoch: int) -> tuple[IndexArray, NDArray[np.float32]]:
        held = self._held
        if held is None or held[0] != epoch:
            columns = DRAWS if self.shuffle else 0
            draws = np.random.default_rng((self.seed, epoch, 1)).random((len(self._labels), columns), np.float32)
            held = self._held = (epoch, self._order(epoch), draws)
        return held[1], held[2]


class SliceBatches(EpochBatches):
    """Batches of slices.

    ``share``: the weight of each table row, above 0 to 1, float64 of shape (rows,). An epoch then draws as many rows as
    the shares sum to, or ``slices_per_case`` of each case, without replacement: rows of the smallest shares come
    somewhat more often than their share. None shows all.
    """

    def __init__(
        self,
        source: StackFiles | SlicesInMemory,
        *,
        batch_size: int,
        slices_per_case: int = 0,
        share: NDArray[np.float64] | None = None,
        shuffle: bool = False,
        seed: int = 0,
    ) -> None:
        super().__init__(source.table.label, batch_size=batch_size, shuffle=shuffle, seed=seed)
        self.source, self.slices_per_case, self.share = source, slices_per_case, share

    def _values(self, rows: IndexArray) -> Tensor:
        return torch.from_numpy(self.source.slices(rows))[:, None]

    def _order(self, epoch: int) -> IndexArray:
        count = len(self.source.table)
        if not self.shuffle:
            return np.arange(count)
        chance = np.random.default_rng((self.seed, epoch))
        order = chance.permutation(count)
        if self.share is not None:
            # Weighted sampling without replacement (Efraimidis and Spirakis), so that every epoch has the same length.
            order = np.argsort(-(chance.random(count) ** (1 / self.share)))
        if self.slices_per_case > 0:
            order = _first_of_each(self.source.table.case, order, self.slices_per_case)
        elif self.share is not None:
            order = order[: max(1, round(float(self.share.sum())))]
        return order if self.share is None else chance.permutation(order)


class StackBatches(EpochBatches):
    """Batches of whole stacks, for volume networks."""

    def __init__(self, files: StackFiles, *, batch_size: int, shuffle: bool = False, seed: int = 0) -> None:
        labels = np.array([case.label for case in files.table.cases], dtype=np.int64)
        super().__init__(labels, batch_size=batch_size, shuffle=shuffle, seed=seed)
        self.files = files

    def _values(self, rows: IndexArray) -> Tensor:
        return torch.from_numpy(self.files.stacks(rows))


def _first_of_each(case: IndexArray, order: IndexArray, count: int) -> IndexArray:
    """The first ``count`` rows of each case in a shuffled order; the order is kept."""
    by_case = np.argsort(case[order], kind="stable")
    sorted_case = case[order][by_case]
    starts = np.flatnonzero(np.r_[True, sorted_case[1:] != sorted_case[:-1]])
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    kept: IndexArray = order[np.sort(by_case[rank < count])]
    return kept
