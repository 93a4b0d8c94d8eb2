"""From HU and heat to the pixels of a frame, by two look-up tables.

Gray comes from a table over all int16 values, made once a window. The overlay comes from a table over (heat level,
gray level), made once a style. So a frame is two look-ups at most, whatever the window and the colors are.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.volume import HuArray
from leukoviewer.core.window import Window
from leukoviewer.display import colormap
from leukoviewer.display.state import HeatmapStyle

Heat = NDArray[np.float32]

_OPAQUE = np.uint32(0xFF000000)


@lru_cache(maxsize=32)
def gray_table(window: Window, *, inverted: bool = False) -> NDArray[np.uint8]:
    """Gray level of every int16 value.

    Returns
    -------
    array of uint8, shape (65536,)
        Indexed by the HU's bit pattern (``hu.view(numpy.uint16)``); read-only.
    """
    levels = window.to_gray(np.arange(65536, dtype=np.uint16).view(np.int16))
    levels = 255 - levels if inverted else levels
    levels.setflags(write=False)
    return levels


def to_gray(hu: HuArray, window: Window, *, inverted: bool = False) -> NDArray[np.uint8]:
    """Gray levels of a slice.

    Parameters
    ----------
    hu : array of int16 or float32, shape (rows, columns)
        HU values.
    window : Window
        Gray scale.
    inverted : bool
        Whether low values are white.

    Returns
    -------
    array of uint8, shape (rows, columns)
        Equal to ``window.to_gray(hu)``, inverted where asked.
    """
    if hu.dtype == np.int16:
        return gray_table(window, inverted=inverted).take(np.ascontiguousarray(hu).view(np.uint16))
    levels = window.to_gray(hu)
    return 255 - levels if inverted else levels


def heat_levels(heat: Heat, threshold: float) -> NDArray[np.uint8]:
    """Levels of heat as the overlay table counts them.

    Parameters
    ----------
    heat : array of float32, shape (rows, columns)
        0..1 of the scan's scale; NaN where the model saw nothing.
    threshold : float
        0..1; values under it are not painted, nor is no heat at all.

    Returns
    -------
    array of uint8, same shape
        0 where nothing is painted, else 1..255: the nearest of 256 levels, at least 1.
    """
    painted = _is_painted(heat, threshold)
    scaled = np.clip(heat, np.float32(0), np.float32(1))
    scaled *= np.float32(255)
    np.rint(scaled, out=scaled)
    with np.errstate(invalid="ignore"):  # NaN has no level; it is not painted either
        levels = scaled.astype(np.uint8)
    np.maximum(levels, 1, out=levels)
    levels *= painted
    return levels


@lru_cache(maxsize=8)
def overlay_table(name: str, opacity: float) -> NDArray[np.uint32]:
    """Packed color of every pair of heat level and gray level.

    Parameters
    ----------
    name : str
        Color map.
    opacity : float
        0..1, the same for every painted level.

    Returns
    -------
    array of uint32, shape (65536,)
        ``0xffRRGGBB`` at ``256 * heat level + gray level``; heat level 0 is the gray itself; read-only.
    """
    gray = np.arange(256, dtype=np.float64)[None, :, None]
    colors = colormap.table(name).astype(np.float64)[:, None, :]
    mixed = np.rint(gray * (1 - opacity) + colors * opacity).astype(np.uint32)
    mixed[0] = np.arange(256, dtype=np.uint32)[:, None]
    red, green, blue = (mixed[..., channel] for channel in range(3))
    packed = (_OPAQUE | red << np.uint32(16) | green << np.uint32(8) | blue).ravel()
    packed.setflags(write=False)
    return packed


def compose_packed(
    hu: HuArray,
    window: Window,
    *,
    heat: Heat | None = None,
    style: HeatmapStyle | None = None,
    inverted: bool = False,
) -> NDArray[np.uint32]:
    """A frame as the screen takes it: uint32 ``0xffRRGGBB``, shape (rows, columns); see :func:`compose`."""
    style = style or HeatmapStyle()
    frame = _packed_gray(hu, window, inverted=inverted)
    if heat is None or not style.visible:
        return frame
    if heat.shape != hu.shape:
        raise ValueError(f"the heat {heat.shape} does not lie on the slice {hu.shape}")
    box = _painted_box(heat, style.threshold)
    index = frame[box] & np.uint32(0xFF)
    index |= heat_levels(heat[box], style.threshold).astype(np.uint32) << np.uint32(8)
    frame[box] = overlay_table(style.colormap, style.opacity).take(index, mode="wrap")
    return frame


def _packed_gray(hu: HuArray, window: Window, *, inverted: bool) -> NDArray[np.uint32]:
    if hu.dtype == np.int16:
        # All indices lie in the table: without a look at each, the look-up takes two thirds of the time.
        return _packed_gray_table(window, inverted=inverted).take(np.ascontiguousarray(hu).view(np.uint16), mode="wrap")
    return _packed(to_gray(hu, window, inverted=inverted))


@lru_cache(maxsize=32)
def _packed_gray_table(window: Window, *, inverted: bool) -> NDArray[np.uint32]:
    """Packed gray of every int16 value: where nothing is painted, a frame is one look-up."""
    return _packed(gray_table(window, inverted=inverted))


def _packed(gray: NDArray[np.uint8]) -> NDArray[np.uint32]:
    return gray * np.uint32(0x010101) | _OPAQUE


def _is_painted(heat: Heat, threshold: float) -> NDArray[np.bool_]:
    """Where the heat reaches the threshold; no heat is painted at a threshold of 0 either."""
    painted: NDArray[np.bool_] = heat >= np.float32(threshold) if threshold > 0 else heat > 0
    return painted


def _painted_box(heat: Heat, threshold: float) -> tuple[slice, slice]:
    """Rows and columns of the painted pixels: heat is mostly a spot, the rest needs no second look-up."""
    painted = _is_painted(heat, threshold)
    rows = _span(np.logical_or.reduce(painted, axis=1))
    return rows, _span(np.logical_or.reduce(painted[rows], axis=0))


def _span(line: NDArray[np.bool_]) -> slice:
    """From the first to the last true value."""
    found = np.flatnonzero(line)
    return slice(int(found[0]), int(found[-1]) + 1) if found.size else slice(0, 0)


def compose(
    hu: HuArray,
    window: Window,
    *,
    heat: Heat | None = None,
    style: HeatmapStyle | None = None,
    inverted: bool = False,
) -> NDArray[np.uint8]:
    """A frame: the slice in its window, the heat over it.

    Parameters
    ----------
    hu : array of int16 or float32, shape (rows, columns)
        HU values.
    window : Window
        Gray scale.
    heat : array of float32, shape (rows, columns), optional
        Heat on the native pixels, 0..1 of the scan's one scale; NaN where the model saw nothing.
    style : HeatmapStyle, optional
        How the heat is painted; not at all when it is not visible.
    inverted : bool
        Whether low values are white.

    Returns
    -------
    array of uint8, shape (rows, columns, 3)
        Red, green, blue: ``round(gray (1 - opacity) + color opacity)`` at and above the threshold, gray under it and
        where there is no heat.

    Raises
    ------
    ValueError
        The heat has another shape than the slice.
    """
    return unpacked(compose_packed(hu, window, heat=heat, style=style, inverted=inverted))


def unpacked(packed: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Red, green and blue of packed pixels: uint8, shape (..., 3)."""
    channels = [(packed >> shift).astype(np.uint8) for shift in (16, 8, 0)]
    return np.stack(channels, axis=-1)
