"""Makes ``build/package-venv``: the viewer and the tools that build it, and none of the trainer. Standard library only.

What is not in the environment cannot get into the program.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import project
import setup_environment
import system_libraries
from project import PackagingError

FOLDER = project.BUILD / "package-venv"
_STAMP = FOLDER / "made.sha256"
_CONSTRAINTS = project.ROOT / "packaging" / "constraints.txt"
# The second engine of the processor goes into the program; the rest of the full application does not.
_WANTED = ".[openvino,package]"


def make() -> Path:
    """Make the environment, or find it unchanged; return its Python.

    Raises
    ------
    PackagingError
        Something of the system is missing; the sentence holds the command that installs it.
    """
    _check_build_tools()
    if not python().exists():
        venv.create(FOLDER, with_pip=True, symlinks=sys.platform != "win32")
    if not (_STAMP.exists() and _STAMP.read_text(encoding="ascii") == _digest()):
        _STAMP.unlink(missing_ok=True)
        _pip("install", "setuptools")
        _pip("install", "--no-build-isolation", "--editable", _WANTED)
        _pip("check")
        _STAMP.write_text(_digest(), encoding="ascii")
    _check_qt_libraries()
    return python()


def python() -> Path:
    """The environment's own Python."""
    return FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _pip(command: str, *arguments: str) -> None:
    options = ["--constraint", str(_CONSTRAINTS), "--quiet"] if command == "install" else []
    line = [str(python()), "-m", "pip", "--disable-pip-version-check", command, *options, *arguments]
    run = subprocess.run(
        line, cwd=project.ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if run.returncode:
        sys.stderr.write(run.stdout)
        raise PackagingError(f"pip {command} failed, see above; mend that and run make package again")


def _digest() -> str:
    parts = [_CONSTRAINTS.read_bytes(), (project.ROOT / "pyproject.toml").read_bytes(), str(project.ROOT).encode()]
    parts.append(_WANTED.encode())
    return hashlib.sha256(b"\0".join([*parts, sys.version.encode()])).hexdigest()


def _check_build_tools() -> None:
    """PyInstaller reads programs with objdump and needs Python as a shared library; Debian has both in packages."""
    if not sys.platform.startswith("linux"):
        return
    missing = [] if shutil.which("objdump") and shutil.which("strip") else ["binutils"]
    missing += [] if _has_shared_python() else [f"libpython{sys.version_info.major}.{sys.version_info.minor}"]
    report = system_libraries.Report(tuple(missing), vital=True, packages=tuple(missing))
    if missing and report.can_install:
        project.say(f"package: installing {' '.join(missing)}")
        system_libraries.install_packages(report.packages)
        missing = [] if shutil.which("objdump") and _has_shared_python() else missing
    if missing:
        raise PackagingError(f"building needs {' and '.join(missing)}. Run this, then try again:\n    {report.command}")


def _has_shared_python() -> bool:
    name = sysconfig.get_config_var("INSTSONAME") or ""
    if ".so" not in str(name):
        name = f"libpython{sys.version_info.major}.{sys.version_info.minor}.so.1.0"
    folders = [Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib"), Path(sys.base_prefix) / "lib"]
    folders += [folder / str(sysconfig.get_config_var("MULTIARCH") or "") for folder in folders]
    return any((folder / str(name)).exists() for folder in folders)


def _check_qt_libraries() -> None:
    """A library of the system that is missing now would be missing in the program."""
    site = setup_environment.site_packages_of(python())
    report = system_libraries.check(site)
    if report.missing and report.can_install:
        project.say(f"package: installing {' '.join(report.packages)}")
        report = system_libraries.install(report, site)
    if report.missing:
        raise PackagingError(
            f"Qt lacks {', '.join(report.missing)} of the system. Run this, then try again:\n    {report.command}"
        )
