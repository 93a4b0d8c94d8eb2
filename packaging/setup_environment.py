"""Makes ``.venv`` with every package at its pinned version; quick when nothing changed. Standard library only."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
STAMP = ENVIRONMENT / "set-up.sha256"

# pip asks for these before it can build the project itself, so they are installed first, pinned like all others.
_BUILD = "setuptools"


def main() -> int:
    """Run the steps; return the exit code of ``make setup``."""
    started = time.perf_counter()
    try:
        _step("virtual environment", _make_environment)
        _step("packages", _install_packages)
        _step("system libraries", _check_system_libraries)
    except SetupError as error:
        sys.stderr.write(f"setup: {error}\n")
        return 1
    _say(f"setup: done in {time.perf_counter() - started:.1f} s")
    return 0


class SetupError(Exception):
    """Set-up cannot go on; the text says what to do."""


def _step(name: str, work: Callable[[], str]) -> None:
    started = time.perf_counter()
    outcome = work()
    _say(f"setup: {name}: {outcome} ({time.perf_counter() - started:.1f} s)")


def _make_environment() -> str:
    if _python().exists():
        return "there"
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=sys.platform != "win32")
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"the virtual environment .venv cannot be made ({error})") from error
    return f"made with Python {sys.version.split()[0]}"


def _install_packages() -> str:
    wanted = _digest()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return "unchanged"
    _say("setup: packages: installing; the first time takes some minutes")
    STAMP.unlink(missing_ok=True)
    _pip("install", _BUILD)
    _pip("install", "--no-build-isolation", "--editable", ".[dev]")
    _pip("check")
    STAMP.write_text(wanted, encoding="ascii")
    return "installed"


def _pip(command: str, *arguments: str) -> None:
    options = ["--constraint", str(CONSTRAINTS), "--quiet"] if command == "install" else []
    line = [str(_python()), "-m", "pip", "--disable-pip-version-check", command, *options, *arguments]
    run = subprocess.run(line, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode:
        sys.stderr.write(run.stdout)
        raise SetupError(f"pip {command} failed, see above; mend that and run make setup again")


def _check_system_libraries() -> str:
    report = system_libraries.check(_site_packages())
    if report.missing and report.can_install:
        _say(f"setup: system libraries: installing {' '.join(report.packages)}")
        report = system_libraries.install(report, _site_packages())
    if report.missing and report.vital:
        lacking = ", ".join(report.missing)
        raise SetupError(f"Qt lacks {lacking} of the system. Run this, then make setup again:\n    {report.command}")
    if report.missing:
        return f"enough without a display; to open the window run: {report.command}"
    return "complete"


def _python() -> Path:
    return ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _site_packages() -> Path:
    return site_packages_of(_python())


def site_packages_of(python: Path) -> Path:
    """Where the packages of an environment lie, by its Python."""
    line = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"]
    return Path(subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout.strip())


def _digest() -> str:
    """What the installed packages depend on: the two files, this Python, and where the checkout lies."""
    parts = [CONSTRAINTS.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    parts.append(subprocess.run([str(_python()), "--version"], check=True, stdout=subprocess.PIPE).stdout)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
