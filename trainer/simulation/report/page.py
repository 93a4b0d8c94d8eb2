"""The report as one HTML page that needs no other file: verdicts first, then curves, tables and the gallery."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from trainer.pages.document import render_document
from trainer.simulation.report.figures import INSIDE, OUTSIDE, SHOWN, Figure
from trainer.simulation.report.gallery import LEVELS, Row

_STYLE = """
.row{margin:0 0 14px}.row p{margin:0 0 4px;font-size:14px;max-width:none}.row.real p{font-weight:600}
.heads{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:4px;background:#000;padding:4px}
.heads img{width:100%;height:auto;display:block}
.heads.names{background:none;padding:0 4px;font-size:13px;color:var(--faint)}
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What the report shows.

    Attributes
    ----------
    title : str
        Heading.
    lead : tuple of str
        Sentences below it: what was measured, what is missing.
    figures : tuple of Figure
        In the order of their groups.
    curves : mapping of str to str
        SVG by caption.
    rows : tuple of Row
        Simulated heads by grade.
    real : Row or None
        The real scan.
    real_missing : str
        Why there is no real scan.
    """

    title: str
    lead: tuple[str, ...]
    figures: tuple[Figure, ...]
    curves: Mapping[str, str]
    rows: tuple[Row, ...] = ()
    real: Row | None = None
    real_missing: str = ""


def render(page: Page) -> str:
    """Return the page's text."""
    body = [
        f"<h1>{html.escape(page.title)}</h1>",
        *(f"<p>{html.escape(line)}</p>" for line in page.lead),
        _overview(page.figures),
        '<h2>Curves</h2><div class="curves">',
        *(f"<figure><figcaption>{html.escape(name)}</figcaption>{svg}</figure>" for name, svg in page.curves.items()),
        "</div>",
        *(_table(group, list(members)) for group, members in groupby(page.figures, key=lambda f: f.group)),
        *_gallery(page),
    ]
    return render_document(page.title, body, style=_STYLE)


def count_verdicts(figures: Sequence[Figure]) -> dict[str, int]:
    """Return how many figures have each verdict."""
    return {verdict: sum(f.verdict == verdict for f in figures) for verdict in (INSIDE, OUTSIDE, SHOWN)}


def _overview(figures: Sequence[Figure]) -> str:
    counts = count_verdicts(figures)
    outside = [f for f in figures if f.verdict == OUTSIDE]
    words = (
        f"<p><span class='inside'>{counts[INSIDE]} figures inside</span> their stated range, "
        f"<span class='outside'>{counts[OUTSIDE]} outside</span>, {counts[SHOWN]} only shown (without a range).</p>"
    )
    if not outside:
        return words
    lines = "".join(
        f"<li><b>{html.escape(f.title)}</b>: {html.escape(f.found)}; allowed {html.escape(f.allowed)}. "
        f"{html.escape(f.reason[:1].upper() + f.reason[1:])}.</li>"
        for f in outside
    )
    return f"{words}<ul>{lines}</ul>"


def _table(group: str, figures: Sequence[Figure]) -> str:
    with_real = any(f.real for f in figures)
    heads = ["Figure", "Found", *(["Real scan"] if with_real else []), "Allowed", "Source", "Verdict"]
    lines = "".join(_line(f, with_real=with_real) for f in figures)
    names = "".join(f"<th>{name}</th>" for name in heads)
    return f'<h2>{html.escape(group)}</h2><div class="wide"><table><tr>{names}</tr>{lines}</table></div>'


def _line(figure: Figure, *, with_real: bool) -> str:
    reason = f"<br><span class='note'>{html.escape(figure.reason)}</span>" if figure.reason else ""
    cells = [
        f"<td>{html.escape(figure.title)}</td>",
        f'<td class="found">{html.escape(figure.found)}</td>',
        *([f'<td class="found">{html.escape(figure.real)}</td>'] if with_real else []),
        f"<td>{html.escape(figure.allowed)}</td>",
        f"<td>{html.escape(figure.source)}</td>",
        f'<td><span class="{figure.verdict}">{figure.verdict}</span>{reason}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _gallery(page: Page) -> list[str]:
    if not page.rows:
        return []
    parts = ["<h2>Gallery at brain window (width 80, center 40 HU), all heads to one scale</h2>"]
    if page.real is None:
        parts.append(f'<p class="note">No real scan beside: {html.escape(page.real_missing)}.</p>')
    for grade, members in groupby(page.rows, key=lambda row: row.grade):
        parts.append(f"<h3>Grade {grade}</h3>")
        names = "".join(f"<span>{html.escape(name)} ({below:g} mm)</span>" for name, below in LEVELS)
        parts.append(f'<div class="heads names">{names}</div>')
        parts += [_heads(row) for row in ((page.real,) if page.real else ())]
        parts += [_heads(row) for row in members]
    return parts


def _heads(row: Row) -> str:
    kind = "row real" if row.grade is None else "row"
    pictures = "".join(
        f'<img src="{address}" width="300" height="300" alt="{html.escape(name)}">'
        for address, (name, _) in zip(row.pictures, LEVELS, strict=True)
    )
    return f'<div class="{kind}"><p>{html.escape(row.title)}</p><div class="heads">{pictures}</div></div>'
