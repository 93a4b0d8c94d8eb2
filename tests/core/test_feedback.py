"""Feedback: one label an image, the patient's label by what was said last and most plainly, and its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leukoviewer.core import study_record
from leukoviewer.core.feedback import (
    FEEDBACK,
    MAX_COMMENT,
    Feedback,
    FeedbackEntry,
    Judgment,
    Label,
    SliceLabel,
    StudyFeedback,
    joined,
)
from tests.display import scene

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def _entry(said: Feedback, *, package: str = "a-1", positive: bool = True, minutes: int = 0) -> FeedbackEntry:
    return FeedbackEntry("1.2", package, "0" * 64, positive, "/scans/a", START + timedelta(minutes=minutes), said)


def test_a_slice_has_one_label_and_loses_it_again() -> None:
    said = Feedback().with_slice(("u2", 0), 5, Label.POSITIVE).with_slice(("u1", 0), 2, Label.UNSURE)
    said = said.with_slice(("u2", 0), 5, Label.NEGATIVE)
    assert [(one.slice_index, one.label) for one in said.slices] == [(2, Label.UNSURE), (5, Label.NEGATIVE)]
    assert said.label_of(("u2", 0)) is Label.NEGATIVE
    assert said.label_of(("u2", 1)) is None
    assert said.with_slice(("u2", 0), 5, None).with_slice(("u1", 0), 2, None).is_empty


def test_a_comment_is_one_short_line() -> None:
    said = Feedback().with_comment("  motion\n at the\tbase " + "x" * 600)
    assert said.comment.startswith("motion at the base x")
    assert len(said.comment) == MAX_COMMENT


def test_two_labels_of_one_image_are_refused() -> None:
    one = SliceLabel("u", 0, 1, Label.POSITIVE)
    with pytest.raises(ValueError, match="one label"):
        Feedback(slices=(one, replace(one, label=Label.NEGATIVE)))


@pytest.mark.parametrize(
    ("said", "positive", "label"),
    [
        (Feedback(), True, None),
        (Feedback(Judgment.ACCEPTED), True, Label.POSITIVE),
        (Feedback(Judgment.ACCEPTED), False, Label.NEGATIVE),
        (Feedback(Judgment.REJECTED), True, None),
        (Feedback(Judgment.REJECTED, Label.NEGATIVE), True, Label.NEGATIVE),
        (Feedback(Judgment.ACCEPTED, Label.UNSURE), True, Label.UNSURE),
    ],
)
def test_an_accepted_vote_is_the_patients_label_unless_the_reader_gives_another(
    said: Feedback, positive: bool, label: Label | None
) -> None:
    assert _entry(said, positive=positive).patient_label is label


def test_of_several_results_the_own_label_wins_then_the_latest() -> None:
    accepted = _entry(Feedback(Judgment.ACCEPTED), minutes=5)
    later = _entry(Feedback(Judgment.ACCEPTED), package="b-1", positive=False, minutes=9)
    own = _entry(Feedback(patient=Label.POSITIVE), package="c-1", positive=False, minutes=1)
    assert StudyFeedback((accepted, later)).patient_label is Label.NEGATIVE
    assert StudyFeedback((accepted, later, own)).patient_label is Label.POSITIVE
    assert StudyFeedback().patient_label is None


def test_feedback_taken_back_leaves_no_entry() -> None:
    study = StudyFeedback().with_entry(_entry(Feedback(Judgment.REJECTED)))
    assert study.of("1.2", "a-1").judgment is Judgment.REJECTED
    assert study.of("1.2", "b-1").is_empty
    assert study.with_entry(_entry(Feedback())) == StudyFeedback()


def test_an_entry_keeps_the_package_and_its_vote() -> None:
    result = scene.analysis(scene.volume(4))
    entry = FeedbackEntry.of(result, Feedback(), folder="/scans", at=START)
    assert (entry.place, entry.package_sha256) == ((result.series_uid, result.package.id), result.package.sha256)
    assert entry.is_positive is result.vote().is_positive


def test_feedback_of_two_windows_is_joined_by_what_each_of_them_changed() -> None:
    def study(*labels: tuple[int, Label], patient: Label | None = None, comment: str = "", minutes: int = 0) -> Any:
        said = Feedback(patient=patient, comment=comment)
        for index, label in labels:
            said = said.with_slice((str(index), 0), index, label)
        return StudyFeedback(() if said.is_empty else (_entry(said, minutes=minutes),))

    yes, no = Label.POSITIVE, Label.NEGATIVE
    base = study((1, yes), (2, yes), comment="old")
    mine = study((1, no), comment="old", minutes=1)  # one changed, one taken away
    theirs = study((1, yes), (2, yes), (3, no), patient=no, comment="new", minutes=2)
    assert joined(base, mine, theirs) == study((1, no), (3, no), patient=no, comment="new", minutes=2)
    assert joined(base, mine, base) == study((1, no), comment="old", minutes=1)
    assert joined(base, base, theirs) == theirs
    assert joined(base, StudyFeedback(), base) == StudyFeedback()
    assert joined(base, base, StudyFeedback()) == StudyFeedback()
    # Both taken back and changed: the change here is the later one.
    assert joined(base, mine, StudyFeedback()) == study((1, no), minutes=1)


def _said() -> StudyFeedback:
    said = Feedback(Judgment.REJECTED, Label.NEGATIVE, comment="motion").with_slice(("u", 1), 3, Label.UNSURE)
    return StudyFeedback((_entry(said), _entry(Feedback(Judgment.ACCEPTED), package="b-1")))


def test_all_that_was_said_comes_back_from_its_file() -> None:
    path = study_record.file_of(FEEDBACK, "study")
    for study in (_said(), StudyFeedback()):
        study_record.save(FEEDBACK, path, study)
        assert study_record.load(FEEDBACK, path).value == study


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"rejected"', '"perhaps"'), ('"unsure"', '"maybe"'), ('"frame": 1', '"frame": -1'), ('"b-1"', '"a-1"'),
        ('"motion"', "7"), ("+00:00", ""), ('"entries"', '"entry"'),
    ],
)  # fmt: skip
def test_a_changed_file_is_not_believed(old: str, new: str) -> None:
    path: Path = study_record.file_of(FEEDBACK, "study")
    study_record.save(FEEDBACK, path, _said())
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert study_record.load(FEEDBACK, path).value is None
