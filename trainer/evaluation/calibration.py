"""Temperature scaling: one number, found on validation, that makes scores mean what they say."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation.metrics import Labels, log_loss

_RANGE = (0.05, 20.0)


def temperature(labels: Labels, logits: NDArray[np.float64]) -> float:
    """The divisor of the logits with the smallest cross-entropy, by golden section over its logarithm.

    Returns
    -------
    float
        Between 0.05 and 20; above 1 when the model was too sure (Guo et al. 2017).
    """
    low, high = (math.log(value) for value in _RANGE)
    ratio = (math.sqrt(5) - 1) / 2
    first, second = high - ratio * (high - low), low + ratio * (high - low)
    for _ in range(60):
        if log_loss(labels, logits / math.exp(first)) < log_loss(labels, logits / math.exp(second)):
            high = second
        else:
            low = first
        first, second = high - ratio * (high - low), low + ratio * (high - low)
    return math.exp((low + high) / 2)
