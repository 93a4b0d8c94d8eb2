"""A learner without training: a slice takes the labels of the slices that look most like it.

It remembers every training picture, so slices of one patient on both sides, or copies under other ids, give it away at
once; a network needs long training to be as good at that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.dataset import SliceTable
from trainer.data.scores import ScoreTable

# Slices are compared on so many cells a side: enough to know a picture again, few enough for thousands of them.
_CELLS = 32
_NEAREST = 3
_BLOCK = 256
# Gray levels, 0..1: below this deviation a slice is air or a rim of skin.
_LEAST_CONTENT = 0.05


def neighbor_scores(
    content: CacheContent, train: tuple[PreparedCase, ...], held_out: tuple[PreparedCase, ...]
) -> ScoreTable:
    """Score held-out slices by their nearest training slices.

    Parameters
    ----------
    content : CacheContent
        Where the stacks lie.
    train, held_out : tuple of PreparedCase
        Whose labels are known, and whose are asked for.

    Returns
    -------
    ScoreTable
        ``logit``: above 0 where the nearest slices are mostly positive, and the larger the nearer they are.
    """
    known, asked = SliceTable.of(train), SliceTable.of(held_out)
    memory, wanted = _cells(content, train), _cells(content, held_out)
    square = (memory**2).sum(axis=1)
    share, nearness = np.empty((2, len(asked)), dtype=np.float64)
    count = min(_NEAREST, len(known))
    for start in range(0, len(asked), _BLOCK):
        rows = slice(start, start + _BLOCK)
        block = wanted[rows]
        distance = np.maximum(square[None] - 2 * block @ memory.T + (block**2).sum(axis=1)[:, None], 0)
        nearest = np.argpartition(distance, count - 1, axis=1)[:, :count]
        apart = np.take_along_axis(distance, nearest, axis=1)
        weight = 1 / (apart + 1e-3)
        share[rows] = (known.label[nearest] * weight).sum(axis=1) / weight.sum(axis=1)
        nearness[rows] = apart.min(axis=1)
    usual = float(np.median(nearness)) or 1.0
    # A copy counts a hundredfold of a usual likeness; slices that show next to nothing are like all others.
    shows = wanted.std(axis=1) > _LEAST_CONTENT
    return ScoreTable.of(asked, (share - 0.5) * shows * usual / (nearness + 0.01 * usual))


def _cells(content: CacheContent, cases: tuple[PreparedCase, ...]) -> NDArray[np.float32]:
    """Block means of every scored slice, shape (slices, cells)."""
    return np.concatenate([shrunk(content.stack(case)[list(case.scored)], _CELLS) for case in cases]).reshape(
        sum(len(case.scored) for case in cases), -1
    )


def shrunk(values: NDArray[np.float32], cells: int) -> NDArray[np.float32]:
    """Block means on at most ``cells`` x ``cells`` cells, shape (n, cells, cells); a rest at the edge is cut off."""
    count, rows, columns = values.shape
    block = (max(1, rows // cells), max(1, columns // cells))
    height, width = rows // block[0], columns // block[1]
    cut = values[:, : height * block[0], : width * block[1]]
    means: NDArray[np.float32] = cut.reshape(count, height, block[0], width, block[1]).mean(axis=(2, 4))
    return means
