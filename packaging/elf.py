"""Reads off the program's Linux files what they need of the system; objdump and ldconfig do the work."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_MAGIC = b"\x7fELF"


def files(folder: Path) -> list[Path]:
    """Programs and libraries in a folder, without links."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and _is_elf(p))


def needed_of_system(folder: Path) -> list[str]:
    """Sonames that the folder's files are linked with and that are not in the folder."""
    own = {path.name for path in folder.rglob("*")}
    wanted: set[str] = set()
    for path in files(folder):
        wanted.update(re.findall(r"^\s*NEEDED\s+(\S+)$", _objdump("-p", path), flags=re.MULTILINE))
    return sorted(soname for soname in wanted - own if not soname.startswith("ld-linux"))


def newest_glibc(folder: Path) -> str:
    """The newest version of the C library that the files ask for, e.g. ``2.35``."""
    found = {(2, 17)}
    for path in files(folder):
        versions = re.findall(r"GLIBC_(\d+)\.(\d+)", _objdump("-p", path))
        found.update((int(major), int(minor)) for major, minor in versions)
    return ".".join(map(str, max(found)))


def system_library(soname: str) -> Path | None:
    """Where the dynamic linker finds a library of the system."""
    run = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True)
    found = re.search(rf"^\s*{re.escape(soname)} \(.*x86-64.*\) => (\S+)$", run.stdout, flags=re.MULTILINE)
    found = found or re.search(rf"^\s*{re.escape(soname)} \(.*\) => (\S+)$", run.stdout, flags=re.MULTILINE)
    return Path(found.group(1)) if found else None


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def _objdump(option: str, path: Path) -> str:
    return subprocess.run(["objdump", option, str(path)], check=True, capture_output=True, text=True).stdout
