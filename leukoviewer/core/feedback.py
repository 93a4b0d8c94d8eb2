"""What a reader says of a model's result: accepted or rejected, labels of the patient and of slices, a comment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from leukoviewer.core.merging import merged
from leukoviewer.core.results import Analysis
from leukoviewer.core.study_record import Shelf, moment, stamp

MAX_COMMENT = 500


class Judgment(Enum):
    """Whether the reader takes the result as it is."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Label(Enum):
    """What the reader calls a slice or the patient."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class SliceLabel:
    """The label of one image; ``slice_index`` is its native index, superior first, when the label was given."""

    sop_instance_uid: str
    frame: int
    slice_index: int
    label: Label

    @property
    def image(self) -> tuple[str, int]:
        """Which image it is."""
        return self.sop_instance_uid, self.frame


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that was said of one package's result for one series.

    Attributes
    ----------
    judgment : Judgment or None
        None when the reader did not judge it.
    patient : Label or None
        The reader's own label of the patient.
    slices : tuple of SliceLabel
        By slice; one an image.
    comment : str
        At most :data:`MAX_COMMENT` characters.
    """

    judgment: Judgment | None = None
    patient: Label | None = None
    slices: tuple[SliceLabel, ...] = ()
    comment: str = ""

    def __post_init__(self) -> None:
        if len({one.image for one in self.slices}) != len(self.slices) or len(self.comment) > MAX_COMMENT:
            raise ValueError("an image has one label, and a comment is short")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return self == Feedback()

    def label_of(self, image: tuple[str, int]) -> Label | None:
        """The label of an image."""
        return next((one.label for one in self.slices if one.image == image), None)

    def with_slice(self, image: tuple[str, int], index: int, label: Label | None) -> Feedback:
        """Another label for an image; None takes it away."""
        kept = [one for one in self.slices if one.image != image]
        if label is not None:
            kept.append(SliceLabel(*image, index, label))
        return replace(self, slices=tuple(sorted(kept, key=lambda one: (one.slice_index, one.image))))

    def with_comment(self, text: str) -> Feedback:
        """Another comment, on one line."""
        return replace(self, comment=" ".join(text.split())[:MAX_COMMENT].strip())


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """Feedback with what it was given on.

    Attributes
    ----------
    series_uid, package_id, package_sha256 : str
        Which series, and which package's result.
    is_positive : bool
        That result's vote at the package's own limits.
    folder : str
        Where the DICOM files lay; a path may carry a name, so it is told only where the reader exports it.
    changed : datetime
        When the reader changed it last.
    feedback : Feedback
        What was said.
    """

    series_uid: str
    package_id: str
    package_sha256: str
    is_positive: bool
    folder: str
    changed: datetime
    feedback: Feedback

    @property
    def place(self) -> tuple[str, str]:
        """What it is known by within a study."""
        return self.series_uid, self.package_id

    @classmethod
    def of(cls, result: Analysis, feedback: Feedback, *, folder: str, at: datetime) -> FeedbackEntry:
        """Feedback given now on a result."""
        package, when = result.package, at.replace(microsecond=0)  # as it is written
        return cls(result.series_uid, package.id, package.sha256, result.vote().is_positive, folder, when, feedback)

    @property
    def patient_label(self) -> Label | None:
        """What the reader holds the patient for: the own label, else the vote of an accepted result."""
        if self.feedback.patient is not None or self.feedback.judgment is not Judgment.ACCEPTED:
            return self.feedback.patient
        return Label.POSITIVE if self.is_positive else Label.NEGATIVE


@dataclass(frozen=True, slots=True)
class StudyFeedback:
    """All feedback on a study, one entry a series and package."""

    entries: tuple[FeedbackEntry, ...] = ()

    def __post_init__(self) -> None:
        if len({one.place for one in self.entries}) != len(self.entries):
            raise ValueError("feedback on one result stands twice")

    def of(self, series_uid: str, package_id: str) -> Feedback:
        """Feedback on a result; an empty one when there is none."""
        found = (one.feedback for one in self.entries if one.place == (series_uid, package_id))
        return next(found, Feedback())

    def with_entry(self, entry: FeedbackEntry) -> StudyFeedback:
        """Another feedback on a result; an empty one takes the entry away."""
        kept = tuple(one for one in self.entries if one.place != entry.place)
        return StudyFeedback(kept if entry.feedback.is_empty else (*kept, entry))

    def of_series(self, series_uid: str) -> StudyFeedback:
        """Feedback on one series alone."""
        return StudyFeedback(tuple(one for one in self.entries if one.series_uid == series_uid))

    def with_series(self, series_uid: str, feedback: StudyFeedback) -> StudyFeedback:
        """Other feedback on one series; that on the others stays."""
        kept = tuple(one for one in self.entries if one.series_uid != series_uid)
        return StudyFeedback((*kept, *feedback.entries))

    @property
    def patient_label(self) -> Label | None:
        """What the reader holds the patient for: own labels go before accepted votes, later ones before earlier."""
        told = [one for one in self.entries if one.patient_label is not None]
        best = max(told, key=lambda one: (one.feedback.patient is not None, one.changed), default=None)
        return None if best is None else best.patient_label


