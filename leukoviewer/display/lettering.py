"""Text and color bar burnt into pictures that leave the program; Pillow draws them, no display is needed."""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leukoviewer.display import colormap
from leukoviewer.display.state import HeatmapStyle

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

Picture = NDArray[np.uint8]
Color = tuple[int, int, int]

WHITE: Color = (224, 227, 230)
QUIET: Color = (150, 156, 163)
AMBER: Color = (240, 184, 90)
_SHADOW: Color = (0, 0, 0)
# Pillow's own font knows no letters with accents; one of these lies on every Linux, Windows and macOS desktop.
_FILES = (
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "NotoSans-Regular.ttf",
    "segoeui.ttf",
    "arial.ttf",
    "Arial.ttf",
)
_NO_LETTER = "\uffff"
_REMEMBERED = 256


def canvas(picture: Picture) -> Image:
    """A picture to draw on, from uint8 (rows, columns, 3)."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(picture))


def pen(image: Image) -> ImageDraw:
    """What draws on it."""
    from PIL import ImageDraw

    return ImageDraw.Draw(image)


def picture_of(image: Image) -> Picture:
    """Pixels of a canvas: uint8 (rows, columns, 3)."""
    return np.array(image.convert("RGB"), dtype=np.uint8)


def png_bytes(picture: Picture) -> bytes:
    """The picture as a PNG file, without any metadata; uint8 (rows, columns) or (rows, columns, 3)."""
    buffer = io.BytesIO()
    canvas(picture).save(buffer, format="PNG")
    return buffer.getvalue()


def write(
    draw: ImageDraw, at: tuple[float, float], text: str, *, anchor: str = "la", size: int = 13, color: Color = WHITE
) -> None:
    """One line of text with a dark edge, so that it reads on bone and on air alike.

    Parameters
    ----------
    draw : ImageDraw
        From :func:`pen`.
    at : (float, float)
        x and y of the anchor in px.
    text : str
        What to write.
    anchor : str
        Pillow's two letters: l, m, r and a (top), m, s (baseline), d (bottom).
    size : int
        In px.
    color : (int, int, int)
        Red, green, blue.
    """
    text, font = _set(text, size)
    draw.text(at, text, font=font, fill=color, anchor=anchor, stroke_width=1, stroke_fill=_SHADOW)


def rule(draw: ImageDraw, ends: tuple[int, int], y: int, *, color: Color = WHITE) -> None:
    """A level line between two x, with ticks up at its ends and a dark edge; all in px."""
    left, right = ends
    for box, tone in (((left - 1, y - 1, right + 1, y + 1), _SHADOW), ((left - 1, y - 4, left + 1, y), _SHADOW),
                      ((right - 1, y - 4, right + 1, y), _SHADOW), ((left, y, right, y), color),
                      ((left, y - 3, left, y), color), ((right, y - 3, right, y), color)):  # fmt: skip
        draw.rectangle(box, fill=tone)


def text_width(text: str, size: int) -> float:
    """Width of a line in px."""
    text, font = _set(text, size)
    return float(font.getlength(text))


@lru_cache(maxsize=_REMEMBERED)
def _set(text: str, size: int) -> tuple[str, FreeTypeFont | ImageFont]:
    """The text with a font that has all its letters; where none does, without accents, and ``?`` for what is left."""
    own = _own_font(size)
    if text.isascii() or _has_all(own, text):
        return text, own
    for font in (_font_of(name, size) for name in _FILES):
        if font is not None and _has_all(font, text):
            return text, font
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return "".join(one if one.isascii() or _has_all(own, one) else "?" for one in bare), own


@lru_cache(maxsize=_REMEMBERED)
def _own_font(size: int) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont

    return ImageFont.load_default(size)


@lru_cache(maxsize=_REMEMBERED)
def _font_of(name: str, size: int) -> FreeTypeFont | None:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _has_all(font: FreeTypeFont | ImageFont, text: str) -> bool:
    """Whether no letter of the text is drawn as the box that stands for those a font lacks."""
    box = _drawn(font, _NO_LETTER)
    return all(one.isspace() or _drawn(font, one) != box for one in set(text) if not one.isascii())


def _drawn(font: FreeTypeFont | ImageFont, letter: str) -> bytes:
    mask = font.getmask(letter)
    return bytes(mask) + repr(mask.size).encode()


def fitted(text: str, size: int, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than ``room`` px."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "...", size) > room:
        text = text[:-1]
    return text.rstrip() + "..."


def color_bar(height: int, width: int, style: HeatmapStyle) -> Picture:
    """Upright bar of a style's colors, largest value on top, empty under the threshold: uint8 (height, width, 3)."""
    levels = np.linspace(1, 0, height)
    colors = colormap.table(style.colormap)[np.rint(levels * 255).astype(np.intp)]
    colors = np.where((levels >= style.threshold)[:, None], colors, np.uint8(0))
    return np.repeat(colors[:, None, :], width, axis=1)
