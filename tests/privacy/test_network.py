"""No network: not by Python, not by a library below it, and not needed for anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leukoviewer.packages.archive import Package
from tests.phantom import write_phantom

# Any look for a host and any connection but those inside this computer is written down, and refused.
GUARDED = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}:
        address = arguments[1] if event.startswith(("socket.connect", "socket.sendto")) else arguments[0]
        if not isinstance(address, (str, bytes)) or event in {"socket.getaddrinfo", "urllib.Request"}:
            sys.stderr.write(f"NETWORK {event}\\n")
            raise OSError("no network here")
sys.addaudithook(refuse)
"""
ANALYZE = "from leukoviewer import cli; sys.exit(cli.run(['analyze', sys.argv[1], '--out', sys.argv[2], '--quiet']))"


@pytest.fixture
def line(tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The main job on a small head with the tiny model, guarded."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "models").symlink_to(tiny_package.folder.parent)
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path / "resources"))
    head = write_phantom(tmp_path / "head", slices=6, rows=96, columns=80, spacing_mm=(2.4, 2.8)).folder
    return [sys.executable, "-c", GUARDED + ANALYZE, str(head), str(tmp_path / "out")]


def test_the_main_job_never_opens_a_connection(line: list[str], tmp_path: Path, repository: Path) -> None:
    run = subprocess.run(line, cwd=repository, check=False, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stderr
    assert "NETWORK" not in run.stderr
    assert (tmp_path / "out" / "result.json").is_file()


def test_the_guard_sees_an_attempt(repository: Path) -> None:
    attempt = "import urllib.request\ntry: urllib.request.urlopen('http://localhost:9')\nexcept OSError: pass"
    told = subprocess.run(
        [sys.executable, "-c", GUARDED + attempt], cwd=repository, check=True, capture_output=True, text=True
    ).stderr
    assert "NETWORK" in told


def _can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux") or not _can_trace(), reason="strace cannot be used here")
@pytest.mark.timeout(300)
def test_no_library_below_python_opens_a_connection(line: list[str], tmp_path: Path, repository: Path) -> None:
    log = tmp_path / "calls"
    traced = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(log), *line]
    run = subprocess.run(traced, cwd=repository, check=False, capture_output=True, text=True, timeout=280)
    assert run.returncode == 0, run.stderr
    calls = log.read_text(encoding="utf-8", errors="replace")
    assert re.findall(r".*AF_INET6?.*", calls) == []


def _can_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux") or not _can_unshare(), reason="unshare cannot be used here")
def test_the_main_job_needs_no_network(line: list[str], tmp_path: Path, repository: Path) -> None:
    run = subprocess.run(
        ["unshare", "-rn", *line], cwd=repository, check=False, capture_output=True, text=True, timeout=100
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "scores.csv").is_file()
