"""The command line: which command runs, exit codes, and that no traceback reaches the user."""

from __future__ import annotations

import argparse
import logging
import os
import re
import signal
import subprocess
import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest

from leukoviewer import cli
from leukoviewer.errors import CannotWriteError, EngineError, IncompleteError, LeukoError, RefusedError
from leukoviewer.log_file import WithoutTexts


def _failing_inspect(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(_args: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(import_module(cli.COMMANDS["inspect"]), "run", run)


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        ([], "window"),
        (["some folder"], "window"),
        (["./models"], "window"),
        (["--demo"], "window"),
        (["folder", "--analyze", "--snapshot", "a.png", "--slice", "3"], "window"),
        (["models"], "models"),
        (["self-test"], "self-test"),
        (["inspect", "folder", "--json"], "inspect"),
        (["analyze", "folder", "--out", "results"], "analyze"),
    ],
)
def test_the_first_argument_names_the_command_or_opens_the_window(argv: list[str], command: str) -> None:
    assert cli.parse(argv).command == command


@pytest.mark.parametrize(
    "argv",
    [
        ["--no-such-option"],
        ["one", "two"],
        ["folder", "--slice", "0"],
        ["folder", "--slice", "third"],
        ["analyze", "folder"],
        ["analyze", "folder", "--out", "x", "--device", "abacus"],
        ["inspect"],
        ["folder", "--snapshot", "picture.jpg"],
        ["folder", "--demo"],
        ["--analyze"],
    ],
)
def test_a_wrong_use_exits_with_2_and_says_why(argv: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(argv) == 2
    told = capfd.readouterr().err
    assert "leukoviewer" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("argv", [["--help"], *([name, "--help"] for name in cli.COMMANDS)])
def test_help_exits_with_0_and_states_research_use(argv: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(argv) == 0
    assert "Research use, not for diagnosis." in capfd.readouterr().out


def test_help_lists_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    cli.run(["--help"])
    text = capfd.readouterr().out
    assert all(re.search(rf"^\s+leukoviewer {name}\s+\w", text, flags=re.MULTILINE) for name in cli.COMMANDS)


def test_the_version_is_the_packages(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capfd.readouterr().out.strip() == f"leukoviewer {metadata.version('leukoviewer')}"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedError("This series cannot be scored."), 4),
        (IncompleteError("Two slices are missing."), 5),
        (CannotWriteError("The disk is full."), 7),
        (EngineError("No engine runs here."), 1),
        (LeukoError("Something else."), 1),
    ],
)
def test_an_error_is_one_sentence_and_its_code(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: LeukoError, code: int
) -> None:
    _failing_inspect(monkeypatch, error)
    assert cli.run(["inspect", "folder"]) == code
    assert capfd.readouterr().err == f"leukoviewer: {error}\n"


def test_an_unexpected_error_shows_no_traceback_and_no_data(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _failing_inspect(monkeypatch, KeyError("Doe^Jane"))
    assert cli.run(["inspect", "folder"]) == 1
    told = capfd.readouterr().err
    assert "KeyError" in told
    assert "Doe" not in told
    assert "Traceback" not in told


def test_ctrl_c_is_130_and_one_line(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    _failing_inspect(monkeypatch, KeyboardInterrupt())
    assert cli.run(["inspect", "folder"]) == 130
    assert capfd.readouterr().err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    pipe = tmp_path / "endless"
    os.mkfifo(pipe)
    program = (
        "import sys; from leukoviewer import __main__, cli; from leukoviewer.commands import inspect\n"
        f"inspect.run = lambda args: open({str(pipe)!r}).read() and 0\n"
        "sys.argv[1:] = ['inspect', 'folder']; __main__.main()"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
    with pipe.open("w"):  # opens as soon as the child reads
        child.send_signal(number)
        told = child.communicate(timeout=30)[1]
    assert child.returncode == 130
    assert told == "leukoviewer: stopped; nothing half-written is left.\n"


def test_a_reader_that_leaves_early_causes_no_noise() -> None:
    line = f"{sys.executable} -m leukoviewer --help | true"
    run = subprocess.run(["sh", "-c", line], check=False, capture_output=True, text=True)
    assert run.stderr == ""


def test_details_of_an_error_hold_kinds_and_places_and_no_text(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def failing() -> None:
        try:
            raise OSError("/data/Doe^Jane/1.dcm")
        except OSError as error:
            raise KeyError("Doe^Jane") from error

    try:
        failing()
    except KeyError:
        record = logging.LogRecord("leukoviewer", logging.INFO, "x.py", 1, "failed", None, sys.exc_info())
    told = WithoutTexts("%(name)s: %(message)s").format(record)
    assert told.startswith("leukoviewer: failed\n  KeyError at test_cli.py:")
    assert "\n  OSError at test_cli.py:" in told
    assert "Doe" not in told
    assert "/data" not in told
