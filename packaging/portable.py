"""The portable archive for Linux: unpack anywhere, start ``leukoviewer``."""

from __future__ import annotations

import gzip
import platform
import tarfile
from pathlib import Path

import project

# More makes it 1 % smaller and takes twice as long.
_LEVEL = 6


def file() -> Path:
    """Where the archive lies."""
    return project.DIST / f"{project.NAME}-{project.version()}-linux-{platform.machine()}.tar.gz"


def make(time_s: int) -> Path:
    """Pack the program's folder; owner, order and times are the same wherever it is built."""
    target = file()
    top = f"{project.NAME}-{project.version()}"
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=_LEVEL, mtime=time_s) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(project.PROGRAM_FOLDER.rglob("*")):
            info = archive.gettarinfo(str(path), f"{top}/{path.relative_to(project.PROGRAM_FOLDER).as_posix()}")
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = time_s
            info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
            if info.isreg():
                with path.open("rb") as content:
                    archive.addfile(info, content)
            else:
                archive.addfile(info)
    return target
