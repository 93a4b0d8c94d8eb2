"""Pictures of single slices for export: mm-true, with letters, color bar, provenance and the research-use line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.results import Analysis
from leukoviewer.core.score_text import score_text
from leukoviewer.core.volume import Volume
from leukoviewer.core.window import BRAIN, Window
from leukoviewer.display import lettering
from leukoviewer.display.compose import compose
from leukoviewer.display.heat import cell_mm, native_heat
from leukoviewer.display.lettering import Picture
from leukoviewer.display.orientation import EdgeLetters, Turn, edge_letters, radiological
from leukoviewer.display.overlays import Overlay, with_overlay
from leukoviewer.display.state import HeatmapStyle

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

RESEARCH_USE = "Research use, not for diagnosis"

_FOOT_PX = 40
_LINE_PX = 17
_SMALL_PX = 12
# In narrower pictures the words would cover one another and the slice: the fewest are left.
_ROOMY_PX = 200
_EDGE_PX = 8
_SMALLEST_PX = 384
_BAR_PX = 10
# What the color bar takes at the right of a picture, with its words and where there is no room for them.
_BAR_ROOM_PX, _BARE_BAR_ROOM_PX = 80, 26
_LEAST_LETTERS = 8
_LABEL_PX = 11
# Smaller pictures have no room for a scale beside their letters.
_SCALED_FROM_PX = 96
_RULERS_MM = (100, 50, 20, 10, 5)
_RULER_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How exported pictures look.

    Attributes
    ----------
    window : Window
        Gray scale.
    heatmap : HeatmapStyle
        How the heatmap is painted.
    inverted : bool
        Whether low values are white.
    turn : Turn, optional
        How the picture is laid; without it by the convention of radiology, as the window shows it.
    who : str
        Patient and date, burnt in only where they are asked for; empty for a picture that tells nobody.
    words : bool
        Whether slice, window, letters and scale are written; whose heat is shown always is.
    marks : mapping of int to array of uint8, shape (height, width, 4)
        What the reader drew on native slices, laid as the picture is, see :mod:`leukoviewer.display.overlays`.
    """

    window: Window = BRAIN
    heatmap: HeatmapStyle = field(default_factory=HeatmapStyle)
    inverted: bool = False
    turn: Turn | None = None
    who: str = ""
    words: bool = True
    marks: Mapping[int, Overlay] = field(default_factory=dict)

    def laid(self, plane: SlicePlane | None) -> Turn:
        """How a slice that lies in ``plane`` is laid."""
        return radiological(plane) if self.turn is None else self.turn


def slice_frame(volume: Volume, index: int, *, analysis: Analysis | None, style: PictureStyle) -> Picture:
    """The bare frame of a native slice, stored pixels: uint8 (rows, columns, 3)."""
    heat = None if analysis is None else native_heat(analysis, index)
    return compose(volume.hu[index], style.window, heat=heat, style=style.heatmap, inverted=style.inverted)


def laid_frame(
    volume: Volume, index: int, *, analysis: Analysis | None, style: PictureStyle, least_px: int = 1
) -> Picture:
    """The bare frame as it is laid, in square pixels: uint8 (height, width, 3)."""
    plane = volume.series.slices[index].plane
    turn = style.laid(plane)
    frame = turn.apply(slice_frame(volume, index, analysis=analysis, style=style))
    return mm_true(frame, plane, turn=turn, least_px=least_px)


