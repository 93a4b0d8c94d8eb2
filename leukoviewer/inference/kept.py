"""Keeps the engine of the last analysis loaded: the next patient with the same model does not wait for it again.

One engine is kept, lent to one analysis at a time; a second analysis beside it loads an engine of its own, so stopping
one never stops the other.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from leukoviewer.inference.engine import Engine

Key = tuple[str, str]


@dataclass(slots=True)
class _Shelf:
    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: tuple[Key, Engine] | None = None
    lent: WeakKeyDictionary[Engine, Key] = field(default_factory=WeakKeyDictionary)


_shelf = _Shelf()


def take(key: Key) -> Engine | None:
    """The kept engine where it is the one asked for; another one is let go, to make room.

    Parameters
    ----------
    key : tuple of str
        The package's hash and the asked device.
    """
    with _shelf.lock:
        found, _shelf.kept = _shelf.kept, None
        if found is None or found[0] != key:
            return None
        _shelf.lent[found[1]] = key
        return found[1]


def lend(key: Key, engine: Engine) -> Engine:
    """Note that a newly loaded engine may be given back."""
    with _shelf.lock:
        _shelf.lent[engine] = key
    return engine


def give_back(engine: Engine) -> None:
    """Keep a lent engine that did its work and was not stopped; any other object is let go."""
    with _shelf.lock:
        key = _shelf.lent.pop(engine, None)
        if key is not None:
            _shelf.kept = (key, engine)


def clear() -> None:
    """Let the kept engine go, with its memory."""
    with _shelf.lock:
        _shelf.kept = None
