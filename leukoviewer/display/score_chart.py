"""The suspicion ribbon as a picture for paper: one bar a native slice, the threshold, slice numbers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from leukoviewer.display import colormap
from leukoviewer.display.lettering import Color, Picture, canvas, pen, picture_of

SIZE_PX = (1360, 300)
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 96, 14, 52
_INK: Color = (40, 44, 48)
_FAINT: Color = (196, 200, 204)
_TEXT_PX = 20


def score_chart(scores: NDArray[np.float64], *, threshold: float) -> Picture:
    """Bars of scores on white.

    Parameters
    ----------
    scores : array of float64, shape (slices,)
        0..1 by native slice, superior first; NaN where the model did not look (hatched).
    threshold : float
        0..1; drawn as a dashed line with its value.

    Returns
    -------
    array of uint8, shape (300, 1360, 3)
        The picture.
    """
    width, height = SIZE_PX
    image = canvas(np.full((height, width, 3), 255, dtype=np.uint8))
    draw = pen(image)
    base, room = height - _BOTTOM, height - _BOTTOM - _TOP
    step = (width - _LEFT - _RIGHT) / len(scores)
    for level in (0.0, 0.5, 1.0):
        y = base - level * room
        draw.line((_LEFT, y, width - _RIGHT, y), fill=_FAINT, width=1)
        _write(draw, (_LEFT - 10, y), f"{level:g}", anchor="rm")
    for index, score in enumerate(scores.tolist()):
        left, right = _LEFT + index * step + 1, _LEFT + (index + 1) * step - 1
        if math.isnan(score):
            draw.line((left, base - 1, right, base - 11), fill=_FAINT, width=2)
        else:
            # A sliver stays at a score of 0: a scored slice never looks like one that was left out.
            draw.rectangle((left, min(base - score * room, base - 3), max(right, left), base), fill=_color(score))
    for x in range(_LEFT, width - _RIGHT, 14):
        draw.line((x, base - threshold * room, x + 8, base - threshold * room), fill=_INK, width=2)
    _write(draw, (width - _RIGHT + 8, base - threshold * room), f"{threshold:.2f}", anchor="lm")
    for index in _numbered(len(scores)):
        _write(draw, (_LEFT + (index + 0.5) * step, base + 6), str(index + 1), anchor="ma")
    _write(draw, (_LEFT, height - 2), "vertex", anchor="ld")
    _write(draw, (width - _RIGHT, height - 2), "base", anchor="rd")
    return picture_of(image)


def _numbered(count: int) -> range:
    """Which slices carry a number: so many as stay legible."""
    return range(0, count, next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, count) if count / step <= 40))


def _color(score: float) -> Color:
    red, green, blue = (int(level) for level in colormap.table("inferno")[round(75 + 130 * score)])
    return red, green, blue


def _write(draw: object, at: tuple[float, float], text: str, *, anchor: str) -> None:
    from PIL import ImageFont

    font = ImageFont.load_default(_TEXT_PX)
    draw.text(at, text, font=font, fill=_INK, anchor=anchor)  # type: ignore[attr-defined]
