"""Measurements as a CSV table, RFC 4180; in files slices are counted from 0 at the vertex."""

from __future__ import annotations

from collections.abc import Iterable

from leukoviewer.core.csv_text import RFC_4180, csv_text
from leukoviewer.core.measurements import Measurement, Values

COLUMNS = (
    "slice", "sop_instance_uid", "kind", "text", "length_mm", "angle_deg", "area_mm2", "pixels", "mean", "sd", "min",
    "max", "unit", "points_row_column_px",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula and runs it.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def table(rows: Iterable[tuple[Measurement, Values, str]]) -> str:
    """One line a measurement: itself, its values and the unit of its pixels (``HU`` or empty)."""
    return csv_text(COLUMNS, (_row(*row) for row in rows), line_end=RFC_4180)


def _row(one: Measurement, values: Values, unit: str) -> tuple[str, ...]:
    found = values.statistics
    spread: tuple[str, ...] = ("",) * 6
    if found is not None:
        numbers = (found.mean_hu, found.sd_hu, found.min_hu, found.max_hu)
        spread = (str(found.count), *(f"{number:.2f}" for number in numbers), unit)
    points = " ".join(f"{row:.3f},{column:.3f}" for row, column in one.points)
    lengths = (_number(values.length_mm), _number(values.angle_deg), _number(values.area_mm2))
    return (str(one.slice_index), one.sop_instance_uid, one.kind.value, _safe(one.text), *lengths, *spread, points)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
