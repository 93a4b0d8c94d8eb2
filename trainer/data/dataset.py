"""Slices or whole stacks for the loop: one array, index arrays, no work by item."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset

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
    """

    values: Tensor
    labels: Tensor
    rows: Tensor


class SliceBatches(IterableDataset[Batch]):
    """Batches of slices: shuffled anew each epoch by seed and epoch, or in order.

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
        self.source, self.batch_size, self.slices_per_case = source, batch_size, slices_per_case
        self.share = share
        self.shuffle, self.seed, self.epoch = shuffle, seed, 0

    def __len__(self) -> int:
        count = len(self._order(0))
        full, rest = divmod(count, self.batch_size)
        return full if self.shuffle and full else full + (rest > 0)

    def __iter__(self) -> Iterator[Batch]:
        order = self._order(self.epoch)
        for index in range(len(self)):
            rows = order[index * self.batch_size : (index + 1) * self.batch_size]
            values = torch.from_numpy(self.source.slices(rows))[:, None]
            labels = torch.from_numpy(self.source.table.label[rows]).float()
            yield Batch(values, labels, torch.from_numpy(rows))

    def set_epoch(self, epoch: int) -> None:
        """Which epoch the next iteration is."""
        self.epoch = epoch

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


class StackBatches(IterableDataset[Batch]):
    """Batches of whole stacks, for volume networks."""

    def __init__(self, files: StackFiles, *, batch_size: int, shuffle: bool = False, seed: int = 0) -> None:
        self.files, self.batch_size, self.shuffle, self.seed, self.epoch = files, batch_size, shuffle, seed, 0
        self._labels = np.array([case.label for case in files.table.cases], dtype=np.float32)

    def __len__(self) -> int:
        return math.ceil(len(self._labels) / self.batch_size)

    def __iter__(self) -> Iterator[Batch]:
        count = len(self._labels)
        order = np.random.default_rng((self.seed, self.epoch)).permutation(count) if self.shuffle else np.arange(count)
        for start in range(0, count, self.batch_size):
            cases = order[start : start + self.batch_size]
            labels = torch.from_numpy(self._labels[cases])
            yield Batch(torch.from_numpy(self.files.stacks(cases)), labels, torch.from_numpy(cases))

    def set_epoch(self, epoch: int) -> None:
        """Which epoch the next iteration is."""
        self.epoch = epoch


def _first_of_each(case: IndexArray, order: IndexArray, count: int) -> IndexArray:
    """The first ``count`` rows of each case in a shuffled order; the order is kept."""
    by_case = np.argsort(case[order], kind="stable")
    sorted_case = case[order][by_case]
    starts = np.flatnonzero(np.r_[True, sorted_case[1:] != sorted_case[:-1]])
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    kept: IndexArray = order[np.sort(by_case[rank < count])]
    return kept
