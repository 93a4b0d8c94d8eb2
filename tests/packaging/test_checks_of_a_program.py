"""The checks see what they must: wrong exit codes, tracebacks, missing sentences, missing tools."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import Load

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def _program(script: Load, home: Path, text: str) -> object:
    file = home / "program"
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return script("checked_program").Program((str(file),), home, {"OWN": "value"})


def test_a_run_that_goes_well_passes(script: Load, tmp_path: Path) -> None:
    program = _program(script, tmp_path, 'echo "told: sorry" >&2; exit 4')
    outcome = program.must("x", code=4, says="SORRY")  # type: ignore[attr-defined]
    assert outcome.sentence == "told: sorry"


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("exit 1", 0, ""),
        ("echo 'Traceback (most recent call last):' >&2; exit 1", 1, ""),
        ("echo 'something else' >&2; exit 1", 1, "apt-get"),
    ],
)
def test_a_run_that_goes_otherwise_fails(script: Load, tmp_path: Path, text: str, code: int, says: str) -> None:
    program = _program(script, tmp_path, text)
    with pytest.raises(script("checked_program").CheckFailedError):
        program.must("x", code=code, says=says)  # type: ignore[attr-defined]


def test_the_program_sees_nothing_of_this_machine(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("DISPLAY", ":0")
    program = _program(script, tmp_path, f"exec {shutil.which('env')}")
    lines = set(program.run().out.splitlines())  # type: ignore[attr-defined]
    assert {f"HOME={tmp_path}", "OWN=value"} <= lines
    assert not [line for line in lines if line.startswith(("PYTHONPATH", "DISPLAY", "VIRTUAL_ENV"))]
    (path,) = [line for line in lines if line.startswith("PATH=")]
    assert not Path(path.removeprefix("PATH=")).exists()


def test_without_a_build_the_checks_say_what_to_run(script: Load, tmp_path: Path) -> None:
    with pytest.raises(script("checked_program").NotRunError, match="make package"):
        script("checked_program").executable(tmp_path)


def test_a_failed_check_fails_the_whole_and_one_not_run_does_not(
    script: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check, made = script("package_check"), script("checked_program")

    def fails() -> str:
        raise made.CheckFailedError("two in place of one")

    def cannot() -> str:
        raise made.NotRunError("no screen")

    monkeypatch.setattr(check, "CHECKS", {"good": lambda: "fine", "left out": cannot})
    assert check.main([]) == 0
    monkeypatch.setattr(check, "CHECKS", {"good": lambda: "fine", "bad": fails, "left out": cannot})
    assert check.main([]) == 1
    assert check.main(["good"]) == 0
    out = capsys.readouterr().out
    assert "two in place of one" in out
    assert "1 passed, 1 failed, 1 not run" in out


@pytest.mark.parametrize(
    ("told", "passes"),
    [
        ("m: onnxruntime on cpu: agrees (x)\nm: openvino on cpu: agrees (y)", True),
        ("m: onnxruntime on cpu: agrees (x)", False),
        ("m: onnxruntime on cpu: agrees (x)\nm: openvino on cpu: cannot run", False),
    ],
)
def test_the_self_test_of_a_program_must_name_both_engines(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, passes: bool
) -> None:
    work = script("check_work")
    program = _program(script, tmp_path, f"printf '%s\\n' '{told}'")
    monkeypatch.setattr(work, "_program", lambda _home: program)
    if passes:
        assert work.self_test() == "onnxruntime on cpu: agrees (x); openvino on cpu: agrees (y)"
        return
    with pytest.raises(script("checked_program").CheckFailedError, match="openvino does not agree"):
        work.self_test()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not on this machine")
def test_a_screen_without_a_window_is_seen_as_empty(script: Load) -> None:
    virtual, made = script("virtual_screen"), script("checked_program")
    with virtual.screen() as display:
        watcher = virtual.Watcher(display)
        try:
            with (
                subprocess.Popen([sys.executable, "-c", ""]) as process,
                pytest.raises(made.CheckFailedError, match="no window"),
            ):
                watcher.wait(process, limit_s=5)
        finally:
            watcher.close()


@pytest.mark.parametrize(("tool", "shared", "named"), [(None, True, "binutils"), ("/usr/bin/x", False, "libpython")])
def test_without_the_tools_to_build_one_command_is_told(
    script: Load, monkeypatch: pytest.MonkeyPatch, tool: str | None, shared: bool, named: str
) -> None:
    environment, libraries = script("package_environment"), script("system_libraries")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(environment.shutil, "which", lambda _name: tool)
    monkeypatch.setattr(environment, "_has_shared_python", lambda: shared)
    monkeypatch.setattr(libraries, "_installer", lambda: None)
    with pytest.raises(script("project").PackagingError, match=rf"sudo apt-get install {named}"):
        environment._check_build_tools()
