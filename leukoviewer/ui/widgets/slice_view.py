"""Shows one slice: mm-true picture, letters, scale, corner texts, color bar; turns the mouse into intents."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.window import BRAIN, Window
from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.orientation import EdgeLetters, Turn, edge_letters
from leukoviewer.ui import corner_words
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets.array_image import Pixels, image_over
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.guide_lines import GuideLine, paint_guide_lines
from leukoviewer.ui.widgets.magnifier import Magnifier
from leukoviewer.ui.widgets.measurement_layer import MeasurementLayer
from leukoviewer.ui.widgets.slice_ground import paint_ground
from leukoviewer.ui.widgets.slice_overlay import Notice, Overlay, occupied, paint_overlay
from leukoviewer.ui.widgets.study_banner import Banner
from leukoviewer.ui.widgets.viewport import Viewport

_WHEEL_STEP = 120
_ZOOM_PER_STEP = 1.15
# A drag of this many px doubles the window's width; the center moves by the width in as many px.
_WINDOW_DRAG_PX = 256.0
# Narrow windows would hardly move otherwise.
_LEAST_WIDTH_HU = 32.0
_ZOOM_DRAG_PX = 160.0
_SCROLL_DRAG_PX = 9.0
_DRAGS = {Qt.MouseButton.MiddleButton: "move", Qt.MouseButton.RightButton: "zoom"}
# A shorter way between press and release is a click.
_CLICK_PX = 3


@dataclass(slots=True)
class _Drag:
    """What the pressed button does until it is released."""

    button: Qt.MouseButton
    start: QPointF
    last: QPointF
    window: Window
    moved: bool = False
    scrolled: int = 0


class SliceView(QWidget):
    """One slice with everything written over it.

    Signals
    -------
    slice_requested(int)
        Slices to go, positive toward the base (wheel).
    window_dragged(float, float)
        New center and width in HU (left drag: horizontal width, vertical center).
    cursor_moved(object)
        ``(row, column)`` of the stored pixel under the cursor, or None.
    zoom_changed(float)
        Screen px per stored pixel (device px), whenever it changes.
    maximize_requested()
        Double click.
    menu_requested(QPoint)
        Right click without a drag, at this global position.
    """

    slice_requested = Signal(int)
    window_dragged = Signal(float, float)
    cursor_moved = Signal(object)
    zoom_changed = Signal(float)
    maximize_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = MeasurementLayer(self)
        self.magnifier = Magnifier(self)
        self._lines: tuple[GuideLine, ...] = ()
        self._pixels: Pixels | None = None
        self._image: QImage | None = None
        self._viewport = Viewport((1.0, 1.0), 1, 1)
        self._overlay = Overlay()
        self._window = BRAIN
        self._is_smooth = True
        self._swaps_drag, self._left_drag = False, "window"
        self._drag: _Drag | None = None
        self._wheel = 0
        self._told_zoom = 0.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)
        self.setAccessibleName(tr("Slice"))

    # What is shown

    def set_frame(self, pixels: Pixels | None) -> None:
        """Show a picture in stored order; the array is kept and must not change.

        Parameters
        ----------
        pixels : array or None
            uint8 (rows, columns) gray, uint8 (rows, columns, 3) red green blue, or uint32 (rows, columns)
            ``0xffRRGGBB`` (fastest); None for no picture.
        """
        self._pixels = pixels if pixels is None or pixels.flags.c_contiguous else pixels.copy()
        before = self._image
        self._image = None if self._pixels is None else image_over(self._pixels)
        # Nearly all frames are as large as the one before.
        if self._image is not None and (before is None or before.size() != self._image.size()):
            self._set_viewport(self._viewport.with_picture(self._image.width(), self._image.height()))
        self.update()

    def set_geometry(self, plane: SlicePlane | None, *, turn: Turn | None = None) -> None:
        """Pixel distances and directions of the slice; without a plane: square pixels, no letters, no scale bar."""
        turn = turn or Turn()
        self._write(letters=edge_letters(plane, turn=turn), has_scale=plane is not None)
        spacing = (1.0, 1.0) if plane is None else plane.spacing_mm
        self._set_viewport(self._viewport.turned(turn).with_geometry(spacing, turn))

    def set_window(self, window: Window) -> None:
        """The window in use: where the next drag starts from."""
        self._window = window

    def set_corner_texts(self, texts: CornerTexts) -> None:
        """Lines of the four corners."""
        self._write(texts=corner_words.spoken(texts))

    def set_readout(self, text: str) -> None:
        """What is under the cursor, e.g. ``"34 HU"``; stands above the lower left corner's lines."""
        self._write(readout=text)

    def set_color_bar(self, bar: ColorBar | None) -> None:
        """Show what the heatmap's colors mean, None while no heatmap shows."""
        if bar != self._overlay.bar:
            self._write(bar=bar)

    def set_notice(self, notice: Notice | None) -> None:
        """Say why there is no slice (loading, broken), None when it is there."""
        self._write(notice=notice)

    def set_remark(self, text: str) -> None:
        """Say how this view follows another one; stands under the upper left corner's lines."""
        self._write(remark=text)

    def set_banner(self, banner: Banner) -> None:
        """Say over the upper edge which study this is."""
        self._write(banner=banner)

    def set_mode(self, text: str) -> None:
        """Say what runs by itself; stands under the upper left corner's lines."""
        self._write(mode=text)

    def set_lines(self, lines: tuple[GuideLine, ...]) -> None:
        """Show where other planes lie."""
        if lines != self._lines:
            self._lines = lines
            self.update()

    def set_active(self, active: bool) -> None:
        """Mark it as the one of several views that the keys go to."""
        self._write(is_active=active)

    @Slot(bool)
    def set_smooth(self, smooth: bool) -> None:
        """Smooth between pixels, or show each pixel as a square."""
        self._is_smooth = smooth
        self.update()

    @Slot(bool)
    def set_texts_visible(self, visible: bool) -> None:
        """Show or hide the corner texts; letters, color bar and notices always stand."""
        self._write(shows_texts=visible)

    @Slot(bool)
    def set_drag_swapped(self, swapped: bool) -> None:
        """Let the horizontal drag move the center and the vertical one the width."""
        self._swaps_drag = swapped

    def set_left_drag(self, does: str) -> None:
        """Let the left button change the ``window``, ``scroll``, ``move`` the picture or ``zoom``."""
        self._left_drag = does

    def _write(self, **changes: object) -> None:
        """Change what stands over the picture."""
        self._overlay = replace(self._overlay, **changes)  # type: ignore[arg-type]
        self.update()

    # Zoom and pan

    @property
    def viewport(self) -> Viewport:
        """Where the picture lies now."""
        return self._viewport

    def set_viewport(self, viewport: Viewport) -> None:
        """Zoom and pan as in another view; the size stays."""
        held = replace(self._viewport, zoom=viewport.zoom, pan=viewport.pan)
        self._set_viewport(held.with_size(self.width(), self.height()))

    @property
    def remark(self) -> str:
        """How it follows another view."""
        return self._overlay.remark

    @property
    def lines(self) -> tuple[GuideLine, ...]:
        """Where other planes lie."""
        return self._lines

    @property
    def is_active(self) -> bool:
        """Whether it is marked as the active one of several."""
        return self._overlay.is_active

    @property
    def letters(self) -> EdgeLetters:
        """The letters at the four edges."""
        return self._overlay.letters

    @property
    def notice(self) -> Notice | None:
        """What stands in the middle."""
        return self._overlay.notice

    @property
    def zoom(self) -> float:
        """Device px per stored pixel."""
        return self._viewport.px_per_pixel * self.devicePixelRatioF()

    @Slot()
    def reset_view(self) -> None:
        """Fit and center the picture."""
        self._set_viewport(self._viewport.reset())

    def set_scale(self, px_per_mm: float) -> None:
        """Zoom to an exact scale, in logical px of the screen."""
        self._set_viewport(self._viewport.at_scale(px_per_mm))

    @Slot()
    def zoom_in(self) -> None:
        """One step larger about the center."""
        self._zoom_by(_ZOOM_PER_STEP, QPointF(self.width() / 2, self.height() / 2))

    @Slot()
    def zoom_out(self) -> None:
        """One step smaller about the center."""
        self._zoom_by(1 / _ZOOM_PER_STEP, QPointF(self.width() / 2, self.height() / 2))

    def _zoom_by(self, factor: float, anchor: QPointF) -> None:
        self._set_viewport(self._viewport.zoomed(factor, anchor))

    def _set_viewport(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self.update()
        if self._image is not None and not math.isclose(self.zoom, self._told_zoom, rel_tol=1e-6):
            self._told_zoom = self.zoom
            self.zoom_changed.emit(self.zoom)

    def sizeHint(self) -> QSize:
        """As large as a CT slice."""
        return QSize(640, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture fitted."""
        super().resizeEvent(event)
        self._set_viewport(self._viewport.with_size(self.width(), self.height()))

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Wheel: slices. Ctrl and wheel: zoom at the cursor."""
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(_ZOOM_PER_STEP ** (turned / _WHEEL_STEP), event.position())
        else:
            # Fine wheels and touch pads send parts of a step.
            self._wheel += turned
            steps = int(self._wheel / _WHEEL_STEP)
            self._wheel -= steps * _WHEEL_STEP
            if steps:
                self.slice_requested.emit(-steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw or take a measurement, else begin a drag; a second button during a drag does nothing."""
        if self._drag is None and not self._is_for_layer(event):
            self._drag = _Drag(event.button(), event.position(), event.position(), self._window)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the pixel under the cursor; go on with the drag."""
        self.magnifier.follow(event.position())
        self.cursor_moved.emit(None if self._image is None else self._viewport.pixel_at(event.position()))
        drag = self._drag
        if drag is None:
            self.layer.move(event.position(), self._viewport)
            return
        way = event.position() - drag.start
        drag.moved = drag.moved or way.manhattanLength() >= _CLICK_PX
        if drag.moved:
            self._go_on(drag, event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag; a right click without one asks for the menu."""
        drag = self._drag
        if event.button() is Qt.MouseButton.LeftButton and self.layer.release(event.position(), self._viewport):
            return
        if drag is None or event.button() != drag.button:
            return
        self._drag = None
        if drag.button is Qt.MouseButton.RightButton and not drag.moved:
            self.menu_requested.emit(event.globalPosition().toPoint())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask to maximize the view, unless the clicks belong to a measurement."""
        if event.button() is Qt.MouseButton.LeftButton and not self._is_for_layer(event):
            self.maximize_requested.emit()
        event.accept()

    def _is_for_layer(self, event: QMouseEvent) -> bool:
        is_left = event.button() is Qt.MouseButton.LeftButton and self._image is not None
        return is_left and self.layer.press(event.position(), self._viewport)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        super().leaveEvent(event)
        self.magnifier.follow(None)
        self.cursor_moved.emit(None)

    def _go_on(self, drag: _Drag, position: QPointF) -> None:
        step = position - drag.last
        drag.last = position
        does = self._left_drag if drag.button is Qt.MouseButton.LeftButton else _DRAGS.get(drag.button)
        if does == "window":
            self._drag_window(drag, position - drag.start)
        elif does == "move":
            self._set_viewport(self._viewport.panned(step))
        elif does == "zoom":
            self._zoom_by(2 ** (-step.y() / _ZOOM_DRAG_PX), drag.start)
        elif does == "scroll":
            steps = int((position - drag.start).y() / _SCROLL_DRAG_PX) - drag.scrolled
            if steps:
                drag.scrolled += steps
                self.slice_requested.emit(steps)

    def _drag_window(self, drag: _Drag, way: QPointF) -> None:
        across, down = (way.y(), way.x()) if self._swaps_drag else (way.x(), way.y())
        per_px = max(drag.window.width, _LEAST_WIDTH_HU) / _WINDOW_DRAG_PX
        center = round(drag.window.center + down * per_px)
        dragged = drag.window.with_values(center=center, width=round(drag.window.width + across * per_px))
        self.window_dragged.emit(dragged.center, dragged.width)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and what is written over it."""
        painter = QPainter(self)
        paint_ground(painter, self.rect(), self._image, self._viewport)
        self._paint_picture(painter, self._viewport)
        paint_overlay(painter, self._overlay, self._viewport, font=self.font())
        self.magnifier.paint(painter, self._viewport, self._paint_picture)
        painter.end()

    def _paint_picture(self, painter: QPainter, viewport: Viewport) -> None:
        """The slice and what is drawn on it, laid as a viewport tells."""
        if self._image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_smooth)
        painter.setWorldTransform(viewport.transform())
        painter.drawImage(QPointF(0, 0), self._image)
        painter.resetTransform()
        paint_guide_lines(painter, self._lines, viewport)
        painter.setFont(self.font())
        # In the lens nothing else is written.
        self.layer.paint(painter, viewport, self._occupied if viewport is self._viewport else tuple)

    def _occupied(self) -> tuple[QRectF, ...]:
        return occupied(self._overlay, self._viewport, font=self.font())
