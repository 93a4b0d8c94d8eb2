"""How a view says which study it shows, whose it is, and how it follows the active one."""

from __future__ import annotations

from leukoviewer.core.linking import LinkedBy, Match
from leukoviewer.core.series import Patient, Series
from leukoviewer.core.studies import days_between, differences, is_confirmed, years_and_months
from leukoviewer.display.corner_text import readable_date
from leukoviewer.ui.language import later, plural, told, tr
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.slice_view import SliceView
from leukoviewer.ui.widgets.study_banner import Banner

# A slice that lies farther away than this from the one beside it is told so.
_NEAR_MM = 2.5
_MOST_DAYS = 60
_WHAT = {"name": later("name"), "ID": later("ID"), "birth date": later("birth date")}


def remark(found: Match, *, linked: bool, same_patient: bool) -> str:
    """How a view follows the active one, for the reader."""
    if not same_patient:
        return tr("Not linked: another patient")
    return _course(found) if linked else tr("Not linked")


def _course(found: Match) -> str:
    if found.by is LinkedBy.NOTHING:
        return tr("Not linked: {}").format(told(found.reason))
    if found.by is LinkedBy.FRACTION:
        return tr("Linked by slice fraction: {}").format(told(found.reason))
    if found.off_mm > _NEAR_MM and found.by is LinkedBy.POSITION:
        return tr("Linked by position; nearest slice, {:.0f} mm away").format(found.off_mm)
    if found.by is LinkedBy.ANCHOR:
        return tr("Linked from where you set it")
    return tr("Linked by position") if found.by is LinkedBy.POSITION else tr("Linked")


def banner(series: Series, other: Series | None, beside: frozenset[str]) -> Banner:
    """Which study a view shows, and a warning where another view's is not known to be of the same patient.

    Parameters
    ----------
    series : Series
        What the view shows.
    other : Series or None
        What stands beside it, of another study.
    beside : frozenset of str
        Keys of the study that was opened beside the first one; empty when all come from one folder.
    """
    if not beside:
        opened = tr("Study of {}")
    else:
        opened = tr("Opened beside: {}") if series.key in beside else tr("Opened first: {}")
    title = opened.format(readable_date(series.study_date.strip()) or tr("no date"))
    if other is None:
        return Banner(title)
    course = _course_of_time(other, series)
    return Banner(f"{title}, {course}" if course else title, warning(series.patient, other.patient))


def warning(one: Patient, other: Patient) -> str:
    """What speaks against two studies being of one patient, or that nothing speaks for it; empty when all is well."""
    found = differences(one, other)
    if found:
        return tr("ANOTHER PATIENT: differs in {}").format(", ".join(tr(_WHAT[what]) for what in found))
    return "" if is_confirmed(one, other) else tr("Patient not confirmed: compare the names yourself")


def _course_of_time(other: Series, series: Series) -> str:
    days = days_between(other.study_date, series.study_date)
    if days is None:
        return ""
    if days == 0:
        return tr("same day")
    template = tr("{} later") if days > 0 else tr("{} earlier")
    return template.format(_span(abs(days)))


def _span(days: int) -> str:
    if days < _MOST_DAYS:
        return plural(days, "{} day", "{} days")
    years, months = years_and_months(days)
    parts = []
    if years:
        parts.append(plural(years, "{} year", "{} years"))
    if months:
        parts.append(plural(months, "{} month", "{} months"))
    return " ".join(parts)


def tell_studies(session: Session, active: SliceView, others: list[tuple[SliceView, Series | None]]) -> None:
    """Let every view say which study it shows as soon as there is more than one of them."""
    series, keys = session.series, session.beside.keys
    if series is None:
        return
    apart = [other for _, other in others if other is not None and _is_apart(series, other, keys)]
    if session.beside.is_open and not apart and session.catalog is not None:
        apart = [one for one in session.catalog.series if (one.key in keys) != (series.key in keys)][:1]
    _tell(active, banner(series, apart[0], keys) if apart else Banner())
    for view, other in others:
        if other is None or not apart:
            _tell(view, Banner())
        else:
            is_apart = _is_apart(series, other, keys)
            _tell(view, banner(other, series if is_apart else None, keys))


def _tell(view: SliceView, said: Banner) -> None:
    words = f"{said.title}. {said.warning}" if said.title else ""
    # Told at every slice: a view that stays as it is need not be painted anew.
    if words != view.accessibleDescription():
        view.set_banner(said)
        view.setAccessibleDescription(words)


def _is_apart(series: Series, other: Series, keys: frozenset[str]) -> bool:
    is_beside = (series.key in keys) != (other.key in keys)
    return is_beside or series.study_uid != other.study_uid or bool(differences(series.patient, other.patient))
