"""What a report on a result says, before it is laid out: patient data as wished, key slices, vote, provenance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from leukoviewer.core.results import Analysis, Vote
from leukoviewer.core.volume import Volume
from leukoviewer.display import report
from leukoviewer.display.pictures import PictureStyle
from leukoviewer.display.report import Json, Stamp

SCHEMA = "leukoviewer.report/1"
KEY_SLICES = 4
SUSPICIOUS, MARKED = "among the most suspicious", "marked by the reader"


class PatientData(StrEnum):
    """How much of the patient stands in a report."""

    FULL = "full"
    INITIALS = "initials"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KeySlice:
    """A slice that is shown in the report.

    Attributes
    ----------
    index : int
        Native slice, superior first, from 0.
    reason : str
        Why it is shown.
    """

    index: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that a report says.

    Attributes
    ----------
    volume, analysis : Volume, Analysis
        The series and the result.
    stamp : Stamp
        Software and time; its ``with_patient`` does not count here.
    vote : Vote
        At the limits that count.
    patient_data : PatientData
        How much of the patient is told.
    key_slices : tuple of KeySlice
        In the order of the slices.
    style : PictureStyle
        Window and heatmap of the pictures.
    """

    volume: Volume
    analysis: Analysis
    stamp: Stamp
    vote: Vote
    patient_data: PatientData = PatientData.NONE
    key_slices: tuple[KeySlice, ...] = ()
    style: PictureStyle = field(default_factory=PictureStyle)

    def __post_init__(self) -> None:
        if self.analysis.series_key != self.volume.series.key:
            raise ValueError("the result belongs to another series")

    @property
    def is_vote_moved(self) -> bool:
        """Whether the reader moved the package's limits."""
        return self.vote != self.analysis.vote()

    @property
    def patient_rows(self) -> tuple[tuple[str, str], ...]:
        """What is told of the patient: label and value."""
        patient, date = self.volume.series.patient, self.volume.series.study_date
        if self.patient_data is PatientData.NONE:
            return ()
        age = "" if patient.age_years is None else f"{patient.age_years:g} years"
        rows = [("Initials", initials(patient.name)), ("Sex", patient.sex), ("Age", age)]
        if self.patient_data is PatientData.FULL:
            rows[:1] = [("Name", patient.name.replace("^", " ").strip()), ("Patient ID", patient.patient_id)]
            rows += [("Birth date", patient.birth_date), ("Study date", date)]
        return tuple((label, value) for label, value in rows if value)


def initials(name: str) -> str:
    """First letters of a DICOM person name (PS3.5 6.2.1.1), family name last: ``DOE^JOHN`` is ``J. D.``."""
    family, *given = (part for part in name.split("=", maxsplit=1)[0].replace(",", "^").split("^"))
    words = " ".join(given).split() + family.split()
    return " ".join(f"{word[0].upper()}." for word in words)


def key_slices(analysis: Analysis, *, marked: Iterable[int] = (), count: int = KEY_SLICES) -> tuple[KeySlice, ...]:
    """The ``count`` slices with the highest scores and those that the reader marked, in the order of the slices."""
    ranked = sorted(analysis.scores, key=lambda item: -item.score)[:count]
    reasons = {item.native[len(item.native) // 2]: SUSPICIOUS for item in ranked}
    for index in marked:
        if 0 <= index < analysis.mapping.native_shape[0]:
            reasons[index] = f"{SUSPICIOUS}, {MARKED}" if reasons.get(index) == SUSPICIOUS else MARKED
    return tuple(KeySlice(index, reasons[index]) for index in sorted(reasons))


def record(content: Report) -> Json:
    """The report as JSON: the result file's own content with what the report adds.

    Returns
    -------
    dict
        ``schema``, ``patient`` (as wished, else null), ``key_slices`` (index from 0, number from 1, reason),
        ``vote_moved`` and ``result`` (``leukoviewer.result/1``, without patient data).
    """
    stamp = Stamp(content.stamp.software_version, content.stamp.created)
    return {
        "schema": SCHEMA,
        "disclaimer": report.DISCLAIMER,
        "patient_data": content.patient_data.value,
        "patient": dict(content.patient_rows) or None,
        "key_slices": [
            {"index": one.index, "number": one.index + 1, "reason": one.reason} for one in content.key_slices
        ],
        "vote_moved": content.is_vote_moved,
        "result": report.scored(content.analysis, content.volume, stamp=stamp, vote=content.vote),
    }
