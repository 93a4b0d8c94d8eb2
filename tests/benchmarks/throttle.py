"""A slow disk: every file that the readers open answers late and gives its bytes at a bounded rate."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any
from unittest import mock

from leukoviewer.dicom import zipped

_wait = time.sleep


@dataclass(frozen=True, slots=True)
class Disk:
    """How slow.

    Attributes
    ----------
    latency_s : float
        Seconds until an opened file answers.
    bytes_a_second : float
        Rate of reading.
    """

    latency_s: float
    bytes_a_second: float

    @contextmanager
    def under_readers(self) -> Generator[None, None, None]:
        """Put it under the program's own readers of headers and pixels."""

        def opened(path: Path, *_: Any, **__: Any) -> FileIO:
            return _SlowFile(path, self)

        # All of them open files by this one place.
        with mock.patch.object(zipped, "open", opened, create=True):
            yield


class _SlowFile(FileIO):
    """A file of a slow disk."""

    def __init__(self, path: Path, disk: Disk) -> None:
        super().__init__(path, "rb")
        self._disk = disk
        _wait(disk.latency_s)

    def read(self, size: int | None = -1, /) -> bytes:
        """Late."""
        data = super().read(-1 if size is None else size)
        self._wait(len(data))
        return data

    def readinto(self, buffer: Any, /) -> int:
        """Late."""
        count = super().readinto(buffer)
        self._wait(count)
        return count

    def _wait(self, count: int) -> None:
        _wait(count / self._disk.bytes_a_second)
