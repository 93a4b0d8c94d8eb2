"""The program's own log: a few small files in the user's data folder, without anything of a patient.

Only the program's own loggers write into it, which know no patient; what looks like a path, an identifier or a name in
the way of DICOM is cut out nevertheless. Of errors it gets kinds and places, never their texts.
"""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from leukoviewer import atomic, paths

LOGGER = "leukoviewer"
MAX_BYTES = 256 * 1024
# Files beside the newest one: leukoviewer.log.1 is the one before.
OLDER = 3

_MAX_CAUSES = 8
_CUT = "<left out>"
# From a path or a name with carets on, all of the line: folders may have blanks in their names.
_PATH_OR_NAME = re.compile(r"\S*[/\\^].*", re.DOTALL)
_UID = re.compile(r"\b\d+(?:\.\d+){3,}\b")


def folder() -> Path:
    """Where the log lies."""
    return paths.user_data() / "logs"


def file() -> Path:
    """The newest file of the log."""
    return folder() / f"{LOGGER}.log"


def scrubbed(text: str) -> str:
    """One line without paths, identifiers and names in the way of DICOM."""
    return _UID.sub(_CUT, _PATH_OR_NAME.sub(_CUT, text)).replace("\r", " ").replace("\n", " ")


def last_lines(count: int) -> tuple[str, ...]:
    """The newest lines of the log, the oldest of them first; none when there is no log."""
    try:
        return tuple(file().read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ()


@contextmanager
def kept() -> Generator[None, None, None]:
    """Write what the program's own loggers say, from INFO on, until the block ends."""
    logger = logging.getLogger(LOGGER)
    handler, level = _File(), logger.level
    handler.setFormatter(WithoutPatients("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()


class WithoutTexts(logging.Formatter):
    """Tells of an error its kinds and places alone: its text may hold the path of a patient's folder, or a name."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name that logging calls
        """Kinds and places of an error and its causes, one a line."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None and len(lines) < _MAX_CAUSES:
            frames = reversed(traceback.extract_tb(error.__traceback__))
            places = " < ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in frames)
            lines.append(f"  {type(error).__name__} at {places or 'no place'}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class WithoutPatients(WithoutTexts):
    """One line a record, cut where anything of a patient could stand."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line; lines of an error follow it."""
        return "\n".join(scrubbed(line) for line in super().format(record).splitlines())


class _File(logging.Handler):
    """Opens the file for each record, so that two windows of the program can write and put old ones away."""

    def emit(self, record: logging.LogRecord) -> None:
        # A log that cannot be written must not keep anybody from reading.
        with suppress(OSError, ValueError):
            line = self.format(record) + "\n"
            path = file()
            atomic.make_private(path.parent)
            self._rotate(path)
            with open(path, "a", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as log:
                log.write(line)

    def _rotate(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size < MAX_BYTES:
            return
        for number in range(OLDER, 0, -1):
            before = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
            if before.exists():
                before.replace(path.with_name(f"{path.name}.{number}"))
