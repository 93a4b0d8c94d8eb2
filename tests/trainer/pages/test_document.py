"""The frame of a page needs nothing from outside and escapes its title."""

from __future__ import annotations

from trainer.pages.document import render_document


def test_the_page_is_whole_and_alone() -> None:
    text = render_document("a < b", ["<p>x</p>"], style="p{color:red}")
    assert text.startswith("<!doctype html>")
    assert "<title>a &lt; b</title>" in text
    assert "p{color:red}</style>" in text
    assert "prefers-color-scheme:dark" in text
    assert "http" not in text
    assert "<script" not in text
