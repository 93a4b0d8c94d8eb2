"""From single images to groups that can be one series: never two patients, orientations or matrices in one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Work
from leukoviewer.core.series import SeriesKind
from leukoviewer.dicom.acquisitions import by, split_acquisitions
from leukoviewer.dicom.duplicates import drop_copies
from leukoviewer.dicom.header import Image

# Cosines that differ by less are one orientation, as OHIF's isDisplaySetReconstructable has it.
ORIENTATION_TOLERANCE = 0.01
MAX_AXIAL_ANGLE_DEG = 30.0
MAX_LOCALIZER_SLICES = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Images that belong together, in no order yet.

    Attributes
    ----------
    key : str
        The series UID, with ``#1``, ``#2`` where a series had to be split.
    kind : SeriesKind
        What they are.
    images : tuple of Image
        At least one.
    dropped : int
        Exact copies of an image that were left out, in the whole series.
    conflicts : int
        Images that carry the identifier of another one and show something else, in the whole series.
    apart : int
        Images of the same series that lie otherwise or differ in size, and are shown apart.
    joined : int
        Series that were put together as an offer to the reader; 0 for what files say themselves.
    """

    key: str
    kind: SeriesKind
    images: tuple[Image, ...]
    dropped: int = 0
    conflicts: int = 0
    apart: int = 0
    joined: int = 0


def group_images(images: Iterable[Image]) -> Work[tuple[Group, ...]]:
    """Groups by patient, study and series, split by orientation, matrix, spacing and, if need be, acquisition.

    Yields while the pixels of copies are compared.
    """
    groups: list[Group] = []
    used: set[str] = set()
    for members in by(images, _identity):
        distinct = yield from drop_copies(members)
        parts = split(list(distinct.images))
        base = _free(members[0].facts.series_uid or "series without UID", used)
        used.add(base)
        for number, part in enumerate(parts, start=1):
            key = base if len(parts) == 1 else f"{base}#{number}"
            apart = sum(len(other) for other in parts if not are_alike(part[0], other[0]))
            groups.append(Group(key, kind_of(part), tuple(part), distinct.dropped, distinct.conflicts, apart))
    return tuple(groups)


def split(members: list[Image]) -> list[list[Image]]:
    """Parts of a series that can each be one stack, the largest first; captures stay together."""
    if members[0].is_capture:
        return [members]
    parts: list[list[Image]] = []
    for alike in by(members, _matrix):
        for oriented in _by_plane(alike):
            parts.extend(split_acquisitions(oriented))
    return sorted(parts, key=lambda part: (-len(part), _first_number(part)))


def kind_of(members: list[Image]) -> SeriesKind:
    """What a group holds, by its geometry first and Image Type second."""
    if members[0].is_capture:
        return SeriesKind.SECONDARY_CAPTURE
    if any("LOCALIZER" in part.upper() for part in members[0].facts.image_type):
        return SeriesKind.LOCALIZER
    planes = [image.header.plane for image in members if image.header.plane is not None]
    if not planes:
        return SeriesKind.OTHER
    if planes[0].angle_to_axial_deg <= MAX_AXIAL_ANGLE_DEG:
        return SeriesKind.AXIAL
    return SeriesKind.LOCALIZER if len(members) <= MAX_LOCALIZER_SLICES else SeriesKind.NON_AXIAL


def _identity(image: Image) -> Hashable:
    facts = image.facts
    # Without a series UID, files of one folder belong together.
    series = facts.series_uid or str(image.header.path.parent)
    return facts.patient.patient_id, facts.study_uid, series, image.is_capture


def _matrix(image: Image) -> Hashable:
    pixels = image.header.pixels
    return pixels.rows, pixels.columns, pixels.samples


def _by_plane(members: list[Image]) -> list[list[Image]]:
    """Clusters of one orientation and spacing; images without a plane join the largest, so that none is hidden."""
    clusters: list[tuple[NDArray[np.float64], list[Image]]] = []
    loose: list[Image] = []
    for image in members:
        plane = image.header.plane
        if plane is None:
            loose.append(image)
            continue
        # Ten times the spacing: 0.001 mm of it weighs as much as 0.01 of a cosine.
        signature = np.array((*plane.row_direction, *plane.column_direction, *(10 * s for s in plane.spacing_mm)))
        for center, found in clusters:
            if np.abs(center - signature).max() <= ORIENTATION_TOLERANCE:
                found.append(image)
                break
        else:
            clusters.append((signature, [image]))
    parts = sorted((found for _, found in clusters), key=len, reverse=True) or [[]]
    parts[0].extend(loose)
    return parts


def are_alike(one: Image, other: Image) -> bool:
    """Whether two images could be slices of one stack, so that only their acquisition tells them apart."""
    return _matrix(one) == _matrix(other) and len(_by_plane([one, other])) == 1


def _first_number(part: list[Image]) -> int:
    numbers = [image.header.instance_number for image in part if image.header.instance_number is not None]
    return min(numbers, default=0)


def _free(wanted: str, used: set[str]) -> str:
    """The key itself, or with ``@2`` where another patient or study carries the same series UID."""
    key, number = wanted, 2
    while key in used:
        key, number = f"{wanted}@{number}", number + 1
    return key
