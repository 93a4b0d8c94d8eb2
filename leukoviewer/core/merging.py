"""Changes that two windows made to one record, brought together: each keeps what the other did not touch."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def merged(base: Mapping[K, V], mine: Mapping[K, V], theirs: Mapping[K, V]) -> dict[K, V]:
    """What stands after both changed the same entries.

    Parameters
    ----------
    base, mine, theirs : mapping
        What both began with, what I have now and what the other wrote meanwhile; no value is None.

    Returns
    -------
    dict
        Mine where I changed, added or took away an entry, since mine is the later change; theirs otherwise. In my
        order, then the other's new ones.
    """
    changed = {key for key in base.keys() | mine.keys() if base.get(key) != mine.get(key)}
    found = {key: mine[key] if key in changed else theirs[key] for key in mine if key in changed or key in theirs}
    return found | {key: value for key, value in theirs.items() if key not in mine and key not in changed}


def merged_set(base: Set[K], mine: Set[K], theirs: Set[K]) -> frozenset[K]:
    """The same for a set: what one of the two added is there, what one of them took away is not."""
    return frozenset(theirs - (base - mine) | (mine - base))
