"""Zip archives open like folders; hostile ones are refused in a sentence, and nothing is written."""

from __future__ import annotations

import stat
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.dicom import zipped
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import NothingReadableError
from tests.phantom import write_phantom


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("patient")
    write_phantom(folder / "deep" / "er", slices=3, rows=24, columns=20, spacing_mm=(8.0, 10.0))
    (folder / "notes.txt").write_text("no image", encoding="utf-8")
    return folder


@pytest.fixture(params=[zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def archive(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return _zip(tmp_path / "scan.zip", folder, method=request.param)


def _zip(path: Path, folder: Path, *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for file in sorted(folder.rglob("*")):
            made.write(file, file.relative_to(folder).as_posix())
    return path


def test_an_archive_gives_the_same_series_and_pixels_as_its_folder_and_writes_nothing(
    archive: Path, folder: Path
) -> None:
    before = sorted(archive.parent.rglob("*"))
    (one,), (other,) = finish(discover(archive)).series, finish(discover(folder)).series
    assert [header.sop_instance_uid for header in one.slices] == [header.sop_instance_uid for header in other.slices]
    assert np.array_equal(finish(load(one)).hu, finish(load(other)).hu)
    assert sorted(archive.parent.rglob("*")) == before


def test_an_archive_behind_other_bytes_reads_the_same(archive: Path) -> None:
    plain = archive.read_bytes()
    (path,) = [one for one in zipped.members(archive, Counter()) if one.name == "notes.txt"]
    expected = zipped.open_file(path).read()
    archive.write_bytes(b"PK\x03\x04" + b"\0" * 60 + plain)
    assert zipped.open_file(path).read() == expected


@pytest.mark.parametrize(
    "name", ["../out.dcm", "a/../../out.dcm", "/etc/out.dcm", "C:/out.dcm", "..\\out.dcm", "\\\\share\\out.dcm"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "inside" / "scan.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("good.dcm", b"x")
        info = zipfile.ZipInfo("x")
        info.filename = name
        made.writestr(info, b"x")
    with pytest.raises(NothingReadableError, match="lead out"):
        finish(discover(path))
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["scan.zip"]


def _patched(path: Path, *, at: int, value: bytes) -> None:
    """Change the archive's only central record."""
    data = bytearray(path.read_bytes())
    start = data.rindex(b"PK\x01\x02")
    data[start + at : start + at + len(value)] = value
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("at", "value"),
    [(24, (2**32 - 2).to_bytes(4, "little")), (20, (2**20).to_bytes(4, "little"))],
    ids=["grows", "more packed than there is"],
)
def test_sizes_that_do_not_add_up_are_refused(tmp_path: Path, at: int, value: bytes) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", bytes(4096))
    _patched(path, at=at, value=value)
    with pytest.raises(NothingReadableError, match="beyond its size"):
        list(zipped.members(path, Counter()))


def test_a_member_that_holds_more_than_it_says_is_damaged_and_not_unpacked_further(tmp_path: Path) -> None:
    path = tmp_path / "liar.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", bytes(100_000))
    _patched(path, at=24, value=(50).to_bytes(4, "little"))
    with pytest.raises(OSError, match="damaged"):
        zipped.open_file(path / "zeros")


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_cut_archive_is_told(archive: Path, cut: float) -> None:
    data = archive.read_bytes()
    archive.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(NothingReadableError, match="damaged"):
        finish(discover(archive))


def _link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def _encrypted(info: zipfile.ZipInfo) -> None:
    info.flag_bits |= 1


def _deep(info: zipfile.ZipInfo) -> None:
    info.filename = "a/" * 17 + "x"


@pytest.mark.parametrize(
    ("change", "reason"), [(_link, zipped.LINK), (_encrypted, zipped.ENCRYPTED), (_deep, zipped.TOO_DEEP)]
)
def test_what_is_no_plain_file_is_counted_and_never_read(
    tmp_path: Path, change: Callable[[zipfile.ZipInfo], None], reason: str
) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("plain", b"y")
        info = zipfile.ZipInfo("x")
        made.writestr(info, b"/etc/passwd")
        change(info)
    skipped: Counter[str] = Counter()
    assert list(zipped.members(path, skipped)) == [path / "plain"]
    assert skipped == {reason: 1}


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 2)
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(3):
            made.writestr(str(number), b"")
    with pytest.raises(NothingReadableError, match="too many"):
        list(zipped.members(path, Counter()))


@pytest.mark.parametrize("form", ["./{}", "a//{}", "a/./{}"])
def test_members_whose_names_are_written_oddly_are_read(folder: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as made:
        for file in sorted(folder.rglob("*.dcm")):
            made.write(file, file.name)
            made.filelist[-1].filename = form.format(file.name)
            made.NameToInfo[made.filelist[-1].filename] = made.filelist[-1]
    assert len(finish(load(finish(discover(path)).series[0]))) == 3


def test_several_files_of_one_name_are_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x/1.dcm", b"one")
        made.writestr("x//1.dcm", b"other")
    with pytest.raises(NothingReadableError, match="several files of one name; unpack it"):
        list(zipped.members(path, Counter()))


def test_a_file_that_is_nowhere_stays_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        zipped.open_file(tmp_path / "none" / "file")
    (tmp_path / "text").write_text("no archive", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        zipped.open_file(tmp_path / "text" / "file")
