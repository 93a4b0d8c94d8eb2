"""Scans that were stored as one series a slice: put together as an offer that the reader may take, never silently."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from leukoviewer.core.series import SeriesKind
from leukoviewer.dicom.acquisitions import most_at_one_position
from leukoviewer.dicom.grouping import Group, are_alike
from leukoviewer.dicom.header import Image

# A series of so many slices is a volume by itself, and is joined to nothing.
MIN_VOLUME_SLICES = 5


def offers(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Stacks that scattered series would make together (medInria issue 156).

    Joined are axial series of one patient, study, frame of reference, kernel, matrix, orientation and pixel spacing,
    each too short for a volume, no two of them at one position. The series themselves stay as they are.
    """
    parts: dict[Hashable, list[Group]] = {}
    for group in groups:
        if _is_scattered(group):
            parts.setdefault(_identity(group.images[0]), []).append(group)
    return tuple(_joined(part) for part in parts.values() if _belong_together(part))


def _is_scattered(group: Group) -> bool:
    facts = group.images[0].facts
    return (
        group.kind is SeriesKind.AXIAL
        and len(group.images) < MIN_VOLUME_SLICES
        and not group.conflicts
        and bool(facts.frame_of_reference_uid and facts.study_uid)
        and all(image.header.plane is not None for image in group.images)
    )


def _identity(image: Image) -> Hashable:
    facts = image.facts
    return facts.patient.patient_id, facts.study_uid, facts.frame_of_reference_uid, facts.kernel


def _belong_together(part: Sequence[Group]) -> bool:
    images = [image for group in part for image in group.images]
    return (
        len(part) > 1
        and len({image.facts.series_uid for image in images}) > 1
        and len(images) >= MIN_VOLUME_SLICES
        and most_at_one_position(images) == 1
        and all(are_alike(images[0], image) for image in images)
    )


def _joined(part: Sequence[Group]) -> Group:
    first = min(part, key=lambda group: group.key)
    images = tuple(image for group in part for image in group.images)
    return replace(first, key=f"{first.key}+joined", images=images, dropped=0, apart=0, joined=len(part))
