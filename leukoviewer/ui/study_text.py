"""What is known of patient, study, series and geometry, as titled lists of facts (pure functions)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from leukoviewer.core.geometry import SeriesWarning, Verdict
from leukoviewer.core.series import Catalog, Series, SeriesKind
from leukoviewer.core.volume import Volume
from leukoviewer.dicom import syntaxes
from leukoviewer.display.corner_text import readable_date, readable_name
from leukoviewer.ui.language import later, told, tr

Row = tuple[str, str]

_VERDICTS = {
    Verdict.VOLUME: "A regular volume: models may run on it",
    Verdict.VOLUME_WITH_WARNINGS: "A volume with warnings: models may run on it, with the warnings beside the score",
    Verdict.STACK_2D: "Single pictures, no volume: models do not run on it",
    Verdict.REFUSED: "Refused: models do not run on it",
}
_KINDS = {
    SeriesKind.AXIAL: "Axial slices",
    SeriesKind.NON_AXIAL: "Slices that are not axial",
    SeriesKind.LOCALIZER: "Localizer (a projection)",
    SeriesKind.SECONDARY_CAPTURE: "Secondary capture (a picture of a screen)",
    SeriesKind.OTHER: "Images",
}
_UNKNOWN = "not stated"
_MOST_VALUES = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of facts. Its ``repr`` tells none of them, so that no log can."""

    title: str
    rows: tuple[Row, ...] = field(repr=False)


def sections_of(series: Series, volume: Volume | None, catalog: Catalog | None) -> tuple[Section, ...]:
    """Patient, study, series, geometry, pictures and files of the shown series.

    Parameters
    ----------
    series : Series
        The shown one.
    volume : Volume or None
        Its slices once they are read; it adds the warnings found while reading.
    catalog : Catalog or None
        The folder, for the number of series of the study.
    """
    return (
        _section(later("Patient"), _patient(series)),
        _section(later("Study"), _study(series, catalog)),
        _section(later("Series"), _series(series)),
        _section(later("Geometry"), _geometry(series, volume)),
        _section(later("Pictures"), _pictures(series)),
        _section(later("Files"), _files(series, volume)),
    )


def _section(title: str, rows: tuple[Row, ...]) -> Section:
    return Section(tr(title), tuple((told(label), value) for label, value in rows))


def plain(sections: Sequence[Section]) -> str:
    """The same as plain text, values one under the other."""
    width = max((len(label) for section in sections for label, _ in section.rows), default=0)
    blocks = [
        "\n".join((section.title, *(f"  {label:<{width}}  {value}" for label, value in section.rows)))
        for section in sections
    ]
    return "\n\n".join(blocks) + "\n"


def _patient(series: Series) -> tuple[Row, ...]:
    patient = series.patient
    age = "" if patient.age_years is None else tr("{:.3g} years").format(patient.age_years)
    return _told(
        (later("Name"), readable_name(patient.name)),
        ("ID", patient.patient_id),
        ("Born", readable_date(patient.birth_date)),
        ("Sex", patient.sex),
        ("Age", age),
    )


def _study(series: Series, catalog: Catalog | None) -> tuple[Row, ...]:
    same = [] if catalog is None else [one for one in catalog.series if one.study_uid == series.study_uid]
    return (
        *_told(("Description", series.study_description), ("Date", readable_date(series.study_date))),
        *([("Series in this folder", f"{len(same)}")] if same else []),
        *_told(("UID", series.study_uid)),
    )


def _series(series: Series) -> tuple[Row, ...]:
    agent = [("Contrast agent", series.contrast_agent)] if series.contrast_agent else []
    return (
        *_told(
            ("Number", "" if series.series_number is None else f"{series.series_number}"),
            ("Description", series.description),
            ("Kind", tr(_KINDS[series.kind])),
            ("Image type", " \\ ".join(series.image_type)),
            ("Modality", series.modality),
            ("Body part", series.body_part),
            ("Scanner", " ".join(part for part in (series.manufacturer, series.model_name) if part)),
            ("Kernel", series.kernel),
            ("Tube voltage", "" if series.kvp is None else f"{series.kvp:g} kV"),
        ),
        *agent,
        *_told(("UID", series.series_uid), ("Frame of reference UID", series.frame_of_reference_uid)),
    )


def _geometry(series: Series, volume: Volume | None) -> tuple[Row, ...]:
    report = series.report
    rows: list[Row] = [("Verdict", tr(_VERDICTS[report.verdict]))]
    if report.reason:
        rows.append(("Reason", told(report.reason)))
    found = warnings_of(series, volume)
    rows += [(f"Warning: {warning.code.value.replace('_', ' ')}", _with_slices(warning)) for warning in found]
    if not found:
        rows.append(("Warnings", tr("none")))
    rows += [("Slices", f"{len(series.slices)}"), ("Slice distance", _distance(series))]
    rows.append(("Slice thickness", _range(report.thicknesses_mm, "mm") or tr(_UNKNOWN)))
    if any(one.plane is not None for one in series.slices):
        rows.append(("Gantry tilt", f"{report.tilt_deg:+.1f}°" if abs(report.tilt_deg) >= 0.05 else tr("none")))
    return (*rows, *_extent(series))


