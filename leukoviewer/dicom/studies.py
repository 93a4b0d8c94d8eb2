"""Splits what a folder with many patients holds into studies: one patient and one study each, with a suggestion."""

from __future__ import annotations

import os
from pathlib import Path

from leukoviewer.core.series import Catalog, Series
from leukoviewer.dicom.selection import suggest


def by_study(catalog: Catalog) -> tuple[Catalog, ...]:
    """One catalog a study, in the order of their files; two patients are never in one, whatever their UIDs say.

    Parameters
    ----------
    catalog : Catalog
        Of a folder with any number of patients.

    Returns
    -------
    tuple of Catalog
        Each with the series to open or score of that study, or without one when it holds no axial head.
    """
    studies: dict[tuple[str, str], list[Series]] = {}
    for series in catalog.series:
        studies.setdefault((patient_of(series), series.study_uid), []).append(series)
    found = (Catalog(tuple(members), suggest(members)) for members in studies.values())
    return tuple(sorted(found, key=lambda study: min(str(one.slices[0].path) for one in study.series)))


def patient_of(series: Series) -> str:
    """What tells one patient from another: the number, else the name, else the study. Never to be shown or written."""
    return series.patient.patient_id or series.patient.name.casefold() or series.study_uid


def folder_of(study: Catalog) -> Path:
    """The smallest folder (or the archive) that holds all files of a study; it may hold other studies too."""
    parents = {str(header.path.parent) for series in study.series for header in series.slices}
    place = Path(os.path.commonpath(parents))
    while not place.exists() and place != place.parent:
        place = place.parent  # inside an archive
    return place
