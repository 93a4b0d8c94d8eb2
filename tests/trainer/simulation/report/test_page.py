"""The page needs no other file, escapes what it shows, and says what lies outside first."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from trainer.simulation.report.figures import OUTSIDE, Figure
from trainer.simulation.report.gallery import LEVELS, Row
from trainer.simulation.report.page import Page, render

PICTURES = ("data:image/jpeg;base64,AAAA",) * len(LEVELS)
FIGURES = (
    Figure(
        "a", "Tissue", "White <matter>", "27 HU", verdict="inside", allowed="20 to 30 HU", source="s", real="25.9 HU"
    ),
    Figure("b", "Noise", "Noise", "12 HU", verdict=OUTSIDE, reason="another dose", allowed="at most 10 HU", source="s"),
)


class _Tags(HTMLParser):
    """Counts open tags, so that a forgotten end is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _page(**changes: object) -> str:
    rows = (Row("first", 0, PICTURES), Row("second", 2, PICTURES))
    values: dict[str, object] = {
        "title": "T", "lead": ("one & two",), "figures": FIGURES, "curves": {"C": "<svg></svg>"}, "rows": rows,
        "real": Row("Real scan", None, PICTURES), **changes,
    }  # fmt: skip
    return render(Page(**values))  # type: ignore[arg-type]


def test_the_page_is_whole() -> None:
    tags = _Tags()
    tags.feed(_page())
    assert tags.open == []
    assert tags.seen.count("img") == 4 * len(LEVELS)


def test_the_page_needs_nothing_from_outside() -> None:
    text = _page()
    assert re.findall(r'(?:src|href)="(?!data:)', text) == []
    assert "http" not in text
    assert "<script" not in text


def test_what_is_shown_is_escaped() -> None:
    text = _page()
    assert "White &lt;matter&gt;" in text
    assert "one &amp; two" in text


def test_what_lies_outside_stands_first_with_its_reason() -> None:
    text = _page()
    assert text.index("Another dose") < text.index("<h2>Curves")
    assert "1 outside" in text


def test_the_real_scan_stands_beside_every_grade_or_its_absence_is_told() -> None:
    assert _page().count("Real scan</p>") == 2
    assert "No real scan beside: it is away." in _page(real=None, real_missing="it is away")
