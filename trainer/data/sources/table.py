"""A plain CSV of folders and labels, and the CSV of corrections that the viewer writes.

Columns, in any order, separated by comma, semicolon or tab; others are ignored:

``folder``
    The patient's DICOM folder (or one file); a relative one lies beside the CSV.
``label`` or ``patient_label``
    1 with the disease, 0 without (also yes/no, true/false, positive/negative, present/absent, with/without); a row
    with an empty one is left out.
``id`` (optional)
    Name of the case in splits and scores; the folder as it is written when absent.
``patient`` (optional)
    Who it is. Rows of one patient stay on one side of the split. When absent or empty the patient id of the DICOM
    files says who it is; give the column where anonymization has given all patients one id.
``series_uid`` (optional)
    The series to take; the one that the viewer would open first when absent or empty.

Several rows may name one folder and series, as corrections of single slices do (``slice_index``, ``slice_label``,
``comment`` are not read): they are one case and must agree on the patient's label.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.data.cases import Case, CaseSet, counted
from trainer.data.sources.label_file import Row, read_rows, to_label


def read_cases(path: Path) -> CaseSet:
    """Read the cases of a CSV; see the module for its columns.

    Raises
    ------
    UsageError
        The file cannot be read, a column is missing, a folder does not exist, a label cannot be read, a case has two
        labels, or there are not both kinds of patients.
    """
    rows = read_rows(path, needed=(("folder",), ("label", "patient_label")))
    folders = [_folder(path, row) for row in rows]
    _check_folders(path, rows, folders)
    cases: dict[tuple[Path, str], Case] = {}
    unusable: list[tuple[str, str]] = []
    for row, folder in zip(rows, folders, strict=True):
        text = row["label"] or row["patient_label"]
        if not text:
            unusable.append((_name(row), "the row has no label; write 1 or 0"))
            continue
        label = to_label(text, path=path, line=row.line)
        place = (folder.resolve(), row["series_uid"])
        known = cases.setdefault(place, Case(_name(row), folder, label, row["series_uid"], row["patient"]))
        if known.label != label:
            raise UsageError(
                f"Line {row.line} of {path} gives a patient another label than a line before; keep one of them.",
                thing=row.line,
            )
    _check_ids(path, cases)
    ordered = tuple(sorted(cases.values(), key=lambda case: case.id))
    # Rows of single slices may lack the patient's label where another row of the case has it.
    left_out = tuple((name, why) for name, why in unusable if name not in {case.id for case in ordered})
    return CaseSet(ordered, "patients of a list", simulated=False, left_out=counted(left_out), unusable=left_out)


def _folder(path: Path, row: Row) -> Path:
    return path.parent / Path(row["folder"]).expanduser()


def _check_folders(path: Path, rows: tuple[Row, ...], folders: list[Path]) -> None:
    unnamed = [row.line for row in rows if not row["folder"]]
    if unnamed:
        raise UsageError(
            f"Line {unnamed[0]} of {path} names no folder; fill the column folder (a series cannot be found by its UID "
            "alone) or remove the line.",
            thing=unnamed,
        )
    missing = [row.line for row, folder in zip(rows, folders, strict=True) if not folder.exists()]
    if missing:
        raise UsageError(
            f"{len(missing)} of {len(rows)} folders in {path} do not exist (the first in line {missing[0]}); correct "
            "them, relative ones are looked for beside the CSV.",
            thing=missing,
        )


def _name(row: Row) -> str:
    """The case's id; two series of one folder need two."""
    name = row["id"] or Path(row["folder"]).as_posix()
    if row["id"] or not row["series_uid"]:
        return name
    return f"{name}#{hashlib.sha256(row['series_uid'].encode('utf-8')).hexdigest()[:8]}"


def _check_ids(path: Path, cases: dict[tuple[Path, str], Case]) -> None:
    seen: set[str] = set()
    for case in cases.values():
        if case.id in seen:
            raise UsageError(
                f"{path} names two folders or series by the same id; give each row an id of its own in the column id.",
                thing=case.id,
            )
        seen.add(case.id)
