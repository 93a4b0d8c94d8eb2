"""Measurements over the slice: drawing, selecting and dragging them with the mouse, and painting them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from leukoviewer.core.measurements import MAX_POINTS, Kind, Point, Points
from leukoviewer.display.measurement_marks import Mark
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.mark_painter import distance_px, paint_mark, point_of, spot_of, spots_of
from leukoviewer.ui.widgets.viewport import Viewport

Words = Callable[[Kind, Points, str], tuple[str, ...]]

# So near to a line or a handle the mouse takes hold of it.
_REACH_PX = 6.0
# A shorter way between press and release is a click: the next click sets the next point.
_CLICK_PX = 3.0
_FREEHAND_STEP_PX = 2.0


@dataclass(slots=True)
class _Draft:
    """What is being drawn; the last point follows the mouse."""

    kind: Kind
    points: list[Point]
    start: QPointF
    is_first: bool = True

    @property
    def is_done(self) -> bool:
        return len(self.points) == self.kind.point_count

    def mark(self) -> Mark:
        # An angle shows as a line until its vertex is set.
        kind = Kind.LENGTH if self.kind is Kind.ANGLE and len(self.points) == 2 else self.kind
        return Mark("", kind, tuple(self.points))


@dataclass(slots=True)
class _Grip:
    """What is held of a mark: a handle by its number, or the whole."""

    mark: Mark
    handle: int | None
    start: QPointF
    points: Points


class MeasurementLayer(QObject):
    """Takes the left mouse button from the slice view where measurements are concerned.

    Attributes
    ----------
    tells_all : bool
        Whether the pixels' values stand beside a measurement in a small view, too.

    Signals
    -------
    drawn(object, object)
        Kind and points of a new measurement.
    reshaped(str, object)
        Id and new points of one that was dragged.
    selected(str)
        Id of the one that was clicked; empty after a click beside all.
    """

    drawn = Signal(object, object)
    reshaped = Signal(str, object)
    selected = Signal(str)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.tells_all = False
        self._view = view
        self._marks: tuple[Mark, ...] = ()
        self._tool: Kind | None = None
        self._selected = ""
        self._draft: _Draft | None = None
        self._grip: _Grip | None = None
        self._words: Words = lambda _kind, _points, _id: ()

    # What is shown

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What stands over the picture, one that is dragged at its new place, one that is drawn last."""
        grip, draft = self._grip, self._draft
        shown = self._marks
        if grip is not None:
            lines = self._words(grip.mark.kind, grip.points, grip.mark.id)
            held = replace(grip.mark, points=grip.points, lines=lines)
            shown = tuple(held if mark.id == held.id else mark for mark in shown)
        if draft is not None:
            mark = draft.mark()
            shown = (*shown, replace(mark, lines=() if draft.kind is Kind.ARROW else self._words_of(mark)))
        return shown

    def _words_of(self, mark: Mark) -> tuple[str, ...]:
        return self._words(mark.kind, mark.points, "")

    @property
    def tool(self) -> Kind | None:
        """What the left button draws."""
        return self._tool

    def set_words(self, words: Words) -> None:
        """What tells the lines beside a measurement of this kind, with these points and this id, while it changes."""
        self._words = words

    def set_marks(self, marks: tuple[Mark, ...], *, selected: str) -> None:
        """Show the measurements of the shown slice."""
        if (marks, selected) != (self._marks, self._selected):
            self._marks, self._selected = marks, selected
            self._grip = None
            self._view.update()

    def set_tool(self, tool: Kind | None) -> None:
        """Let the left button draw, or window as usual."""
        self.cancel()
        self._tool = tool
        if tool is None:
            self._view.unsetCursor()
        else:
            self._view.setCursor(Qt.CursorShape.CrossCursor)

    def cancel(self) -> bool:
        """Drop what is being drawn or dragged; False when there was nothing."""
        was_busy = self._draft is not None or self._grip is not None
        self._draft = self._grip = None
        self._view.update()
        return was_busy

    # Mouse: each tells whether the event was taken

    def press(self, at: QPointF, viewport: Viewport) -> bool:
        """Take hold of a measurement, or set a point."""
        if self._draft is None:
            found = self._hit(at, viewport, only_selected=self._tool is not None)
            if found is not None:
                mark, handle = found
                # Selecting comes first: it shows the marks anew, and that lets go of what is held.
                self.selected.emit(mark.id)
                self._grip = _Grip(mark, handle, at, mark.points)
                return True
        if self._tool is None:
            self.selected.emit("")
            return False
        point = point_of(at, viewport)
        if self._draft is None:
            points = [point] if self._tool is Kind.FREEHAND else [point, point]
            self._draft = _Draft(self._tool, points, at)
        else:
            self._draft.points[-1], self._draft.start, self._draft.is_first = point, at, False
        self._view.update()
        return True

    def move(self, at: QPointF, viewport: Viewport) -> bool:
        """Let the last point, or what is held, follow the mouse."""
        if self._draft is not None:
            self._follow(self._draft, at, viewport)
        elif self._grip is not None:
            self._drag(self._grip, at, viewport)
        else:
            self._show_cursor(at, viewport)
            return False
        self._view.update()
        return True

    def release(self, at: QPointF, viewport: Viewport) -> bool:
        """Set the point, or let go what is held."""
        draft, grip = self._draft, self._grip
        if draft is not None:
            self._set_point(draft, at, viewport)
            return True
        if grip is None:
            return False
        self._grip = None
        if grip.points != grip.mark.points and not replace(grip.mark, points=grip.points).is_empty:
            self.reshaped.emit(grip.mark.id, grip.points)
        self._view.update()
        return True

    def _set_point(self, draft: _Draft, at: QPointF, viewport: Viewport) -> None:
        if draft.kind is Kind.FREEHAND:
            self._finish(draft)
            return
        if draft.is_first and distance_px(at, draft.start) < _CLICK_PX:
            return
        draft.points[-1] = point_of(at, viewport)
        if draft.is_done:
            self._finish(draft)
        else:
            draft.points.append(draft.points[-1])
            draft.is_first = False

    def _finish(self, draft: _Draft) -> None:
        self._draft = None
        mark = Mark("", draft.kind, tuple(draft.points))
        self._view.update()
        if len(mark.points) >= (draft.kind.point_count or 3) and not mark.is_empty:
            self.drawn.emit(mark.kind, mark.points)

    def _follow(self, draft: _Draft, at: QPointF, viewport: Viewport) -> None:
        point = point_of(at, viewport)
        if draft.kind is not Kind.FREEHAND:
            draft.points[-1] = point
        elif distance_px(at, spot_of(draft.points[-1], viewport)) >= _FREEHAND_STEP_PX:
            # The longest outlines close with a straight line rather than grow without end.
            draft.points = [*draft.points[: MAX_POINTS - 1], point]

    def _drag(self, grip: _Grip, at: QPointF, viewport: Viewport) -> None:
        if grip.points == grip.mark.points and distance_px(at, grip.start) < _CLICK_PX:
            return
        if grip.handle is not None:
            grip.points = grip.mark.with_handle(grip.handle, point_of(at, viewport))
            return
        begun, now = (point_of(spot, viewport, held=False) for spot in (grip.start, at))
        by = (now[0] - begun[0], now[1] - begun[1])
        grip.points = grip.mark.moved(by, (viewport.rows, viewport.columns))

    def _show_cursor(self, at: QPointF, viewport: Viewport) -> None:
        if self._tool is None:
            is_over = bool(self._marks) and self._hit(at, viewport) is not None
            self._view.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def _hit(self, at: QPointF, viewport: Viewport, *, only_selected: bool = False) -> tuple[Mark, int | None] | None:
        """The mark under the mouse, with the handle's number; the selected one first."""
        for mark in sorted(self._marks, key=lambda mark: mark.id != self._selected):
            if only_selected and mark.id != self._selected:
                continue
            for number, handle in enumerate(mark.handles()):
                if distance_px(at, spot_of(handle, viewport)) <= _REACH_PX:
                    return mark, number
            if _is_on_line(at, mark, viewport):
                return mark, None
        return None

    # Painting

    def paint(self, painter: QPainter, viewport: Viewport, taken: Callable[[], Sequence[QRectF]] = tuple) -> None:
        """Draw everything over a widget of the viewport's size; ``taken`` tells where words should not stand."""
        longer_px = math.inf if self.tells_all else max(viewport.size) / shades.scaled(1)
        marks = self.marks
        places = taken() if any(mark.lines for mark in marks) else ()
        for mark in marks:
            told, is_selected = replace(mark, lines=mark.lines_in(longer_px)), mark.id == self._selected
            places = (*places, *paint_mark(painter, told, viewport, is_selected=is_selected, taken=places))


def _is_on_line(at: QPointF, mark: Mark, viewport: Viewport) -> bool:
    line, closed = mark.outline()
    spots = spots_of((*line, *line[: int(closed)]), viewport).toList()
    return any(_from_segment(at, start, end) <= _REACH_PX for start, end in itertools.pairwise(spots))


def _from_segment(at: QPointF, start: QPointF, end: QPointF) -> float:
    way = end - start
    length = QPointF.dotProduct(way, way)
    share = 0.0 if length == 0 else min(max(QPointF.dotProduct(at - start, way) / length, 0.0), 1.0)
    return distance_px(at, start + way * share)
