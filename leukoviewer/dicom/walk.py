"""A walk over a folder that follows no link, climbs no deeper than it must, and counts what it may not read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from leukoviewer.dicom import zipped

MAX_DEPTH = 16
MAX_FILES = 200_000

NO_PERMISSION, TOO_DEEP, TOO_MANY, LINK = "no permission", "folder too deep", "too many files", "link not followed"


def files(root: Path, skipped: Counter[str]) -> Iterator[Path]:
    """Every regular file under ``root`` (in an archive, or ``root`` itself), by folder and name; others are counted."""
    if root.is_file():
        yield from zipped.members(root, skipped) if zipped.is_archive(root) else (root,)
        return
    found = 0
    stack = [(root, 0)]
    while stack:
        folder, depth = stack.pop()
        names, folders = _entries(folder, skipped)
        for name in names:
            found += 1
            if found > MAX_FILES:
                skipped[TOO_MANY] += 1
                return
            yield folder / name
        if depth < MAX_DEPTH:
            stack.extend((folder / name, depth + 1) for name in reversed(folders))
        elif folders:
            skipped[TOO_DEEP] += len(folders)


def _entries(folder: Path, skipped: Counter[str]) -> tuple[list[str], list[str]]:
    names: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    skipped[LINK] += 1
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    names.append(entry.name)
    except OSError:
        skipped[NO_PERMISSION] += 1
    return sorted(names), sorted(folders)
