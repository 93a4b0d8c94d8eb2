"""Prepared cases written straight into a cache folder: small heads in gray, as recipe A would leave them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.fingerprint_facts import CaseFacts

# Values of a case, float32 of shape (slices, rows, columns), by its number.
Draw = Callable[[int], NDArray[np.float32]]


def write_content(
    folder: Path, labels: Sequence[int], draw: Draw, *, facts: Callable[[int], CaseFacts] | None = None
) -> CacheContent:
    """One case a label, each another patient."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = []
    for index, label in enumerate(labels):
        values = draw(index).astype(np.float32)
        np.save(folder / f"k{index}.npy", values)
        known = None if facts is None else facts(index)
        cases.append(
            PreparedCase(
                f"c{index}",
                label,
                f"k{index}",
                values.shape,
                tuple(range(len(values))),
                (),
                f"p{index}",
                spacing_mm=5.0,
                facts=known,
            )
        )
    return CacheContent(folder, tuple(cases))


def head(
    *,
    slices: int = 6,
    side: int = 64,
    ventricle: float = 0.2,
    rim: float = 0.0,
    skull: float = 0.06,
    noise: float = 0.02,
    seed: int = 0,
) -> NDArray[np.float32]:
    """A head with ventricles up to ``ventricle`` from the middle and a ``rim`` of fluid (1: half a side)."""
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    radius = np.sqrt((x / 0.72) ** 2 + (y / 0.88) ** 2)
    image = np.zeros((side, side))
    image[radius < 1] = 1.0
    inside = radius < 1 - skull
    image[inside] = 0.06
    image[radius < 1 - skull - rim] = 0.30
    image[(np.abs(x) < ventricle) & (np.abs(y + 0.1) < ventricle * 1.4)] = 0.06
    chance = np.random.default_rng(seed)
    drawn = image + chance.normal(0, noise, (slices, side, side)) * (image < 1)
    return np.clip(drawn, 0, 1).astype(np.float32)
