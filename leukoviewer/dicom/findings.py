"""The named findings of the geometry gate: each a warning with a sentence that holds its numbers."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.dicom.acquisitions import REGULAR, SAME_POSITION_MM
from leukoviewer.dicom.grouping import Group
from leukoviewer.dicom.header import Image

# Below it, tilt is the rounding of cosines and positions.
MIN_TILT_DEG = 0.5
# Regular up to 1 %, a warning up to 10 %, irregular beyond.
SLIGHT = 0.10
# A step this much longer than those around it leaves something out.
GAP_RATIO = 1.5
GAP_NEIGHBORS = 4
OVERLAP_RATIO = 0.9
ADULT_YEARS = 18
FIELD_OF_VIEW_MM = (130.0, 400.0)
_NO_AGENT = frozenset({"", "NO", "NONE", "N", "NIL", "NO CONTRAST", "WITHOUT", "OHNE", "SANS", "0", "NA", "N/A"})
_CONTRAST = re.compile(
    r"\bCTA\b|\bCTP\b|ANGIO|PERFUS|CONTRAST|\bCE\b|\+ ?C\b|\bC\+|\bPOST[- ]?(?:C|KM|GD)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"(?:\bNON?|\bWITHOUT|\bW/?O)[- ]?(?:IV[- ]?)?CONTRAST|\bNCCT\b", re.IGNORECASE)


def of_files(images: Sequence[Image], group: Group) -> Iterator[SeriesWarning]:
    """Findings about the files themselves: copies, strangers, encodings, missing positions."""
    if group.joined:
        yield SeriesWarning(
            WarningCode.JOINED_SERIES,
            f"{group.joined} series were put together by their positions; use it only if they are one scan.",
        )
    if group.apart:
        verb = "lies" if group.apart == 1 else "lie"
        yield SeriesWarning(
            WarningCode.MIXED_ORIENTATION,
            f"{_count(group.apart, 'image')} of this series {verb} otherwise or differ in size, and are shown apart.",
        )
    if group.conflicts:
        yield SeriesWarning(
            WarningCode.DUPLICATE_FILES,
            f"{_count(group.conflicts, 'image')} carry the identifier of another image and show something else.",
        )
    elif group.dropped:
        copies = _count(group.dropped, "exact copy", "exact copies")
        yield SeriesWarning(WarningCode.DUPLICATE_FILES, f"{copies} of images left out.")
    missing = tuple(i for i, image in enumerate(images) if image.header.plane is None)
    is_capture = images[0].is_capture
    if missing and not is_capture:
        verb = "has" if len(missing) == 1 else "have"
        yield SeriesWarning(
            WarningCode.POSITION_MISSING,
            f"{len(missing)} of {_count(len(images), 'slice')} {verb} no position in space.", missing,
        )  # fmt: skip
        if len(images) > 1:
            yield SeriesWarning(
                WarningCode.ORDER_BY_INSTANCE_NUMBER,
                "Slices are ordered by instance number, which need not be their order in the head.",
            )
    notes = Counter(note for image in images for note in set(image.notes))
    if notes:
        words = ", ".join(f"{note} ({_count(count, 'image')})" for note, count in notes.items())
        yield SeriesWarning(
            WarningCode.ENCODING, f"Files depart from the standard and were read all the same: {words}."
        )


def of_stack(
    steps_mm: NDArray[np.float64], thicknesses_mm: Sequence[float | None], *, tilt_deg: float
) -> Iterator[SeriesWarning]:
    """Findings about the places of ordered slices.

    Parameters
    ----------
    steps_mm : array, shape (slices - 1,)
        Distance from each slice to the next along the normal.
    thicknesses_mm : sequence of float or None
        Slice Thickness of each slice.
    tilt_deg : float
        Tilt of the gantry.
    """
    if abs(tilt_deg) >= MIN_TILT_DEG:
        yield SeriesWarning(
            WarningCode.TILT,
            f"The gantry was tilted by {tilt_deg:+.1f} degrees; axial pictures are true, slices are shifted against "
            "each other.",
        )
    twice = np.flatnonzero(np.abs(steps_mm) < SAME_POSITION_MM)
    if twice.size:
        first = int(twice[0])
        yield SeriesWarning(
            WarningCode.DUPLICATE_POSITIONS,
            f"Several images lie at one position ({_count(int(twice.size), 'pair')}, the first are slices {first + 1} "
            f"and {first + 2}).",
            tuple(sorted({int(i) for i in (*twice, *(twice + 1))})),
        )
        return
    yield from _thickness(thicknesses_mm)
    yield from _spacing(steps_mm)
    yield from _gaps(steps_mm)
    yield from _coverage(steps_mm, thicknesses_mm)


def of_images(images: Sequence[Image]) -> Iterator[SeriesWarning]:
    """Findings about what the images are: values, compression, contrast, field of view, age."""
    raw = tuple(i for i, image in enumerate(images) if not is_hounsfield(image))
    if raw:
        yield SeriesWarning(
            WarningCode.NOT_HOUNSFIELD,
            f"{len(raw)} of {_count(len(images), 'slice')} do not say how values become HU; raw values are shown.",
            raw,
        )
    lossy = tuple(i for i, image in enumerate(images) if image.header.lossy)
    if lossy:
        yield SeriesWarning(
            WarningCode.LOSSY, f"{len(lossy)} of {_count(len(images), 'slice')} were compressed with loss.", lossy
        )
    if any(names_agent(image.facts.contrast_agent) for image in images):
        yield SeriesWarning(WarningCode.CONTRAST, "The header names a contrast agent; models are made for plain scans.")
    elif any(names_contrast(image.facts.description) for image in images[:1]):
        yield SeriesWarning(
            WarningCode.CONTRAST, "The description speaks of contrast or perfusion; models are made for plain scans."
        )
    plane = next((image.header.plane for image in images if image.header.plane), None)
    if plane and not (FIELD_OF_VIEW_MM[0] <= min(plane.size_mm) and max(plane.size_mm) <= FIELD_OF_VIEW_MM[1]):
        height, width = plane.size_mm
        yield SeriesWarning(
            WarningCode.UNUSUAL_FIELD_OF_VIEW,
            f"The field of view of {height:.0f} x {width:.0f} mm is unusual for a head.",
        )
    age = images[0].facts.patient.age_years
    if age is not None and age < ADULT_YEARS:
        yield SeriesWarning(WarningCode.CHILD, "The patient is under 18 years old; models are made for adults.")


def names_agent(text: str) -> bool:
    """Whether Contrast/Bolus Agent names one; some consoles write there that none was given."""
    return bool(text) and text.strip(" .-").upper() not in _NO_AGENT


def names_contrast(description: str) -> bool:
    """Whether a description says that an agent was given (and not that none was)."""
    return bool(_CONTRAST.search(_PLAIN.sub(" ", description)))


def is_hounsfield(image: Image) -> bool:
    """Whether the file says how stored values become HU (DICOM PS3.3 C.8.2.1.1.2)."""
    header = image.header
    rescaled = header.slope is not None and header.intercept is not None
    return rescaled and header.pixels.samples == 1 and image.rescale_type[:2] in {"", "HU"}


def _thickness(thicknesses_mm: Sequence[float | None]) -> Iterator[SeriesWarning]:
    counts = Counter(round(value, 3) for value in thicknesses_mm if value is not None)
    if len(counts) > 1:
        words = " and ".join(f"{value:g} mm ({counts[value]})" for value in sorted(counts))
        yield SeriesWarning(WarningCode.MIXED_THICKNESS, f"Slices differ in thickness: {words}.")


def _spacing(steps_mm: NDArray[np.float64]) -> Iterator[SeriesWarning]:
    median = float(np.median(steps_mm))
    # Rounded, because positions are decimal texts and 10 % must not hang on their last digit.
    deviations = np.round(np.abs(steps_mm / median - 1), 4)
    # By ratio: a step of a quarter is odder than one of double length.
    worst = int(np.argmax(np.abs(np.log(steps_mm / median))))
    if deviations.max() <= REGULAR:
        return
    odd = np.flatnonzero(deviations > REGULAR)
    degree = "vary slightly" if deviations.max() <= SLIGHT else "are irregular"
    yield SeriesWarning(
        WarningCode.IRREGULAR_SPACING,
        f"Distances between slices {degree}: {steps_mm.min():.1f} to {steps_mm.max():.1f} mm, median {median:.1f} mm; "
        f"{steps_mm[worst]:.1f} mm between slices {worst + 1} and {worst + 2}.",
        tuple(int(i) for i in odd),
    )


def _gaps(steps_mm: NDArray[np.float64]) -> Iterator[SeriesWarning]:
    """Steps much longer than those before and those after: where 5 mm turn into 10 mm, nothing is missing."""
    steps = steps_mm.tolist()
    if max(steps) <= GAP_RATIO * min(steps):
        return
    for index, step in enumerate(steps):
        sides = (steps[max(0, index - GAP_NEIGHBORS) : index], steps[index + 1 : index + 1 + GAP_NEIGHBORS])
        usual = max((statistics.median(side) for side in sides if side), default=step)
        if step <= GAP_RATIO * usual:
            continue
        missing = round(step / usual) - 1
        yield SeriesWarning(
            WarningCode.GAP,
            f"{_count(missing, 'slice')} missing between slices {index + 1} and {index + 2} "
            f"({step:.1f} mm apart, {usual:.1f} mm around).", (index, index + 1),
        )  # fmt: skip


def _coverage(steps_mm: NDArray[np.float64], thicknesses_mm: Sequence[float | None]) -> Iterator[SeriesWarning]:
    """Only a series that overlaps or leaves gaps on the whole is named so; single steps are named elsewhere."""
    known = [value for value in thicknesses_mm if value is not None]
    if len(known) != len(thicknesses_mm):
        return
    pairs = (np.array(known[:-1]) + np.array(known[1:])) / 2
    words = f"{np.median(pairs):.1f} mm thick every {np.median(steps_mm):.1f} mm"
    if float(np.mean(steps_mm < OVERLAP_RATIO * pairs)) > 0.5:
        yield SeriesWarning(WarningCode.OVERLAPPING_SLICES, f"Slices overlap: {words}.")
    elif float(np.mean(steps_mm > GAP_RATIO * pairs)) > 0.5:
        yield SeriesWarning(WarningCode.GAP, f"Slices leave gaps all along: {words}.")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
