"""Outlines, handles and words of measurements, and their CSV table."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.measurements import Kind, Measurement, Points, Values, measured
from leukoviewer.display.measurement_marks import ALL_WORDS_FROM_PX, NAMES, Mark, arrow_tip, caption, headline, title
from leukoviewer.display.measurement_table import COLUMNS, table

BOX = Mark("a", Kind.RECTANGLE, ((2.0, 3.0), (8.0, 11.0)))


def test_every_kind_has_a_name() -> None:
    assert set(NAMES) == set(Kind)


def test_an_ellipse_touches_the_middle_of_each_side_of_its_box() -> None:
    line, closed = replace(BOX, kind=Kind.ELLIPSE).outline()
    rows, columns = zip(*line, strict=True)
    assert closed
    assert (min(rows), max(rows), min(columns), max(columns)) == pytest.approx((2, 8, 3, 11))


@pytest.mark.parametrize("number", range(4))
def test_a_dragged_corner_leaves_the_opposite_one(number: int) -> None:
    corners = BOX.handles()
    points = BOX.with_handle(number, (20.0, 30.0))
    assert set(points) == {(20.0, 30.0), corners[(number + 2) % 4]}


def test_a_dragged_end_leaves_the_other_ones() -> None:
    angle = Mark("a", Kind.ANGLE, ((0, 0), (5, 5), (0, 9)))
    assert angle.with_handle(1, (6, 6)) == ((0, 0), (6, 6), (0, 9))


@pytest.mark.parametrize(("by", "first"), [((1, 1), (3, 4)), ((-50, 0), (-0.5, 3)), ((0, 50), (2, 11.5))])
def test_a_moved_shape_keeps_its_size_and_stays_on_the_slice(
    by: tuple[float, float], first: tuple[float, float]
) -> None:
    points = BOX.moved(by, (16, 20))
    assert points[0] == pytest.approx(first)
    assert (points[1][0] - points[0][0], points[1][1] - points[0][1]) == pytest.approx((6, 8))


@pytest.mark.parametrize(
    ("kind", "points", "empty"),
    [
        (Kind.LENGTH, ((1, 1), (1, 1)), True),
        (Kind.LENGTH, ((1, 1), (1, 2)), False),
        (Kind.RECTANGLE, ((1, 1), (1, 9)), True),
        (Kind.ELLIPSE, ((1, 1), (4, 9)), False),
        (Kind.ANGLE, ((1, 1), (1, 1), (5, 5)), True),
        (Kind.ANGLE, ((1, 1), (2, 2), (5, 5)), False),
    ],
)
def test_a_shape_without_extent_is_none(kind: Kind, points: Points, empty: bool) -> None:
    assert Mark("", kind, points).is_empty is empty


def test_the_barbs_of_an_arrow_lie_behind_its_head() -> None:
    barbs = arrow_tip((0.0, 0.0), (10.0, 0.0), 5.0)
    assert [math.hypot(*barb) for barb in barbs] == pytest.approx([5, 5])
    assert all(barb[0] > 0 for barb in barbs)
    assert barbs[0][1] == pytest.approx(-barbs[1][1])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (Values(length_mm=34.46), "34.5 mm"),
        (Values(angle_deg=45.0), "45.0°"),
        (Values(area_mm2=99.94), "99.9 mm²"),
        (Values(area_mm2=150.0), "1.50 cm²"),
        (Values(), ""),
    ],
)
def test_the_headline_is_the_measured_number_with_its_unit(values: Values, words: str) -> None:
    assert headline(values) == words


def test_the_caption_tells_area_and_hu_and_the_readers_words() -> None:
    hu = np.full((20, 20), 30, np.int16)
    hu[3, 4] = 50
    values = measured(BOX.kind, BOX.points, spacing_mm=(1.0, 1.0), hu=hu)
    lines = caption(BOX.kind, values, text="pons")
    assert lines == ("pons", "48.0 mm²", "mean 30.3 ± 2.5 HU", "min 30, max 50, 63 px")
    assert caption(BOX.kind, values, unit="(no HU)")[1].endswith("(no HU)")
    assert caption(Kind.ARROW, values, text="pons") == ("pons",)
    assert caption(Kind.LENGTH, None) == ()


@pytest.mark.parametrize(
    ("lines", "small"),
    [
        (("text", "1.0 cm²", "mean", "min"), ("text", "1.0 cm²")),
        (("1.0 cm²", "mean", "min"), ("1.0 cm²",)),
        (("text", "1.0 mm"), ("text", "1.0 mm")),
        (("mean", "min"), ("mean", "min")),  # without geometry
        ((), ()),
    ],
)
def test_a_small_picture_leaves_the_values_of_pixels_out(lines: tuple[str, ...], small: tuple[str, ...]) -> None:
    mark = Mark("a", Kind.RECTANGLE, ((0, 0), (2, 2)), lines)
    assert mark.lines_in(ALL_WORDS_FROM_PX) == lines
    assert mark.lines_in(ALL_WORDS_FROM_PX - 1) == small


def test_the_list_counts_slices_from_one() -> None:
    one = Measurement("a", Kind.LENGTH, ((0, 0), (0, 9)), "1.2", slice_index=11, text="x")
    assert title(one, Values(length_mm=9)) == "12:  Length  9.0 mm  “x”"


def test_the_table_holds_every_number_and_counts_slices_from_zero() -> None:
    one = Measurement("a", Kind.RECTANGLE, BOX.points, "1.2.3", slice_index=4, text='a "b", c')
    values = measured(one.kind, one.points, spacing_mm=(0.5, 2.0), hu=np.full((20, 20), 30, np.int16))
    text = table([(one, values, "HU"), (replace(one, kind=Kind.LENGTH), Values(length_mm=1 / 3), "HU")])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0] == {
        "slice": "4", "sop_instance_uid": "1.2.3", "kind": "rectangle", "text": 'a "b", c', "length_mm": "",
        "angle_deg": "", "area_mm2": "48.000", "pixels": "63", "mean": "30.00", "sd": "0.00", "min": "30.00",
        "max": "30.00", "unit": "HU", "points_row_column_px": "2.000,3.000 8.000,11.000",
    }  # fmt: skip
    assert (rows[1]["length_mm"], rows[1]["mean"], rows[1]["unit"]) == ("0.333", "", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_text_becomes_a_formula_of_a_spreadsheet(text: str) -> None:
    one = Measurement("a", Kind.ARROW, ((0, 0), (0, 9)), "1.2", text=text)
    row = next(csv.DictReader(io.StringIO(table([(one, Values(), "")]))))
    assert row["text"] == f"'{text}"
