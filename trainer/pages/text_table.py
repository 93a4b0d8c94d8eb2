"""A table of texts in four forms that say the same: aligned text, Markdown, HTML, and rows for CSV."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table.

    Attributes
    ----------
    title : str
        Its heading.
    heads : tuple of str
        Names of the columns.
    rows : tuple of tuple of str
        Each as long as ``heads``.
    notes : tuple of str
        Sentences below it.
    names : int
        So many first columns hold names; the others hold figures, which are set to the right.
    faint : frozenset of int
        Columns that stand beside for comparison.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    names: int = 1
    faint: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("every row of a table has a text for every head")

    def to_plain(self) -> str:
        """Aligned text for a terminal."""
        widths = [max(len(text) for text in column) for column in zip(self.heads, *self.rows, strict=True)]
        lines = [self._aligned(row, widths) for row in (self.heads, *self.rows)]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([self.title, "", *lines, *self.notes]) + "\n"

    def to_markdown(self) -> str:
        """GitHub's Markdown, with the title as a heading of the second level."""
        marks = ["---" if place < self.names else "---:" for place in range(len(self.heads))]
        rows = [self._escaped(self.heads), marks, *(self._escaped(row) for row in self.rows)]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([f"## {self.title}", "", *lines, *(f"\n{note}" for note in self.notes)]) + "\n"

    def to_html(self, *, heading: str = "h2") -> str:
        """HTML with heading and notes."""
        heads = "".join(f"<th{self._kind(place)}>{html.escape(text)}</th>" for place, text in enumerate(self.heads))
        rows = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        notes = "".join(f'<p class="note">{html.escape(note)}</p>' for note in self.notes)
        return (
            f"<{heading}>{html.escape(self.title)}</{heading}>"
            f'<div class="wide"><table><tr>{heads}</tr>{rows}</table></div>{notes}'
        )

    def _aligned(self, row: Sequence[str], widths: Sequence[int]) -> str:
        places = range(len(row))
        texts = (
            row[place].ljust(widths[place]) if place < self.names else row[place].rjust(widths[place])
            for place in places
        )
        return "  ".join(texts).rstrip()

    def _cells(self, row: Sequence[str]) -> str:
        return "".join(f"<td{self._kind(place)}>{_unbroken(html.escape(text))}</td>" for place, text in enumerate(row))

    def _kind(self, place: int) -> str:
        kinds = [*(["figure"] if place >= self.names else []), *(["paper"] if place in self.faint else [])]
        return f' class="{" ".join(kinds)}"' if kinds else ""

    @staticmethod
    def _escaped(row: Sequence[str]) -> list[str]:
        return [text.replace("|", "\\|") for text in row]


def _unbroken(text: str) -> str:
    """A narrow cell breaks before a bracket, not within it."""
    return re.sub(r"\([^()]*\)", lambda found: found[0].replace(" ", "&nbsp;"), text)
