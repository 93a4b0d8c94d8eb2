"""The window command: what reaches the window, what goes without a display, what is refused before it starts."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from leukoviewer import app, cli, paths
from leukoviewer.commands import screen
from tests.phantom import write_phantom


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command tells Qt by the environment; that ends with the test."""
    for name in ("QT_QPA_PLATFORM", "QT_LOGGING_RULES", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    """What the window was started with; it does not appear."""
    calls: list[tuple[Any, dict[str, Any]]] = []

    def run_window(folder: Path | None, **options: Any) -> int:
        calls.append((folder, options))
        return 0

    monkeypatch.setattr(app, "run_window", run_window)
    return calls


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(screen, "x11_answers", lambda: True)


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:enable_fonts"}, False),
        ("linux", {"QT_QPA_PLATFORM": "vnc"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
        ("win32", {"QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_whether_a_window_can_appear(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(screen, "x11_answers", lambda: True)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert screen.has_display() is expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is looked for on Linux alone")
def test_a_display_that_does_not_answer_is_none(
    started: list[tuple[Any, dict[str, Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not screen.has_display()
    assert cli.run([str(tmp_path)]) == 2
    assert started == []


@pytest.mark.usefixtures("display")
def test_the_window_opens_empty_or_on_a_folder(started: list[tuple[Any, dict[str, Any]]], tmp_path: Path) -> None:
    assert cli.run([]) == 0
    assert cli.run([str(tmp_path)]) == 0
    assert [folder for folder, _ in started] == [None, tmp_path]
    assert started[0][1] == {
        "snapshot": None, "analyze": False, "slice_number": None, "device": "auto", "model": None, "heatmap": True,
    }  # fmt: skip
    assert "QT_QPA_PLATFORM" not in os.environ


@pytest.mark.usefixtures("display")
def test_every_option_reaches_the_window(started: list[tuple[Any, dict[str, Any]]], tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    line = [str(tmp_path), "--analyze", "--snapshot", str(picture), "--slice", "3", "--model", "m", "--device", "cpu"]
    assert cli.run([*line, "--no-heatmap"]) == 0
    ((folder, options),) = started
    assert folder == tmp_path
    assert options == {
        "snapshot": picture, "analyze": True, "slice_number": 3, "device": "cpu", "model": "m", "heatmap": False,
    }  # fmt: skip


def test_without_a_display_a_window_is_a_usage_error_with_the_way_out(
    started: list[tuple[Any, dict[str, Any]]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([str(tmp_path)]) == 2
    assert "leukoviewer analyze" in capfd.readouterr().err
    assert started == []


def test_a_picture_needs_no_display(started: list[tuple[Any, dict[str, Any]]], tmp_path: Path) -> None:
    assert cli.run([str(tmp_path), "--snapshot", str(tmp_path / "a.png")]) == 0
    assert len(started) == 1
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.usefixtures("display")
def test_a_folder_that_is_not_there_is_told_before_the_window_starts(
    started: list[tuple[Any, dict[str, Any]]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([str(tmp_path / "gone")]) == 3
    assert "does not exist" in capfd.readouterr().err
    assert started == []


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize(
    ("typed", "meant"), [("analyse", "analyze"), ("Inspect", "inspect"), ("selftest", "self-test"), ("holidays", "")]
)
def test_a_word_that_is_nearly_a_command_is_told_the_command(
    started: list[tuple[Any, dict[str, Any]]], typed: str, meant: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([typed]) == 3
    told = capfd.readouterr().err
    assert (f"there is the command leukoviewer {meant})" in told) == bool(meant)
    assert ("there is the command" in told) == bool(meant)
    assert cli.run([typed, "folder", "--out", "results"]) == 2
    told = capfd.readouterr().err
    assert "unrecognized arguments: folder" in told
    assert (f"there is the command leukoviewer {meant})" in told) == bool(meant)
    assert started == []


@pytest.mark.usefixtures("display")
def test_the_demo_opens_the_demo_patient(
    started: list[tuple[Any, dict[str, Any]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path))
    paths.demo_patient().mkdir(parents=True)
    assert cli.run(["--demo"]) == 0
    assert [folder for folder, _ in started] == [paths.demo_patient()]


def test_the_demo_without_a_display_leaves_results_and_a_picture(
    started: list[tuple[Any, dict[str, Any]]], models: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_phantom(paths.demo_patient(), slices=6)
    out = tmp_path / "out"
    assert cli.run(["--demo", "--out", str(out)]) == 0
    assert json.loads((out / "result.json").read_text(encoding="utf-8"))["status"] == "scored"
    ((folder, options),) = started
    assert folder == paths.demo_patient()
    assert (options["snapshot"], options["analyze"]) == (out / "window.png", True)
    told = capfd.readouterr().out
    assert "slices positive" in told
    assert str(out) in told
    assert models.is_dir()
