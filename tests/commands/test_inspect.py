"""``inspect`` tells every series with its geometry, verdict, warnings and reasons, as JSON and as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leukoviewer import cli
from tests.phantom import write_capture, write_phantom, write_report, write_scout


def _inspect(folder: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert cli.run(["inspect", str(folder), "--json"]) == 0
    told = capfd.readouterr()
    assert told.err == ""
    record: dict[str, Any] = json.loads(told.out)
    assert record["schema"] == "leukoviewer.inspect/1"
    return record


def test_a_regular_head_is_a_volume_with_its_geometry(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    phantom = write_phantom(tmp_path, slices=8, rows=48, columns=64, spacing_mm=(4.0, 3.5), step_mm=5.0, thickness_mm=5)
    record = _inspect(tmp_path, capfd)
    (series,) = record["series"]
    assert record["chosen"]["key"] == series["key"]
    assert record["chosen"]["reasons"]
    assert series["series_uid"] == phantom.series_uid
    assert (series["slices"], series["rows"], series["columns"]) == (8, 48, 64)
    assert (series["verdict"], series["reason"], series["warnings"]) == ("volume", "", [])
    assert series["geometry"] == {
        "tilt_deg": 0.0,
        "spacing_mm": 5.0,
        "steps_mm": [5.0] * 7,
        "thicknesses_mm": [5.0],
        "pixel_spacing_mm": [4.0, 3.5],
    }


def test_what_is_odd_is_named_and_what_is_no_image_is_counted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_phantom(tmp_path / "head", slices=10, tilt_deg=12, thickness_mm=[5] * 5 + [10] * 5)
    write_scout(tmp_path / "scout")
    write_capture(tmp_path / "capture")
    write_report(tmp_path / "report")
    (tmp_path / "letter.txt").write_text("Dear colleague", encoding="utf-8")
    record = _inspect(tmp_path, capfd)
    kinds = {series["kind"]: series for series in record["series"]}
    assert set(kinds) == {"axial", "localizer", "secondary_capture"}
    axial = kinds.pop("axial")
    assert axial["verdict"] == "volume_with_warnings"
    assert {"tilt", "mixed_thickness"} <= {warning["code"] for warning in axial["warnings"]}
    assert all(warning["message"].endswith(".") for warning in axial["warnings"])
    assert axial["geometry"]["tilt_deg"] == pytest.approx(12, abs=0.05)
    assert axial["geometry"]["thicknesses_mm"] == [5, 10]
    assert all(other["reason"] and other["verdict"] != "volume" for other in kinds.values())
    assert sum(entry["count"] for entry in record["others"]) == 1
    assert sum(entry["count"] for entry in record["skipped"]) == 1


def test_the_text_says_the_same_and_marks_the_series_that_opens_first(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    head = write_phantom(tmp_path / "head", slices=8, description="Head routine")
    scout = write_scout(tmp_path / "scout")
    assert cli.run(["inspect", str(tmp_path)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("*")] == ["* 2 Head routine: axial, volume"]
    assert any(scout.series_uid in line for line in lines)
    assert any(line.strip().startswith("reason: ") for line in lines)
    assert lines[-1].startswith(f"Opened first: {head.series_uid}, because ")


def test_neither_form_names_the_patient(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_phantom(tmp_path, slices=4, patient_name="Doe^Jane", patient_id="HOSPITAL-77")
    for form in ([], ["--json"], ["-v"]):
        assert cli.run(["inspect", str(tmp_path), *form]) == 0
        told = capfd.readouterr()
        assert "Doe" not in told.out + told.err
        assert "HOSPITAL-77" not in told.out + told.err


@pytest.mark.parametrize("content", [None, {}, {"notes.txt": b"text"}, {"cut.dcm": b"\0" * 128 + b"DICM\x02"}])
def test_a_folder_without_images_exits_with_3_and_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: dict[str, bytes] | None
) -> None:
    folder = tmp_path / "folder"
    if content is not None:
        folder.mkdir()
        for name, data in content.items():
            (folder / name).write_bytes(data)
    assert cli.run(["inspect", str(folder), "--json"]) == 3
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith("leukoviewer: ")
    assert told.err.count("\n") == 1


def test_the_real_head_is_one_tilted_series_of_28_slices(real_data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (series,) = _inspect(real_data / "head_ct_ge", capfd)["series"]
    assert series["slices"] == 28
    assert series["verdict"] == "volume_with_warnings"
    assert abs(series["geometry"]["tilt_deg"]) == pytest.approx(18.5, abs=0.2)
    assert series["geometry"]["thicknesses_mm"] == [4, 7]
    assert {w["code"] for w in series["warnings"]} >= {"tilt", "mixed_thickness", "irregular_spacing"}


def test_the_real_phantom_is_three_series_of_which_one_is_a_volume(
    real_data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    record = _inspect(real_data / "phantom_philips", capfd)
    verdicts = {series["kind"]: series["verdict"] for series in record["series"]}
    assert len(record["series"]) == 3
    assert set(verdicts) == {"axial", "localizer", "secondary_capture"}
    assert verdicts["axial"].startswith("volume")
    assert not verdicts["localizer"].startswith("volume")
    assert not verdicts["secondary_capture"].startswith("volume")
