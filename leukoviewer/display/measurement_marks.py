"""How measurements look and are taken hold of, still in pixels of the slice: outlines, handles, words beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from leukoviewer.core.measurements import Kind, Measurement, Point, Points, Statistics, Values

NAMES: dict[Kind, str] = {
    Kind.LENGTH: "Length",
    Kind.ANGLE: "Angle",
    Kind.RECTANGLE: "Rectangle",
    Kind.ELLIPSE: "Ellipse",
    Kind.FREEHAND: "Freehand",
    Kind.ARROW: "Arrow",
}
# The longer side of a picture that has room for them.
ALL_WORDS_FROM_PX = 384
# Lines of mean, spread and count, behind words and size.
_SPREAD = 2
_ELLIPSE_STEPS = 72
_TIP_DEG = 24.0
_MM2_IN_CM2 = 100.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A measurement as it stands over the picture.

    Attributes
    ----------
    id : str
        Of the measurement; empty for one that is being drawn.
    kind : Kind
        What it is.
    points : tuple of (row, column)
        In px of the stored slice.
    lines : tuple of str
        What stands beside it, as :func:`caption` tells it.
    """

    id: str
    kind: Kind
    points: Points
    lines: tuple[str, ...] = ()

    def lines_in(self, longer_px: float) -> tuple[str, ...]:
        """What stands beside it in a picture with a longer side of so many px of text at its usual size.

        In a small one mean, spread and count would cover what they were measured on; they stay where there is nothing
        else to tell.
        """
        return self.lines if longer_px >= ALL_WORDS_FROM_PX or len(self.lines) <= _SPREAD else self.lines[:-_SPREAD]

    def outline(self) -> tuple[Points, bool]:
        """The line to draw, and whether it closes."""
        if self.kind is Kind.ELLIPSE:
            return _ellipse(*self.points[:2]), True
        if self.kind is Kind.RECTANGLE:
            return _corners(*self.points[:2]), True
        return self.points, self.kind is Kind.FREEHAND

    def handles(self) -> Points:
        """Points by which the shape can be changed; a freehand outline can only be moved."""
        if self.kind in {Kind.RECTANGLE, Kind.ELLIPSE}:
            return _corners(*self.points[:2])
        return () if self.kind is Kind.FREEHAND else self.points

    def with_handle(self, number: int, at: Point) -> Points:
        """The points after a handle was dragged to a place; the opposite corner of a box stays."""
        if self.kind in {Kind.RECTANGLE, Kind.ELLIPSE}:
            return at, self.handles()[(number + 2) % 4]
        return tuple(at if place == number else point for place, point in enumerate(self.points))

    def moved(self, by: Point, size: tuple[int, int]) -> Points:
        """The points moved as one, held inside a slice of this size (rows, columns)."""
        rows, columns = [p[0] for p in self.points], [p[1] for p in self.points]
        down = _held(by[0], -0.5 - min(rows), size[0] - 0.5 - max(rows))
        across = _held(by[1], -0.5 - min(columns), size[1] - 0.5 - max(columns))
        return tuple((row + down, column + across) for row, column in self.points)

    @property
    def is_empty(self) -> bool:
        """Whether it has no extent, as after a click where a drag was meant."""
        rows, columns = {p[0] for p in self.points}, {p[1] for p in self.points}
        if self.kind.has_area:
            return len(rows) < 2 or len(columns) < 2
        if self.kind is Kind.ANGLE:
            return self.points[1] in {self.points[0], self.points[2]}
        return len(set(self.points)) < 2


def _corners(first: Point, second: Point) -> Points:
    return first, (first[0], second[1]), second, (second[0], first[1])


def _ellipse(first: Point, second: Point) -> Points:
    row, column = (first[0] + second[0]) / 2, (first[1] + second[1]) / 2
    down, across = abs(second[0] - first[0]) / 2, abs(second[1] - first[1]) / 2
    angles = (2 * math.pi * step / _ELLIPSE_STEPS for step in range(_ELLIPSE_STEPS))
    return tuple((row + down * math.sin(angle), column + across * math.cos(angle)) for angle in angles)


def arrow_tip(head: tuple[float, float], tail: tuple[float, float], size: float) -> tuple[tuple[float, float], ...]:
    """The two ends of an arrow's barbs, in the units of the screen."""
    angle = math.atan2(tail[1] - head[1], tail[0] - head[0])
    turns = (angle + math.radians(_TIP_DEG), angle - math.radians(_TIP_DEG))
    return tuple((head[0] + size * math.cos(turn), head[1] + size * math.sin(turn)) for turn in turns)


def _held(value: float, low: float, high: float) -> float:
    return min(max(value, low), max(high, low))


# Words


def caption(kind: Kind, values: Values | None, *, text: str = "", unit: str = "HU") -> tuple[str, ...]:
    """The lines beside a measurement; values that are not known yet are left out."""
    words = (text,) if text else ()
    if values is None or kind is Kind.ARROW:
        return words
    return words + tuple(line for line in (headline(values), *_spread(values.statistics, unit)) if line)


def headline(values: Values) -> str:
    """Length, angle or area."""
    if values.length_mm is not None:
        return f"{values.length_mm:.1f} mm"
    if values.angle_deg is not None:
        return f"{values.angle_deg:.1f}°"
    if values.area_mm2 is None:
        return ""
    large = values.area_mm2 >= _MM2_IN_CM2
    return f"{values.area_mm2 / _MM2_IN_CM2:.2f} cm²" if large else f"{values.area_mm2:.1f} mm²"


def _spread(found: Statistics | None, unit: str) -> tuple[str, ...]:
    if found is None:
        return ()
    return (
        f"mean {found.mean_hu:.1f} ± {found.sd_hu:.1f} {unit}",
        f"min {found.min_hu:.0f}, max {found.max_hu:.0f}, {found.count} px",
    )


def title(one: Measurement, values: Values | None) -> str:
    """One line for the list, slices counted from 1."""
    said = "" if values is None else headline(values)
    parts = (NAMES[one.kind], said, f"“{one.text}”" if one.text else "")
    return f"{one.slice_index + 1}:  " + "  ".join(part for part in parts if part)
