"""Where to go next: suspicious slices, neighboring series, windows in turn (pure functions)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import Analysis
from leukoviewer.core.window import Window


def positive_slices(scores: NDArray[np.float64], threshold: float) -> tuple[int, ...]:
    """Native slices whose score is at or above the threshold; slices without a score are never among them.

    Parameters
    ----------
    scores : array of float64, shape (slices,)
        NaN where the model did not look.
    threshold : float
        0..1.
    """
    with np.errstate(invalid="ignore"):
        return tuple(int(index) for index in np.flatnonzero(scores >= threshold))


def next_suspicious(positive: tuple[int, ...], current: int, *, forward: bool) -> int | None:
    """The next positive slice below (or above) the current one, going round at the end; None when there is none."""
    if not positive:
        return None
    if forward:
        return next((index for index in positive if index > current), positive[0])
    return next((index for index in reversed(positive) if index < current), positive[-1])


def neighbor(keys: tuple[str, ...], current: str, steps: int) -> str | None:
    """The key ``steps`` further in a list, stopping at its ends; None when there is no other."""
    if current not in keys:
        return keys[0] if keys else None
    found = keys[min(max(keys.index(current) + steps, 0), len(keys) - 1)]
    return None if found == current else found


def next_window(windows: tuple[Window, ...], current: Window) -> Window | None:
    """The files' own window after the current one, going round; None when the files bring none."""
    if not windows:
        return None
    return windows[(windows.index(current) + 1) % len(windows)] if current in windows else windows[0]


def cell_size_mm(result: Analysis, spacing_mm: tuple[float, float]) -> tuple[float, float]:
    """Height and width of one cell of a result's map on the patient, in mm."""
    mapping = result.mapping
    rows, columns = result.maps.shape[1:]
    return (
        mapping.stack_shape[1] * mapping.scale[0] * spacing_mm[0] / max(rows, 1),
        mapping.stack_shape[2] * mapping.scale[1] * spacing_mm[1] / max(columns, 1),
    )