def warnings_of(series: Series, volume: Volume | None) -> tuple[SeriesWarning, ...]:
    """Every named warning of the geometry gate and of reading, each once."""
    found = series.report.warnings + (() if volume is None else volume.warnings)
    return tuple(dict.fromkeys(found))


def _with_slices(warning: SeriesWarning) -> str:
    """The sentence, with the slices that it concerns, counted from 1."""
    if not warning.slices:
        return told(warning.message)
    words = tr("{} [slice {}]") if len(warning.slices) == 1 else tr("{} [slices {}]")
    return words.format(told(warning.message), _runs(warning.slices))


def _runs(slices: Sequence[int]) -> str:
    """Numbers from 1, neighbors drawn together: ``1-3, 7``."""
    runs: list[list[int]] = []
    for index in sorted(set(slices)):
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return ", ".join(f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in runs)


def _distance(series: Series) -> str:
    report = series.report
    if report.spacing_mm is None:
        return tr("not known")
    steps = report.steps_mm
    if steps and max(steps) - min(steps) >= 0.05:
        words = tr("{:.2f} mm (median; {:.2f} to {:.2f} mm)")
        return words.format(report.spacing_mm, min(steps), max(steps))
    return f"{report.spacing_mm:.2f} mm"


def _extent(series: Series) -> tuple[Row, ...]:
    positions = [position for position in series.position_mm if position is not None]
    if len(positions) != len(series.slices) or len(positions) < 2:
        return ()
    first, last = positions[0], positions[-1]
    words = tr("{:.1f} mm, from {:.1f} to {:.1f} mm along the normal")
    return (("Covered", words.format(abs(first - last), first, last)),)


def _pictures(series: Series) -> tuple[Row, ...]:
    formats = [one.pixels for one in series.slices]
    planes = [one.plane for one in series.slices if one.plane is not None]
    spacings = [(f"{plane.spacing_mm[0]:.4g}", f"{plane.spacing_mm[1]:.4g}") for plane in planes]
    fields = [tr("{:.0f} × {:.0f} mm (height × width)").format(*plane.size_mm) for plane in planes]
    rescales = [
        tr(_UNKNOWN)
        if one.slope is None or one.intercept is None
        else tr("value × {:g} {:+g}").format(one.slope, one.intercept)
        for one in series.slices
    ]
    return (
        ("Matrix", _each(tr("{} × {} (rows × columns)").format(one.rows, one.columns) for one in formats)),
        ("Pixel spacing", _each(tr("{} × {} mm (rows × columns)").format(*one) for one in spacings) or tr(_UNKNOWN)),
        ("Field of view", _each(fields) or tr("not known")),
        ("Stored", _each(_stored(one.bits_stored, signed=one.signed) for one in formats)),
        ("To HU", _each(rescales)),
        ("Encoding", _each(syntaxes.name(one.transfer_syntax_uid) for one in formats)),
        ("Compressed with loss", tr("yes") if any(one.lossy for one in series.slices) else tr("no")),
    )


def _stored(bits: int, *, signed: bool) -> str:
    return (tr("{} bits, signed") if signed else tr("{} bits, unsigned")).format(bits)


def _files(series: Series, volume: Volume | None) -> tuple[Row, ...]:
    paths = dict.fromkeys(one.path for one in series.slices)
    folders = dict.fromkeys(str(path.parent) for path in paths)
    rows: list[Row] = [("Files", f"{len(paths)}")]
    if len(paths) < len(series.slices):
        rows.append(("Frames", f"{len(series.slices)}"))
    rows.append(
        (
            "Read",
            tr("not yet") if volume is None else tr("{} of {}").format(len(volume) - len(volume.broken), len(volume)),
        )
    )
    return (*rows, *(("Folder", folder) for folder in folders))


def _each(texts: Iterable[str]) -> str:
    """What holds for all, or every value with its count, the most frequent first."""
    counts = Counter(texts)
    if len(counts) <= 1:
        return next(iter(counts), "")
    shown = [f"{text} ({count})" for text, count in counts.most_common(_MOST_VALUES)]
    return "; ".join(shown) + ("; …" if len(counts) > _MOST_VALUES else "")


def _range(values: Sequence[float], unit: str) -> str:
    """One number, or the smallest and the largest."""
    if not values:
        return ""
    low, high = min(values), max(values)
    return f"{low:g} {unit}" if low == high else tr("{:g} to {:g} {}").format(low, high, unit)


def _told(*rows: Row) -> tuple[Row, ...]:
    """What is not stated says so: that it is missing is worth knowing."""
    return tuple((label, value or tr(_UNKNOWN)) for label, value in rows)
