"""Heads of known numbers for the report's measures: a skull, grey cortex, white core, two ventricles, noise."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from trainer.simulation.report.scan import Scan

PIXEL_MM = 0.5
SLICES, STEP_MM = 18, 5.0


def head(
    *, white: float = 27.0, grey: float = 34.0, fluid: float = 8.0, noise: float = 4.0, grain_px: float = 0.8,
    horn_mm: float = 9.0, cupping: float = 0.0,
) -> Scan:  # fmt: skip
    """A dome of 75 mm radius on a cylinder; ventricles are two rods of `horn_mm` radius, 16 mm off the middle."""
    line = (np.arange(400) - 199.5) * PIXEL_MM
    y, x = np.meshgrid(line, line, indexing="ij")
    chance = np.random.default_rng(3)
    slices = []
    for index in range(SLICES):
        depth = (index + 0.5) * STEP_MM
        radius = np.sqrt(max(0.0, 75**2 - max(0.0, 75 - depth) ** 2))
        away = np.hypot(x, y) - radius
        # Gyri: grey where a wave of 31 mm is high, in the outer 45 mm.
        ribbon = (np.sin(x / 5) * np.sin(y / 5) > 0.1) & (away > -45)
        image = np.where(ribbon, grey, white) + cupping * np.exp(np.minimum(away, 0) / 25)
        if 45 < depth < 75:
            image = np.where(np.hypot(np.abs(x) - 16, y / 2) < horn_mm, fluid, image)
        grain = ndimage.gaussian_filter(chance.standard_normal(x.shape), grain_px)
        image = image + noise * grain / grain.std()
        image = np.where(away > 0, 1000.0, image)
        slices.append(np.where(away > 6, -1000.0, image))
    heights = 100 - STEP_MM * np.arange(SLICES)
    return Scan(np.stack(slices).astype(np.int16), heights, np.full(SLICES, STEP_MM), PIXEL_MM, "K")


def air() -> Scan:
    return Scan(np.full((12, 64, 64), -1000, dtype=np.int16), -5.0 * np.arange(12), np.full(12, 5.0), 1.0)
