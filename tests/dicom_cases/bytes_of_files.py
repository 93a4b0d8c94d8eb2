"""Faults that no DICOM library would write: restamped headers, foreign data sets, nesting without end."""

from __future__ import annotations

from pathlib import Path

from leukoviewer.dicom.elements import read_elements_of

_SYNTAX = b"\x02\x00\x10\x00UI"


def restamp(path: Path, uid: str) -> None:
    """State another transfer syntax than the one in which the file is written."""
    data = path.read_bytes()
    at = data.index(_SYNTAX)
    old = int.from_bytes(data[at + 6 : at + 8], "little")
    value = uid.encode() + b"\0" * (len(uid) % 2)
    path.write_bytes(data[: at + 6] + len(value).to_bytes(2, "little") + value + data[at + 8 + old :])


def unstamp(path: Path) -> None:
    """State no transfer syntax at all: its element becomes one that nobody knows."""
    data = path.read_bytes()
    assert _SYNTAX in data
    path.write_bytes(data.replace(_SYNTAX, b"\x02\x00\x99\x00UI", 1))


def nest(path: Path, depth: int) -> None:
    """Put a private sequence of undefined length, nested so deep, before the data set."""
    data = path.read_bytes()
    start = read_elements_of(data).data_start
    opened = (b"\x09\x00\x10\x00SQ\0\0" + b"\xff" * 4 + b"\xfe\xff\x00\xe0" + b"\xff" * 4) * depth
    closed = (b"\xfe\xff\x0d\xe0" + bytes(4) + b"\xfe\xff\xdd\xe0" + bytes(4)) * depth
    path.write_bytes(data[:start] + opened + closed + data[start:])


def shorten(path: Path, count: int) -> None:
    """Drop so many bytes at the end of a file."""
    path.write_bytes(path.read_bytes()[:-count])
