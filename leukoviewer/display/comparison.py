"""Heatmaps of several models laid over each other: what they have in common and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Heat = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Overlaid:
    """Heat of several models on one slice.

    Attributes
    ----------
    mean : array of float32, shape (rows, columns)
        0..1, the mean of the models' heat, each on the one scale of its own scan.
    spread : array of float32, same shape
        0..1, the hottest model minus the coldest one: 0 where all agree.
    """

    mean: Heat
    spread: Heat

    def __post_init__(self) -> None:
        if self.mean.shape != self.spread.shape:
            raise ValueError("mean and spread lie on one slice")
        self.mean.setflags(write=False)
        self.spread.setflags(write=False)


def overlaid(heats: Sequence[Heat]) -> Overlaid | None:
    """Mean and spread of the heat of at least two models on one slice; None of fewer.

    Parameters
    ----------
    heats : sequence of array of float32, shape (rows, columns)
        0..1 of each model's own scan; models that did not look at the slice are left out.

    Raises
    ------
    ValueError
        The planes have different sizes.
    """
    if len(heats) < 2:
        return None
    if len({heat.shape for heat in heats}) > 1:
        raise ValueError("heat of different slices cannot be compared")
    planes = np.stack(heats)
    mean: Heat = planes.mean(axis=0, dtype=np.float32)
    spread: Heat = np.ptp(planes, axis=0)
    return Overlaid(mean, spread)
