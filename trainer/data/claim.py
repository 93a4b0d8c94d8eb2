"""A claim on one piece of work among processes that share a folder: it ends with the process, however that ends."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from leukoviewer.atomic import try_lock
from leukoviewer.errors import CannotWriteError


@contextmanager
def claimed(path: Path) -> Generator[bool, None, None]:
    """Hold a lock file for the length of a block, without waiting for it.

    Parameters
    ----------
    path : Path
        Made when absent, removed at the end.

    Yields
    ------
    bool
        False when another process holds it. True as well where the file system knows no locks: then work may be done
        twice, but never half, since results appear whole.

    Raises
    ------
    CannotWriteError
        The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotWriteError(f"{path.parent} cannot be written ({why}); choose another place.", thing=path) from error
    try:
        held = try_lock(descriptor)
        try:
            yield held
        finally:
            # Whoever waits with this very file open then holds one without a name, and looks for the result first.
            if held:
                _remove(path)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # Windows keeps the name while another process has the file open; its own end removes it.
        return
