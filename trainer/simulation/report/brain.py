"""Finds the inside of the skull, fluid, ventricles and tissue in a scan by its picture alone, real or simulated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.simulation.report.scan import Scan

Mask = NDArray[np.bool_]
Image = NDArray[np.float32]

_BONE_HU = 250.0
# Of the brain the part down to here below the inner vertex is looked at: lower, orbits and sinuses open the skull.
REACH_MM = 78.0
# Fluid deeper below the skull than this is ventricle, not sulcus.
_DEEP_MM = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class Brain:
    """The cerebrum of one scan on pixels of twice the size; all arrays of shape (slices, rows, columns).

    Attributes
    ----------
    first, last : int
        The slices looked at: scan slices ``first`` to ``last`` (not included).
    pixel_mm : float
        Size of the pixels here.
    step_mm : ndarray
        Height for which each slice stands.
    raw, smooth : ndarray
        float32, HU, as they are and smoothed by 1.2 mm.
    inside : ndarray
        bool: within the skull.
    edge_mm : ndarray
        float32: distance to the skull within each slice.
    vertex_mm : float
        Height of the highest point within the skull.
    """

    first: int
    last: int
    pixel_mm: float
    step_mm: NDArray[np.float64]
    raw: Image
    smooth: Image
    inside: Mask
    edge_mm: Image
    vertex_mm: float

    @property
    def voxel_ml(self) -> NDArray[np.float64]:
        """Volume of a pixel of each slice, shape (slices, 1, 1)."""
        volume: NDArray[np.float64] = (self.pixel_mm**2 * self.step_mm / 1000)[:, None, None]
        return volume


def halved(image: NDArray[np.generic]) -> Image:
    """Mean of blocks of 2 x 2 pixels; an odd last row or column is dropped."""
    rows, columns = image.shape[-2] // 2 * 2, image.shape[-1] // 2 * 2
    values = image[..., :rows, :columns].astype(np.float32)
    pairs = values[..., ::2, :] + values[..., 1::2, :]
    mean: Image = ((pairs[..., ::2] + pairs[..., 1::2]) / 4).astype(np.float32)
    return mean


def find_brain(scan: Scan) -> Brain | None:
    """Return the cerebrum, or None where no closed skull is found."""
    from scipy import ndimage

    pixel = 2 * scan.pixel_mm
    inside: list[Mask] = []
    raw: list[Image] = []
    first = vertex = None
    last = 0
    for index in range(len(scan)):
        image = halved(scan.hu[index])
        mask = _within_skull(image, pixel, ndimage)
        if vertex is None:
            if mask.sum() * pixel**2 < 400:
                continue
            first, vertex = index, float(scan.height_mm[index] + scan.thickness_mm[index] / 2)
        if vertex - scan.height_mm[index] > REACH_MM:
            break
        inside.append(mask)
        raw.append(image)
        last = index + 1
    if first is None or vertex is None or len(inside) < 4:
        return None
    stack = np.stack(raw)
    edge = np.stack([ndimage.distance_transform_edt(mask) * pixel for mask in inside]).astype(np.float32)
    smooth = ndimage.gaussian_filter(np.clip(stack, -50, 120), (0, 1.2 / pixel, 1.2 / pixel))
    return Brain(first, last, pixel, scan.step_mm[first:last], stack, smooth, np.stack(inside), edge, vertex)


def _within_skull(image: Image, pixel_mm: float, ndimage: object) -> Mask:
    """What a closed ring of bone holds."""
    bone = image > _BONE_HU
    closed = ndimage.binary_closing(np.pad(bone, 8), iterations=3)[8:-8, 8:-8]  # type: ignore[attr-defined]
    hollow = ndimage.binary_fill_holes(closed | bone) & ~bone & ~closed  # type: ignore[attr-defined]
    labels, count = ndimage.label(hollow)  # type: ignore[attr-defined]
    if not count:
        return np.zeros(bone.shape, dtype=bool)
    largest = 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    mask: Mask = labels == largest
    return mask
