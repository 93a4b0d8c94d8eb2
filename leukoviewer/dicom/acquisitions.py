"""Acquisitions of one series: told apart where they share positions or alternate, kept together where they stack."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.dicom.header import Image

SAME_POSITION_MM = 0.01
# Distances between slices that differ by less are regular (highdicom).
REGULAR = 0.01
# Fewer slices have no spacing that could be called regular.
MIN_REGULAR_SLICES = 3


def split_acquisitions(members: list[Image]) -> list[list[Image]]:
    """Acquisitions apart, only if that cures what is wrong with the geometry of the whole (Slicer issue 4872).

    Several images at one position are told apart by acquisition, kernel, thickness or time, whichever leaves none at
    one position. Acquisitions whose slices alternate at uneven distances (dcm2niix issue 721) are told apart if each
    for itself is even; those that lie one behind the other are one scan, be their spacings as they may (dcm2niix 48).
    """
    most = most_at_one_position(members)
    if most < 2:
        return _alternating(members) or [members]
    keys: tuple[Callable[[Image], Hashable], ...] = (
        lambda image: image.acquisition_number,
        lambda image: image.facts.kernel,
        lambda image: image.header.plane.thickness_mm if image.header.plane else None,
        lambda image: image.content_time,
    )
    for key in keys:
        parts = by(members, key)
        if 1 < len(parts) <= 2 * most and all(most_at_one_position(part) < 2 for part in parts):
            return parts
    return [members]


def most_at_one_position(members: Sequence[Image]) -> int:
    """How many images lie at the position that holds most of them."""
    planes = [image.header.plane for image in members]
    positions = np.array([plane.position_mm for plane in planes if plane is not None])
    if len(positions) < 2:
        return len(positions)
    rounded = np.round(positions / SAME_POSITION_MM).astype(np.int64)
    _, counts = np.unique(rounded, axis=0, return_counts=True)
    return int(counts.max())


def along_normal_mm(planes: Sequence[SlicePlane]) -> NDArray[np.float64]:
    """Position of each plane along the normal of the first, shape (planes,), in mm."""
    positions = np.array([plane.position_mm for plane in planes])
    along: NDArray[np.float64] = positions @ np.array(planes[0].normal)
    return along


def by(images: Iterable[Image], key: Callable[[Image], Hashable]) -> list[list[Image]]:
    """Images by a key, in the order in which keys and images first come."""
    parts: dict[Hashable, list[Image]] = {}
    for image in images:
        parts.setdefault(key(image), []).append(image)
    return list(parts.values())


def _alternating(members: list[Image]) -> list[list[Image]]:
    """Acquisitions that alternate and are even each for itself, though not together; empty when they are not so."""
    parts = by(members, lambda image: image.acquisition_number)
    if not 2 <= len(parts) <= len(members) // MIN_REGULAR_SLICES or any(i.header.plane is None for i in members):
        return []
    if _is_even(members) or not all(_is_even(part) for part in parts):
        return []
    ranked = sorted(members, key=lambda image: image.header.plane.along_normal_mm if image.header.plane else 0.0)
    numbers = [image.acquisition_number for image in ranked]
    changes = sum(one != other for one, other in pairwise(numbers))
    return parts if changes >= len(parts) else []


def _is_even(members: Sequence[Image]) -> bool:
    planes = [image.header.plane for image in members if image.header.plane is not None]
    if len(planes) < MIN_REGULAR_SLICES:
        return False
    steps = np.diff(np.sort(along_normal_mm(planes)))
    median = float(np.median(steps))
    return median > 0 and float(np.abs(steps / median - 1).max()) <= REGULAR
