"""How hot each slice's heatmap is: its shape is the method's, its height the slice's own evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def leveled(maps: NDArray[np.float32], logits: NDArray[np.floating]) -> NDArray[np.float32]:
    """Raw maps of slices, each scaled by one factor so that its peak is log(1 + e^logit).

    How large a raw Grad-CAM map is says little between slices: behind a normalization (ConvNeXt) the gradient shrinks
    as the features grow, so the surest slices come out coldest, and other methods have no common unit at all. The shape
    within a slice is not changed, which is all that pytorch-grad-cam keeps too (it scales each picture by itself).

    Parameters
    ----------
    maps : array of float32, shape (n, rows, columns)
        Not negative; of slices scored one by one.
    logits : array, shape (n,)
        Of the same slices.

    Returns
    -------
    array of float32, same shape
        A map without any heat stays so.
    """
    peaks = maps.max(axis=(1, 2), initial=0.0).astype(np.float64)
    levels = np.logaddexp(0.0, logits.astype(np.float64))
    factors = np.divide(levels, peaks, out=np.zeros_like(peaks), where=peaks > 0)
    scaled: NDArray[np.float32] = (maps * factors[:, None, None]).astype(np.float32)
    return scaled