def slice_picture(
    volume: Volume,
    index: int,
    *,
    analysis: Analysis | None = None,
    style: PictureStyle | None = None,
    longest_px: int | None = None,
) -> Picture:
    """A slice with its heatmap, everything a reader needs burnt in, nothing of the patient's name.

    Parameters
    ----------
    volume : Volume
        The series.
    index : int
        Native slice, superior first, from 0.
    analysis : Analysis, optional
        The result whose heatmap, score and provenance are shown.
    style : PictureStyle, optional
        Window and heatmap; brain window and the usual heatmap by default.
    longest_px : int, optional
        Longer side of the frame; by default stored pixels are kept, but for small ones, which are enlarged.

    Returns
    -------
    array of uint8, shape (height, width, 3)
        The frame in square pixels (stored pixels unchanged where they are square) over a foot line; the frame alone
        where neither words nor a heatmap are shown.
    """
    style = style or PictureStyle()
    plane = volume.series.slices[index].plane
    shows_heat = analysis is not None and style.heatmap.visible
    # Pictures of one film have one size: a slice without marks has the foot of those with them.
    is_bare = not (style.words or shows_heat or style.who or style.marks)
    least_px = 1 if is_bare or longest_px is not None else _SMALLEST_PX
    frame = laid_frame(volume, index, analysis=analysis, style=style, least_px=least_px)
    frame = frame if longest_px is None else scaled(frame, longest_px)
    frame = with_overlay(frame, style.marks.get(index))
    if is_bare:
        return frame
    height, width = frame.shape[:2]
    warning = research_lines(width - 2 * _EDGE_PX, _SMALL_PX)
    picture = np.zeros((height + _FOOT_PX + _LINE_PX * (len(warning) - 1), width, 3), dtype=np.uint8)
    picture[:height] = frame
    if shows_heat:
        _lay_bar(picture[:height], style.heatmap)
    image = lettering.canvas(picture)
    draw = lettering.pen(image)
    if style.words:
        letters = edge_letters(plane, turn=style.laid(plane))
        _write_letters(draw, letters, (width, height), right_px=_BAR_PX + _EDGE_PX if shows_heat else 0)
        _write_facts(draw, volume, index, style.window, is_roomy=width >= _ROOMY_PX)
        write_scale(draw, plane, frame.shape, at=(_EDGE_PX, height - _EDGE_PX), turn=style.laid(plane))
    if style.who:
        who = lettering.fitted(style.who, 12, width - 2 * _EDGE_PX)
        lettering.write(draw, (width - _EDGE_PX, height - _EDGE_PX - 20), who, anchor="rd", size=12)
    if analysis is not None and shows_heat and width >= _ROOMY_PX:
        _write_bar(draw, analysis, style.heatmap, (width, height), volume.spacing_mm)
    _write_foot(draw, analysis, index, (width, height), warning=warning)
    return lettering.picture_of(image)


def frame_px(
    shape: tuple[int, int], plane: SlicePlane | None, *, turn: Turn, longest_px: int | None
) -> tuple[int, int]:
    """Height and width that the frame of a slice with this shape (rows, columns) gets by :func:`slice_picture`."""
    rows, columns = shape[::-1] if turn.swaps_axes else shape
    if longest_px is None:
        width, height = _square_px((rows, columns), plane, turn=turn, least_px=_SMALLEST_PX)
    else:
        width, height = _scaled_px(_square_px((rows, columns), plane, turn=turn), longest_px)
    return height, width


def mm_true(frame: Picture, plane: SlicePlane | None, *, turn: Turn | None = None, least_px: int = 1) -> Picture:
    """The frame in square pixels: enlarged along the axis with the larger spacing, and as a whole up to ``least_px``.

    A frame that is square and large enough already comes back as it is; ``turn`` says how it is laid.
    """
    size = _square_px((frame.shape[0], frame.shape[1]), plane, turn=turn, least_px=least_px)
    if size == (frame.shape[1], frame.shape[0]):
        return frame
    from PIL import Image

    return lettering.picture_of(lettering.canvas(frame).resize(size, Image.Resampling.BILINEAR))


