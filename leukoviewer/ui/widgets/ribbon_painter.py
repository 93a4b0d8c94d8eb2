"""Paints the suspicion ribbon."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from leukoviewer.display import colormap
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.ribbon_layout import RibbonLayout
from leukoviewer.ui.widgets.star import star

_STAR_PX = 5.5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True, eq=False)
class RibbonRow:
    """One model's scores.

    Attributes
    ----------
    label : str
        Name of the package.
    scores : array of float, shape (slices,)
        0..1 by native slice, superior first; NaN where the model did not look. Kept read-only.
    threshold : float
        0..1; a slice is positive at or above it.
    own : float or None
        The package's own threshold, marked beside one that the reader moved; None where it is not known.
    stack : tuple of (int or None)
        For each native slice the slice of the model's stack that shows it, from 0; empty where it is not told.
    stack_count : int
        Slices of that stack.
    """

    label: str
    scores: NDArray[np.float64]
    threshold: float
    own: float | None = None
    stack: tuple[int | None, ...] = ()
    stack_count: int = 0

    def __post_init__(self) -> None:
        if self.scores.ndim != 1 or len(self.stack) not in {0, len(self.scores)}:
            raise ValueError("a row of the ribbon holds one score a slice")
        if not 0 <= self.threshold <= 1:
            raise ValueError("a threshold lies between 0 and 1")
        self.scores.setflags(write=False)

    @property
    def is_moved(self) -> bool:
        """Whether the threshold is the reader's, not the package's."""
        return self.own is not None and self.own != self.threshold

    def looks_like(self, other: RibbonRow) -> bool:
        """Whether all that stays while a threshold is dragged is the same."""
        same = self.label == other.label and self.stack == other.stack and self.is_moved == other.is_moved
        return same and np.array_equal(self.scores, other.scores, equal_nan=True)

    def joins(self, index: int) -> bool:
        """Whether a native slice and the next one are the same slice of the model's stack."""
        following = self.stack[index + 1 : index + 2]
        return bool(following) and following[0] is not None and following[0] == self.stack[index]


@dataclass(frozen=True, slots=True)
class Strip:
    """State of the ribbon beside its rows: current slice, active row, slices read, broken, disputed, marked, words.

    ``labels`` are the reader's own on the active row: a sign (``+``, ``−``, ``?``) by native slice.
    """

    current: int
    active: int
    loaded: frozenset[int]
    broken: frozenset[int]
    empty_text: str
    ends: tuple[str, str] = ("vertex", "base")
    disputed: frozenset[int] = frozenset()
    keys: frozenset[int] = frozenset()
    labels: tuple[tuple[int, str], ...] = ()


def score_color(score: float) -> QColor:
    """Color of a score of 0..1: the readable part of inferno, from violet to orange."""
    red, green, blue = (int(level) for level in colormap.table("inferno")[round(75 + 130 * score)])
    return QColor(red, green, blue)


