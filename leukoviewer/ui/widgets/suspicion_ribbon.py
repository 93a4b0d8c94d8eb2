"""The slice slider that shows at a glance which slices each model finds suspicious."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from leukoviewer.core.score_text import score_text
from leukoviewer.ui.language import tr
from leukoviewer.ui.unscored import why_unscored
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.ribbon_layout import RibbonLayout
from leukoviewer.ui.widgets.ribbon_painter import RibbonPainter, RibbonRow, Strip

_PAGE = 10
# No eye follows slices that are read faster than this.
_LATE_MS = 40


class SuspicionRibbon(QWidget):
    """Slice slider with one row of scores a model; superior at the left.

    Signals
    -------
    slice_chosen(int)
        The slice to go to, from 0 (click, drag, keys, wheel).
    threshold_moved(float)
        New slice threshold 0..1 of the active row, while its line is dragged.
    row_chosen(int)
        Another row was clicked: its model should become the active one.
    """

    slice_chosen = Signal(int)
    threshold_moved = Signal(float)
    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._positions: tuple[float | None, ...] = ()
        self._rows: tuple[RibbonRow, ...] = ()
        self._active = 0
        self._current = 0
        self._loaded: set[int] = set()
        self._broken: frozenset[int] = frozenset()
        self._disputed: frozenset[int] = frozenset()
        self._keys: frozenset[int] = frozenset()
        self._labels: dict[int, tuple[str, str]] = {}
        self._hint = ""
        self._ends = ("vertex", "base")
        self._drags_threshold = False
        self._has_dragged = False
        self._drags_slice = False
        self._wheel = 0
        self._still: QPixmap | None = None
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._repaint_all)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Slices and scores"))

    # What is shown

    def set_slices(self, positions_mm: Sequence[float | None], *, ends: tuple[str, str] = ("vertex", "base")) -> None:
        """Another series: position of each native slice, superior first; forgets rows and what was loaded.

        Parameters
        ----------
        positions_mm : sequence of float or None
            Position along the normal in mm, None where it is not known; its length is the number of slices.
        ends : (str, str)
            What lies at the first and at the last slice.
        """
        self._positions, self._ends = tuple(positions_mm), ends
        self._rows, self._loaded, self._broken, self._disputed = (), set(), frozenset(), frozenset()
        self._keys, self._labels = frozenset(), {}
        self._current = min(self._current, max(len(self._positions) - 1, 0))
        self.updateGeometry()
        self._repaint_all()

    def set_current(self, index: int) -> None:
        """The slice on the screen."""
        self._current = min(max(index, 0), max(len(self._positions) - 1, 0))
        self.update()

    def set_rows(self, rows: Iterable[RibbonRow], *, active: int = 0) -> None:
        """Results to show, one row a model; ``active`` is the one whose threshold can be dragged.

        Raises
        ------
        ValueError
            A row has another number of scores than there are slices.
        """
        kept = tuple(rows)
        if any(len(row.scores) != len(self._positions) for row in kept):
            raise ValueError("a row of the ribbon holds one score a slice")
        resized = len(kept) != len(self._rows)
        same = not resized and all(row.looks_like(old) for row, old in zip(kept, self._rows, strict=True))
        self._rows, self._active = kept, min(max(active, 0), max(len(kept) - 1, 0))
        if resized:
            self.updateGeometry()
        if same:
            self.update()
        else:
            self._repaint_all()

    def set_loaded(self, indices: Iterable[int]) -> None:
        """All slices that are read so far."""
        self._loaded = set(indices)
        self._repaint_all()

    def mark_loaded(self, index: int) -> None:
        """One more slice is read; hundreds that come in a row are painted together."""
        self._loaded.add(index)
        if not self._late.isActive():
            self._late.start()

    def set_broken(self, indices: Iterable[int]) -> None:
        """Slices that could not be read."""
        self._broken = frozenset(indices)
        self._repaint_all()

    def set_disputed(self, indices: Iterable[int]) -> None:
        """Slices that some models call positive and others negative."""
        found = frozenset(indices)
        if found != self._disputed:
            self._disputed = found
            self._repaint_all()

    def set_labels(self, labels: Mapping[int, tuple[str, str]]) -> None:
        """The reader's own labels by native slice: a sign to be painted on the active row, and the label in words."""
        if labels != self._labels:
            self._labels = dict(labels)
            self.update()

    def set_keys(self, indices: Iterable[int]) -> None:
        """Slices that the reader marked as key images."""
        self._keys = frozenset(indices)
        self.update()

    def set_hint(self, text: str) -> None:
        """What stands in the empty row while there is no result."""
        self._hint = text
        self._repaint_all()

    @property
    def current(self) -> int:
        """The slice on the screen."""
        return self._current

    @property
    def rows(self) -> tuple[RibbonRow, ...]:
        """The rows shown."""
        return self._rows

    @property
    def layout_px(self) -> RibbonLayout:
        """Where things lie now."""
        return RibbonLayout(self.width(), len(self._positions), len(self._rows), shades.scaled(1))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(600, math.ceil(self.layout_px.height))

    def minimumSizeHint(self) -> QSize:
        """Its own height at any width."""
        return QSize(280, math.ceil(self.layout_px.height))

    def tip_at(self, point: QPointF) -> str:
        """What is known of the slice under a point: number, position, each model's score."""
        if not self._positions:
            return ""
        index = self.layout_px.slice_at(point.x())
        position = self._positions[index]
        place = "" if position is None else f", {position:.1f} mm"
        lines = [tr("Slice {} of {}").format(index + 1, len(self._positions)) + place]
        if index in self._broken:
            lines.append(tr("could not be read"))
        lines += [_told(row, index) for row in self._rows]
        if index in self._disputed:
            lines.append(tr("The models disagree on this slice"))
        if index in self._keys:
            lines.append(tr("Key image"))
        if index in self._labels:
            lines.append(tr("Your label: {}").format(self._labels[index][1]))
        return "\n".join(lines)

    # Mouse and keys

    def event(self, event: QEvent) -> bool:
        """Tool tips follow the slice under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), shades.plain_tip(self.tip_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the threshold, or go to a slice (and to the clicked model)."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._positions:
            event.ignore()
            return
        if self._grips(event.position()):
            self._drags_threshold, self._has_dragged = True, False
            return
        row = self.layout_px.row_at(event.position().y())
        if row is not None and row != self._active:
            self.row_chosen.emit(row)
        self._drags_slice = True
        self._go_to(self.layout_px.slice_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the threshold or the slice; show what would be taken hold of."""
        if self._drags_threshold:
            self._has_dragged = True
            level = self.layout_px.level_at(self._active, event.position().y())
            self.threshold_moved.emit(round(level, 2))
        elif self._drags_slice:
            self._go_to(self.layout_px.slice_at(event.position().x()))
        else:
            grips = self._grips(event.position())
            self.setCursor(Qt.CursorShape.SizeVerCursor if grips else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a click on the threshold that moved nothing meant the slice under it."""
        if self._drags_threshold and not self._has_dragged and self.layout_px.cells.contains(event.position()):
            self._go_to(self.layout_px.slice_at(event.position().x()))
        self._drags_threshold = self._drags_slice = False
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One slice a step, as over the picture."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / 120)
        self._wheel -= steps * 120
        if steps:
            self._go_to(self._current - steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right one slice, with Shift or by page ten, Home and End the ends."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _PAGE if shifted else 1
        last = len(self._positions) - 1
        targets = {
            Qt.Key.Key_Left: self._current - step,
            Qt.Key.Key_Right: self._current + step,
            Qt.Key.Key_PageUp: self._current - _PAGE,
            Qt.Key.Key_PageDown: self._current + _PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self._go_to(target)

    def _grips(self, point: QPointF) -> bool:
        if not self._rows:
            return False
        return self.layout_px.holds_threshold(self._active, self._rows[self._active].threshold, point)

    def _go_to(self, index: int) -> None:
        index = min(max(index, 0), len(self._positions) - 1)
        if index != self._current and index >= 0:
            self.set_current(index)
            self.slice_chosen.emit(index)

    # Painting

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or font size: nothing that was painted before holds."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.updateGeometry()
            self._repaint_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint rows, track and marker."""
        if not self._positions:
            return
        loaded = frozenset(self._loaded)
        strip = Strip(
            self._current,
            self._active,
            loaded,
            self._broken,
            self._empty_text(),
            self._ends,
            self._disputed,
            self._keys,
            tuple((index, sign) for index, (sign, _) in self._labels.items()),
        )
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted_still(strip))
        RibbonPainter(painter, self.layout_px, self.font()).paint_moving(self._rows, strip, focused=self.hasFocus())
        painter.end()

    def _painted_still(self, strip: Strip) -> QPixmap:
        """Cells of hundreds of slices are painted once, not with every slice that is scrolled by."""
        ratio = self.devicePixelRatioF()
        size = (self.size() * ratio).toTuple()
        if self._still is None or self._still.size().toTuple() != size:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._still)
            RibbonPainter(painter, self.layout_px, self.font()).paint_still(self._rows, strip)
            painter.end()
        return self._still

    def _repaint_all(self) -> None:
        self._still = None
        self.update()

    def _empty_text(self) -> str:
        count, read = len(self._positions), len(self._loaded)
        if 0 < read < count:
            return tr("Loading slices: {} of {}").format(read, count)
        return self._hint


def _told(row: RibbonRow, index: int) -> str:
    """What one model says of a native slice, and which slice of its own stack that is."""
    score = float(row.scores[index])
    said = (
        why_unscored(row.scores, index)
        if math.isnan(score)
        else tr("score {}").format(score_text(score, row.threshold))
    )
    place = row.stack[index] if row.stack else None
    line = f"{row.label}: {said}"
    return (
        line
        if place is None
        else tr("{} (slice {} of {} that the model sees)").format(line, place + 1, row.stack_count)
    )
