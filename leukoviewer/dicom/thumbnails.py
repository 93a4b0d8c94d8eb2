"""Small pictures of series for the list beside the viewer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.core.volume import HuArray
from leukoviewer.core.window import BRAIN, Window, automatic
from leukoviewer.dicom.loader import load_slice

SIZE_PX = 128


def thumbnail(series: Series, *, size_px: int = SIZE_PX) -> NDArray[np.uint8]:
    """The middle slice as gray levels, true to its proportions in mm.

    Parameters
    ----------
    series : Series
        What to show.
    size_px : int
        The longer side is at most so long.

    Returns
    -------
    array of uint8, shape (<= size_px, <= size_px)
        Axial slices in the brain window, captures as they are, others in the file's window. A slice that cannot be read
        is black.
    """
    loaded = load_slice(series, series.middle)
    gray = window_of(series, loaded.hu).to_gray(loaded.hu)
    plane = series.slices[series.middle].plane
    height_mm, width_mm = plane.size_mm if plane is not None else gray.shape
    scale = size_px / max(height_mm, width_mm)
    shape = (max(1, round(height_mm * scale)), max(1, round(width_mm * scale)))
    return shrink(gray, shape)


def window_of(series: Series, hu: HuArray) -> Window:
    """The window that shows a series of its kind at a glance."""
    if series.kind is SeriesKind.AXIAL and series.is_volume:
        return BRAIN
    return series.windows[0] if series.windows else automatic(hu)


def shrink(image: NDArray[np.uint8], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """An image at another size: means over the pixels that fall together, repeats where it grows."""
    values = image.astype(np.float32)
    for axis, size in enumerate(shape):
        values = _resample(values, size, axis)
    small: NDArray[np.uint8] = np.rint(values).astype(np.uint8)
    return small


def _resample(values: NDArray[np.float32], size: int, axis: int) -> NDArray[np.float32]:
    length = values.shape[axis]
    if size >= length:
        repeated: NDArray[np.float32] = np.take(values, np.arange(size) * length // size, axis)
        return repeated
    edges = np.arange(size + 1) * length // size
    counts = np.diff(edges).astype(np.float32)
    sums = np.add.reduceat(values, edges[:-1], axis)
    means: NDArray[np.float32] = sums / (counts[:, None] if axis == 0 else counts)
    return means
