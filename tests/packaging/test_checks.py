"""``make test`` ends and says what failed, also where a process of tests dies or waits for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import Load


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_process_of_tests_that_dies_fails_its_test_and_the_run_ends(script: Load, tmp_path: Path) -> None:
    killed = "import os, signal\n\ndef test_dies(): os.kill(os.getpid(), signal.SIGKILL)\n\ndef test_behind(): pass\n"
    (tmp_path / "test_killed.py").write_text(killed, encoding="utf-8")
    for name in "abcd":
        (tmp_path / f"test_{name}.py").write_text("def test_one(): pass\n\ndef test_two(): pass\n", encoding="utf-8")
    command, *rest = script("checks").CHECKS["tests"]
    line = [sys.executable, "-m", command, *rest, "-n", "2", "-p", "no:cacheprovider", "--rootdir", ".", "."]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 1
    assert "crashed while running 'test_killed.py::test_dies'" in done.stdout
    assert "1 failed, " in done.stdout


def test_a_check_that_waits_for_ever_is_a_failed_one(
    script: Load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = script("checks")
    monkeypatch.setattr(checks, "SCRIPTS", Path(sys.executable).parent)
    monkeypatch.setattr(checks, "_LIMIT_S", 0.5)
    waits = [Path(sys.executable).name, "-c", "import time; time.sleep(60)"]
    code, seconds = checks._run("tests", waits)
    assert code == 1
    assert seconds < 30
    assert "tests did not end within 0.5 s" in capsys.readouterr().out
