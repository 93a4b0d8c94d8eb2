"""``analyze`` with many folders: a result each, one table of all, and one bad folder stops nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from pydicom import dcmread

from leukoviewer import cli
from leukoviewer.commands import many_folders, report_files
from leukoviewer.commands.many_folders import COLUMNS, SUMMARY
from leukoviewer.errors import CannotWriteError
from tests.phantom import write_phantom, write_scout

pytestmark = pytest.mark.usefixtures("models")

SMALL = {"slices": 5, "rows": 64, "columns": 64, "spacing_mm": (3.4, 3.4)}
NAMES = {"anna": "Doe^Anna", "berta": "Roe^Berta"}


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """Two patients, one of them scanned twice, a plastic head, a scout alone and a folder without images."""
    ward = tmp_path / "ward"
    for name, study in (("anna", "1"), ("anna", "2"), ("berta", "1")):
        write_phantom(
            ward / name / f"study {study}", **SMALL, patient_id=f"ID-{name}", patient_name=NAMES[name],
            study=f"{name}{study}", series=f"{name}{study}",
        )  # fmt: skip
    write_phantom(ward / "plastic", **SMALL, brain=False, patient_id="ID-plastic", study="plastic", series="plastic")
    write_scout(ward / "scout", patient_id="ID-scout", study="scout")
    (ward / "empty").mkdir()
    return ward


def _analyze(out: Path, *words: object) -> int:
    return cli.run(["analyze", *map(str, words), "--out", str(out)])


def _rows(out: Path) -> list[dict[str, str]]:
    with (out / SUMMARY).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames or ()) == COLUMNS
        return list(reader)


def test_each_folder_gets_a_result_and_a_row_and_bad_ones_stop_nothing(
    ward: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, folders = tmp_path / "out", [ward / "plastic", ward / "empty", ward / "scout", ward / "berta"]
    assert _analyze(out, *folders) == 5
    rows = _rows(out)
    assert [row["folder"] for row in rows] == [str(folder) for folder in folders]
    assert [row["status"] for row in rows] == ["refused", "unreadable", "refused", "scored"]
    assert "brain" in rows[0]["reason"]
    assert "localizer" in rows[2]["reason"]
    assert [row["result"] for row in rows] == ["plastic", "", "scout", "berta"]
    assert sorted(path.name for path in out.iterdir()) == ["berta", "plastic", "scout", SUMMARY]
    result = json.loads((out / "berta" / "result.json").read_text(encoding="utf-8"))
    assert json.loads((out / "plastic" / "result.json").read_text(encoding="utf-8"))["status"] == "refused"
    scored = rows[3]
    assert scored["series_uid"] == result["series"]["series_uid"]
    assert int(scored["positive_slices"]) == result["vote"]["positive"]
    assert (scored["vote"] == "positive") is result["vote"]["is_positive"]
    assert float(scored["highest_score"]) == pytest.approx(max(row["score"] for row in result["scores"]), abs=1e-5)
    assert (scored["model"], scored["scored_slices"], scored["patient_probability"]) == ("tiny-1.0", "5", "")
    assert all(float(row["seconds"]) >= 0 for row in rows)
    told = capfd.readouterr()
    assert "1 of 4 scored" in told.out
    assert "4 of 4, berta: " in told.out
    assert told.err == ""


def test_a_parent_folder_gives_one_row_a_study_and_patients_are_numbers(ward: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _analyze(out, ward, "--recursive", "--quiet") == 5
    rows = {row["result"]: row for row in _rows(out)}
    assert set(rows) == {"anna-study_1", "anna-study_2", "berta-study_1", "plastic", "scout"}
    assert [row["status"] for row in rows.values()] == ["scored"] * 3 + ["refused"] * 2
    assert rows["anna-study_1"]["patient"] == rows["anna-study_2"]["patient"] != rows["berta-study_1"]["patient"]
    assert rows["berta-study_1"]["folder"] == str(ward / "berta" / "study 1")
    written = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    for secret in (b"Doe", b"Roe", b"ID-"):
        assert secret not in written


def test_a_folder_with_several_patients_asks_for_recursive_search(ward: Path, tmp_path: Path) -> None:
    assert _analyze(tmp_path / "out", ward, ward / "berta", "--quiet") == 5
    first, second = _rows(tmp_path / "out")
    assert (first["status"], second["status"]) == ("failed", "scored")
    assert "--recursive" in first["reason"]


def test_folders_of_one_name_get_results_of_their_own(ward: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _analyze(out, ward / "anna" / "study 1", ward / "berta" / "study 1", "--quiet") == 0
    rows = _rows(out)
    assert [row["result"] for row in rows] == ["study_1", "study_1-2"]
    found = [json.loads((out / row["result"] / "result.json").read_text(encoding="utf-8")) for row in rows]
    assert [one["series"]["series_uid"] for one in found] == [row["series_uid"] for row in rows]


def test_where_nothing_is_scored_the_first_fault_is_the_exit_code(ward: Path, tmp_path: Path) -> None:
    assert _analyze(tmp_path / "a", ward / "empty", ward / "plastic", "--quiet") == 3
    assert _analyze(tmp_path / "b", ward / "plastic", ward / "empty", "--quiet") == 4


def test_a_request_that_suits_no_folder_is_told_before_any_work(
    ward: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    both = ward / "anna", ward / "berta"
    assert _analyze(tmp_path / "out", *both, "--series", "1.2") == 2
    assert _analyze(tmp_path / "out", *both, "--model", "nobody") == 2
    assert not (tmp_path / "out").exists()
    assert "nobody" in capfd.readouterr().err


def test_ctrl_c_leaves_what_is_finished_with_its_rows(
    ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    analyze, seen = many_folders.analyze_series, []

    def stopped(*given: object, **more: object) -> object:
        seen.append(given)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return analyze(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(many_folders, "analyze_series", stopped)
    out = tmp_path / "out"
    assert _analyze(out, ward / "berta", ward / "anna", ward / "plastic") == cli.STOPPED
    assert [row["status"] for row in _rows(out)] == ["scored"]
    assert (out / "berta" / "result.json").is_file()
    assert not (out / "anna").exists()
    assert "stopped" in capfd.readouterr().err


def test_an_unexpected_fault_of_one_folder_stays_with_it_and_names_no_patient(
    ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze = many_folders.analyze_series

    def faulty(series: object, *given: object, **more: object) -> object:
        if "anna" in str(given[0].folder):  # type: ignore[attr-defined]
            raise ValueError("Doe^Anna cannot be divided")
        return analyze(series, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(many_folders, "analyze_series", faulty)
    assert _analyze(tmp_path / "out", ward / "anna" / "study 1", ward / "berta", "--quiet") == 5
    first, second = _rows(tmp_path / "out")
    assert (first["status"], second["status"]) == ("failed", "scored")
    assert "ValueError" in first["reason"]
    assert "Doe" not in first["reason"]


def test_a_full_disk_ends_the_run_with_7(
    ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_given: object, **_more: object) -> object:
        raise CannotWriteError("The disk is full.")

    monkeypatch.setattr(many_folders, "analyze_series", full)
    assert _analyze(tmp_path / "out", ward / "anna" / "study 1", ward / "berta", "--quiet") == 7
    assert "The disk is full." in capfd.readouterr().err
    assert len(_rows(tmp_path / "out")) == 1


def test_broken_slices_are_told_in_the_row(ward: Path, tmp_path: Path) -> None:
    broken = sorted((ward / "berta").rglob("*.dcm"))[2]
    broken.write_bytes(broken.read_bytes()[:-2000])
    assert _analyze(tmp_path / "out", ward / "berta", ward / "anna" / "study 1", "--quiet") == 5
    first, second = _rows(tmp_path / "out")
    assert (first["status"], second["status"]) == ("partial", "scored")
    assert "1 of 5 slices" in first["reason"]
    assert "broken_slices" in first["warnings"].split()


def _without_frame_of_reference(folder: Path) -> Path:
    """A series that can be scored, and of which no DICOM results can be made."""
    for path in folder.rglob("*.dcm"):
        data = dcmread(path)
        del data.FrameOfReferenceUID
        data.save_as(path)
    return folder


def test_what_cannot_be_made_beside_the_scores_does_not_cost_them(ward: Path, tmp_path: Path) -> None:
    pytest.importorskip("highdicom")
    out, lacking = tmp_path / "out", _without_frame_of_reference(ward / "anna" / "study 1")
    assert _analyze(out, lacking, ward / "berta", "--dicom-results") == 5
    first, second = _rows(out)
    assert (first["status"], second["status"]) == ("partial", "scored")
    assert first["vote"] == second["vote"] != ""
    assert "no Frame of Reference UID" in first["reason"]
    assert second["reason"] == ""
    assert _analyze(tmp_path / "one", lacking, "--dicom-results") == 5
    assert (tmp_path / "one" / "result.json").is_file()


@pytest.mark.parametrize(
    ("library", "words", "told"),
    [("highdicom", "--dicom-results", "leukoviewer[results]"), ("PySide6", "--report=pdf", "--report html")],
)
def test_what_is_not_installed_is_told_before_any_work(
    request: pytest.FixtureRequest, tmp_path: Path, library: str, words: str, told: str
) -> None:
    ward, patch, capfd = (request.getfixturevalue(name) for name in ("ward", "monkeypatch", "capfd"))
    patch.setattr(report_files, "find_spec", lambda name: None if name == library else True)
    assert _analyze(tmp_path / "out", ward / "berta", words) == 1
    assert _analyze(tmp_path / "out", ward / "berta", ward / "anna", words) == 1
    assert capfd.readouterr().err.count(told) == 2
    assert not (tmp_path / "out").exists()