# One thing that was said: on which result, and what of it (an image, or the name of a field).
_Fact = tuple[tuple[str, str], str | tuple[str, int]]


def joined(base: StudyFeedback, mine: StudyFeedback, theirs: StudyFeedback) -> StudyFeedback:
    """Feedback after two windows said something: each label, judgment and comment is that of the later change.

    Parameters
    ----------
    base, mine, theirs : StudyFeedback
        What both began with, what this window holds now, what the other one wrote meanwhile.
    """
    facts = merged(_facts(base), _facts(mine), _facts(theirs))
    # The later entry tells the package and the folder; after an undo that may be the other's.
    entries: dict[tuple[str, str], FeedbackEntry] = {}
    for one in (*mine.entries, *theirs.entries):
        if one.place not in entries or one.changed > entries[one.place].changed:
            entries[one.place] = one
    found = (replace(one, feedback=_feedback(one.place, facts)) for one in entries.values())
    return StudyFeedback(tuple(one for one in found if not one.feedback.is_empty))


def _facts(study: StudyFeedback) -> dict[_Fact, Judgment | Label | SliceLabel | str]:
    facts: dict[_Fact, Judgment | Label | SliceLabel | str] = {}
    for one in study.entries:
        said = one.feedback
        for name, value in (("judgment", said.judgment), ("patient", said.patient), ("comment", said.comment)):
            if value:
                facts[one.place, name] = value
        facts |= {(one.place, label.image): label for label in said.slices}
    return facts


def _feedback(place: tuple[str, str], facts: dict[_Fact, Judgment | Label | SliceLabel | str]) -> Feedback:
    feedback = Feedback()
    for (where, _), value in facts.items():
        if where != place:
            continue
        if isinstance(value, SliceLabel):
            feedback = feedback.with_slice(value.image, value.slice_index, value.label)
        elif isinstance(value, Judgment):
            feedback = replace(feedback, judgment=value)
        elif isinstance(value, Label):
            feedback = replace(feedback, patient=value)
        else:
            feedback = replace(feedback, comment=value)
    return feedback


def _to_json(study: StudyFeedback) -> dict[str, Any]:
    return {"entries": [_entry_to_json(one) for one in study.entries]}


def _entry_to_json(one: FeedbackEntry) -> dict[str, Any]:
    said = one.feedback
    return {
        "series_uid": one.series_uid,
        "package_id": one.package_id,
        "package_sha256": one.package_sha256,
        "is_positive": one.is_positive,
        "folder": one.folder,
        "changed": stamp(one.changed),
        "judgment": None if said.judgment is None else said.judgment.value,
        "patient": None if said.patient is None else said.patient.value,
        "comment": said.comment,
        "slices": [
            {
                "sop_instance_uid": item.sop_instance_uid,
                "frame": item.frame,
                "slice_index": item.slice_index,
                "label": item.label.value,
            }
            for item in said.slices
        ],
    }


def _parse(data: dict[str, Any]) -> StudyFeedback:
    return StudyFeedback(tuple(_entry(one) for one in data["entries"]))


def _entry(one: dict[str, Any]) -> FeedbackEntry:
    judgment, patient = one["judgment"], one["patient"]
    feedback = Feedback(
        None if judgment is None else Judgment(judgment),
        None if patient is None else Label(patient),
        tuple(_slice(item) for item in one["slices"]),
        _text(one["comment"]),
    )
    series, package, sha256, folder = (
        _text(one[name]) for name in ("series_uid", "package_id", "package_sha256", "folder")
    )
    return FeedbackEntry(series, package, sha256, one["is_positive"] is True, folder, moment(one["changed"]), feedback)


def _slice(item: dict[str, Any]) -> SliceLabel:
    frame, index = item["frame"], item["slice_index"]
    if any(not isinstance(number, int) or isinstance(number, bool) or number < 0 for number in (frame, index)):
        raise TypeError("frame and slice are whole numbers")
    return SliceLabel(_text(item["sop_instance_uid"]), frame, index, Label(item["label"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is a string")
    return value


FEEDBACK: Shelf[StudyFeedback] = Shelf(
    "feedback", "leukoviewer.feedback/1", "Your feedback on this study", _parse, _to_json
)