def _square_px(
    shape: tuple[int, int], plane: SlicePlane | None, *, turn: Turn | None, least_px: int = 1
) -> tuple[int, int]:
    """Width and height in square pixels of a laid frame with this shape (rows, columns)."""
    down, across = (1.0, 1.0) if plane is None else plane.spacing_mm
    if turn is not None and turn.swaps_axes:
        down, across = across, down
    finest = min(down, across)
    rows, columns = shape[0] * down / finest, shape[1] * across / finest
    grown = max(least_px / min(rows, columns), 1.0)
    return round(columns * grown), round(rows * grown)


def scaled(frame: Picture, longest_px: int) -> Picture:
    """The frame with this longer side."""
    from PIL import Image

    size = _scaled_px((frame.shape[1], frame.shape[0]), longest_px)
    if size == (frame.shape[1], frame.shape[0]):
        return frame
    way = Image.Resampling.BOX if longest_px < max(frame.shape[:2]) else Image.Resampling.BILINEAR
    return lettering.picture_of(lettering.canvas(frame).resize(size, way))


def _scaled_px(size: tuple[int, int], longest_px: int) -> tuple[int, int]:
    scale = longest_px / max(size)
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def write_scale(
    draw: ImageDraw,
    plane: SlicePlane | None,
    shape: tuple[int, ...],
    *,
    at: tuple[float, float],
    turn: Turn,
    from_right: bool = False,
) -> None:
    """A scale of a round length at a lower corner of a laid frame; none without distances or where there is no room.

    Parameters
    ----------
    draw : ImageDraw
        From :func:`leukoviewer.display.lettering.pen`.
    plane : SlicePlane or None
        The slice.
    shape : (height, width, ...)
        Of its laid frame in px.
    at : (float, float)
        x and y of the scale's left end, or of its right end.
    turn : Turn
        How the frame is laid.
    from_right : bool
        Whether ``at`` is the right end.
    """
    if plane is None or min(shape[:2]) < _SCALED_FROM_PX:
        return
    seen_mm = plane.rows * plane.spacing_mm[0] if turn.swaps_axes else plane.columns * plane.spacing_mm[1]
    px_per_mm = shape[1] / seen_mm
    length_mm = next((mm for mm in _RULERS_MM if mm * px_per_mm <= _RULER_SHARE * shape[1]), None)
    if length_mm is None:
        return
    length_px = length_mm * px_per_mm
    left = at[0] - length_px if from_right else at[0]
    ends = (round(left), round(left + length_px))
    lettering.rule(draw, ends, round(at[1]))
    text = f"{length_mm // 10} cm" if length_mm >= 10 else f"{length_mm} mm"
    lettering.write(draw, ((ends[0] + ends[1]) / 2, at[1] - 5), text, anchor="md", size=_LABEL_PX)


def bar_room_px(width: int) -> int:
    """What the color bar of a heatmap takes at the right of a picture that is so wide."""
    return _BAR_ROOM_PX if width >= _ROOMY_PX else _BARE_BAR_ROOM_PX


def provenance(analysis: Analysis) -> str:
    """Which model spoke, and what it was trained on."""
    return f"{analysis.package.id}, trained on {analysis.package.trained_on}"


def _bar_rows(height: int) -> tuple[int, int]:
    return round(height * 0.3), round(height * 0.7)


def _lay_bar(frame: NDArray[np.uint8], style: HeatmapStyle) -> None:
    top, bottom = _bar_rows(frame.shape[0])
    left = frame.shape[1] - _EDGE_PX - _BAR_PX
    frame[top - 1 : bottom + 1, left - 1 : left + _BAR_PX + 1] = lettering.QUIET
    frame[top:bottom, left : left + _BAR_PX] = lettering.color_bar(bottom - top, _BAR_PX, style)


