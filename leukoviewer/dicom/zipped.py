"""Zip archives read like folders: members are read in memory, never written anywhere under names of their own.

A member is known by the path that it would have if the archive were a folder. Nothing an archive says of itself is
trusted: names that lead out of it, sizes that do not add up and members that are no plain files are refused.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from leukoviewer.errors import NothingReadableError

# The limits of files and folders hold for archives too; besides, all members together.
MAX_MEMBERS, MAX_DEPTH = 200_000, 16
MAX_MEMBER_BYTES, MAX_TOTAL_BYTES = 256 * 1024**2, 8 * 1024**3
# Deflate cannot shrink by more (zlib's own figure); CT images seldom shrink by 20.
MAX_RATIO = 1032

LINK, ENCRYPTED, TOO_LARGE, TOO_DEEP, ODD = (
    "link not followed", "encrypted in the archive", "file too large", "folder too deep", "odd compression",
)  # fmt: skip
_HEADER = struct.Struct("<4s22xHH")
_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED

Key = tuple[str, int, int]


def is_archive(path: Path) -> bool:
    """Whether this is a file that begins as a zip archive does."""
    try:
        with open(path, "rb") as file:
            return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    except OSError:
        return False


def members(archive: Path, skipped: Counter[str]) -> Iterator[Path]:
    """Paths of the members that are plain files, in the archive's order; what is left out is counted.

    Raises
    ------
    NothingReadableError
        The archive is damaged, larger than the limits, or holds names that lead out of it.
    """
    for name, info in _index(_key(archive)).items():
        reason = _why_not(info)
        if reason:
            skipped[reason] += 1
        else:
            yield archive / name


def open_file(path: Path) -> BinaryIO:
    """A file, or a member of an archive by the path it would have in a folder.

    Raises
    ------
    OSError
        There is no such file, or the member is damaged.
    """
    try:
        return open(path, "rb", buffering=0)
    except (FileNotFoundError, NotADirectoryError):
        archive = next((folder for folder in path.parents if folder.is_file()), None)
        if archive is None or not is_archive(archive):
            raise
        return BytesIO(_read(archive, path.relative_to(archive).as_posix()))


def _key(archive: Path) -> Key:
    found = archive.stat()
    return str(archive), found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _index(key: Key) -> dict[str, zipfile.ZipInfo]:
    """The archive's directory, checked; names as relative paths."""
    name, _, size = key
    try:
        with zipfile.ZipFile(name) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise NothingReadableError("The archive is damaged; ask for it anew.", thing=name) from error
    if len(infos) > MAX_MEMBERS:
        raise NothingReadableError("The archive holds too many files to be a scan; it is not opened.", thing=name)
    if any(_leads_out(info.filename) for info in infos):
        raise NothingReadableError("The archive holds names that lead out of its folder; it is not opened.", thing=name)
    is_more_than_there_is = sum(info.compress_size for info in infos) > size
    is_bomb = any(info.file_size > MAX_RATIO * max(info.compress_size, 1) for info in infos)
    if is_more_than_there_is or is_bomb or sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise NothingReadableError(
            "The archive would grow far beyond its size when it is unpacked; it is not opened.", thing=name
        )
    found = {_plain(info.filename): info for info in infos if not info.is_dir()}
    if len(found) < sum(not info.is_dir() for info in infos):
        raise NothingReadableError(
            "The archive holds several files of one name; unpack it and open the folder.", thing=name
        )
    return found


def _plain(name: str) -> str:
    """A member's name as paths write it, without ``./`` and double slashes; it is asked for by its path."""
    return PurePosixPath(name).as_posix()


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    has_drive = len(name) > 1 and name[1] == ":"
    return path.is_absolute() or ".." in path.parts or has_drive or "\0" in name


def _why_not(info: zipfile.ZipInfo) -> str:
    if stat.S_ISLNK(info.external_attr >> 16):
        return LINK
    if info.flag_bits & 1:
        return ENCRYPTED
    if info.compress_type not in {_STORED, _DEFLATED}:
        return ODD
    if info.file_size > MAX_MEMBER_BYTES:
        return TOO_LARGE
    return TOO_DEEP if len(PurePosixPath(info.filename).parts) > MAX_DEPTH + 1 else ""


def _read(archive: Path, name: str) -> bytes:
    """The bytes of a member: never more than it was said to hold, and only when they are those that went in."""
    info = _index(_key(archive)).get(name)
    if info is None or _why_not(info):
        raise FileNotFoundError(f"there is no {name} in the archive")
    with open(archive, "rb") as file:
        file.seek(info.header_offset)
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(b"PK\x03\x04"):
            raise OSError("the archive is damaged")
        _, name_length, extra_length = _HEADER.unpack(head)
        file.seek(name_length + extra_length, 1)
        data = file.read(info.compress_size)
    if info.compress_type == _DEFLATED:
        try:
            data = zlib.decompressobj(-15).decompress(data, info.file_size + 1)
        except zlib.error as error:
            raise OSError("a file of the archive is damaged") from error
    if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise OSError("a file of the archive is damaged")
    return data
