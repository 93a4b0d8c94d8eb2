"""The user's own secret, from which new UIDs and pseudonyms are made; it never leaves the user's data folder."""

from __future__ import annotations

import secrets
from pathlib import Path

from leukoviewer import atomic, paths
from leukoviewer.errors import LeukoError

_BYTES = 32


def file() -> Path:
    """Where it lies."""
    return paths.user_data() / "pseudonym.key"


def pseudonym_key() -> bytes:
    """The secret, made at first use: a scan that is handed on twice gets the same UIDs and pseudonym both times.

    Raises
    ------
    CannotWriteError
        It cannot be made.
    LeukoError
        It is there and cannot be used; another one would give other names to the same patients.
    """
    path = file()
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = secrets.token_bytes(_BYTES)
        atomic.write_bytes(path, key, private=True)
        return key
    except OSError as error:
        raise LeukoError(f"The key for pseudonyms ({path.name}) cannot be read; check its permissions.") from error
    if len(key) != _BYTES:
        raise LeukoError(
            f"The key for pseudonyms ({path.name} in the user's data folder) is damaged; remove it to get a new one.",
            thing=path,
        )
    return key
