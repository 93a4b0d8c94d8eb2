"""``analyze --report`` writes the kinds of report that were asked for, whole, and tells no more than wished."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from leukoviewer import cli
from leukoviewer.commands import report_files
from leukoviewer.core.progress import finish
from leukoviewer.errors import CannotWriteError
from tests.display import scene
from tests.phantom import write_phantom


# With the application of all tests: the one that a PDF makes alone could not hold windows of tests after this one.
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kinds", [("pdf",), ("html", "json"), ("pdf", "html", "json")])
def test_the_kinds_that_were_asked_for_are_written_and_no_others(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    volume = scene.volume()
    told = finish(report_files.write(tmp_path, volume, scene.analysis(volume), formats=kinds))
    assert set(told) == {path.name for path in tmp_path.iterdir()} == {f"report.{kind}" for kind in kinds}
    if "pdf" in kinds:
        data = (tmp_path / "report.pdf").read_bytes()
        assert data.startswith(b"%PDF-")
        assert data.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize(("patient", "is_named"), [("none", False), ("initials", False), ("full", True)])
def test_the_patients_name_stands_there_only_where_it_was_asked_for(
    tmp_path: Path, patient: str, is_named: bool
) -> None:
    volume = scene.volume()
    finish(report_files.write(tmp_path, volume, scene.analysis(volume), formats=("html", "json"), patient=patient))
    for name in ("report.html", "report.json"):
        assert (scene.SECRET in (tmp_path / name).read_text(encoding="utf-8")) is is_named


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    volume = scene.volume()
    (tmp_path / "file").touch()
    with pytest.raises(CannotWriteError):
        finish(report_files.write(tmp_path / "file", volume, scene.analysis(volume), formats=("json",)))


def test_kinds_are_taken_once_in_any_case() -> None:
    assert report_files.formats("PDF, html,pdf") == ("pdf", "html")


@pytest.mark.parametrize("text", ["doc", "pdf,", "pdf;html", ""])
def test_an_unknown_kind_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="pdf, html, json"):
        report_files.formats(text)


@pytest.mark.usefixtures("models")
def test_analyze_makes_the_report_and_the_next_result_takes_it_away(tmp_path: Path) -> None:
    head = write_phantom(tmp_path / "head", slices=8, rows=96, columns=80, spacing_mm=(2.4, 2.8))
    run = ["analyze", str(head.folder), "--out", str(tmp_path / "out"), "--quiet"]
    assert cli.run([*run, "--report", "html,json"]) == 0
    record = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert record["result"]["scores"] == result["scores"]
    assert cli.run(run) == 0
    assert list((tmp_path / "out").glob("report.*")) == []


@pytest.mark.usefixtures("models")
def test_dicom_results_lie_in_a_folder_of_their_own_and_leave_with_the_next_result(tmp_path: Path) -> None:
    head = write_phantom(tmp_path / "head", slices=8, rows=48, columns=40, spacing_mm=(4.8, 5.6))
    run = ["analyze", str(head.folder), "--out", str(tmp_path / "out"), "--quiet"]
    assert cli.run([*run, "--dicom-results"]) == 0
    names = {path.name for path in (tmp_path / "out" / "dicom").iterdir()}
    assert {"structured_report.dcm", "parametric_map.dcm", "overlay_001.dcm"} <= names
    assert cli.run(run) == 0
    assert not (tmp_path / "out" / "dicom").exists()
