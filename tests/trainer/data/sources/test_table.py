"""A plain CSV of folders and labels, and what people write wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from trainer.data.cases import CaseSet
from trainer.data.sources.registry import open_source, rule_of


def _read(root: Path, text: str) -> CaseSet:
    for name in ("a", "b", "c"):
        (root / "scans" / name).mkdir(parents=True, exist_ok=True)
    (root / "list.csv").write_text(text, encoding="utf-8")
    return open_source(root / "list.csv", "auto", rule=rule_of("x", ""))


def test_folders_are_looked_for_beside_the_csv_and_ids_are_what_is_written(tmp_path: Path) -> None:
    found = _read(tmp_path, f"folder,label\nscans/b,1\n{tmp_path / 'scans' / 'c'},0\nscans/a,absent\n")
    assert [(case.id, case.label) for case in found.cases][1:] == [("scans/a", 0), ("scans/b", 1)]
    assert found.cases[2].folder == tmp_path / "scans" / "b"
    assert not found.simulated


def test_optional_columns_name_case_patient_and_series(tmp_path: Path) -> None:
    found = _read(tmp_path, "id;patient;folder;series_uid;label\nx;P1;scans/a;1.2.3;1\ny;P1;scans/b;;0\n")
    assert [(c.id, c.patient, c.series_uid) for c in found.cases] == [("x", "P1", "1.2.3"), ("y", "P1", "")]


def test_corrections_of_the_viewer_are_read_with_rows_of_slices(tmp_path: Path) -> None:
    text = (
        "folder,study_uid,series_uid,patient_label,slice_index,slice_label,comment\n"
        'scans/a,1.2,1.2.3,1,12,1,"rim, on the\nleft"\n'
        "scans/a,1.2,1.2.3,1,13,0,\n"
        "scans/b,1.4,1.4.1,0,,,\n"
        "scans/c,1.5,1.5.1,,3,1,not sure\n"
    )
    found = _read(tmp_path, text)
    assert [(case.id.partition("#")[0], case.label, case.series_uid) for case in found.cases] == [
        ("scans/a", 1, "1.2.3"),
        ("scans/b", 0, "1.4.1"),
    ]
    assert dict(found.left_out) == {"the row has no label; write 1 or 0": 1}


def test_a_label_in_one_row_of_a_case_is_enough(tmp_path: Path) -> None:
    found = _read(tmp_path, "folder,patient_label\nscans/a,\nscans/a,1\nscans/b,0\n")
    assert len(found.cases) == 2
    assert found.left_out == ()


def test_two_series_of_one_folder_are_two_cases(tmp_path: Path) -> None:
    found = _read(tmp_path, "folder,series_uid,label\nscans/a,1.1,1\nscans/a,1.2,1\nscans/b,,0\n")
    assert len({case.id for case in found.cases}) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("path,label\nscans/a,1\n", "no column folder"),
        ("folder,grade\nscans/a,1\n", "no column label or patient_label"),
        ("folder,label\nscans/a,1\nscans/z,0\n", "1 of 2 folders .* do not exist .*line 3.*beside the CSV"),
        ("folder,label\nscans/a,1\nscans/b,2\n", "Line 3 .* write 1"),
        ("folder,label\nscans/a,1\nscans/b,0\nscans/../scans/a,0\n", "Line 4 .* another label"),
        ("id,folder,label\nx,scans/a,1\nx,scans/b,0\n", "same id"),
        ("folder,series_uid,label\n,1.2.3,1\nscans/b,,0\n", "Line 2 .* names no folder"),
        ("folder,label\n", "no patient"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_with_the_way_out(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        _read(tmp_path, text)
    assert str(caught.value).count(". ") <= 1
