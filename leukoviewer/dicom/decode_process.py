"""Compressed and deflated pixels, decoded in a process of its own that may hang, crash or be killed without harm.

Decoders of image formats abort, panic and loop on damaged data; no exception handler of this process would help. So
the bytes of a file go to a child, which writes the decoded frame into shared memory. A watchdog kills it after a time,
a limit holds its memory, and after its death the next frame finds a fresh one. The child imports numpy and the decoders
alone.
"""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.series import SliceHeader
from leukoviewer.dicom import decoding, syntaxes
from leukoviewer.dicom.header import MAX_FILE_BYTES
from leukoviewer.dicom.pixels import frame_bytes
from leukoviewer.dicom.zipped import open_file
from leukoviewer.errors import DecodeError

LIMIT_S = 10.0
MEMORY_BYTES = 1 << 30
START_LIMIT_S = 60.0
# Waiting for the child may be stopped so often.
BEAT_S = 0.1


class DecodeProcess:
    """A child that decodes one frame at a time; started at the first frame, to be closed after the last.

    Parameters
    ----------
    limit_s : float
        Time that one frame may take before the child is killed. After each kill the next frame gets half of it, down to
        a tenth, until one succeeds: a series that is damaged all over does not take hours.
    memory_bytes : int
        Memory that the child may take beyond its start, where the system can hold it to that.
    """

    def __init__(self, *, limit_s: float = LIMIT_S, memory_bytes: int = MEMORY_BYTES) -> None:
        self._limit_s, self._memory_bytes = limit_s, memory_bytes
        self._patience_s = limit_s
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._memory: SharedMemory | None = None
        self._sent: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the child ahead of the first frame, without waiting for it."""
        if self._process is not None:
            return
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=decoding.serve, args=(theirs, self._memory_bytes), daemon=True)
        self._process.start()
        theirs.close()
        self._sent = None

    def decode(self, header: SliceHeader) -> NDArray[np.integer]:
        """Stored values of one frame as :meth:`decoding` gives them, without a pause."""
        return finish(self.decoding(header, Progress(0, 0)))

    def decoding(self, header: SliceHeader, progress: Progress) -> Work[NDArray[np.integer]]:
        """Stored values of one frame, shape (rows, columns) or (rows, columns, samples).

        While the child works, ``progress`` is yielded ten times a second; closing the work kills the child.

        Raises
        ------
        DecodeError
            The frame cannot be decoded, took too long or too much memory, or its file cannot be read.
        """
        self._reserve(frame_bytes(header.pixels))
        try:
            return (yield from self._tried_twice(header, progress))
        except (GeneratorExit, KeyboardInterrupt):
            # What the child still answers would be taken for the next frame.
            self._kill()
            raise

    def close(self) -> None:
        """End the child and free the shared memory."""
        self._kill()
        self._release()

    def _tried_twice(self, header: SliceHeader, progress: Progress) -> Work[NDArray[np.integer]]:
        """A child may die of something else than this frame: a machine without memory ends whom it likes."""
        try:
            return (yield from self._exchange(header, progress))
        except (EOFError, OSError):
            self._kill()
        try:
            return (yield from self._exchange(header, progress))
        except (EOFError, OSError) as error:
            self._kill()
            raise DecodeError("The decoder crashed on this slice's data.", thing=header.path) from error

    def _exchange(self, header: SliceHeader, progress: Progress) -> Work[NDArray[np.integer]]:
        if self._process is None:
            self.start()
        # A fresh child holds no file yet.
        data = b"" if header.path == self._sent else _bytes_of(header.path)
        connection, memory = self._connection, self._memory
        if connection is None or memory is None:
            raise EOFError
        if self._sent is None:
            if not (yield from _answered(connection, START_LIMIT_S, progress)):
                self._kill()
                raise DecodeError(
                    f"The decoder did not start within {START_LIMIT_S:g} s; close other programs and open the folder "
                    "again.",
                    thing=header.path,
                )
            connection.recv()
        connection.send((header.pixels, header.frame, memory.name, bool(data)))
        if data:
            connection.send_bytes(data)
        self._sent = header.path
        if not (yield from _answered(connection, self._patience_s, progress)):
            self._kill()
            name, waited_s = syntaxes.name(header.pixels.transfer_syntax_uid), self._patience_s
            self._patience_s = max(waited_s / 2, self._limit_s / 10)
            raise DecodeError(f"Decoding ({name}) took longer than {waited_s:g} s.", thing=header.path)
        answer = connection.recv()
        self._patience_s = self._limit_s
        if isinstance(answer, str):
            raise DecodeError(answer, thing=header.path)
        dtype, shape = answer
        count = int(np.prod(shape))
        values: NDArray[np.integer] = np.ndarray(count, dtype, memory.buf).reshape(shape).copy()
        return values

    def _reserve(self, size: int) -> None:
        """Shared memory of at least ``size`` bytes."""
        if self._memory is None or self._memory.size < size:
            self._release()
            self._memory = SharedMemory(create=True, size=size)

    def _release(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory.unlink()
            self._memory = None

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = self._sent = None


def _answered(connection: Connection, limit_s: float, progress: Progress) -> Work[bool]:
    """Whether something came in time."""
    end_s = time.monotonic() + limit_s
    while not connection.poll(max(0.0, min(BEAT_S, end_s - time.monotonic()))):
        if time.monotonic() >= end_s:
            return False
        yield progress
    return True


def _bytes_of(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            if file.seek(0, 2) > MAX_FILE_BYTES:
                raise DecodeError("The file is larger than 256 MB.", thing=path)
            file.seek(0)
            data = file.read()
    except OSError as error:
        raise DecodeError("The file cannot be read any more.", thing=path) from error
    if not data:
        raise DecodeError("The file is empty.", thing=path)
    return data
