"""Where the picture lies in its widget: fitted in mm, zoomed and panned."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

from leukoviewer.display.orientation import Turn

MIN_ZOOM, MAX_ZOOM = 0.25, 32.0
# How much of the picture stays inside the widget however far it is dragged.
_KEPT_PX = 48.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """Zoom and pan of a picture in a widget; all in logical px of the widget.

    Attributes
    ----------
    size : (float, float)
        Width and height of the widget.
    columns, rows : int
        Size of the stored picture.
    spacing_mm : (float, float)
        Distance between rows, distance between columns; (1, 1) without geometry.
    turn : Turn
        How the picture is laid.
    zoom : float
        1 fits the picture into the widget.
    pan : (float, float)
        Of the picture's center from the widget's center.
    """

    size: tuple[float, float]
    columns: int
    rows: int
    spacing_mm: tuple[float, float] = (1.0, 1.0)
    turn: Turn = Turn()  # noqa: RUF009 - a frozen value
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)

    @property
    def seen_mm(self) -> QSizeF:
        """Width and height of the picture as it is laid."""
        size = QSizeF(self.columns * self.spacing_mm[1], self.rows * self.spacing_mm[0])
        return size.transposed() if self.turn.swaps_axes else size

    @property
    def px_per_mm(self) -> float:
        """Scale of the picture, the same along both axes."""
        seen = self.seen_mm
        return max(min(self.size[0] / seen.width(), self.size[1] / seen.height()) * self.zoom, 1e-6)

    @property
    def px_per_pixel(self) -> float:
        """Widget px for the distance of two stored columns."""
        return self.px_per_mm * self.spacing_mm[1]

    def transform(self) -> QTransform:
        """From stored pixels (x = column edge, y = row edge) to the widget."""
        a, b, c, d = self.turn.matrix()
        across, down = self.px_per_mm * self.spacing_mm[1], self.px_per_mm * self.spacing_mm[0]
        x, y = self.size[0] / 2 + self.pan[0], self.size[1] / 2 + self.pan[1]
        linear = QTransform(a * across, c * across, b * down, d * down, 0, 0)
        corner = linear.map(QPointF(self.columns / 2, self.rows / 2))
        return QTransform(a * across, c * across, b * down, d * down, x - corner.x(), y - corner.y())

    def pixel_at(self, point: QPointF) -> tuple[int, int] | None:
        """Row and column of the stored pixel under a point of the widget, None beside the picture."""
        inverse, _ = self.transform().inverted()
        at = inverse.map(point)
        column, row = int(at.x() // 1), int(at.y() // 1)
        inside = 0 <= column < self.columns and 0 <= row < self.rows
        return (row, column) if inside else None

    def zoomed(self, factor: float, anchor: QPointF) -> Viewport:
        """Larger or smaller, the picture under ``anchor`` staying where it is."""
        # A picture that was brought to its own pixels may lie beyond the limits; it does not jump back.
        least = min(MIN_ZOOM, self.zoom, self.zoom / self.px_per_pixel)
        zoom = min(max(self.zoom * factor, least), max(MAX_ZOOM, self.zoom))
        grown = zoom / self.zoom
        from_center = (anchor.x() - self.size[0] / 2, anchor.y() - self.size[1] / 2)
        pan = [at - (at - pan) * grown for at, pan in zip(from_center, self.pan, strict=True)]
        return replace(self, zoom=zoom, pan=(pan[0], pan[1]))._kept_in_sight()

    def panned(self, by: QPointF) -> Viewport:
        """Moved by so many px, never out of sight."""
        return replace(self, pan=(self.pan[0] + by.x(), self.pan[1] + by.y()))._kept_in_sight()

    def reset(self) -> Viewport:
        """Fitted and centered again."""
        return replace(self, zoom=1.0, pan=(0.0, 0.0))

    def at_scale(self, px_per_mm: float) -> Viewport:
        """Brought to an exact scale whatever the limits of zooming are, the middle staying in the middle."""
        grown = px_per_mm / self.px_per_mm
        pan = (self.pan[0] * grown, self.pan[1] * grown)
        return replace(self, zoom=self.zoom * grown, pan=pan)._kept_in_sight()

    def turned(self, turn: Turn) -> Viewport:
        """Laid another way: what was in the middle stays there, and a scale that was chosen stays that scale."""
        if turn == self.turn:
            return self
        a, b, c, d = turn.since(self.turn).matrix()
        x, y = self.pan
        laid = replace(self, turn=turn, pan=(a * x + b * y, c * x + d * y))
        if self.zoom != 1:
            laid = replace(laid, zoom=laid.zoom * self.px_per_mm / laid.px_per_mm)
        return laid._kept_in_sight()

    def with_size(self, width: float, height: float) -> Viewport:
        """The same picture in a widget of another size."""
        return replace(self, size=(width, height))._kept_in_sight()

    def with_picture(self, columns: int, rows: int) -> Viewport:
        """A picture of another size in the same widget."""
        return replace(self, columns=columns, rows=rows)

    def with_geometry(self, spacing_mm: tuple[float, float], turn: Turn) -> Viewport:
        """Other distances of pixels, or laid another way."""
        return replace(self, spacing_mm=spacing_mm, turn=turn)

    def _kept_in_sight(self) -> Viewport:
        seen, scale = self.seen_mm, self.px_per_mm
        limits = [
            max((room + extent * scale) / 2 - _KEPT_PX, 0.0)
            for room, extent in zip(self.size, (seen.width(), seen.height()), strict=True)
        ]
        held = [min(max(pan, -limit), limit) for pan, limit in zip(self.pan, limits, strict=True)]
        return replace(self, pan=(held[0], held[1]))
