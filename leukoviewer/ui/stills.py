"""A picture of the active view alone, as on the screen or with its stored pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter

from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import HuArray
from leukoviewer.display.compose import compose_packed, unpacked
from leukoviewer.display.corner_text import CornerTexts, corner_texts
from leukoviewer.display.heat import native_heat
from leukoviewer.display.pictures import RESEARCH_USE, mm_true
from leukoviewer.display.state import ViewState
from leukoviewer.ui.export_wish import ExportWish
from leukoviewer.ui.findings_text import provenance
from leukoviewer.ui.hanging import first_turn
from leukoviewer.ui.language import tr
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.array_image import image_of
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.slice_overlay import Notice
from leukoviewer.ui.widgets.slice_view import SliceView

# Words over fewer pixels cover the picture: stored pixels are enlarged by a whole number then.
_LEAST_PX = 512


def still(session: Session, view: SliceView, wish: ExportWish) -> QImage | None:
    """The picture that was wished for; None while the slice is not read."""
    series, state = session.series, session.view
    hu = None if state is None else session.hu(state.slice_index)
    if series is None or state is None or hu is None:
        return None
    shown = session.explanation if wish.heatmap else None
    packed = _frame(hu, state, shown)
    marks = view.layer.marks if wish.measurements else ()
    if wish.stored_pixels and shown is None and not (wish.words or wish.named or marks):
        plane = series.slices[state.slice_index].plane
        return image_of(mm_true(state.turn.apply(unpacked(packed)), plane, turn=state.turn))
    copy = SliceView(view)
    try:
        _lay(copy, session, view, stored_pixels=wish.stored_pixels)
        copy.set_frame(packed)
        copy.layer.set_marks(marks, selected="")
        copy.layer.tells_all = wish.stored_pixels
        _write(copy, session, view, wish, shown)
        ratio = 1.0 if wish.stored_pixels else view.devicePixelRatioF()
        image = QImage(
            QSize(round(copy.width() * ratio), round(copy.height() * ratio)), QImage.Format.Format_RGB32
        )  # fmt: skip
        image.setDevicePixelRatio(ratio)
        copy.render(image)
        image.setDevicePixelRatio(1.0)
        return image
    finally:
        copy.deleteLater()


def png_bytes(image: QImage) -> bytes:
    """An image as the bytes of a PNG file, without any metadata."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _frame(hu: HuArray, state: ViewState, shown: Analysis | None) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
    heat = None if shown is None else native_heat(shown, state.slice_index)
    if heat is not None and heat.shape != hu.shape:
        heat = None
    style = state.heatmap.with_visible(visible=True)
    return compose_packed(hu, state.window, heat=heat, style=style, inverted=state.inverted)


def _lay(copy: SliceView, session: Session, view: SliceView, *, stored_pixels: bool) -> None:
    """Size, zoom and place: those of the view, or one px for each stored pixel and nothing around."""
    port = view.viewport
    if stored_pixels:
        seen, finest = port.seen_mm, min(port.spacing_mm)
        sides = (seen.width() / finest, seen.height() / finest)
        grown = -(-_LEAST_PX // round(min(sides))) if min(sides) < _LEAST_PX else 1
        copy.resize(round(sides[0]) * grown, round(sides[1]) * grown)
    else:
        copy.resize(view.size())
    series, state = session.series, session.view
    if series is not None and state is not None:
        copy.set_geometry(series.slices[state.slice_index].plane, turn=state.turn)
    copy.set_viewport(replace(port, zoom=1.0, pan=(0.0, 0.0)) if stored_pixels else port)


def _write(copy: SliceView, session: Session, view: SliceView, wish: ExportWish, shown: Analysis | None) -> None:
    series, state = session.series, session.view
    if series is None or state is None:
        return
    turned = state.turn.since(first_turn(series))
    told = corner_texts(
        series, state.slice_index, window=state.window, zoom=copy.zoom, turned=turned,
        is_key=state.slice_index in session.key_images.of(series.key),
    )  # fmt: skip
    broken = session.broken(state.slice_index)
    copy.set_notice(Notice.broken(broken) if broken else None)
    # What a scanner or a person typed into descriptions may name the patient, too.
    upper = (told.top_left, told.top_right) if wish.named else ((), ())
    lower = (told.bottom_left, told.bottom_right) if wish.words else ((), ())
    if shown is not None:
        model = session.model
        method = shown.heatmap_method if model is None else model.heatmap(shown.heatmap_method).name
        copy.set_color_bar(ColorBar(state.heatmap, method=method, note=provenance(shown.package)))
    if shown is not None or wish.words or copy.layer.marks:
        lower = ((tr(RESEARCH_USE), *lower[0]), lower[1])
    copy.set_corner_texts(CornerTexts(upper[0], upper[1], lower[0], lower[1]))
    if wish.words:
        copy.set_lines(view.lines)
