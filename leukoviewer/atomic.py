"""Files and folders that are written whole or not at all, and by one program at a time."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from leukoviewer.errors import CannotWriteError

# The user's mask takes away from these.
_USUAL_FILE, _PRIVATE_FILE, _PRIVATE_FOLDER = 0o666, 0o600, 0o700
# A record is read and written in a few ms.
_LOCK_WAIT_S, _LOCK_STEP_S = 2.0, 0.01


def write_bytes(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that a reader finds the old content or all of the new one, never a part.

    Parameters
    ----------
    path : Path
        Its folder is made when it does not exist yet.
    data : bytes
        The whole content.
    private : bool
        Whether the file, and the folders that are made for it, can be read by this user alone (not on Windows, where
        the user's own folders are so anyway).

    Raises
    ------
    CannotWriteError
        The folder or the file cannot be written; nothing is left behind.
    """
    with _told_in_a_sentence(path):
        _make(path.parent, private=private)
        temporary = _unused_beside(path)
        mode = _PRIVATE_FILE if private else _USUAL_FILE
        try:
            with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def replacing(path: Path) -> Generator[Path, None, None]:
    """Let somebody else write a file that appears under its name only when the block ends well.

    Yields
    ------
    Path
        A name beside it, with the same ending, to write to; removed when the block raises.

    Raises
    ------
    CannotWriteError
        The folder or the file cannot be written.
    """
    with _told_in_a_sentence(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    hidden = _unused_beside(path)
    temporary = hidden.with_name(hidden.name + path.suffix)
    try:
        yield temporary
        with _told_in_a_sentence(path):
            temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write text as UTF-8 with the line ends as given, whole or not at all; see :func:`write_bytes`."""
    write_bytes(path, text.encode("utf-8"), private=private)


def write_json(path: Path, value: object, *, private: bool = False) -> None:
    """Write a value as JSON (UTF-8, indented, one line end at the end), whole or not at all; see :func:`write_bytes`.

    Raises
    ------
    ValueError
        The value holds a number that JSON does not know (NaN, infinity).
    """
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_text(path, text, private=private)


@contextmanager
def write_folder(path: Path) -> Generator[Path, None, None]:
    """Fill a new folder that appears under its name only when the block ends well.

    Parameters
    ----------
    path : Path
        Must not exist yet, or be an empty folder.

    Yields
    ------
    Path
        A folder beside it to write into; removed when the block raises.

    Raises
    ------
    CannotWriteError
        The folder exists and holds something, or cannot be written.
    """
    with _told_in_a_sentence(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise CannotWriteError(f"{path} exists already; choose another name or remove it.", thing=path)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _unused_beside(path)
        temporary.mkdir()
    try:
        yield temporary
        with _told_in_a_sentence(path):
            if path.exists():
                path.rmdir()
            temporary.rename(path)
    except CannotWriteError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        # The reader knows the folder by the name that was asked for.
        raise CannotWriteError(str(error).replace(str(temporary), str(path)), thing=path) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


@contextmanager
def locked(path: Path) -> Generator[None, None, None]:
    """Let no other window or program change what this file guards while the block runs.

    The lock goes with the process that holds it, so one that was killed leaves none behind. Where the file system knows
    no locks the block runs without one.

    Parameters
    ----------
    path : Path
        An empty file that stands for what is guarded; it is made, for this user alone, and stays.

    Raises
    ------
    CannotWriteError
        The file cannot be made, or somebody else holds the lock for seconds.
    """
    with _told_in_a_sentence(path):
        make_private(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
    try:
        last = time.monotonic() + _LOCK_WAIT_S
        while not try_lock(handle):
            if time.monotonic() > last:
                raise CannotWriteError(
                    f"{path.stem} in the user's data folder is being changed by another window; try again.", thing=path
                )
            time.sleep(_LOCK_STEP_S)
        yield
    finally:
        _leave(handle)


if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Hold an open file's lock, without waiting; False when another process holds it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _leave(handle: int) -> None:
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        os.close(handle)

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Hold an open file's lock, without waiting; False when another process holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # this file system knows no locks
        return True

    def _leave(handle: int) -> None:
        os.close(handle)


@contextmanager
def _told_in_a_sentence(path: Path) -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotWriteError(f"{path} cannot be written ({why}); choose another place.", thing=path) from error


def _make(folder: Path, *, private: bool) -> None:
    if private:
        make_private(folder)
    else:
        folder.mkdir(parents=True, exist_ok=True)


def make_private(folder: Path) -> None:
    """Make a folder with those above it for this user alone; ``Path.mkdir`` gives its mode to the last one alone.

    Raises
    ------
    OSError
        It cannot be made.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)


def _unused_beside(path: Path) -> Path:
    """A hidden name in the same folder, so that the final rename stays on one file system."""
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
