"""What DICOM results hold beside the scores: the overlays as they are drawn and the heat on the native pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Files of DICOM results.
REPORT_NAME, MAP_NAME = "structured_report.dcm", "parametric_map.dcm"


def overlay_name(index: int) -> str:
    """File of a slice's overlay, by the number that stands in the picture."""
    return f"overlay_{index + 1:03d}.dcm"


@dataclass(frozen=True, slots=True, eq=False)
class ResultPictures:
    """Pictures by scored native slice.

    Attributes
    ----------
    overlays : mapping of int to array of uint8, shape (height, width, 3)
        Pictures with the heatmap burnt in; no patient's name stands in them.
    heat : mapping of int to array of float32, shape (rows, columns)
        The heatmap on the native pixels, 0..1 of the scan's one scale.
    directions : mapping of int to (str, str)
        Where in the patient the overlay's rows and columns lead, as in Patient Orientation (PS3.3 C.7.6.1.1.1): letters
        of the picture's right edge and of its bottom; empty without geometry.
    """

    overlays: Mapping[int, NDArray[np.uint8]]
    heat: Mapping[int, NDArray[np.float32]]
    directions: Mapping[int, tuple[str, str]]

    def __post_init__(self) -> None:
        if not set(self.overlays) == set(self.heat) == set(self.directions):
            raise ValueError("each overlay goes with its heat and its directions")
