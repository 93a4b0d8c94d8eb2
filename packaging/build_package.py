"""Builds the program's folder and what is made of it; runs in the environment of ``package_environment.py``."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import debian
import frozen
import icons
import inventory
import notices
import openvino_parts
import portable
import project
import sbom
import size_table
import windows_version
from project import PackagingError


def main() -> int:
    """Run the steps; return the exit code."""
    try:
        _step("icons", lambda: icons.draw(icons.FOLDER))
        _step("program", _freeze)
        _step("symbols", lambda: strip_symbols(project.PROGRAM_FOLDER))
        _step("contents", check_contents)
        _step("engines", check_engines)
        _step("licenses", _write_notices)
        made = _products()
    except PackagingError as error:
        sys.stderr.write(f"package: {error}\n")
        return 1
    project.say(size_table.text(project.PROGRAM_FOLDER, made))
    return 0


def _step(name: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    project.say(f"package: {name}: done ({time.perf_counter() - started:.1f} s)")


def _freeze() -> None:
    """Let PyInstaller build the folder, from nothing, so that no file of an older build stays in it."""
    shutil.rmtree(project.PROGRAM_FOLDER, ignore_errors=True)
    file = project.BUILD / "windows-version.txt"
    file.write_text(windows_version.text(project.version()), encoding="utf-8")
    work = project.BUILD / "pyinstaller"
    line = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    line += ["--distpath", str(project.DIST), "--workpath", str(work)]
    # Equal sources give equal programs.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(source_time()), "PYTHONHASHSEED": "1"}
    log = project.BUILD / "pyinstaller.log"
    with log.open("w", encoding="utf-8") as file_:
        spec = str(project.ROOT / "packaging" / "leukoviewer.spec")
        run = subprocess.run([*line, spec], check=False, env=environment, stdout=file_, stderr=subprocess.STDOUT)
    if run.returncode:
        sys.stderr.write(log.read_text(encoding="utf-8")[-4000:])
        raise PackagingError("PyInstaller failed, see above")


def source_time() -> int:
    """Seconds of the last commit, else of the newest change of ``pyproject.toml``."""
    line = ["git", "log", "-1", "--format=%ct"]
    try:
        run = subprocess.run(line, cwd=project.ROOT, check=False, capture_output=True, text=True)
    except OSError:
        run = None
    if run is not None and run.returncode == 0 and run.stdout.strip().isdigit():
        return int(run.stdout)
    return int((project.ROOT / "pyproject.toml").stat().st_mtime)


def strip_symbols(folder: Path) -> int:
    """Take the symbol tables out of Python's library and of the decoders, which ship them; return the bytes saved.

    Libraries that auditwheel has rewritten (``*.libs``) break by that and are left alone, as are those of Qt, which
    come without.
    """
    if not sys.platform.startswith("linux"):
        return 0
    saved = 0
    for pattern in ("libpython3*.so*", "_CharLS*.so", "_openjpeg*.so", "python3.*/lib-dynload/*.so"):
        for path in project.contents(folder).glob(pattern):
            if path.is_symlink():
                continue
            before = path.stat().st_size
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
            saved += before - path.stat().st_size
    return saved


def check_contents() -> None:
    """Refuse a program that holds what it must not.

    Raises
    ------
    PackagingError
        A forbidden package is inside, as files or as modules of the archive.
    """
    names = [p.relative_to(project.PROGRAM_FOLDER).as_posix() for p in project.PROGRAM_FOLDER.rglob("*") if p.is_file()]
    found = frozen.forbidden_in([*names, *frozen.modules_of(inventory.LIST)])
    if found:
        raise PackagingError(f"the program holds what it must not: {', '.join(sorted(found)[:10])}")
    loose = [str(path) for path in project.PROGRAM_FOLDER.rglob("*") if path.is_symlink() and not path.exists()]
    if loose:
        raise PackagingError(f"links lead nowhere: {', '.join(loose)}")


def check_engines() -> None:
    """Refuse a program without what is loaded by name: nobody would miss it before the first scan.

    Raises
    ------
    PackagingError
        A part of OpenVINO is not inside.
    """
    inside = project.contents(project.PROGRAM_FOLDER)
    lacking = openvino_parts.missing(path.relative_to(inside).as_posix() for path in inside.rglob("*"))
    if lacking:
        raise PackagingError(f"the program lacks OpenVINO's {', '.join(lacking)}")


def _write_notices() -> None:
    parts = inventory.parts()
    folder = project.contents() / "resources" / "notices"
    notices.write_built(parts, folder)
    file = sbom.write(parts, folder, program=project.PROGRAM_FOLDER)
    shutil.copyfile(file, project.DIST / f"{project.NAME}-{project.version()}.{sbom.FILE}")
    _validate(file)


def _validate(file: Path) -> None:
    """Hold the bill of materials against the standard's own schema."""
    version = importlib.import_module("cyclonedx.schema").SchemaVersion.V1_6
    validator = importlib.import_module("cyclonedx.validation.json").JsonStrictValidator(version)
    problem = validator.validate_str(file.read_text(encoding="utf-8"))
    if problem is not None:
        raise PackagingError(f"the bill of materials is not as CycloneDX wants it: {str(problem)[:500]}")


def _products() -> list[Path]:
    """What is given away, by system."""
    made: list[Path] = []
    if sys.platform.startswith("linux"):
        _step("portable archive", lambda: made.append(portable.make(source_time())))
        if shutil.which("dpkg-deb"):
            _step("Debian package", lambda: made.append(debian.make(source_time())))
        else:
            project.say("package: Debian package: left out, because dpkg-deb is not here")
    elif sys.platform == "win32":
        _step("installer", lambda: made.append(_inno_setup()))
    else:
        _step("disk image", lambda: made.append(_disk_image()))
    return made


def _inno_setup() -> Path:
    compiler = shutil.which("iscc") or r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe"
    script = project.ROOT / "packaging" / "windows" / "leukoviewer.iss"
    if not Path(compiler).exists():
        raise PackagingError("Inno Setup 6 is not here; install it with: winget install JRSoftware.InnoSetup")
    subprocess.run([compiler, "/Q", f"/DAppVersion={project.version()}", str(script)], check=True)
    return project.DIST / f"{project.DISPLAY_NAME}-{project.version()}-setup.exe"


def _disk_image() -> Path:
    script = project.ROOT / "packaging" / "macos" / "make_dmg.sh"
    subprocess.run(["sh", str(script), project.version()], check=True)
    return project.DIST / f"{project.DISPLAY_NAME}-{project.version()}.dmg"


if __name__ == "__main__":
    sys.exit(main())
