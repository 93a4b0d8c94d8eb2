"""Which parts the built program holds: Python's packages, Python, libraries of this system; with version and license.

Runs inside the environment that the program was built from, because only that knows its packages.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

import license_terms
import openvino_parts
import project

LIST = project.BUILD / "frozen.json"


@dataclass(frozen=True)
class Part:
    """One thing by others that the program holds.

    Attributes
    ----------
    kind : str
        ``python`` (a package), ``interpreter``, ``system`` (a library of Debian) or ``tool`` (PyInstaller's start).
    license : str
        As its own metadata state it, shortened to one line.
    texts : tuple of Path
        Files with the words of its license on this machine.
    libraries : tuple of str
        Libraries of others inside a Python package, e.g. ``libtiff 6.3.0``.
    files : tuple of str
        Names in the program's folder; modules in its archive are not among them.
    """

    kind: str
    name: str
    version: str
    license: str
    homepage: str = ""
    texts: tuple[Path, ...] = ()
    libraries: tuple[str, ...] = ()
    files: tuple[str, ...] = field(default=(), compare=False)


def parts(listed: Path = LIST) -> list[Part]:
    """All parts of the program that PyInstaller just built, by kind and name.

    Raises
    ------
    PackagingError
        A file's origin is unknown, so its license would be, too.
    """
    table = json.loads(listed.read_text(encoding="utf-8"))
    owners: dict[tuple[str, str], list[str]] = {}
    for name, origin, _ in table["files"]:
        owners.setdefault(_owner(Path(origin)), []).append(name)
    for _, origin, _ in table["modules"]:
        if origin not in {"-", ""}:
            owners.setdefault(_owner(Path(origin)), [])
    owners.setdefault(("tool", "pyinstaller"), [])
    found = [_part(kind, name, files) for (kind, name), files in owners.items() if kind != "own"]
    return sorted(found, key=lambda part: (part.kind, part.name.casefold()))


def _part(kind: str, name: str, files: list[str]) -> Part:
    ordered = tuple(sorted(files))
    if kind in {"python", "tool"}:
        return _distribution(kind, name, ordered)
    if kind == "system":
        return _system_package(name, ordered)
    home = Path(sys.base_prefix)
    texts = (*home.glob("LICENSE*"), *home.glob("lib/python3*/LICENSE.txt"), *_debian_copyright("libpython3-stdlib"))
    version = platform.python_version()
    return Part("interpreter", "Python", version, "PSF-2.0", "https://www.python.org", tuple(texts[:1]), (), ordered)


# Where a file comes from


def _owner(origin: Path) -> tuple[str, str]:
    """Kind and name of what a file belongs to."""
    path = origin.resolve()
    found = _distribution_files().get(str(path)) or _distribution_files().get(str(origin))
    if found is not None:
        return {project.NAME: "own", "pyinstaller": "tool"}.get(found, "python"), found
    # Before the project's own folder, in which the environment lies too.
    site = Path(metadata.__file__).resolve().parent  # .../lib/python3.x/importlib
    if path.is_relative_to(site.parent) or (_is_python_library(path) and path.is_relative_to(sys.base_prefix)):
        return "interpreter", "Python"
    if project.PROGRAM_FOLDER in path.parents or path.is_relative_to(project.ROOT):
        return "own", project.NAME
    return _system_owner(path)


def _is_python_library(path: Path) -> bool:
    return sys.base_prefix != "/usr" or path.name.startswith("libpython")


@cache
def _distribution_files() -> dict[str, str]:
    """Files of every installed package of this environment."""
    found: dict[str, str] = {}
    for distribution in metadata.distributions():
        name = _canonical(distribution.metadata["Name"])
        folder = Path(str(distribution.locate_file(""))).resolve()
        found.update((os.path.normpath(folder / file), name) for file in distribution.files or [])
    return found


def _system_owner(path: Path) -> tuple[str, str]:
    if shutil.which("dpkg-query") is None:
        raise project.PackagingError(f"nobody knows where {path} comes from; leave it out or say so in inventory.py")
    for name in _spellings(path):
        run = subprocess.run(["dpkg-query", "-S", name], check=False, capture_output=True, text=True)
        if run.returncode == 0:
            return "system", run.stdout.split(":")[0].split(",")[0]
    raise project.PackagingError(f"no package of this system holds {path}; its license is unknown")


def _spellings(path: Path) -> Iterable[str]:
    """Since /lib became a link to /usr/lib, packages name their files one way or the other."""
    yield str(path)
    yield str(path).removeprefix("/usr") if str(path).startswith("/usr/") else f"/usr{path}"


# What they say of themselves


def _distribution(kind: str, name: str, files: tuple[str, ...]) -> Part:
    distribution = metadata.distribution(name)
    urls = dict(item.split(", ", 1) for item in distribution.metadata.get_all("Project-URL") or [] if ", " in item)
    homepage = license_terms.first_field(name, "Home-page") or next(iter(urls.values()), "")
    own = [
        Path(str(distribution.locate_file(file))) for file in distribution.files or [] if _is_license_text(str(file))
    ]
    texts = tuple(sorted(path for path in own if path.is_file())) or license_terms.texts_for(name)
    texts += license_terms.further_texts_for(name)
    libraries = tuple(sorted({label for file in files for label in _foreign_libraries(file)}))
    license_ = license_terms.license_of(name)
    return Part(kind, name, distribution.version, license_, homepage, texts, libraries, files)


def _is_license_text(file: str) -> bool:
    place, name = file.replace("\\", "/"), Path(file).name
    named = r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS|ThirdPartyNotices|[a-z]+[-_]third-party-programs)"
    is_named = re.match(named, name, flags=re.IGNORECASE)
    near_top = ".dist-info/" in place or place.count("/") <= 1
    return bool(is_named and near_top and not name.endswith((".py", ".pyc")))


def _foreign_libraries(file: str) -> tuple[str, ...]:
    """``libtiff 6.3.0`` of ``pillow.libs/libtiff-20b7e810.so.6.3.0``: what was put into a package."""
    found = re.search(r"\.libs/(lib[\w+-]+?|[\w]+?)(?:-[0-9a-f]{8})+\.so(?:\.(\S+))?$", file)
    return (" ".join(word for word in found.groups() if word),) if found else openvino_parts.parts_in(file)


def _system_package(name: str, files: tuple[str, ...]) -> Part:
    line = ["dpkg-query", "-W", "-f", "${Version}\n${Homepage}\n", name]
    lines = subprocess.run(line, check=True, capture_output=True, text=True).stdout.splitlines()
    version, homepage = lines[0], lines[1] if len(lines) > 1 else ""
    texts = _debian_copyright(name)
    return Part("system", name, version, license_terms.of_debian(texts), homepage, texts, (), files)


def _debian_copyright(name: str) -> tuple[Path, ...]:
    path = Path("/usr/share/doc") / name / "copyright"
    return (path,) if path.is_file() else ()


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
