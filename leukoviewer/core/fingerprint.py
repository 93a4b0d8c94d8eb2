"""A name for a series that tells nothing of it: the same slices give the same name, other slices another one."""

from __future__ import annotations

import hashlib

from leukoviewer.core.series import Series
from leukoviewer.core.study_record import study_of


def fingerprint(series: Series) -> str:
    """32 hexadecimal digits from the patient and from the identifiers, places and sizes of all slices in their order.

    What is kept for a series (a result, a place in a list) belongs to it only while its slices are the same. The key
    within a catalog is left out: it depends on what else lies in the folder.
    """
    parts = [study_of(series), series.series_uid]
    for header in series.slices:
        place = () if header.plane is None else header.plane.position_mm
        pixels = header.pixels
        parts.append(f"{header.sop_instance_uid} {header.frame} {place} {pixels.rows} {pixels.columns}")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
