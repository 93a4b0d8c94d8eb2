"""How the engines of the processor say that memory is missing, and what the user reads then."""

from __future__ import annotations

from leukoviewer.errors import OutOfMemoryError

_WORDS = ("allocate memory", "bad_alloc", "bad allocation", "out of memory")


def is_missing(error: BaseException) -> bool:
    """Whether an engine's error says so; engines raise errors of many types, and tell it in words alone."""
    text = str(error).lower()
    return isinstance(error, MemoryError) or any(words in text for words in _WORDS)


def too_little() -> OutOfMemoryError:
    """What the user reads."""
    return OutOfMemoryError("This computer has too little memory for the model; close other programs.")
