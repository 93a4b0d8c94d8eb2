"""Window and level: the standard's formula, and the presets for a head CT."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MIN_WIDTH_HU = 1.0
MAX_WIDTH_HU = 20_000.0


class VoiFunction(StrEnum):
    """How HU of a window become gray: VOI LUT Function of DICOM PS3.3 C.11.2.1.3."""

    LINEAR = "LINEAR"
    LINEAR_EXACT = "LINEAR_EXACT"
    SIGMOID = "SIGMOID"


@dataclass(frozen=True, slots=True)
class Window:
    """A display window.

    Attributes
    ----------
    center, width : float
        In HU; the width of a linear window is at least 1 (DICOM PS3.3 C.11.2.1.2), that of others above 0.
    name : str
        Name of the preset, empty for a window set by hand.
    function : VoiFunction
        How values inside become gray.
    """

    center: float
    width: float
    name: str = ""
    function: VoiFunction = VoiFunction.LINEAR

    def __post_init__(self) -> None:
        if not (math.isfinite(self.center) and math.isfinite(self.width)):
            raise ValueError("a window needs finite numbers")
        least_hu = MIN_WIDTH_HU if self.function is VoiFunction.LINEAR else math.ulp(0.0)
        if not least_hu <= self.width <= MAX_WIDTH_HU:
            raise ValueError(f"a window's width lies between {MIN_WIDTH_HU:g} and {MAX_WIDTH_HU:g} HU")

    def with_values(self, *, center: float, width: float) -> Window:
        """A window set by hand: width held inside its limits, name dropped."""
        return replace(self, center=center, width=min(max(width, MIN_WIDTH_HU), MAX_WIDTH_HU), name="")

    def to_gray(self, hu: NDArray[np.generic]) -> NDArray[np.uint8]:
        """Gray levels 0..255 of HU values of any shape, by the functions of DICOM PS3.3 C.11.2.1.2.1 and C.11.2.1.3.

        Rounded to the nearest level; window 400/40 gives 20, 144 and 226 where a formula without the half-unit shift
        gives other levels (dcm4che issue 1578).
        """
        values = np.asarray(hu, dtype=np.float32)
        if self.function is VoiFunction.SIGMOID:
            # Steeper than this, gray is black or white, and the exponential would overflow.
            slope = np.clip(-4 * (values - np.float32(self.center)) / np.float32(self.width), -80, 80)
            scaled = 255 / (1 + np.exp(slope))
        elif self.function is VoiFunction.LINEAR_EXACT:
            scaled = ((values - np.float32(self.center)) / np.float32(self.width) + np.float32(0.5)) * 255
        elif self.width <= 1:
            step: NDArray[np.uint8] = np.where(values <= self.center - 0.5, 0, 255).astype(np.uint8)
            return step
        else:
            scaled = ((values - np.float32(self.center - 0.5)) / np.float32(self.width - 1) + np.float32(0.5)) * 255
        levels: NDArray[np.uint8] = np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
        return levels


BRAIN = Window(40, 80, "Brain")

# Width and center as radiology departments use them; the digit keys follow this order, 1 first.
PRESETS: tuple[Window, ...] = (
    BRAIN,
    Window(40, 40, "White matter"),
    Window(75, 215, "Subdural"),
    Window(40, 120, "Posterior fossa"),
    Window(40, 400, "Soft tissue"),
    Window(480, 2500, "Bone"),
    Window(-600, 1500, "Lung"),
)


def automatic(hu: NDArray[np.generic]) -> Window:
    """A window over the 1st to 99th percentile of what is not air in an image of any shape, in HU."""
    values = np.asarray(hu, dtype=np.float32)
    inside = values[np.isfinite(values) & (values > -200)]
    if inside.size < 2:
        return Window(BRAIN.center, BRAIN.width, "Automatic")
    low, high = (float(v) for v in np.percentile(inside, (1, 99)))
    return Window((low + high) / 2, min(max(high - low, MIN_WIDTH_HU), MAX_WIDTH_HU), "Automatic")
