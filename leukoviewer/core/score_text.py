"""How a score is written, everywhere alike: in the window, in reports, on pictures and on the command line."""

from __future__ import annotations

_MOST_DIGITS = 6


def score_text(score: float, threshold: float | None = None, *, digits: int = 2) -> str:
    """A score with two digits that never looks like more than it is.

    Parameters
    ----------
    score : float
        From 0 to 1. Below 1 it never reads as 1: it is cut there, so 0.998 reads as 0.99.
    threshold : float, optional
        From where a slice is positive. A score under it gets more digits where two would make it look like it.
    digits : int
        How many at least.

    Returns
    -------
    str
        E.g. ``"0.73"``.
    """
    text = _cut(score, digits)
    while threshold is not None and score < threshold and digits < _MOST_DIGITS and text >= f"{threshold:.{digits}f}":
        digits += 1
        text = _cut(score, digits)
    return text


def _cut(score: float, digits: int) -> str:
    text = f"{score:.{digits}f}"
    return f"0.{'9' * digits}" if score < 1 and text.startswith("1") else text
