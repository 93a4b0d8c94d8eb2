"""Checks of the Debian package: unpacked here; installed, started and removed where a clean system can be made."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import project
from checked_program import CheckFailedError, NotRunError, Program, clean_home
from virtual_screen import screen

_SUITE, _MIRROR = "bookworm", "http://deb.debian.org/debian"
# Kept between runs: making it takes minutes.
_BASE = project.BUILD / "roots" / _SUITE


def _package() -> Path:
    found = sorted(project.DIST.glob(f"{project.NAME}_{project.version()}_*.deb"))
    if not found:
        raise NotRunError("no Debian package is built")
    return found[-1]


@contextmanager
def _unpacked() -> Iterator[tuple[Path, Path]]:
    with clean_home() as home:
        root = home.parent / "root"
        _do("dpkg-deb", "--extract", _package(), root)
        yield root, home


def metadata() -> str:
    """The control file, the desktop entry and the icons are as the desktop's own tools want them."""
    with _unpacked() as (root, _):
        entry = root / "usr/share/applications" / f"{project.NAME}.desktop"
        if shutil.which("desktop-file-validate"):
            _do("desktop-file-validate", entry)
        _do("sh", "-n", *(project.ROOT / "packaging" / "linux" / name for name in ("postinst", "postrm")))
        sizes = sorted(path.parent.parent.name for path in (root / "usr/share/icons").rglob("*.png"))
        if len(sizes) < 5:
            raise CheckFailedError(f"icons only in {sizes}")
    told = _do("dpkg-deb", "--field", _package(), "Version").strip()
    if told != project.version():
        raise CheckFailedError(f"version {told}")
    return f"{len(sizes)} icon sizes; {_do('dpkg-deb', '--field', _package(), 'Depends').strip()}"


def libraries() -> str:
    """The dynamic linker finds every library of every file, in the package or in one that it depends on."""
    with _unpacked() as (root, _):
        inner = root / "usr/lib" / project.NAME / "_internal"
        files = [p for p in inner.rglob("*.so*") if p.is_file() and not p.is_symlink()]
        environment = {**os.environ, "LD_LIBRARY_PATH": str(inner)}
        run = subprocess.run(["ldd", *map(str, files)], check=False, capture_output=True, text=True, env=environment)
        missing = sorted(set(re.findall(r"^\s*(\S+) => not found", run.stdout, flags=re.MULTILINE)))
    if missing:
        raise CheckFailedError(f"not found: {', '.join(missing)}")
    return f"{len(files)} libraries"


def entry_starts() -> str:
    """The desktop entry's command, with a folder as "open with" gives it, does the main job."""
    with _unpacked() as (root, home), screen() as display:
        entry = (root / "usr/share/applications" / f"{project.NAME}.desktop").read_text(encoding="utf-8")
        words = shlex.split(_field(entry, "Exec"))
        demo = root / "usr/lib" / project.NAME / "_internal/resources/demo/patient"
        line = [str(demo) if word in {"%f", "%F", "%u", "%U"} else word for word in words]
        program = Program((str(root / "usr/bin" / line[0]),), home, {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
        program.must(*line[1:], "--analyze", "--snapshot", home / "window.png")
    return " ".join(words)


def _field(entry: str, name: str) -> str:
    found = re.search(rf"^{name}=(.+)$", entry, flags=re.MULTILINE)
    if found is None:
        raise CheckFailedError(f"the desktop entry has no {name}")
    return found.group(1)


def installed() -> str:
    """In a clean Debian 12: install with apt, start from the entry's command, remove; nothing of it stays."""
    root = project.BUILD / "roots" / "clean"
    _make_base()
    shutil.rmtree(root, ignore_errors=True)
    _do("cp", "-a", _BASE, root)
    try:
        return _install_start_remove(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _make_base() -> None:
    if os.geteuid() != 0:
        raise NotRunError("only the superuser can make a clean system")
    if shutil.which("debootstrap") is None:
        raise NotRunError("debootstrap is not on this machine (apt-get install debootstrap)")
    if not (_BASE / "var/lib/dpkg/status").is_file():
        _BASE.parent.mkdir(parents=True, exist_ok=True)
        _do("debootstrap", "--variant=minbase", _SUITE, _BASE, _MIRROR)


def _install_start_remove(root: Path) -> str:
    inside = root / "tmp" / _package().name
    shutil.copyfile(_package(), inside)
    # Unpacked without its dependencies: the window must say what is missing.
    _in(root, "dpkg", "--unpack", f"/tmp/{inside.name}")
    bare = _in(root, "leukoviewer", "--demo", "--snapshot", "/tmp/bare.png", code=1)
    _in(root, "dpkg", "--purge", "--force-all", project.NAME)
    before = _files(root)
    _in(root, "apt-get", "-qq", "update")
    _in(root, "apt-get", "-qq", "install", "--yes", "--no-install-recommends", f"/tmp/{inside.name}")
    with_it = _files(root)
    _in(root, "leukoviewer", "--demo", "--analyze", "--snapshot", "/tmp/window.png")
    picture = (root / "tmp/window.png").stat().st_size
    _in(root, "apt-get", "-qq", "purge", "--yes", project.NAME)
    left = sorted(name for name in _files(root) - before if project.NAME in name.casefold())
    left = [name for name in left if not name.startswith(("tmp/", "root/", "var/log", "var/cache", "var/lib/dpkg/"))]
    if left:
        raise CheckFailedError(f"left behind: {', '.join(left[:10])}")
    own = sum(project.NAME in name for name in with_it - before)
    return f"{own} files came and went; picture {picture // 1000} kB; without its dependencies: {bare}"


def _files(root: Path) -> set[str]:
    skipped = {"proc", "dev", "sys"}
    return {
        os.path.relpath(os.path.join(folder, name), root)
        for top in root.iterdir()
        if top.name not in skipped
        for folder, _, names in os.walk(top)
        for name in names
    }


def _in(root: Path, *words: str, code: int = 0) -> str:
    """Run inside the clean system; the last line that was told."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
    # /proc is there for this one command only, in a view of the file system that ends with it.
    line = [
        "unshare",
        "--mount",
        "sh",
        "-c",
        'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"',
        str(root),
        *words,
    ]
    run = subprocess.run(line, check=False, capture_output=True, text=True, env=environment, timeout=900)
    if run.returncode != code or "Traceback" in run.stderr:
        raise CheckFailedError(
            f"{' '.join(words[:4])}: exit code {run.returncode}: {(run.stdout + run.stderr)[-1500:]}"
        )
    lines = (run.stdout + run.stderr).strip().splitlines()
    return lines[-1] if lines else ""


def _do(*words: str | Path) -> str:
    run = subprocess.run([str(word) for word in words], check=False, capture_output=True, text=True)
    if run.returncode:
        raise CheckFailedError(f"{words[0]}: {(run.stdout + run.stderr)[-800:]}")
    return run.stdout


CHECKS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "Debian package: entry, icons, dependencies": metadata,
        "Debian package: libraries": libraries,
        "Debian package: the entry's command": entry_starts,
        "Debian package: installed and removed": installed,
    }
    if sys.platform.startswith("linux")
    else {}
)
