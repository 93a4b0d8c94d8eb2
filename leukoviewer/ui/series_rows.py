"""What the list says of each series: a title, a line of facts, a line of warnings (pure functions)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.series import Catalog, Series, SeriesKind, Suggestion
from leukoviewer.display.corner_text import readable_date, readable_name
from leukoviewer.ui.language import later, plural, told, tr

_KINDS = {
    SeriesKind.AXIAL: later("Axial"),
    SeriesKind.NON_AXIAL: later("Not axial"),
    SeriesKind.LOCALIZER: later("Localizer"),
    SeriesKind.SECONDARY_CAPTURE: later("Secondary capture"),
    SeriesKind.OTHER: later("Images"),
}
# Warnings as one or two words; the sentences stand in the tip.
_WORDS = {code: code.value.replace("_", " ") for code in WarningCode}


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One line of the series list.

    Attributes
    ----------
    key : str
        Of the series.
    title, facts : str
        Number and description; count and thickness.
    caution : str
        Warnings in a few words, or why it is no volume; empty when there is nothing to say.
    tip : str
        Everything in sentences.
    is_volume : bool
        Whether models may run on it.
    is_suggested : bool
        Whether it was opened by itself.
    patient : str
        Whose it is, where the list holds series of several patients; empty for one.
    """

    key: str
    title: str
    facts: str
    caution: str
    tip: str
    is_volume: bool
    is_suggested: bool
    patient: str = ""


def rows_of(catalog: Catalog) -> tuple[SeriesRow, ...]:
    """Lines of all series of a catalog, in its order."""
    suggested = None if catalog.suggestion is None else catalog.suggestion.key
    return tuple(_row(series, catalog, is_suggested=series.key == suggested) for series in catalog.series)


def _who(series: Series) -> tuple[str, str]:
    """What tells one patient from another; how a name is capitalized does not."""
    return series.patient.patient_id, readable_name(series.patient.name).casefold()


def patient_count(catalog: Catalog) -> int:
    """How many patients the series are of."""
    return len({_who(series) for series in catalog.series})


def _patient(series: Series, catalog: Catalog) -> str:
    """Name and id, where there are several patients, and the date, where a study was opened beside; else nothing."""
    date = readable_date(series.study_date) or tr("no date")
    side = tr("Beside: {}") if series.key in catalog.beside else tr("First: {}")
    when = side.format(date) if catalog.beside else ""
    if patient_count(catalog) < 2:
        return when
    number, name = series.patient.patient_id, readable_name(series.patient.name)
    who = "  ".join((name or tr("No name"), tr("ID {}").format(number) if number else tr("no ID")))
    return f"{when}  {who}" if when else who


def footnote_of(catalog: Catalog) -> str:
    """Whether several patients lie in the folder, why the suggested series was opened, what was not read."""
    lines = []
    count = patient_count(catalog)
    if count > 1 and not catalog.beside:
        lines.append(tr("⚠ This folder holds {} patients; the name stands at each series.").format(count))
    if catalog.suggestion is not None and len(catalog.series) > 1:
        lines.append(tr("Opened because: {}.").format(_reasons(catalog.suggestion)))
    if catalog.others:
        lines.append(tr("Without pictures: {}.").format(_counted(catalog.others)))
    if catalog.skipped:
        lines.append(tr("Not read: {}.").format(_counted(catalog.skipped)))
    return "\n".join(lines)


def _reasons(suggestion: Suggestion) -> str:
    return "; ".join(told(reason) for reason in suggestion.reasons)


def _counted(named: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{told(name)} ({count})" for name, count in named)


def _row(series: Series, catalog: Catalog, *, is_suggested: bool) -> SeriesRow:
    return SeriesRow(
        series.key, _title(series), _facts(series), _caution(series), _tip(series, catalog, is_suggested=is_suggested),
        series.is_volume, is_suggested, _patient(series, catalog),
    )  # fmt: skip


def _title(series: Series) -> str:
    number = "" if series.series_number is None else f"{series.series_number}"
    return "  ".join(part for part in (number, series.description or tr(_KINDS[series.kind])) if part)


def _facts(series: Series) -> str:
    count = len(series.slices)
    parts = [plural(count, "{} slice", "{} slices") if series.is_volume else plural(count, "{} image", "{} images")]
    thicknesses = series.report.thicknesses_mm
    if thicknesses:
        shown = [f"{value:g}" for value in thicknesses]
        parts.append(("/".join(shown) if len(shown) <= 3 else f"{shown[0]}–{shown[-1]}") + " mm")
    return "  ·  ".join(parts)


def _caution(series: Series) -> str:
    report = series.report
    if report.verdict is Verdict.REFUSED:
        return tr("Refused: {}").format(told(report.reason))
    if report.verdict is Verdict.STACK_2D:
        return tr("No volume: {}").format(told(report.reason))
    return ", ".join(dict.fromkeys(told(_WORDS[warning.code]) for warning in report.warnings))


def _tip(series: Series, catalog: Catalog, *, is_suggested: bool) -> str:
    first = series.slices[0].pixels
    words = tr("{}, {} images of {} × {} pixels")
    lines = [words.format(tr(_KINDS[series.kind]), len(series.slices), first.columns, first.rows)]
    if _patient(series, catalog):
        lines.insert(0, _patient(series, catalog))
    if series.kernel:
        lines.append(tr("Kernel {}").format(series.kernel))
    if series.report.reason:
        lines.append(told(series.report.reason))
    lines += [f"⚠ {told(warning.message)}" for warning in series.report.warnings]
    if is_suggested and catalog.suggestion is not None:
        lines.append(tr("Opened because: {}").format(_reasons(catalog.suggestion)))
    return "\n".join(lines)
