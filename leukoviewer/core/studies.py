"""Two studies beside each other: whether they are of one patient, how far apart they lie, one catalog of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leukoviewer.core.series import Catalog, Patient, Series

_DAYS_A_MONTH = 30.4375


def differences(one: Patient, other: Patient) -> tuple[str, ...]:
    """What tells two patients apart: of ``name``, ``ID`` and ``birth date`` those that both state and not alike.

    How a name is capitalized and how else it is written (DICOM PS3.5 6.2.1) tell nobody apart.
    """
    pairs = (
        ("name", _plain(one.name), _plain(other.name)),
        ("ID", one.patient_id.strip(), other.patient_id.strip()),
        ("birth date", one.birth_date.strip(), other.birth_date.strip()),
    )
    return tuple(what for what, first, second in pairs if first and second and first != second)


def is_confirmed(one: Patient, other: Patient) -> bool:
    """Whether two studies state enough in common to be called those of one patient: the ID, or name and birth date."""
    if differences(one, other):
        return False
    has_id = bool(one.patient_id.strip() and other.patient_id.strip())
    return has_id or all((_plain(one.name), _plain(other.name), one.birth_date.strip(), other.birth_date.strip()))


def _plain(name: str) -> str:
    return " ".join(name.split("=", maxsplit=1)[0].replace("^", " ").split()).casefold()


def days_between(earlier: str, later: str) -> int | None:
    """Days from one DICOM date (``YYYYMMDD``) to another, negative when the second comes first; None without both."""
    dates = [_date(text) for text in (earlier, later)]
    return None if dates[0] is None or dates[1] is None else (dates[1] - dates[0]).days


def _date(text: str) -> date | None:
    text = text.strip()
    if len(text) != 8 or not text.isdecimal():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def years_and_months(days: int) -> tuple[int, int]:
    """So many days as whole years and months, rounded to the month."""
    months = round(abs(days) / _DAYS_A_MONTH)
    return divmod(months, 12)


def joined(first: Catalog, second: Catalog, tag: str) -> Catalog:
    """Both catalogs as one; what is open already is left out of the second.

    Parameters
    ----------
    first, second : Catalog
        The folder that was opened first, and the one beside it.
    tag : str
        Makes the keys of the second one's series new, so that nothing that is known of a series with the same UID (of
        a copy, of another patient) is ever taken for theirs.
    """
    known = {_images(series): series.patient for series in first.series}
    fresh = tuple(
        replace(series, key=f"{series.key}@{tag}")
        for series in second.series
        if _images(series) not in known or differences(known[_images(series)], series.patient)
    )
    return replace(first, series=first.series + fresh, beside=tuple(series.key for series in fresh))


def _images(series: Series) -> tuple[str, ...]:
    return tuple(f"{header.sop_instance_uid} {header.frame}" for header in series.slices)


def partner(series: Series, others: tuple[Series, ...]) -> Series | None:
    """The series of another study to be shown beside one: of the same patient, a volume, as alike as there is.

    None when all are of other patients and of several: the reader must say which one is meant.
    """
    same = [other for other in others if not differences(series.patient, other.patient)]
    if not same and any(differences(others[0].patient, other.patient) for other in others):
        return None
    choice = same or list(others)
    return min(choice, key=lambda other: _unlike(series, other), default=None)


def _unlike(series: Series, other: Series) -> tuple[bool, bool, float, float, bool]:
    thickness = [one.report.thicknesses_mm[0] if one.report.thicknesses_mm else 0.0 for one in (series, other)]
    tilt = abs(series.report.tilt_deg - other.report.tilt_deg)
    return (
        other.kind is not series.kind, other.is_volume is not series.is_volume, abs(thickness[0] - thickness[1]), tilt,
        other.kernel != series.kernel,
    )  # fmt: skip
