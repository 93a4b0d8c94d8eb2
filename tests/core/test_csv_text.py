"""Tables as CSV text: read back by the csv module as they were written."""

from __future__ import annotations

import csv
import io

import pytest

from leukoviewer.core.csv_text import RFC_4180, csv_text


@pytest.mark.parametrize("cell", ["plain", "", "a,b", 'he said "no"', "two\nlines", "ends\r\nso", "žltá"])
@pytest.mark.parametrize("line_end", ["\n", RFC_4180])
def test_what_is_written_is_read_back(cell: str, line_end: str) -> None:
    text = csv_text(("name", "value"), [(cell, 1), ("next", 2)], line_end=line_end)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["name", "value"], [cell, "1"], ["next", "2"]]
    assert text.endswith(f"next,2{line_end}")


def test_a_table_without_rows_has_its_header() -> None:
    assert csv_text(("a", "b"), ()) == "a,b\n"


def test_nothing_is_an_empty_cell_and_numbers_keep_their_digits() -> None:
    assert csv_text(("a", "b", "c"), [(None, 0.1, True)], line_end=RFC_4180) == "a,b,c\r\n,0.1,True\r\n"
