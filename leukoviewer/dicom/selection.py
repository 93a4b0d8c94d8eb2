"""Which series to open first: the axial brain series, for reasons that are stated."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.series import Series, SeriesKind, Suggestion

# Sharp kernels show bone; makers' names: Siemens H60s, Hr64, B70; GE BONE, EDGE, LUNG; Philips D, E, YC; Canon FC30.
_SHARP = re.compile(r"BONE|EDGE|LUNG|SHARP|DETAIL|^[HBJ]R?[6-9]\d|^Y[A-D]$|^[DE]$|^FC(3\d|5\d|8\d)$", re.IGNORECASE)
_HEAD = re.compile(r"HEAD|BRAIN|SKULL|NEURO|CEREB|CRAN|KOPF|SCHADEL|TETE", re.IGNORECASE)
THICKNESS_MM = (3.0, 7.0)
MIN_SLICES = 10

_Finding = tuple[float, str]


def suggest(series: Sequence[Series]) -> Suggestion | None:
    """The series to open first, None when none is an axial volume, or when the volumes are of several patients.

    Series are compared by kernel, image type, thickness, slice count, contrast and verdict; the description, which is
    often misleading, counts least. Ties go to the lower series number.
    """
    ranked = [(sum(points for points, _ in weigh(one)), one) for one in series if _is_candidate(one)]
    # Which patient is meant nobody but the reader can say.
    if not ranked or len({_patient(one) for _, one in ranked}) > 1:
        return None
    best = max(ranked, key=lambda pair: (pair[0], -(pair[1].series_number or 0)))[1]
    reasons = tuple(words for points, words in weigh(best) if points > 0)
    others = len(ranked) - 1
    compared = f"best of {others + 1} axial series" if others else "the only axial series"
    return Suggestion(best.key, (compared, *reasons))


def weigh(series: Series) -> Iterator[_Finding]:
    """Points for and against a series with the reason in words."""
    kinds = {part.upper() for part in series.image_type}
    if {"ORIGINAL", "PRIMARY"} <= kinds:
        yield 3.0, "original images"
    elif "DERIVED" in kinds:
        yield -1.0, "derived images"
    if _SHARP.search(series.kernel):
        yield -4.0, f"bone kernel ({series.kernel})"
    elif series.kernel:
        yield 2.0, f"soft-tissue kernel ({series.kernel})"
    yield from _thickness(series)
    if len(series.slices) >= MIN_SLICES:
        yield 2.0, f"{len(series.slices)} slices"
    if series.report.verdict is Verdict.VOLUME:
        yield 1.0, "regular geometry"
    if series.report.has(WarningCode.CONTRAST):
        yield -3.0, "contrast agent"
    if _HEAD.search(f"{series.body_part} {series.description} {series.study_description}"):
        yield 0.5, "labeled as a head scan"


def _thickness(series: Series) -> Iterator[_Finding]:
    known = [one.plane.thickness_mm for one in series.slices if one.plane and one.plane.thickness_mm]
    thickness = statistics.median(known) if known else series.report.spacing_mm
    if thickness is None:
        return
    distinct = series.report.thicknesses_mm or (thickness,)
    words = f"slices of {' and '.join(f'{value:g}' for value in distinct)} mm"
    if THICKNESS_MM[0] <= thickness <= THICKNESS_MM[1]:
        yield 2.0, words
    elif thickness < THICKNESS_MM[0]:
        yield 0.5, f"thin {words}"


def _is_candidate(series: Series) -> bool:
    is_joined = series.report.has(WarningCode.JOINED_SERIES)
    return series.kind is SeriesKind.AXIAL and series.is_volume and not is_joined


def _patient(series: Series) -> str:
    return series.patient.patient_id or series.patient.name.casefold()
