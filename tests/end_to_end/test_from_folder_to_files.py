"""The program as users start it: a process of its own, a folder in, files and a picture out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from leukoviewer import paths
from tests.phantom import write_phantom

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def _environment() -> dict[str, str]:
    """As on a machine without a display; without the test suite's own settings of Qt."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in hidden}


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "leukoviewer", *map(str, arguments)]
    return subprocess.run(line, env=_environment(), check=False, capture_output=True, text=True, timeout=100)


def _pixels(path: Path) -> Pixels:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_the_demo_without_a_display_gives_scores_results_and_a_picture_of_the_window(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = _run("--demo", "--out", out)
    assert run.returncode == 0, run.stderr
    assert "slices positive" in run.stdout
    assert "simulated" in run.stdout
    assert f"Picture of the window: {out / 'window.png'}" in run.stdout
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert result["simulated"] is True
    assert len(list((out / "overlays").glob("*.png"))) == len(result["scores"]) > 0
    picture = _pixels(out / "window.png")
    assert picture.shape[0] >= 600
    assert picture.shape[1] >= 900
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 200


def test_the_heatmap_is_in_the_picture_of_the_window_and_can_be_left_out(tmp_path: Path) -> None:
    for name, more in (("on", []), ("off", ["--no-heatmap"])):
        run = _run("--demo", "--analyze", "--snapshot", tmp_path / f"{name}.png", *more)
        assert run.returncode == 0, run.stderr
        assert run.stderr == ""
    on, off = (_pixels(tmp_path / f"{name}.png").astype(int) for name in ("on", "off"))
    assert on.shape == off.shape
    middle = np.s_[100:-200, 350:-350]
    colorful = np.abs(on[middle] - on[middle].mean(axis=-1, keepdims=True)).max(axis=-1) > 12
    plain = np.abs(off[middle] - off[middle].mean(axis=-1, keepdims=True)).max(axis=-1) > 12
    assert colorful.sum() > plain.sum() + 500


def test_the_bundled_models_repeat_their_golden_cases() -> None:
    run = _run("self-test")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "onnxruntime on cpu: agrees" in run.stdout


def test_the_real_head_is_scored_within_15_seconds(real_data: Path, tmp_path: Path) -> None:
    started = time.perf_counter()
    run = _run("analyze", real_data / "head_ct_ge", "--out", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    assert time.perf_counter() - started < 15
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert len(result["scores"]) == 28
    assert result["unscored_slices"] == []
    assert len(list((tmp_path / "out" / "overlays").glob("*.png"))) == 28
    assert {"result.json", "scores.csv", "montage.png", "overlays"} == {p.name for p in (tmp_path / "out").iterdir()}


def test_the_real_phantom_is_refused_in_the_window_and_without_it(real_data: Path, tmp_path: Path) -> None:
    folder = real_data / "phantom_philips"
    for run in (
        _run("analyze", folder, "--out", tmp_path / "out"),
        _run(folder, "--analyze", "--snapshot", tmp_path / "window.png"),
    ):
        assert run.returncode == 4
        assert "brain" in run.stderr
        assert "Traceback" not in run.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_ctrl_c_while_files_are_written_leaves_no_half_file(tmp_path: Path) -> None:
    write_phantom(tmp_path / "head", slices=60, rows=512, columns=512, spacing_mm=(0.45, 0.45), step_mm=2.5)
    out = tmp_path / "out"
    line = [sys.executable, "-m", "leukoviewer", "analyze", str(tmp_path / "head"), "--out", str(out)]
    child = subprocess.Popen(line, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while child.poll() is None and not (out / "overlays").exists():
        os.sched_yield()
    child.send_signal(signal.SIGINT)
    told = child.communicate(timeout=60)[1]
    assert child.returncode == 130
    assert told == "leukoviewer: stopped; nothing half-written is left.\n"
    left = [path.name for path in out.rglob("*") if path.is_file()]
    assert [name for name in left if name.endswith(".part") or name == "result.json"] == []
    for picture in (out / "overlays").glob("*.png"):
        assert _pixels(picture).size > 0


def test_the_demo_patient_and_a_model_come_with_the_program() -> None:
    assert paths.demo_patient().is_dir()
    assert any(paths.bundled_models().glob("*/manifest.json"))
