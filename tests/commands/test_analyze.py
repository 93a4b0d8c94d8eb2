"""``analyze`` scores a series without a window and writes what it promises, with the exit code that it promises."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from leukoviewer import cli
from leukoviewer.commands.result_folder import UNFINISHED
from tests.phantom import Phantom, write_phantom, write_scout

pytestmark = pytest.mark.usefixtures("models")

HEAD: dict[str, Any] = {
    "slices": 8, "rows": 96, "columns": 80, "spacing_mm": (2.4, 2.8), "patient_name": "Doe^Jane", "patient_id": "H-77",
}  # fmt: skip


@pytest.fixture
def head(tmp_path: Path) -> Phantom:
    return write_phantom(tmp_path / "head", **HEAD)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def _analyze(folder: Path, out: Path, *more: str) -> int:
    return cli.run(["analyze", str(folder), "--out", str(out), *more])


def _result(out: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((out / "result.json").read_text(encoding="utf-8"))
    schema = Path(__file__).resolve().parents[2] / "resources" / "schemas" / "result-1.schema.json"
    jsonschema.validate(result, json.loads(schema.read_text(encoding="utf-8")))
    return result


def _rows(out: Path) -> list[dict[str, str]]:
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_head_is_scored_slice_by_slice(head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _analyze(head.folder, out) == 0
    result, rows = _result(out), _rows(out)
    assert [row["SOPInstanceUID"] for row in rows] == list(head.sop_uids)
    assert [row["sop_instance_uid"] for row in result["scores"]] == list(head.sop_uids)
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    assert len({row["score"] for row in rows}) > 1
    assert result["unscored_slices"] == []
    assert len(list((out / "overlays").glob("slice_*.png"))) == 8
    assert (out / "montage.png").stat().st_size > 1000
    told = capfd.readouterr()
    assert told.err == ""
    assert result["vote"]["sentence"] in told.out
    assert "Research use, not for diagnosis." in told.out
    assert "nothing: random weights" in told.out


def test_the_result_says_who_spoke_and_how(head: Phantom, out: Path) -> None:
    assert _analyze(head.folder, out) == 0
    result = _result(out)
    assert result["package"]["id"] == "tiny-1.0"
    assert len(result["package"]["sha256"]) == len(result["recipe"]["digest"]) == 64
    assert result["engine"] == {"name": "onnxruntime", "device": "cpu"}
    assert result["series"]["series_uid"] == head.series_uid
    assert result["simulated"] is True
    assert all(seconds >= 0 for seconds in result["timings_s"].values())
    assert result["timings_s"]


def test_nothing_that_is_written_or_said_names_the_patient(
    head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _analyze(head.folder, out, "-v") == 0
    told = capfd.readouterr()
    everything = [told.out.encode(), told.err.encode(), *(p.read_bytes() for p in out.rglob("*") if p.is_file())]
    for secret in (b"Doe", b"H-77"):
        assert [text for text in everything if secret in text] == []


def test_two_runs_give_the_same_scores(head: Phantom, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _analyze(head.folder, tmp_path / name, "--quiet") == 0
    assert _rows(tmp_path / "one") == _rows(tmp_path / "two")


def test_the_torch_engine_gives_the_same_scores_as_onnx_runtime(
    head: Phantom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leukoviewer.inference import pipeline
    from leukoviewer.inference.device import start

    assert _analyze(head.folder, tmp_path / "onnx", "--quiet") == 0
    monkeypatch.setattr(pipeline, "open_engine", lambda package, _device: start(package, "torch", "cpu"))
    assert _analyze(head.folder, tmp_path / "torch", "--quiet") == 0
    pairs = list(zip(_rows(tmp_path / "onnx"), _rows(tmp_path / "torch"), strict=True))
    assert _result(tmp_path / "torch")["engine"]["name"] == "torch"
    assert max(abs(float(a["score"]) - float(b["score"])) for a, b in pairs) < 1e-3


def test_another_heatmap_method_changes_pictures_and_no_score(head: Phantom, tmp_path: Path) -> None:
    assert _analyze(head.folder, tmp_path / "own", "--quiet") == 0
    assert _analyze(head.folder, tmp_path / "other", "--quiet", "--heatmap", "layercam", "--device", "cpu") == 0
    own, other = _result(tmp_path / "own"), _result(tmp_path / "other")
    assert (own["heatmap"]["method"], other["heatmap"]["method"]) == ("gradcam", "layercam")
    # Peaks are the slices' own evidence whatever the method; shapes differ.
    assert own["heatmap"]["scale"] == pytest.approx(other["heatmap"]["scale"])
    assert _rows(tmp_path / "own") == _rows(tmp_path / "other")
    montages = [(tmp_path / name / "montage.png").read_bytes() for name in ("own", "other")]
    assert montages[0] != montages[1]


def test_without_pytorch_another_heatmap_method_names_what_to_install(
    head: Phantom, out: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "torch" else find(name, *more))
    assert _analyze(head.folder, out, "--quiet", "--heatmap", "eigencam") == 1
    told = capfd.readouterr().err
    assert "Eigen-CAM need PyTorch" in told
    assert "pip install leukoviewer[gpu]" in told
    assert told.count("\n") == 1
    assert not out.exists()
    assert _analyze(head.folder, out, "--quiet", "--heatmap", "gradcam") == 0


def test_an_unknown_heatmap_method_is_a_usage_error_and_help_lists_the_known(
    head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _analyze(head.folder, out, "--heatmap", "guesswork") == 2
    assert not out.exists()
    assert cli.run(["analyze", "--help"]) == 0
    told = " ".join(capfd.readouterr().out.split())
    assert "gradcam, hirescam, gradcam++" in told
    assert "scorecam and ablationcam take minutes on a CPU" in told


def test_quiet_says_nothing_at_all(head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _analyze(head.folder, out, "--quiet") == 0
    assert capfd.readouterr() == ("", "")


def test_a_series_without_brain_is_refused_with_the_reason_everywhere(
    tmp_path: Path, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_phantom(tmp_path / "plastic", **HEAD, brain=False)
    assert _analyze(tmp_path / "plastic", out) == 4
    result = _result(out)
    assert result["status"] == "refused"
    assert result["scores"] == []
    assert result["package"]["id"] == "tiny-1.0"
    assert "brain" in result["refusal"]["reason"]
    assert capfd.readouterr().err == f"leukoviewer: {result['refusal']['reason']}\n"
    assert [path.name for path in out.iterdir()] == ["result.json"]


def test_a_folder_with_a_scout_alone_is_refused_by_its_geometry(
    tmp_path: Path, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_scout(tmp_path / "scout")
    assert _analyze(tmp_path / "scout", out) == 4
    reason = _result(out)["refusal"]["reason"]
    assert "localizer" in reason
    assert reason in capfd.readouterr().err


def test_another_series_is_scored_when_asked_for(head: Phantom, tmp_path: Path, out: Path) -> None:
    other = write_phantom(head.folder / "bone", **{**HEAD, "slices": 6}, series="bone", series_number=3, kernel="H70h")
    assert _analyze(head.folder, out, "--quiet") == 0
    assert _result(out)["series"]["series_uid"] == head.series_uid
    assert _analyze(head.folder, out, "--quiet", "--series", other.series_uid) == 0
    assert _result(out)["series"]["series_uid"] == other.series_uid
    assert len(list((out / "overlays").glob("slice_*.png"))) == len(_rows(out)) == 6


def test_an_unknown_series_is_a_usage_error(head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _analyze(head.folder, out, "--series", "1.2.3") == 2
    assert "leukoviewer inspect" in capfd.readouterr().err
    assert not out.exists()


def test_a_folder_without_images_exits_with_3_and_writes_nothing(tmp_path: Path, out: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert _analyze(tmp_path / "empty", out) == 3
    assert not out.exists()


def test_a_place_that_cannot_be_written_exits_with_7(
    head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out.write_text("a file", encoding="utf-8")
    assert _analyze(head.folder, out) == 7
    assert capfd.readouterr().err.count("\n") == 1
    out.unlink()
    out.mkdir()
    (out / "overlays").write_text("in the way", encoding="utf-8")
    assert _analyze(head.folder, out) == 7
    # The list by which the next run clears what this one may have begun; no result stands beside it.
    assert {path.name for path in out.iterdir()} == {"overlays", UNFINISHED}


def test_broken_slices_give_results_and_exit_code_5(
    head: Phantom, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = head.files[2]
    broken.write_bytes(broken.read_bytes()[:-5000])
    assert _analyze(head.folder, out) == 5
    assert "1 of 8 slices" in capfd.readouterr().err
    result = _result(out)
    assert result["status"] == "scored"
    assert "broken_slices" in {warning["code"] for warning in result["warnings"]}
    assert result["unscored_slices"] == [2]
    assert [int(row["index"]) for row in _rows(out)] == [0, 1, 3, 4, 5, 6, 7]


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
def test_a_person_at_a_terminal_sees_progress(head: Phantom, out: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    line = [sys.executable, "-m", "leukoviewer", "analyze", str(head.folder), "--out", str(out)]
    child = subprocess.Popen(line, stderr=follower, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm"})
    os.close(follower)
    told = b""
    try:
        while part := os.read(leader, 4096):
            told += part
    except OSError:  # Linux' way to say that the other end is closed
        pass
    finally:
        os.close(leader)
    assert child.wait(timeout=30) == 0
    assert b"Reading" in told


@pytest.mark.parametrize("name", ["head_ct_ge"])
def test_the_real_head_has_28_scored_slices(real_data: Path, out: Path, name: str) -> None:
    assert _analyze(real_data / name, out, "--quiet") == 0
    result = _result(out)
    assert len(result["scores"]) == len(_rows(out)) == 28
    assert result["unscored_slices"] == []
    assert {"tilt", "mixed_thickness", "irregular_spacing"} <= {warning["code"] for warning in result["warnings"]}


def test_the_real_phantom_is_refused_for_it_holds_no_brain(real_data: Path, out: Path) -> None:
    assert _analyze(real_data / "phantom_philips", out, "--quiet") == 4
    assert "brain" in _result(out)["refusal"]["reason"]
