"""The whole report of a small cohort, and what stops it: one sentence, nothing half-written."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import CannotWriteError, UsageError
from trainer.simulation.report import build as module
from trainer.simulation.report import patients
from trainer.simulation.report.build import ReportRequest, build_report
from trainer.simulation.template import Template


@pytest.fixture(autouse=True)
def _template_at_hand(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patients, "_held_template", lambda: template)


def test_a_report_is_a_page_and_its_numbers(small_cohort: Path, tmp_path: Path) -> None:
    steps = []
    request = ReportRequest(small_cohort, tmp_path / "out", real=tmp_path / "away", scores={"19999900001": -1.0})
    report = finish(build_report(request), on_progress=steps.append)
    held = json.loads(report.data.read_text(encoding="utf-8"))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report.html", "report.json"]
    assert (held["finished"], held["measured"]) == (5, 5)
    assert held["verdicts"] == {v: sum(f.verdict == v for f in report.figures) for v in ("inside", "outside", "shown")}
    keys = {figure["key"] for figure in held["figures"]}
    assert {
        "white_hu",
        "contrast_hu",
        "cnr",
        "noise_5mm_hu",
        "evans",
        "ventricle_ml",
        "lesion_ml_1",
        "prevalence",
    } <= keys
    assert {"probe_white", "probe_atrophy", "model", "atrophy_with", "women", "slices_thick_5th"} <= keys
    assert all(f["source"] for f in held["figures"] if f["verdict"] != "shown")
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, 9, 9)
    page = report.page.read_text(encoding="utf-8")
    assert page.count("data:image/jpeg") == 4 * 5
    assert "the real scan is not on this machine" in page


def test_a_sample_is_the_same_each_time(small_cohort: Path) -> None:
    folder = patients.open_cohort(small_cohort)
    assert len(folder.sample(3)) == 3
    assert folder.sample(3) == folder.sample(3)
    assert folder.sample(99) == folder.sample(None) == folder.finished


def test_a_cohort_compared_with_itself_differs_in_nothing(small_cohort: Path, tmp_path: Path) -> None:
    report = finish(build_report(ReportRequest(small_cohort, tmp_path, patients=2, against=small_cohort)))
    compared = [f for f in report.figures if f.group == "paper against paper"]
    assert len(compared) > 30
    assert [f for f in compared if f.verdict == "outside"] == []


def test_a_stopped_report_leaves_nothing(small_cohort: Path, tmp_path: Path) -> None:
    work = build_report(ReportRequest(small_cohort, tmp_path / "out"))
    next(work)
    assert next(work).done == 1
    work.close()
    assert not (tmp_path / "out").exists()


def test_a_half_cohort_is_reported_as_half(small_cohort: Path, tmp_path: Path) -> None:
    half = shutil.copytree(small_cohort, tmp_path / "half")
    next((half / "truth").glob("*.npz")).unlink()
    report = finish(build_report(ReportRequest(half, tmp_path / "out", patients=1)))
    assert "1 patients are not simulated yet" in report.page.read_text(encoding="utf-8")
    next((half / "truth").glob("*.json")).write_text("{")
    with pytest.raises(UsageError, match="holds 3 finished patients; a report needs at least 4"):
        finish(build_report(ReportRequest(half, tmp_path / "again")))


def test_another_versions_cohort_is_measured_without_its_truth(small_cohort: Path, tmp_path: Path) -> None:
    old = shutil.copytree(small_cohort, tmp_path / "old")
    about = json.loads((old / "cohort.json").read_text())
    (old / "cohort.json").write_text(json.dumps({**about, "simulator_version": 1}))
    report = finish(build_report(ReportRequest(old, tmp_path / "out", patients=1)))
    assert "Another version of the simulator" in report.page.read_text(encoding="utf-8")
    assert {f.key: f.verdict for f in report.figures}["contrast_hu"] == "shown"


def test_no_cohort_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no simulated cohort; make one with leuko-trainer simulate"):
        finish(build_report(ReportRequest(tmp_path, tmp_path)))


def test_a_lost_table_is_one_sentence(small_cohort: Path, tmp_path: Path) -> None:
    shutil.copy(small_cohort / "cohort.json", tmp_path)
    with pytest.raises(UsageError, match="lacks its recruit table"):
        finish(build_report(ReportRequest(tmp_path, tmp_path)))


def test_a_full_disk_is_told_before_the_work(
    small_cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**6))
    with pytest.raises(CannotWriteError, match=r"needs about 20 MB and .* has 1 MB free"):
        finish(build_report(ReportRequest(small_cohort, tmp_path / "out")))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    small_cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(CannotWriteError, match="Permission denied"):
        finish(build_report(ReportRequest(small_cohort, tmp_path / "out")))


@pytest.mark.parametrize("changes", [{"patients": 0}, {"workers": 0}])
def test_an_impossible_request_is_refused(tmp_path: Path, changes: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="must be 1 or more"):
        ReportRequest(tmp_path, tmp_path, **changes)


def test_a_file_in_the_place_of_the_report_is_told(small_cohort: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        finish(build_report(ReportRequest(small_cohort, tmp_path / "out")))
