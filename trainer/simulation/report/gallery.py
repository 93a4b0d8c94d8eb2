"""Pictures at brain window, at the same levels of every head: by grade and protocol, with the real scan beside."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.window import BRAIN
from leukoviewer.errors import LeukoError
from trainer.pages.pictures import jpeg_address, jpeg_bytes
from trainer.simulation.report.brain import Brain, find_brain
from trainer.simulation.report.patients import CohortFolder, Described
from trainer.simulation.report.scan import Scan

# Height below the highest point within the skull, in mm, along the slices' normal.
LEVELS = (
    ("Vertex", 12.0),
    ("Centrum semiovale", 34.0),
    ("Ventricles", 50.0),
    ("Basal ganglia", 67.0),
    ("Posterior fossa", 98.0),
)
# A picture shows so much of the head and has so many pixels on a side.
_FIELD_MM = 220.0
_SIDE_PX = 300

Gray = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Row:
    """One head at all levels.

    Attributes
    ----------
    title : str
        Who it is.
    grade : int or None
        None for the real scan.
    pictures : tuple of str
        JPEG files as data addresses, one a level.
    """

    title: str
    grade: int | None
    pictures: tuple[str, ...]


def row_of(scan: Scan, *, title: str, grade: int | None) -> Row | None:
    """Draw a head at all levels; None where no skull is found."""
    brain = find_brain(scan)
    if brain is None:
        return None
    pictures = tuple(jpeg_address(jpeg_bytes(picture(scan, brain, below_mm=below))) for _, below in LEVELS)
    return Row(title, grade, pictures)


def picture(scan: Scan, brain: Brain, *, below_mm: float) -> Gray:
    """Return one slice at brain window, uint8, `_SIDE_PX` square, the head in its middle, all heads to one scale."""
    index = int(np.argmin(np.abs(brain.vertex_mm - scan.height_mm - below_mm)))
    head = scan.hu[brain.first : brain.last].max(axis=0) > 250
    rows, columns = np.flatnonzero(head.any(axis=1)), np.flatnonzero(head.any(axis=0))
    middle = ((rows[0] + rows[-1]) / 2, (columns[0] + columns[-1]) / 2)
    return _resampled(scan.hu[index].astype(np.float32), middle, _FIELD_MM / scan.pixel_mm / _SIDE_PX)


def _resampled(image: NDArray[np.float32], middle: tuple[float, float], step_px: float) -> Gray:
    """Cut a square out of a slice; windowed first, as a screen does, then resampled by area or linearly."""
    from PIL import Image

    half = _SIDE_PX * step_px / 2
    box = (middle[1] - half, middle[0] - half, middle[1] + half, middle[0] + half)
    gray = Image.fromarray(BRAIN.to_gray(image))
    square = gray.transform((_SIDE_PX, _SIDE_PX), Image.Transform.EXTENT, box, Image.Resampling.BILINEAR)
    return np.asarray(square, dtype=np.uint8)


def choose(finished: Sequence[Described]) -> tuple[Described, ...]:
    """Return the first finished patient of each grade and protocol, by grade."""
    found: dict[tuple[int, str], Described] = {}
    for one in finished:
        found.setdefault((one.record.grade, one.record.protocol), one)
    return tuple(found[key] for key in sorted(found))


def draw(folder: CohortFolder, chosen: Sequence[Described]) -> Generator[Row | None, None, None]:
    """Draw the chosen patients; None for one whose files are damaged."""
    for one in chosen:
        record = one.record
        sex = "woman" if record.sex == "F" else "man"
        title = (
            f"{record.protocol.replace('_', ' ')} · {record.scanner} · {sex} of {record.age} · "
            f"{one.lesion_ml:.1f} mL · atrophy {record.atrophy:.2f}"
        )
        findings = ", ".join(name.replace("_", " ") for name in record.distractors)
        try:
            scan = folder.scan(record)
        except LeukoError:
            yield None
            continue
        yield row_of(scan, title=f"{title} · {findings}" if findings else title, grade=record.grade)
