"""What DICOM results hold beside the scores: the overlays as they are drawn and the heat on the native pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class ResultPictures:
    """Pictures by scored native slice.

    Attributes
    ----------
    overlays : mapping of int to array of uint8, shape (height, width, 3)
        Pictures with the heatmap burnt in; no patient's name stands in them.
    heat : mapping of int to array of float32, shape (rows, columns)
        The heatmap on the native pixels, 0..1 of the scan's one scale.
    """

    overlays: Mapping[int, NDArray[np.uint8]]
    heat: Mapping[int, NDArray[np.float32]]

    def __post_init__(self) -> None:
        if set(self.overlays) != set(self.heat):
            raise ValueError("each overlay goes with its heat")