class RibbonPainter:
    """Paints one picture of the ribbon."""

    def __init__(self, painter: QPainter, layout: RibbonLayout, font: QFont) -> None:
        self._painter = painter
        self._layout = layout
        self._shades = shades.on_panel()
        painter.setFont(shades.font_of(font, shades.TINY_PX))

    def paint_still(self, rows: Sequence[RibbonRow], strip: Strip) -> None:
        """Paint what stays while slices are scrolled and thresholds dragged."""
        for number, row in enumerate(rows):
            self._paint_row(number, row)
        if not rows:
            self._paint_empty(strip.empty_text)
        self._paint_track(strip)
        self._paint_disputed(strip.disputed)
        self._paint_numbers(strip.ends)

    def paint_moving(self, rows: Sequence[RibbonRow], strip: Strip, *, focused: bool) -> None:
        """Paint the threshold lines and the marker of the current slice over it."""
        for number, row in enumerate(rows):
            if row.is_moved and row.own is not None:
                self._paint_own(number, row.own)
            self._paint_threshold(number, row.threshold, is_active=number == strip.active)
        self._paint_marker(strip.current, focused=focused)
        self._paint_keys(strip.keys)
        self._paint_labels(strip.active, strip.labels if rows else ())

    def _paint_row(self, number: int, scores: RibbonRow) -> None:
        row = self._layout.row(number)
        self._painter.fillRect(row, self._shades.field)
        for index, score in enumerate(scores.scores.tolist()):
            cell = self._layout.cell(index, row)
            if scores.joins(index):
                cell.setRight(self._layout.span(index)[1])
            if math.isnan(score):
                self._painter.fillRect(cell, QBrush(self._shades.disabled, Qt.BrushStyle.BDiagPattern))
                continue
            # A sliver stays at a score of 0, so that a scored slice never looks like one that was left out.
            cell.setTop(min(self._layout.level_y(number, score), row.bottom() - 2))
            self._painter.fillRect(cell, score_color(score))
        gutter = QRectF(8, row.top(), self._layout.left_px - 18, row.height() / (2 if scores.is_moved else 1))
        text = QFontMetricsF(self._painter.font()).elidedText(
            scores.label, Qt.TextElideMode.ElideMiddle, gutter.width()
        )
        self._text(gutter, text, _RIGHT, self._shades.quiet)
        if scores.is_moved:
            self._text(gutter.translated(0, gutter.height()), tr("your threshold"), _RIGHT, self._shades.amber)

    def _paint_own(self, number: int, own: float) -> None:
        """The package's threshold, quietly, beside the one that the reader moved."""
        row, y = self._layout.row(number), round(self._layout.level_y(number, own)) + 0.5
        self._painter.setPen(QPen(self._shades.quiet, 1, Qt.PenStyle.DotLine))
        self._painter.drawLine(QPointF(row.left(), y), QPointF(row.right(), y))
        self._painter.setPen(QPen(self._shades.quiet, 2))
        self._painter.drawLine(QPointF(row.left() - 6, y), QPointF(row.left() - 1, y))

    def _paint_disputed(self, disputed: frozenset[int]) -> None:
        """A small diamond between rows and track under each slice on which the models disagree."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._shades.amber)
        y = (self._layout.cells.bottom() + self._layout.track.top()) / 2
        for index in disputed:
            x = sum(self._layout.span(index)) / 2
            corners = [QPointF(x - 3, y), QPointF(x, y - 3), QPointF(x + 3, y), QPointF(x, y + 3)]
            self._painter.drawPolygon(QPolygonF(corners))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_threshold(self, number: int, threshold: float, *, is_active: bool) -> None:
        row, y = self._layout.row(number), round(self._layout.level_y(number, threshold)) + 0.5
        y = min(max(y, row.top() + 0.5), row.bottom() - 0.5)
        color = self._shades.text if is_active else self._shades.quiet
        self._painter.setPen(QPen(color, 1, Qt.PenStyle.DashLine))
        self._painter.drawLine(QPointF(row.left(), y), QPointF(row.right(), y))
        if is_active:
            self._paint_grip(QPointF(row.right() + 3, y))
        label = QRectF(row.right() + 12, y - shades.scaled(8), self._layout.right_px - 12, shades.scaled(16))
        self._text(label, f"{threshold:.2f}", _LEFT, color)

    def _paint_grip(self, tip: QPointF) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._shades.text)
        self._painter.drawPolygon(QPolygonF([tip, tip + QPointF(6, -4), tip + QPointF(6, 4)]))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_empty(self, text: str) -> None:
        row = self._layout.row(0)
        self._painter.fillRect(row, self._shades.field)
        self._text(row, text, _CENTER, self._shades.quiet)

    def _paint_track(self, strip: Strip) -> None:
        track = self._layout.track
        self._painter.fillRect(track, self._shades.field)
        for index in range(self._layout.slices):
            cell = self._layout.cell(index, track)
            if index in strip.broken:
                self._painter.fillRect(cell, self._shades.amber)
            elif index in strip.loaded:
                self._painter.fillRect(cell, self._shades.hover)

    def _paint_numbers(self, names: tuple[str, str]) -> None:
        track = self._layout.track
        top = track.bottom() + 1
        for index in self._layout.numbered():
            left, right = self._layout.span(index)
            middle = (left + right) / 2
            self._text(
                QRectF(middle - shades.scaled(20), top, shades.scaled(40), self._layout.numbers_px - 1),
                str(index + 1),
                _CENTER,
                self._shades.quiet,
            )
        high = shades.scaled(17)
        ends = QRectF(8, track.center().y() - high / 2, self._layout.left_px - 18, high)
        self._text(ends, names[0], _RIGHT, self._shades.quiet)
        self._text(
            QRectF(track.right() + 8, ends.top(), self._layout.right_px - 8, ends.height()),
            names[1],
            _LEFT,
            self._shades.quiet,
        )

    def _paint_marker(self, current: int, *, focused: bool) -> None:
        left, right = self._layout.span(current)
        track = self._layout.track
        # Without a result the frame leaves the row's words alone.
        top = self._layout.cells.top() if self._layout.rows else track.top()
        marker = QRectF(left - 1.5, top - 2.5, right - left + 2, track.bottom() - top + 4)
        self._painter.fillRect(self._layout.cell(current, track), self._shades.accent)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._shades.accent if focused else self._shades.text, 1))
        self._painter.drawRect(marker)

    def _paint_keys(self, keys: frozenset[int]) -> None:
        """A star in the track under each key image, on top of everything else."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(self._shades.field, 1))
        self._painter.setBrush(self._shades.text)
        for index in keys:
            middle = QPointF(sum(self._layout.span(index)) / 2, self._layout.track.center().y())
            self._painter.drawPolygon(star(middle, _STAR_PX))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_labels(self, active: int, labels: Sequence[tuple[int, str]]) -> None:
        """The reader's sign at the top of each labeled slice, on a ground of its own so that it reads on every bar."""
        row, side = self._layout.row(active), shades.scaled(13)
        for index, sign in labels:
            ground = QRectF(0, row.top(), side, side)
            ground.moveLeft(self._layout.cell(index, row).center().x() - side / 2)
            self._painter.fillRect(ground, self._shades.field)
            self._text(ground, sign, _CENTER, self._shades.text)

    def _text(self, box: QRectF, text: str, align: Qt.AlignmentFlag, color: QColor) -> None:
        self._painter.setPen(color)
        self._painter.drawText(box, int(align) | int(Qt.TextFlag.TextSingleLine), text)
