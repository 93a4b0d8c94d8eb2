"""All feedback as one CSV that ``leuko-trainer`` reads as labels (``trainer.data.sources.table``)."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.core.feedback import FeedbackEntry, Label, StudyFeedback
from leukoviewer.core.study_record import stamp

COLUMNS = (
    "id", "folder", "series_uid", "patient_label", "slice_index", "slice_label", "comment", "judgment",
    "model_vote", "package", "package_sha256", "changed_utc",
)  # fmt: skip
# A label that the trainer leaves out: it says neither.
_WORDS = {Label.POSITIVE: "positive", Label.NEGATIVE: "negative", Label.UNSURE: "", None: ""}


@dataclass(frozen=True, slots=True)
class FeedbackTable:
    """The table, and what the reader must know of it.

    Attributes
    ----------
    text : str
        CSV with a header; ``slice_index`` counts from 0 at the vertex, as in all files.
    labeled, unlabeled : int
        Series with a label of the patient, and those without one, which the trainer leaves out.
    missing : int
        Series that are left out because their folder is no longer there.
    """

    text: str
    labeled: int = 0
    unlabeled: int = 0
    missing: int = 0


def table(studies: Sequence[StudyFeedback]) -> FeedbackTable:
    """One row a result with feedback and one a labeled slice; all rows of a study carry one label of the patient."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    labeled: set[str] = set()
    unlabeled: set[str] = set()
    missing: set[str] = set()
    for study in studies:
        label = _WORDS[study.patient_label]
        folders = _folders(study)
        for entry in study.entries:
            folder = folders[entry.series_uid]
            if not _is_there(folder):
                missing.add(entry.series_uid)
                continue
            (labeled if label else unlabeled).add(entry.series_uid)
            writer.writerows(_rows(entry, folder, label))
    return FeedbackTable(out.getvalue(), len(labeled), len(unlabeled), len(missing))


def _folders(study: StudyFeedback) -> dict[str, str]:
    """The folder of each series, the one named last: a series is one case wherever its copies were opened."""
    return {one.series_uid: one.folder for one in sorted(study.entries, key=lambda one: one.changed)}


def _rows(entry: FeedbackEntry, folder: str, label: str) -> list[tuple[str, ...]]:
    said = entry.feedback
    name = f"case-{hashlib.sha256(entry.series_uid.encode()).hexdigest()[:12]}"
    judgment = "" if said.judgment is None else said.judgment.value
    vote = "positive" if entry.is_positive else "negative"
    package = (judgment, vote, entry.package_id, entry.package_sha256, stamp(entry.changed))
    case = (name, folder, entry.series_uid, label)
    rows: list[tuple[str, ...]] = [(*case, "", "", _safe(said.comment), *package)]
    rows += [(*case, str(one.slice_index), one.label.value, "", *package) for one in said.slices]
    return rows


def _safe(text: str) -> str:
    """A comment that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _is_there(folder: str) -> bool:
    try:
        return Path(folder).exists()
    except OSError:
        return False
