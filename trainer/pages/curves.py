"""Curves as SVG text: axes with round numbers, lines, dots, bars, bands; no library, nothing cut off."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WIDTH, _HEIGHT = 560, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 16, 14, 44
# Okabe and Ito: told apart by color-blind readers too; the last is black or white with the page.
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "currentColor")

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve or a cloud of dots with a name for the legend (empty for none).

    ``dash`` is SVG's pattern, e.g. ``6 3``, so that curves are told apart without colors; ``color`` one of
    :data:`COLORS`, by default the next one.
    """

    name: str
    x: Values
    y: Values
    dots: bool = False
    width: float = 1.8
    dash: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A gray area that shows a stated range: from `low` to `high` on y, over x from `left` to `right`."""

    name: str
    left: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture shows whatever its lines: exact ends of its axes (None: as wide as the lines), its height."""

    x: tuple[float, float] | None = None
    y: tuple[float, float] | None = None
    height: int = _HEIGHT


# As wide as the lines; and both axes of shares, about square: ROC, precision and recall, reliability.
FREE = Frame()
UNIT = Frame((0.0, 1.0), (0.0, 1.0), 480)


class Axes:
    """Where numbers lie on the picture."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], frame: Frame = FREE) -> None:
        self.x, self.y = frame.x or _widened(x), frame.y or _widened(y)
        self.height = frame.height

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Place of a point in the SVG."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return _LEFT + across * (_WIDTH - _LEFT - _RIGHT), self.height - _BOTTOM - up * (self.height - _TOP - _BOTTOM)


def chart(lines: Sequence[Line], *, x_name: str, y_name: str, bands: Sequence[Band] = (), frame: Frame = FREE) -> str:
    """Return an SVG of lines and dots; values that are not finite are left out."""
    xs = [v for line in lines for v in line.x[np.isfinite(line.x)]] + [v for b in bands for v in (b.left, b.right)]
    ys = [v for line in lines for v in line.y[np.isfinite(line.y)]] + [v for b in bands for v in (b.low, b.high)]
    if not xs or not ys:
        return _empty()
    axes = Axes((min(xs), max(xs)), (min(0.0, *ys), max(ys)), frame)
    parts = [_rectangle(axes, (b.left, b.low), (b.right, b.high), "band") for b in bands]
    names = [(b.name, "#888888", "band") for b in bands]
    for line, cycled in zip(lines, _cycled(len(lines)), strict=True):
        color = line.color or cycled
        parts.append(_dots(axes, line, color) if line.dots else _path(axes, line, color))
        names.append((line.name, color, "dots" if line.dots else f"dashed {line.dash}" if line.dash else "line"))
    return _framed(axes, parts, (x_name, y_name), names)


def histogram(groups: Sequence[tuple[str, Values]], *, x_name: str, bins: int = 24, bands: Sequence[Band] = ()) -> str:
    """Return an SVG of stacked counts by group; bands give a stated range on x (their height is ignored)."""
    every = np.concatenate([values[np.isfinite(values)] for _, values in groups] or [np.zeros(0)])
    if not every.size:
        return _empty()
    edges = np.histogram_bin_edges(every, bins=bins)
    counts = [np.histogram(values[np.isfinite(values)], bins=edges)[0] for _, values in groups]
    top = float(np.sum(counts, axis=0).max())
    span = [float(edges[0]), float(edges[-1]), *(v for b in bands for v in (b.left, b.right))]
    axes = Axes((min(span), max(span)), (0.0, top))
    parts = [_rectangle(axes, (b.left, 0.0), (b.right, axes.y[1]), "band") for b in bands]
    below = np.zeros(len(edges) - 1)
    names = [(b.name, "#888888", "band") for b in bands]
    for (name, _), count, color in zip(groups, counts, _cycled(len(groups)), strict=True):
        for index in np.flatnonzero(count):
            corner = (float(edges[index]), float(below[index]))
            other = (float(edges[index + 1]), float(below[index] + count[index]))
            parts.append(_rectangle(axes, corner, other, "bar", color))
        below += count
        names.append((name, color, "bar"))
    return _framed(axes, parts, (x_name, "patients"), names)


def _widened(ends: tuple[float, float]) -> tuple[float, float]:
    low, high = ends
    room = 0.04 * (high - low) or max(0.5, abs(high) * 0.1)
    return (low if low == 0 else low - room), high + room


def ticks(low: float, high: float) -> list[float]:
    """Return four to eight round numbers within the range."""
    rough = (high - low) / 5
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= rough)
    first = math.ceil(low / step - 1e-9)
    return [round(step * k, 10) for k in range(first, math.floor(high / step + 1e-9) + 1)]


def _cycled(count: int) -> list[str]:
    return [COLORS[i % len(COLORS)] for i in range(count)]


def _path(axes: Axes, line: Line, color: str) -> str:
    held = np.isfinite(line.x) & np.isfinite(line.y)
    places = " ".join("{:.1f},{:.1f}".format(*axes.at(x, y)) for x, y in zip(line.x[held], line.y[held], strict=True))
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    return f'<polyline points="{places}" fill="none" stroke="{color}" stroke-width="{line.width}"{dash}/>'


def _dots(axes: Axes, line: Line, color: str) -> str:
    held = np.isfinite(line.x) & np.isfinite(line.y)
    places = (axes.at(x, y) for x, y in zip(line.x[held], line.y[held], strict=True))
    return "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{color}" fill-opacity="0.7"/>' for x, y in places)


def _rectangle(axes: Axes, corner: tuple[float, float], other: tuple[float, float], kind: str, color: str = "") -> str:
    left, bottom = axes.at(*corner)
    right, top = axes.at(*other)
    fill = 'fill="#888888" fill-opacity="0.22"' if kind == "band" else f'fill="{color}" fill-opacity="0.85"'
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" {fill}/>'


def _framed(axes: Axes, parts: Sequence[str], names: tuple[str, str], legend: Sequence[tuple[str, str, str]]) -> str:
    across, middle = (_LEFT + _WIDTH - _RIGHT) / 2, (_TOP + axes.height - _BOTTOM) / 2
    x_name, y_name = (html.escape(name) for name in names)
    inner = [
        *_grid(axes),
        *parts,
        f'<text x="{across}" y="{axes.height - 8}" text-anchor="middle">{x_name}</text>',
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{y_name}</text>',
    ]
    keys = "".join(
        f'<span class="key">{_sample(color, kind)}{html.escape(name)}</span>' for name, color, kind in legend if name
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {axes.height}" role="img" aria-label="{y_name} by {x_name}">{"".join(inner)}</svg>'
        f'<p class="legend">{keys}</p>'
    )


def _sample(color: str, kind: str) -> str:
    """A mark of the legend as the line is drawn."""
    dash = kind.removeprefix("dashed ")
    if dash == kind:
        return f'<i style="background:{color}" class="{kind}"></i>'
    line = f'<line x1="0" x2="30" y1="4" y2="4" stroke="{color}" stroke-width="2.4" stroke-dasharray="{dash}"/>'
    return f'<svg viewBox="0 0 30 8" aria-hidden="true">{line}</svg>'


def _grid(axes: Axes) -> list[str]:
    parts = []
    for value in ticks(*axes.x):
        x, bottom = axes.at(value, axes.y[0])
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom:.1f}" class="grid"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16:.1f}" text-anchor="middle">{value:g}</text>')
    for value in ticks(*axes.y):
        left, y = axes.at(axes.x[0], value)
        parts.append(f'<line x1="{left:.1f}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
        parts.append(f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    return parts


def _empty() -> str:
    return '<p class="note">Nothing could be measured for this curve.</p>'
