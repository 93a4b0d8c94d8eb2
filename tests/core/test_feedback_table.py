"""The table of feedback: one label a patient on all rows, no formulas, and folders that are gone are left out."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leukoviewer.core.feedback import Feedback, FeedbackEntry, Judgment, Label, StudyFeedback
from leukoviewer.core.feedback_table import COLUMNS, table

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def _entry(
    folder: Path, said: Feedback, *, series: str = "1.2", package: str = "a-1", minutes: int = 0
) -> FeedbackEntry:
    return FeedbackEntry(series, package, "0" * 64, True, str(folder), START + timedelta(minutes=minutes), said)


def test_all_rows_of_a_study_carry_one_label_and_the_last_folder(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    new.mkdir()
    said = Feedback(patient=Label.NEGATIVE, comment="=HYPERLINK(1)").with_slice(("u", 0), 7, Label.POSITIVE)
    accepted = Feedback(Judgment.ACCEPTED)
    study = StudyFeedback((_entry(old, said), _entry(new, accepted, package="b-1", minutes=3)))
    made = table([study])
    rows = list(csv.DictReader(made.text.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert {(row["folder"], row["patient_label"]) for row in rows} == {(str(new), "negative")}
    assert len({row["id"] for row in rows}) == 1
    assert [(row["slice_index"], row["slice_label"]) for row in rows] == [("", ""), ("7", "positive"), ("", "")]
    assert [row["comment"] for row in rows] == ["'=HYPERLINK(1)", "", ""]
    assert [row["model_vote"] for row in rows] == ["positive"] * 3
    assert (made.labeled, made.unlabeled, made.missing) == (1, 0, 0)


def test_what_is_not_decided_has_no_label_and_what_is_gone_is_counted(tmp_path: Path) -> None:
    unsure = StudyFeedback((_entry(tmp_path, Feedback(patient=Label.UNSURE), series="1.3"),))
    gone = StudyFeedback((_entry(tmp_path / "gone", Feedback(Judgment.ACCEPTED), series="1.4"),))
    made = table([unsure, gone])
    (row,) = csv.DictReader(made.text.splitlines())
    assert (row["series_uid"], row["patient_label"]) == ("1.3", "")
    assert (made.labeled, made.unlabeled, made.missing) == (0, 1, 1)