def _write_bar(
    draw: ImageDraw,
    analysis: Analysis,
    style: HeatmapStyle,
    size: tuple[int, int],
    spacing_mm: tuple[float, float] | None,
) -> None:
    width, height = size
    top, bottom = _bar_rows(height)
    right = width - 2 * _EDGE_PX - _BAR_PX
    lettering.write(draw, (right, top), "scan max", anchor="rm", size=11)
    lettering.write(draw, (right, bottom), "0", anchor="rm", size=11)
    if 0.1 < style.threshold < 0.9:
        y = bottom - (bottom - top) * style.threshold
        lettering.write(draw, (right, y), f"{style.threshold * 100:.0f} %", anchor="rm", size=11)
    if spacing_mm is not None:
        tall, wide = cell_mm(analysis, spacing_mm)
        note = f"cells {tall:.0f} x {wide:.0f} mm"
        lettering.write(draw, (width - _EDGE_PX, bottom + 8), note, anchor="ra", size=11, color=lettering.QUIET)


def _write_letters(draw: ImageDraw, letters: EdgeLetters, size: tuple[int, int], *, right_px: int) -> None:
    width, height = size
    for text, at, anchor in (
        (letters.left, (_EDGE_PX, height / 2), "lm"),
        (letters.right, (width - _EDGE_PX - right_px, height / 2), "rm"),
        (letters.top, (width / 2, _EDGE_PX), "ma"),
        (letters.bottom, (width / 2, height - _EDGE_PX), "md"),
    ):
        lettering.write(draw, at, text, anchor=anchor, size=16)


def _write_facts(draw: ImageDraw, volume: Volume, index: int, window: Window, *, is_roomy: bool) -> None:
    plane = volume.series.slices[index].plane
    place = "" if plane is None else f"{plane.along_normal_mm:.1f} mm"
    lines = [f"Slice {index + 1} / {len(volume)}", place, f"W {window.width:g}  C {window.center:g}"]
    lines = lines if is_roomy else [f"{index + 1} / {len(volume)}"]
    for number, line in enumerate(line for line in lines if line):
        lettering.write(draw, (_EDGE_PX, _EDGE_PX + 16 * number), line)
    if index in volume.broken:
        lettering.write(draw, (_EDGE_PX, _EDGE_PX + 16 * len(lines)), "Slice could not be read", color=lettering.AMBER)


def research_lines(room: float, size: int) -> tuple[str, ...]:
    """The research-use words in as many lines as they need in this room, in px: they are never cut."""
    if lettering.text_width(RESEARCH_USE, size) <= room:
        return (RESEARCH_USE,)
    first, second = RESEARCH_USE.split(", ")
    return f"{first},", second


def with_provenance(lines: tuple[str, ...], analysis: Analysis, *, room: float, size: int) -> tuple[str, ...]:
    """The research-use lines and the model behind them: its name is cut, or left out, where there is no room for it."""
    whole = lettering.fitted(f"{lines[-1]}.  {provenance(analysis)}", size, room)
    return (*lines[:-1], whole if len(whole) > len(lines[-1]) + _LEAST_LETTERS else lines[-1])


def _write_foot(
    draw: ImageDraw, analysis: Analysis | None, index: int, size: tuple[int, int], *, warning: tuple[str, ...]
) -> None:
    width, height = size
    room = width - 2 * _EDGE_PX
    if analysis is not None:
        score = slice_score(analysis, index)
        told = "Not scored" if score is None else f"Score {score_text(score, analysis.slice_threshold)}"
        if not analysis.calibrated and score is not None:
            told = f"{told} (a score, not a probability)"
        told = lettering.fitted(told, _SMALL_PX, room)
        lettering.write(draw, (_EDGE_PX, height + 4), told, size=_SMALL_PX)
        warning = with_provenance(warning, analysis, room=room, size=_SMALL_PX)
    for number, line in enumerate(warning):
        text, at = lettering.fitted(line, _SMALL_PX, room), (_EDGE_PX, height + 21 + _LINE_PX * number)
        lettering.write(draw, at, text, size=_SMALL_PX, color=lettering.AMBER)


def slice_score(analysis: Analysis, index: int) -> float | None:
    """Score of a native slice, None where the model did not look."""
    return next((item.score for item in analysis.scores if index in item.native), None)
