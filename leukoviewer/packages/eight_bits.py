"""Weights of 8 bits: whole numbers with one scale an output channel, made floats again when they are loaded.

A tensor ``name`` of int8 stands beside ``name.scale`` of float32, whose shape is that of the tensor with 1 for all axes
but the first; the weight is their product. One scale a channel loses far less than one a tensor (Krishnamoorthi 2018).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SCALE = ".scale"
_LARGEST = 127


def quantized(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers from -127 to 127 and the scale of each output channel (the first axis).

    Parameters
    ----------
    weights : array of float32, at least two axes
        Finite.
    """
    axes = tuple(range(1, weights.ndim))
    peaks = np.abs(weights).max(axis=axes, keepdims=True)
    scale = np.where(peaks > 0, peaks / _LARGEST, 1).astype(np.float32)
    whole = np.clip(np.rint(weights / scale), -_LARGEST, _LARGEST).astype(np.int8)
    return whole, scale


def dequantized(tensors: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The weights: int8 tensors times their scales as float32, the others as they are.

    Raises
    ------
    ValueError
        A tensor of int8 has no scale that fits it.
    """
    found: dict[str, NDArray[Any]] = {}
    scales = {name + SCALE for name, array in tensors.items() if array.dtype == np.int8}
    for name, array in tensors.items():
        if name in scales:
            continue
        if array.dtype != np.int8:
            found[name] = array
            continue
        scale = tensors.get(name + SCALE)
        if scale is None or scale.dtype != np.float32 or scale.shape != (*array.shape[:1], *(1,) * (array.ndim - 1)):
            raise ValueError(f"the weight {name} has no scale that fits it")
        found[name] = array.astype(np.float32) * scale
    return found
