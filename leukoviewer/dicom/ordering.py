"""The order of slices by position, and the one gate that says what a series may be used for.

Slices are ordered superior first along the slice normal, never by name or number (DICOM PS3.3 C.7.6.2.1.1); tilt, steps
and gaps are computed from positions and orientations, never taken from a tag. Slice numbers in sentences count from 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, SlicePlane, Verdict, WarningCode
from leukoviewer.core.series import SeriesKind
from leukoviewer.dicom import findings
from leukoviewer.dicom.acquisitions import SAME_POSITION_MM, along_normal_mm
from leukoviewer.dicom.grouping import Group
from leukoviewer.dicom.header import Image
from leukoviewer.dicom.joining import MIN_VOLUME_SLICES

_KIND_REASONS = {
    SeriesKind.SECONDARY_CAPTURE: "These are screen captures, not CT values.",
    SeriesKind.LOCALIZER: "This is a localizer (scout), not a stack of slices.",
    SeriesKind.NON_AXIAL: "The slices are not axial; models read axial slices.",
}


def order(images: Sequence[Image]) -> tuple[Image, ...]:
    """Images superior first along the normal; by instance number where a position is missing."""
    planes = [image.header.plane for image in images]
    if any(plane is None for plane in planes):
        return tuple(sorted(images, key=_by_number))
    along = along_normal_mm([plane for plane in planes if plane is not None])
    ranked = sorted(zip(-along, images, strict=True), key=lambda pair: (pair[0], _by_number(pair[1])))
    return tuple(image for _, image in ranked)


def inspect(group: Group, images: Sequence[Image]) -> GeometryReport:
    """The gate: the verdict on a group whose images are in order, with every finding named."""
    planes = [image.header.plane for image in images if image.header.plane is not None]
    placed = len(planes) == len(images)
    steps = -np.diff(along_normal_mm(planes)) if placed and len(planes) > 1 else np.empty(0)
    spacing = float(np.median(steps)) if steps.size else None
    is_stack = placed and steps.size > 0 and group.kind in {SeriesKind.AXIAL, SeriesKind.NON_AXIAL}
    thicknesses = [plane.thickness_mm for plane in planes]
    tilt = tilt_deg(planes) if is_stack else 0.0
    found = [*findings.of_files(images, group)]
    if is_stack:
        found += findings.of_stack(steps, thicknesses, tilt_deg=tilt)
    if group.kind is SeriesKind.SECONDARY_CAPTURE:
        found.append(SeriesWarning(WarningCode.NOT_HOUNSFIELD, "Screen captures hold gray levels, not HU."))
    elif group.kind is not SeriesKind.LOCALIZER:
        found += findings.of_images(images)
    verdict, reason = _verdict(group, len(images), found)
    return GeometryReport(
        verdict=verdict, reason=reason, warnings=tuple(found), tilt_deg=tilt, spacing_mm=spacing,
        steps_mm=tuple(float(step) for step in steps),
        thicknesses_mm=tuple(sorted({round(t, 3) for t in thicknesses if t is not None})),
    )  # fmt: skip


def tilt_deg(planes: Sequence[SlicePlane]) -> float:
    """Signed angle between the stacking direction and the slice normal, in degrees.

    Positive when the normal leans to the patient's back, in the sagittal plane; makers sign the tag Gantry/Detector
    Tilt in both ways for one and the same geometry. Zero when all slices lie at one place.
    """
    travel = np.array(planes[0].position_mm) - np.array(planes[-1].position_mm)
    normal = np.array(planes[0].normal)
    length = float(np.linalg.norm(travel))
    if length < SAME_POSITION_MM or float(travel @ normal) <= 0:
        return 0.0
    across = np.cross(travel / length, normal)
    angle = math.degrees(math.atan2(float(np.linalg.norm(across)), float(travel @ normal) / length))
    return -angle if across[0] > 0 else angle


def _verdict(group: Group, count: int, found: Sequence[SeriesWarning]) -> tuple[Verdict, str]:
    """The verdict and, unless it is a volume, the gravest reason against one."""
    messages = {warning.code: warning.message for warning in found}
    if group.conflicts:
        return Verdict.REFUSED, messages[WarningCode.DUPLICATE_FILES]
    few = "A single slice is" if count == 1 else f"{count} slices are"
    reasons = [
        _KIND_REASONS.get(group.kind, ""),
        messages.get(WarningCode.POSITION_MISSING, ""),
        messages.get(WarningCode.DUPLICATE_POSITIONS, ""),
        f"{few} not enough for a volume; it takes {MIN_VOLUME_SLICES}." if count < MIN_VOLUME_SLICES else "",
        messages.get(WarningCode.NOT_HOUNSFIELD, ""),
    ]
    reason = next(filter(None, reasons), "")
    if reason:
        return Verdict.STACK_2D, reason
    return (Verdict.VOLUME_WITH_WARNINGS if found else Verdict.VOLUME), ""


def _by_number(image: Image) -> tuple[float, str, int]:
    number = image.header.instance_number
    return (math.inf if number is None else number, image.header.path.name, image.header.frame)
