"""All slices of a series on one page, for export."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.score_text import score_text
from leukoviewer.core.volume import Volume
from leukoviewer.display import lettering
from leukoviewer.display.lettering import Picture
from leukoviewer.display.orientation import edge_letters
from leukoviewer.display.overlays import with_overlay
from leukoviewer.display.pictures import (
    PictureStyle,
    frame_px,
    laid_frame,
    research_lines,
    scaled,
    slice_score,
    with_provenance,
    write_scale,
)

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

CELL_PX = 256
_GAP_PX = 2
_FOOT_PX = 48
_LINE_PX = 19
_WORDS_PX = 13
# Beside the color bar of a narrower page there is no room for words: the bar stands under them.
_ROOMY_PX = 384
_EDGE_PX = 8
_BAR_PX = 160
_BAR_ROOM_PX = _BAR_PX + 2 * _EDGE_PX
# A page a little wider than high, as screens are.
_ASPECT = 1.6


def grid_shape(count: int) -> tuple[int, int]:
    """Rows and columns of a page for so many pictures, a little wider than high and without an empty row."""
    columns = min(max(math.ceil(math.sqrt(count * _ASPECT)), 1), max(count, 1))
    return math.ceil(count / columns), columns


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page.

    Attributes
    ----------
    indices : tuple of int
        Native slices in reading order.
    columns : int
        How many stand in a row.
    cell_px : int
        Longer side of a picture.
    """

    indices: tuple[int, ...]
    columns: int
    cell_px: int = CELL_PX

    def __post_init__(self) -> None:
        if not self.indices or not 1 <= self.columns <= len(self.indices) or self.cell_px < 1:
            raise ValueError("a page needs slices, a row and room for them")

    @property
    def size_px(self) -> tuple[int, int]:
        """Height and width of the page."""
        step = self.cell_px + _GAP_PX
        return math.ceil(len(self.indices) / self.columns) * step + self.foot_px, self.columns * step

    @property
    def foot_px(self) -> int:
        """Height of what stands under the slices."""
        width = self.columns * (self.cell_px + _GAP_PX)
        extra = len(research_lines(width - 2 * _EDGE_PX, _WORDS_PX)) - 1
        return _FOOT_PX + _LINE_PX * (extra + 2 * (width < _ROOMY_PX))

    def places(self) -> Iterator[tuple[int, int, int]]:
        """Native index, left and top of each cell."""
        step = self.cell_px + _GAP_PX
        for number, index in enumerate(self.indices):
            row, column = divmod(number, self.columns)
            yield index, column * step, row * step


def page_of(
    volume: Volume, *, analysis: Analysis | None = None, style: PictureStyle | None = None, page: Page
) -> Work[Picture]:
    """Some slices on a page, one step a slice; else as :func:`montage`."""
    style = style or PictureStyle()
    picture = np.zeros((*page.size_px, 3), dtype=np.uint8)
    room = page.cell_px
    for done, (index, left, top) in enumerate(page.places()):
        yield Progress(done, len(page.indices), "Making pictures")
        cell = scaled(laid_frame(volume, index, analysis=analysis, style=style), room)
        cell = with_overlay(cell, style.marks.get(index))
        # Slices of one series share their shape; a lone smaller one stands in the middle of its cell.
        down, across = top + (room - cell.shape[0]) // 2, left + (room - cell.shape[1]) // 2
        picture[down : down + cell.shape[0], across : across + cell.shape[1]] = cell
    if _shows_heat(analysis, style):
        _lay_bar(picture, page, style)
    return _with_words(picture, volume, analysis, style, page)


def montage(
    volume: Volume, *, analysis: Analysis | None = None, style: PictureStyle | None = None, cell_px: int = CELL_PX
) -> Picture:
    """Every native slice, superior first in reading order, with its number and score burnt in.

    Parameters
    ----------
    volume : Volume
        The series.
    analysis : Analysis, optional
        The result whose heatmap, scores, vote and provenance are shown.
    style : PictureStyle, optional
        Window and heatmap; brain window and the usual heatmap by default.
    cell_px : int
        Longer side of a picture on the page.

    Returns
    -------
    array of uint8, shape (height, width, 3)
        The page with a foot line; no patient's name.
    """
    page = Page(tuple(range(len(volume))), grid_shape(len(volume))[1], cell_px)
    return finish(page_of(volume, analysis=analysis, style=style, page=page))


