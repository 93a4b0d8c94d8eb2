"""Set-up finds a Python, names what the system lacks, and gives one command where it may not install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shell scripts and ldd are Linux")


@pytest.fixture
def libraries(repository: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(repository / "packaging"))
    import system_libraries

    return system_libraries


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH, with no command in it but a few of the shell's."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "dirname", "id"):
        _script(folder / name, f'exec {shutil.which(name)} "$@"')
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _script(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def qt(tmp_path: Path) -> Path:
    """A folder of packages that holds the parts of Qt that are looked at."""
    parts = ("plugins/platforms/libqoffscreen.so", "plugins/platforms/libqxcb.so", "lib/libQt6Gui.so.6")
    for part in parts:
        path = tmp_path / "site" / "PySide6" / "Qt" / part
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "site"


def test_a_complete_system_lacks_nothing(libraries: ModuleType, tools: Path, qt: Path) -> None:
    _script(tools / "ldd", "echo '\tlibEGL.so.1 => /usr/lib/libEGL.so.1 (0x1)'")
    report = libraries.check(qt)
    assert report.missing in {(), ("fonts",)}


def test_what_a_window_needs_is_not_vital(libraries: ModuleType, tools: Path, qt: Path) -> None:
    _script(tools / "ldd", "case \"$*\" in *libqxcb*) echo '\tlibxcb-icccm.so.4 => not found';; esac")
    _script(tools / "apt-get", "exit 1")
    report = libraries.check(qt)
    assert "libxcb-icccm.so.4" in report.missing
    assert "libxcb-icccm4" in report.packages
    assert not report.vital or "fonts" in report.missing
    assert report.command.startswith("sudo apt-get install ")
    assert "libxcb-icccm4" in report.command.split()


def test_what_qt_cannot_start_without_is_vital(libraries: ModuleType, tools: Path, qt: Path) -> None:
    _script(tools / "ldd", "printf '\\tlibEGL.so.1 => not found\\n\\tlibnew.so.9 => not found\\n'")
    _script(tools / "apt-get", "exit 1")
    report = libraries.check(qt)
    assert report.vital
    assert set(report.missing) >= {"libEGL.so.1", "libnew.so.9"}
    assert "libegl1" in report.packages


def test_installing_looks_again_until_nothing_is_missing(
    libraries: ModuleType, tools: Path, qt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "installed"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    _script(tools / "ldd", f"[ -e {installed} ] || echo '\tlibEGL.so.1 => not found'")
    _script(tools / "apt-get", f'case "$*" in *install*libegl1*) : > {installed};; esac')
    before = libraries.check(qt)
    assert before.can_install
    assert "libEGL.so.1" not in libraries.install(before, qt).missing


def test_without_the_right_to_install_it_says_so(
    libraries: ModuleType, tools: Path, qt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    _script(tools / "ldd", "echo '\tlibEGL.so.1 => not found'")
    _script(tools / "apt-get", "exit 0")
    assert not libraries.check(qt).can_install
    _script(tools / "sudo", "exit 1")
    assert not libraries.check(qt).can_install
    _script(tools / "sudo", "exit 0")
    assert libraries.check(qt).can_install


@pytest.mark.parametrize("old", [None, "exit 1"])
def test_without_a_recent_python_one_command_is_printed(
    repository: Path, tools: Path, tmp_path: Path, old: str | None
) -> None:
    shutil.copytree(repository / "packaging", tmp_path / "clone" / "packaging")
    if old is not None:
        _script(tools / "python3", old)
    script = tmp_path / "clone" / "packaging" / "setup.sh"
    run = subprocess.run(["/bin/sh", script], check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "Python 3.11 or newer is needed" in run.stderr
    assert "sudo apt-get install" in run.stderr


def test_a_recent_python_without_venv_gets_its_package_named(repository: Path, tools: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "packaging", tmp_path / "clone" / "packaging")
    _script(tools / "python3", 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.12;; esac')
    _script(tools / "id", "echo 1000")
    script = tmp_path / "clone" / "packaging" / "setup.sh"
    run = subprocess.run(["/bin/sh", script], check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "sudo apt-get install python3.12-venv" in run.stderr


def test_the_python_of_the_environment_comes_first(repository: Path, tools: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "packaging", tmp_path / "clone" / "packaging")
    python = tmp_path / "clone" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    _script(python, 'case "$1" in -c) exit 0;; *) echo "ran $1";; esac')
    script = tmp_path / "clone" / "packaging" / "setup.sh"
    run = subprocess.run(["/bin/sh", script], check=False, capture_output=True, text=True)
    assert run.stdout.strip() == "ran packaging/setup_environment.py"


def test_the_notices_name_every_package_that_ships(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(repository / "packaging"))
    import notices

    text = notices.NOTICES.read_text(encoding="utf-8")
    assert [name for name in notices.shipped() if f"| {name} |" not in text] == []
