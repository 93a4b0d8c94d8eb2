"""Where things lie on the suspicion ribbon: rows of cells, the slider's track, the threshold lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

LEFT_PX, RIGHT_PX = 128.0, 46.0
TOP_PX, GAP_PX, TRACK_PX, NUMBERS_PX = 5.0, 5.0, 9.0, 16.0
ROW_PX, LONE_ROW_PX = 30.0, 46.0
_ROW_GAP_PX = 4.0
# How near to a threshold line the mouse takes hold of it.
_GRIP_PX = 3.5
_TICK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_TICK_PX = 30.0


@dataclass(frozen=True, slots=True)
class RibbonLayout:
    """Geometry of the ribbon; all in logical px.

    Attributes
    ----------
    width : float
        Of the widget.
    slices : int
        Native slices, superior first from the left.
    rows : int
        Rows of scores; one empty row stands where there is none yet.
    scale : float
        Of what holds words: 1 at the usual font size.
    """

    width: float
    slices: int
    rows: int
    scale: float = 1.0

    @property
    def left_px(self) -> float:
        """Room for words at the left."""
        return LEFT_PX * self.scale

    @property
    def right_px(self) -> float:
        """Room for words at the right."""
        return RIGHT_PX * self.scale

    @property
    def numbers_px(self) -> float:
        """Height of the line of numbers under the track."""
        return NUMBERS_PX * self.scale

    @property
    def row_px(self) -> float:
        """Height of a row."""
        return (LONE_ROW_PX if self.rows <= 1 else ROW_PX) * self.scale

    @property
    def height(self) -> float:
        """Height that all of it needs."""
        return self.track.bottom() + self.numbers_px

    @property
    def cells(self) -> QRectF:
        """All rows together."""
        count = max(self.rows, 1)
        height = count * self.row_px + (count - 1) * _ROW_GAP_PX
        return QRectF(self.left_px, TOP_PX, max(self.width - self.left_px - self.right_px, 1.0), height)

    @property
    def track(self) -> QRectF:
        """The slider's track under the rows."""
        return QRectF(self.cells.left(), self.cells.bottom() + GAP_PX, self.cells.width(), TRACK_PX)

    def row(self, number: int) -> QRectF:
        """One row, counted from the top."""
        top = self.cells.top() + number * (self.row_px + _ROW_GAP_PX)
        return QRectF(self.cells.left(), top, self.cells.width(), self.row_px)

    def span(self, index: int) -> tuple[float, float]:
        """Left and right edge of a slice's cells, on whole px so that they stay crisp."""
        step = self.cells.width() / max(self.slices, 1)
        left = self.cells.left() + index * step
        return float(round(left)), float(round(left + step))

    def cell(self, index: int, band: QRectF) -> QRectF:
        """A slice's cell in a row or in the track, with a gap to the next one where there is room for it."""
        left, right = self.span(index)
        gap = 1.0 if right - left >= 4 else 0.0
        return QRectF(left, band.top(), max(right - left - gap, 1.0), band.height())

    def slice_at(self, x: float) -> int:
        """The slice under a horizontal position, the first or last one beside the cells."""
        along = (x - self.cells.left()) / self.cells.width() * self.slices
        return min(max(int(along), 0), max(self.slices - 1, 0))

    def row_at(self, y: float) -> int | None:
        """The row under a vertical position, None in the track and between rows."""
        return next((i for i in range(self.rows) if self.row(i).top() <= y <= self.row(i).bottom()), None)

    def level_y(self, number: int, level: float) -> float:
        """Height of a score of 0..1 in a row."""
        row = self.row(number)
        return row.bottom() - level * row.height()

    def level_at(self, number: int, y: float) -> float:
        """Score of 0..1 at a height, held inside the row."""
        row = self.row(number)
        return min(max((row.bottom() - y) / row.height(), 0.0), 1.0)

    def holds_threshold(self, number: int, threshold: float, point: QPointF) -> bool:
        """Whether a point takes hold of the threshold line, or of its label at the right."""
        near = abs(point.y() - self.level_y(number, threshold))
        if point.x() > self.cells.right():
            return near <= 2 * _GRIP_PX
        return near <= _GRIP_PX and point.x() >= self.cells.left()

    def numbered(self) -> tuple[int, ...]:
        """Slices that carry their number: the first, and every so many as there is room for."""
        cell_px = self.cells.width() / max(self.slices, 1)
        least_px = _TICK_PX * self.scale
        step = next((step for step in _TICK_STEPS if step * cell_px >= least_px), _TICK_STEPS[-1])
        return (0, *(index for index in range(step - 1, self.slices, step) if index * cell_px >= least_px))