def _with_words(
    picture: Picture, volume: Volume, analysis: Analysis | None, style: PictureStyle, page: Page
) -> Picture:
    image = lettering.canvas(picture)
    draw = lettering.pen(image)
    step = page.cell_px + _GAP_PX
    for index, left, top in page.places() if style.words else ():
        lettering.write(draw, (left + 5, top + 4), str(index + 1), size=14)
        text, color = _verdict(volume, analysis, index)
        text = lettering.fitted(text, 12, step - 12)
        lettering.write(draw, (left + 5, top + step - 6), text, anchor="ld", size=12, color=color)
    if style.words:
        _write_sides(draw, volume, style, page)
        _write_scale(draw, volume, style, page)
    _write_foot(draw, page, analysis, style)
    return lettering.picture_of(image)


def _verdict(volume: Volume, analysis: Analysis | None, index: int) -> tuple[str, lettering.Color]:
    """What stands under a slice: its score, bright when positive."""
    if index in volume.broken:
        return "could not be read", lettering.AMBER
    if analysis is None:
        return "", lettering.QUIET
    score = slice_score(analysis, index)
    if score is None:
        return "not scored", lettering.QUIET
    color = lettering.AMBER if score >= analysis.slice_threshold else lettering.QUIET
    return score_text(score, analysis.slice_threshold), color


def _write_sides(draw: ImageDraw, volume: Volume, style: PictureStyle, page: Page) -> None:
    """Letters at the sides of every slice: a page is cut into pieces once it has left the program."""
    step = page.cell_px + _GAP_PX
    for index, left, top in page.places():
        plane = volume.series.slices[index].plane
        letters = edge_letters(plane, turn=style.laid(plane))
        lettering.write(draw, (left + 5, top + step / 2), letters.left, anchor="lm", size=13)
        lettering.write(draw, (left + step - 7, top + step / 2), letters.right, anchor="rm", size=13)


def _write_scale(draw: ImageDraw, volume: Volume, style: PictureStyle, page: Page) -> None:
    """Under the first slice, for all: slices of a series share their size."""
    index, left, top = next(page.places())
    plane = volume.series.slices[index].plane
    turn = style.laid(plane)
    rows, columns = volume.hu.shape[1:]
    shape = frame_px((rows, columns), plane, turn=turn, longest_px=page.cell_px)
    at = left + page.cell_px - 8, top + page.cell_px - 8
    write_scale(draw, plane, shape, at=at, turn=turn, from_right=True)


def _write_foot(draw: ImageDraw, page: Page, analysis: Analysis | None, style: PictureStyle) -> None:
    height, width = page.size_px
    top = height - page.foot_px
    window = f"W {style.window.width:g}  C {style.window.center:g}"
    facts = window if analysis is None else f"{window}.  {analysis.vote().sentence}"
    facts = f"{style.who}.  {facts}" if style.who else facts
    has_bar = _shows_heat(analysis, style)
    room = width - 2 * _EDGE_PX - (_BAR_ROOM_PX if has_bar and width >= _ROOMY_PX else 0)
    warning = research_lines(room, _WORDS_PX)
    if analysis is not None:
        warning = with_provenance(warning, analysis, room=room, size=_WORDS_PX)
    lettering.write(draw, (_EDGE_PX, top + 7), lettering.fitted(facts, _WORDS_PX, room), size=_WORDS_PX)
    for number, line in enumerate(warning):
        at = _EDGE_PX, top + 26 + _LINE_PX * number
        lettering.write(draw, at, lettering.fitted(line, _WORDS_PX, room), size=_WORDS_PX, color=lettering.AMBER)
    if has_bar:
        across, down = _bar_place(page)
        at, end = (across.start, down.stop + 4), (across.stop, down.stop + 4)
        lettering.write(draw, at, "0", size=11, color=lettering.QUIET)
        lettering.write(draw, end, "scan max", anchor="ra", size=11, color=lettering.QUIET)


def _bar_place(page: Page) -> tuple[slice, slice]:
    """Columns and rows of the color bar: at the right of the foot, or under its words on a narrow page."""
    height, width = page.size_px
    top = height - _FOOT_PX + 10
    right = width - _EDGE_PX
    return slice(max(right - _BAR_PX, _EDGE_PX), right), slice(top, top + 10)


def _lay_bar(picture: Picture, page: Page, style: PictureStyle) -> None:
    """The color bar lies down in the foot, largest value at the right."""
    across, down = _bar_place(page)
    bar = lettering.color_bar(across.stop - across.start, 10, style.heatmap)[::-1].transpose(1, 0, 2)
    picture[down.start - 1 : down.stop + 1, across.start - 1 : across.stop + 1] = lettering.QUIET
    picture[down, across] = bar


def _shows_heat(analysis: Analysis | None, style: PictureStyle) -> bool:
    return analysis is not None and style.heatmap.visible
