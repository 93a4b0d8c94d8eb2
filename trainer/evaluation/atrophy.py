"""Measures of a prepared stack that show atrophy alone, and what lies outside the brain: the material of the probes.

They are taken from the very stack that a network sees (recipe A: gray 0..1 is 0..100 HU), so they say what it could
have learnt instead of the disease. Ventricles and sulci are told by fluid; white matter, ill or not, does not enter.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.cache import CacheContent, PreparedCase
from trainer.evaluation.neighbors import shrunk

Mask = NDArray[np.bool_]
Gray = NDArray[np.float32]

# Planes are looked at on about so many cells a side: 2 mm of a usual field.
_CELLS = 128
_BONE = 0.95
# From the inner vertex down to here lies the cerebrum; lower, orbits and sinuses open the skull.
_REACH_MM = 78.0
# Of the inner half width of the skull: what is deeper is ventricle, what is nearer to the bone than the rim is sulcus.
_DEEP, _RIM = 0.38, 0.22
# The frontal horns lie deeper still: nearer to the bone run the lateral fissures.
_HORNS = 0.5
# Where brain tissue lies, and which share of its commonest gray still counts as fluid (a lesion stays above it).
_TISSUE = (0.18, 0.50)
_FLUID = 0.5
# What is not inside is kept on so many cells a side, of so many slices.
_OUTSIDE_CELLS, _OUTSIDE_SLICES = 16, 6


@dataclass(frozen=True, slots=True)
class Atrophy:
    """Fluid of one patient; NaN where no closed skull is found.

    Attributes
    ----------
    fluid_share : float
        Fluid, of the inside of the skull.
    ventricle_share : float
        Deep fluid, of the inside of the skull.
    sulcus_share : float
        Fluid near the skull, of the tissue there.
    ventricle_peak : float
        The largest share of deep fluid in one slice.
    evans : float
        Width of the frontal deep fluid by the inner width of the skull, the widest slice (Evans 1942, about).
    """

    fluid_share: float
    ventricle_share: float
    sulcus_share: float
    ventricle_peak: float
    evans: float

    def values(self) -> NDArray[np.float64]:
        """All measures, float64, shape (5,)."""
        return np.array(astuple(self), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What the probes see of one patient.

    Attributes
    ----------
    atrophy : Atrophy
        Measures of fluid.
    outside : ndarray
        float32, shape (slices * cells * cells,): the picture without the inside of the skull, coarse.
    """

    atrophy: Atrophy
    outside: NDArray[np.float32]


def look_at(content: CacheContent, case: PreparedCase) -> Looked:
    """Measure one prepared patient."""
    values = shrunk(np.asarray(content.stack(case)[list(case.scored)], dtype=np.float32), _CELLS)
    inside = np.stack([within_skull(image) for image in values])
    return Looked(_atrophy(values, inside, case.spacing_mm), _outside(values, inside))


def within_skull(image: Gray) -> Mask:
    """The largest area that a closed ring of bone holds in one slice; nothing where there is none."""
    from scipy import ndimage

    bone = np.pad(image >= _BONE, 6)
    closed = ndimage.binary_closing(bone, iterations=2)
    hollow = (ndimage.binary_fill_holes(closed) & ~closed)[6:-6, 6:-6]
    parts, count = ndimage.label(hollow)
    if not count:
        return np.zeros(image.shape, dtype=bool)
    sizes = np.bincount(parts.ravel())[1:]
    if sizes.max() < 0.02 * image.size:
        return np.zeros(image.shape, dtype=bool)
    largest: Mask = parts == 1 + int(np.argmax(sizes))
    return largest


def _atrophy(values: Gray, inside: Mask, step_mm: float) -> Atrophy:
    from scipy import ndimage

    rows = _cerebrum(inside, step_mm)
    if not rows.any():
        return Atrophy(*[float("nan")] * 5)
    inside = inside[rows]
    smooth = ndimage.gaussian_filter(values[rows], (0, 0.7, 0.7))
    edge = np.stack([ndimage.distance_transform_edt(mask) for mask in inside])
    # The outermost cells hold bone in part.
    core = inside & (edge > 1.5)
    radius = float(edge.max())
    fluid = core & (smooth < _FLUID * _commonest(smooth[core]))
    deep, rim = edge > _DEEP * radius, core & (edge < _RIM * radius)
    ventricles = fluid & deep
    area = inside.sum(axis=(1, 2))
    return Atrophy(
        fluid_share=float(fluid.sum() / max(1, core.sum())),
        ventricle_share=float(ventricles.sum() / max(1, core.sum())),
        sulcus_share=float((fluid & rim).sum() / max(1, rim.sum())),
        ventricle_peak=float((ventricles.sum(axis=(1, 2)) / area).max()),
        evans=max(_evans(one, mask) for one, mask in zip(fluid & (edge > _HORNS * radius), inside, strict=True)),
    )


def _cerebrum(inside: Mask, step_mm: float) -> Mask:
    """Slices from the inner vertex down to the skull base; those with a mere cap of brain are left out."""
    area = inside.sum(axis=(1, 2))
    held = np.flatnonzero(area)
    if not held.size:
        return np.zeros(len(inside), dtype=bool)
    reach = round(_REACH_MM / step_mm) if step_mm > 0 else len(inside)
    rows = np.arange(len(inside))
    chosen: Mask = (area >= 0.4 * area.max()) & (rows < held[0] + max(1, reach))
    return chosen


def _commonest(tissue: Gray) -> float:
    counts, edges = np.histogram(tissue, bins=64, range=_TISSUE)
    place = int(np.argmax(np.convolve(counts, np.ones(5), mode="same")))
    return float(edges[place] + edges[place + 1]) / 2


def _evans(horns: Mask, inside: Mask) -> float:
    """Width of the deep fluid in the front half by the inner width of the skull."""
    rows = np.flatnonzero(inside.any(axis=1))
    middle = (rows[0] + rows[-1]) // 2
    across = np.flatnonzero(horns[:middle].any(axis=0))
    width = np.flatnonzero(inside.any(axis=0))
    return float((across[-1] - across[0] + 1) / (width[-1] - width[0] + 1)) if across.size else 0.0


def _outside(values: Gray, inside: Mask) -> NDArray[np.float32]:
    """A few slices, evenly spread, without what lies in the skull and the rim that shows where it ends."""
    from scipy import ndimage

    chosen = np.linspace(0, len(values) - 1, _OUTSIDE_SLICES).round().astype(int)
    hidden = [
        np.where(ndimage.binary_dilation(inside[i], iterations=1) if inside[i].any() else inside[i], 0, values[i])
        for i in chosen
    ]
    coarse: NDArray[np.float32] = shrunk(np.stack(hidden), _OUTSIDE_CELLS).astype(np.float32)
    return coarse.ravel()
