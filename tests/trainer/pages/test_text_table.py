"""One table, three forms that say the same."""

from __future__ import annotations

import re

import pytest

from trainer.pages.text_table import TextTable

TABLE = TextTable(
    "T & U", ("Name", "Ours", "paper"), (("a | b", "1.5", "2"), ("<c>", "–", "10.25")), ("note",), faint=frozenset({2})
)


def test_plain_text_is_aligned() -> None:
    lines = TABLE.to_plain().splitlines()
    assert lines[2:6] == ["Name   Ours  paper", "-----  ----  -----", "a | b   1.5      2", "<c>       –  10.25"]
    assert lines[-1] == "note"


def test_markdown_escapes_bars_and_sets_figures_right() -> None:
    lines = TABLE.to_markdown().splitlines()
    assert lines[0] == "## T & U"
    assert lines[3] == "| --- | ---: | ---: |"
    assert lines[4] == r"| a \| b | 1.5 | 2 |"


def test_html_is_escaped_and_tells_columns_apart() -> None:
    text = TABLE.to_html()
    assert "T &amp; U" in text
    assert "&lt;c&gt;" in text
    assert re.findall(r'<td class="([^"]+)">10.25</td>', text) == ["figure paper"]


def test_what_stands_in_brackets_is_not_broken_in_html() -> None:
    text = TextTable("T", ("a", "b"), (("x y", "0.5 (0.4 to 0.6)"),)).to_html()
    assert "0.5 (0.4&nbsp;to&nbsp;0.6)" in text
    assert "x y" in text


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="every row"):
        TextTable("T", ("a", "b"), (("1",),))
