"""The walk over folders: links, depth, permissions, numbers."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from leukoviewer.dicom import walk


def names(root: Path, skipped: Counter[str] | None = None) -> list[str]:
    found = walk.files(root, Counter() if skipped is None else skipped)
    return [path.relative_to(root).as_posix() for path in found]


def touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")


def test_files_come_by_folder_and_name(tmp_path: Path) -> None:
    for name in ("b/2", "b/10", "a/1", "z", "a/c/0"):
        touch(tmp_path / name)
    assert names(tmp_path) == ["z", "a/1", "a/c/0", "b/10", "b/2"]


def test_a_single_file_is_itself(tmp_path: Path) -> None:
    touch(tmp_path / "one")
    assert list(walk.files(tmp_path / "one", Counter())) == [tmp_path / "one"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_are_counted_and_not_followed(tmp_path: Path) -> None:
    touch(tmp_path / "scan/1")
    (tmp_path / "scan/loop").symlink_to(tmp_path)
    (tmp_path / "scan/alias").symlink_to(tmp_path / "scan/1")
    skipped: Counter[str] = Counter()
    assert names(tmp_path, skipped) == ["scan/1"]
    assert skipped == {walk.LINK: 2}


def test_folders_beyond_the_depth_are_counted(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(str(i) for i in range(walk.MAX_DEPTH + 2)))
    touch(deep / "lost")
    touch(tmp_path.joinpath(*(str(i) for i in range(walk.MAX_DEPTH))) / "found")
    skipped: Counter[str] = Counter()
    assert [name.rsplit("/", 1)[1] for name in names(tmp_path, skipped)] == ["found"]
    assert skipped == {walk.TOO_DEEP: 1}


def test_the_walk_ends_at_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MAX_FILES", 3)
    for number in range(5):
        touch(tmp_path / str(number))
    skipped: Counter[str] = Counter()
    assert len(names(tmp_path, skipped)) == 3
    assert skipped == {walk.TOO_MANY: 1}


def test_a_closed_folder_is_counted_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "closed/1")
    touch(tmp_path / "open/1")
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    skipped: Counter[str] = Counter()
    with monkeypatch.context() as patch:
        patch.setattr(walk.os, "scandir", refuse)
        assert names(tmp_path, skipped) == ["open/1"]
    assert skipped == {walk.NO_PERMISSION: 1}


def test_a_folder_that_vanishes_is_counted(tmp_path: Path) -> None:
    skipped: Counter[str] = Counter()
    assert list(walk.files(tmp_path / "gone", skipped)) == []
    assert skipped == {walk.NO_PERMISSION: 1}
