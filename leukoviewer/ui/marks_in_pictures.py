"""What the reader measured, as it is laid over the pages and films of a series."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from leukoviewer.core.measurements import Measurement, Values, geometry
from leukoviewer.core.series import Series
from leukoviewer.display.measurement_marks import ALL_WORDS_FROM_PX, Mark
from leukoviewer.display.orientation import Turn, radiological
from leukoviewer.display.overlays import Overlay
from leukoviewer.display.pictures import frame_px
from leukoviewer.ui.marks_beside import values_in
from leukoviewer.ui.measurement_words import caption
from leukoviewer.ui.readout import unit
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.mark_painter import paint_mark
from leukoviewer.ui.widgets.viewport import Viewport


def marks_in(
    session: Session, indices: tuple[int, ...], *, turn: Turn | None, longest_px: int | None, right_px: float = 0.0
) -> dict[int, Overlay]:
    """The measurements of native slices of the shown series, each with its values, as overlays of its picture.

    Parameters
    ----------
    session : Session
        What is shown; slices without measurements are left out.
    indices : tuple of int
        Native slices.
    turn : Turn or None
        How the pictures are laid; None for the convention of radiology.
    longest_px : int or None
        Longer side of a picture; None for stored pixels, as :func:`~leukoviewer.display.pictures.slice_picture` has it.
    right_px : float
        Room at the right of a picture that the values leave free, for the color bar of a heatmap.
    """
    series = session.series
    if series is None:
        return {}
    drawn: dict[int, list[Measurement]] = {}
    for one in session.measurements.of(series.key):
        drawn.setdefault(one.slice_index, []).append(one)
    made = {}
    for index in (index for index in indices if index in drawn):
        port = _port(series, index, turn=turn, longest_px=longest_px)
        is_long = max(port.size) >= ALL_WORDS_FROM_PX
        marks = tuple(_mark(session, series, one, is_long=is_long) for one in drawn[index])
        made[index] = _overlay(marks, port, right_px=right_px)
    return made


def _port(series: Series, index: int, *, turn: Turn | None, longest_px: int | None) -> Viewport:
    """The slice fills its picture without an edge."""
    header = series.slices[index]
    turn = radiological(header.plane) if turn is None else turn
    rows, columns = header.pixels.rows, header.pixels.columns
    height, width = frame_px((rows, columns), header.plane, turn=turn, longest_px=longest_px)
    spacing_mm = (1.0, 1.0) if header.plane is None else header.plane.spacing_mm
    return Viewport((width, height), columns, rows, spacing_mm, turn)


def _mark(session: Session, series: Series, one: Measurement, *, is_long: bool) -> Mark:
    values = values_in(session, one) if is_long else _size_of(series, one)
    lines = caption(one.kind, values, text=one.text, unit=unit(series, one.slice_index))
    return Mark(one.id, one.kind, one.points, lines)


def _size_of(series: Series, one: Measurement) -> Values:
    """Without the pixels, which take long where hundreds of measurements are shown."""
    plane = series.slices[one.slice_index].plane
    return Values() if plane is None else geometry(one.kind, one.points, plane.spacing_mm)


def _overlay(marks: tuple[Mark, ...], port: Viewport, *, right_px: float) -> Overlay:
    width, height = round(port.size[0]), round(port.size[1])
    image = QImage(width, height, QImage.Format.Format_RGBA8888_Premultiplied)
    image.fill(0)
    taken: tuple[QRectF, ...] = ()
    painter = QPainter(image)
    for mark in marks:
        taken = (*taken, *paint_mark(painter, mark, port, is_selected=False, taken=taken, right_px=right_px))
    painter.end()
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return lines[:, : width * 4].reshape(height, width, 4).copy()
