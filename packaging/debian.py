"""The Debian package: program, command, desktop entry and icons, with dependencies read off the program's files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import elf
import icons
import project
from project import PackagingError

_LINUX = project.ROOT / "packaging" / "linux"
_ROOT = project.BUILD / "deb"
MAINTAINER = "The LeukoViewer authors <noreply@leukoviewer.invalid>"

# Not linked but needed: text is drawn with a font, and a desktop learns of folders and icons through these.
_ALWAYS = ("fonts-dejavu-core | fonts-freefont-ttf | fonts-liberation | fonts-noto-core", "hicolor-icon-theme")
_RECOMMENDED = ("shared-mime-info", "desktop-file-utils")

_CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size_kib}
Depends: {depends}
Recommends: {recommends}
Section: science
Priority: optional
Description: viewer for head CT with an AI second opinion (research use)
 Opens a patient's folder of DICOM images, shows the axial slices, runs a model
 that scores each slice for leukoencephalopathy, and shows by heatmap where in
 the slice the score comes from. Needs no network and no graphics processor.
 .
 Research use, not for diagnosis.
"""


def file() -> Path:
    """Where the package lies."""
    return project.DIST / f"{project.NAME}_{project.version()}_{architecture()}.deb"


def architecture() -> str:
    """As Debian names it, e.g. ``amd64``."""
    line = ["dpkg", "--print-architecture"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip()


def make(time_s: int) -> Path:
    """Lay out the files and pack them; equal inputs give equal packages.

    Level 3 is 3 % larger than the usual 6 and takes a third of the time.
    """
    shutil.rmtree(_ROOT, ignore_errors=True)
    _lay_out(_ROOT)
    _write_control(_ROOT)
    _set_modes(_ROOT)
    line = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", str(_ROOT), str(file())]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(time_s)}
    run = subprocess.run(line, check=False, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise PackagingError(f"dpkg-deb failed: {run.stderr.strip()}")
    shutil.rmtree(_ROOT)
    return file()


def _lay_out(root: Path) -> None:
    name = project.NAME
    shutil.copytree(project.PROGRAM_FOLDER, root / "usr/lib" / name, symlinks=True)
    command = root / "usr/bin" / name
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../lib/{name}/{name}")
    _copy(_LINUX / f"{name}.desktop", root / "usr/share/applications" / f"{name}.desktop")
    _copy(_LINUX / f"{name}.metainfo.xml", root / "usr/share/metainfo" / f"{project.IDENTIFIER}.metainfo.xml")
    theme = root / "usr/share/icons/hicolor"
    for size in icons.SIZES_PX:
        _copy(icons.png(icons.FOLDER, size), theme / f"{size}x{size}" / "apps" / f"{name}.png")
    _copy(icons.SOURCE, theme / "scalable" / "apps" / f"{name}.svg")
    (root / "usr/share/doc" / name).mkdir(parents=True)
    (root / "usr/share/doc" / name / "copyright").write_text(_copyright(), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _copyright() -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {project.DISPLAY_NAME}\n\nFiles: *\nCopyright: The LeukoViewer authors\nLicense: Apache-2.0\n"
        " See /usr/share/common-licenses/Apache-2.0.\n\n"
        f"Files: usr/lib/{project.NAME}/_internal/*\nCopyright: their authors, see the texts\nLicense: several\n"
        f" Which part is under which license, with all texts: /usr/lib/{project.NAME}/_internal/resources/notices.\n"
    )


def _write_control(root: Path) -> None:
    folder = root / "DEBIAN"
    folder.mkdir()
    size = sum(p.stat().st_size for p in root.rglob("*") if p.is_file() and not p.is_symlink())
    text = _CONTROL.format(
        name=project.NAME,
        version=project.version(),
        architecture=architecture(),
        maintainer=MAINTAINER,
        size_kib=-(-size // 1024),
        depends=", ".join(depends(root / "usr/lib" / project.NAME)),
        recommends=", ".join(_RECOMMENDED),
    )
    (folder / "control").write_text(text, encoding="utf-8")
    for script in ("postinst", "postrm"):
        _copy(_LINUX / script, folder / script)


def depends(folder: Path) -> list[str]:
    """Packages that hold the libraries which the program's files are linked with and do not bring along.

    Raises
    ------
    PackagingError
        A library is missing on this machine, or no package holds it.
    """
    found = {_package_of(soname) for soname in elf.needed_of_system(folder)}
    libc = f"libc6 (>= {elf.newest_glibc(folder)})"
    return [libc, *sorted(found - {"libc6"}), *_ALWAYS]


def _package_of(soname: str) -> str:
    path = elf.system_library(soname)
    if path is None:
        raise PackagingError(f"{soname} is needed and not on this machine; make package installs what Qt needs")
    for spelling in (str(path), str(path).removeprefix("/usr"), f"/usr{path}", str(path.resolve())):
        run = subprocess.run(["dpkg-query", "-S", spelling], check=False, capture_output=True, text=True)
        if run.returncode == 0:
            return re.split(r"[:,]", run.stdout)[0]
    raise PackagingError(f"no Debian package holds {path}")


def _set_modes(root: Path) -> None:
    """Folders and programs may be entered and run by all, everything else may be read by all."""
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        is_script = path.parent.name == "DEBIAN" and path.name.startswith("post")
        is_program = path.name == project.NAME and path.parent.name == project.NAME and path.is_file()
        path.chmod(0o755 if path.is_dir() or is_script or is_program else 0o644)
