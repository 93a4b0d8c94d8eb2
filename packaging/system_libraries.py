"""Finds which libraries of the system Qt lacks on Linux, and installs them where permitted. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Without these no Qt program starts, with a display or without one.
_VITAL = ("plugins/platforms/libqoffscreen.so", "lib/libQt6Widgets.so.6", "lib/libQt6Gui.so.6", "lib/libQt6OpenGL.so.6")
# These put a window on a screen.
_FOR_A_WINDOW = (
    "plugins/platforms/libqxcb.so",
    "plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "plugins/platforms/libqwayland.so",
    "plugins/platforms/libqwayland-generic.so",
)

# Debian and Ubuntu package of each library; the names are the same in both since 2021.
_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
_FONTS = "fonts"
_FONT_PACKAGE = "fonts-dejavu-core"


@dataclass(frozen=True)
class Report:
    """What is missing: sonames, whether Qt cannot start at all without them, the packages that bring them."""

    missing: tuple[str, ...]
    vital: bool
    packages: tuple[str, ...]

    @property
    def can_install(self) -> bool:
        """Whether this user may install packages here without being asked for a password."""
        return bool(self.packages) and _installer() is not None

    @property
    def command(self) -> str:
        """The one command for the user."""
        return "sudo apt-get install " + " ".join(self.packages or self.missing)


def check(site_packages: Path) -> Report:
    """Ask the dynamic linker which libraries Qt's parts do not find; complete on any system but Linux."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return Report((), vital=False, packages=())
    vital = _not_found(site_packages, _VITAL)
    if not _has_fonts():
        vital = (*vital, _FONTS)
    missing = tuple(dict.fromkeys((*vital, *_not_found(site_packages, _FOR_A_WINDOW))))
    return Report(missing, vital=bool(vital), packages=_packages(missing))


def install(report: Report, site_packages: Path) -> Report:
    """Install what is missing by apt-get and look again; a library may itself lack others, so up to three times."""
    for _ in range(3):
        if not report.missing or not report.packages or not install_packages(report.packages):
            break
        report = check(site_packages)
    return report


def install_packages(packages: tuple[str, ...]) -> bool:
    """Install packages of the system by apt-get where this user may; whether that went well."""
    installer = _installer()
    if installer is None:
        return False
    _quietly([*installer, "-qq", "update"])
    return _quietly([*installer, "-qq", "install", "--yes", "--no-install-recommends", *packages])


def _not_found(site_packages: Path, parts: tuple[str, ...]) -> tuple[str, ...]:
    paths = [path for part in parts if (path := site_packages / "PySide6" / "Qt" / part).exists()]
    if not paths:
        return ()
    line = ["ldd", *map(str, paths)]
    output = subprocess.run(line, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return tuple(sorted(set(re.findall(r"^\s*(\S+) => not found", output, flags=re.MULTILINE))))


def _has_fonts() -> bool:
    """Qt draws no text at all where fontconfig knows no font, as in bare containers."""
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".fonts"))
    return any(next(Path(folder).rglob("*.[to]t[fc]"), None) for folder in folders)


def _packages(missing: tuple[str, ...]) -> tuple[str, ...]:
    if shutil.which("apt-get") is None:
        return ()
    names = {_FONT_PACKAGE if soname == _FONTS else _PACKAGES.get(soname) for soname in missing}
    return tuple(sorted(name for name in names if name))


def _installer() -> list[str] | None:
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and _quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n", "apt-get"]
    return None


def _quietly(line: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run = subprocess.run(
        line,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return run.returncode == 0
