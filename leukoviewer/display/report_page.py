"""A report as one HTML file with its pictures inside: plain enough for Qt's text engine, which makes the PDF of it."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from html import escape

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.score_text import score_text
from leukoviewer.display.heat import cell_mm
from leukoviewer.display.lettering import Picture, png_bytes
from leukoviewer.display.pictures import PictureStyle, slice_picture, slice_score
from leukoviewer.display.report import DISCLAIMER
from leukoviewer.display.report_content import KeySlice, Report
from leukoviewer.display.score_chart import score_chart

WIDTH_PX = 680
# So many pairs fit on a page of A4; the next one begins a new page, so that no caption stands alone.
_PAIRS_A_PAGE, _PICTURE_PX = 3, 260
_STYLE = """
body { font-family: "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif; font-size: 11px; color: #202428; }
h1 { font-size: 20px; margin: 0 0 2px 0; }
h2 { font-size: 13px; color: #34495c; margin: 14px 0 4px 0; }
p { margin: 3px 0; }
td { padding: 1px 10px 1px 0; vertical-align: top; }
.label { color: #5c646c; }
.verdict { font-size: 15px; font-weight: bold; }
.notice { background-color: #fff4dc; color: #6b4a00; padding: 6px; }
.warning { color: #8a4b00; }
.new-page { page-break-before: always; }
.small { font-size: 9px; color: #5c646c; }
"""

Rows = Iterable[tuple[str, str]]


def page(content: Report) -> Work[str]:
    """Lay the report out, one step a picture.

    Returns
    -------
    str
        A whole HTML document of :data:`WIDTH_PX` width that needs no other file; all text of the scan is escaped.
    """
    pairs: list[str] = []
    total = len(content.key_slices)
    for done, one in enumerate(content.key_slices):
        yield Progress(done, total, "Making pictures")
        pairs.append(_pair(content, one, is_first=done > 0 and done % _PAIRS_A_PAGE == 0))
    parts = [
        "<h1>LeukoViewer report</h1>",
        f'<p class="label">{_made(content)}</p>',
        f'<p class="notice">{escape(DISCLAIMER)}</p>',
        _section("Patient", _table(content.patient_rows)) if content.patient_rows else "",
        _section("Scan", _table(_scan(content))),
        _section("Result", _result(content)),
        _section("Warnings", _warnings(content)),
        _section("Key slices", "".join(pairs), kind="new-page") if pairs else "",
        _section("Scores by slice", _scores(content)),
        _section("Where this result comes from", _table(_provenance(content))),
    ]
    head = f'<head><meta charset="utf-8"><title>LeukoViewer report</title><style>{_STYLE}</style></head>'
    body = "\n".join(part for part in parts if part)
    frame = f'<body><div style="max-width:{WIDTH_PX}px">\n{body}\n</div></body>'
    return f'<!DOCTYPE html>\n<html lang="en">{head}\n{frame}</html>\n'


def _made(content: Report) -> str:
    made = content.stamp.created.astimezone(UTC)
    return f"Made on {made:%Y-%m-%d at %H:%M} UTC by LeukoViewer {escape(content.stamp.software_version)}"


def _section(title: str, body: str, *, kind: str = "") -> str:
    return f'<h2 class="{kind}">{escape(title)}</h2>\n{body}'


def _table(rows: Rows) -> str:
    cells = (f'<tr><td class="label" width="170">{escape(a)}</td><td>{escape(b)}</td></tr>' for a, b in rows if b)
    return f'<table cellspacing="0">{"".join(cells)}</table>'


def _picture(picture: Picture, width: int, text: str) -> str:
    data = b64encode(png_bytes(picture)).decode("ascii")
    return f'<img width="{width}" alt="{escape(text, quote=True)}" src="data:image/png;base64,{data}">'


def _scan(content: Report) -> Rows:
    series, volume = content.volume.series, content.volume
    geometry = series.report
    first = series.slices[0].pixels
    thickness = ", ".join(f"{value:g}" for value in geometry.thicknesses_mm)
    step = "" if geometry.spacing_mm is None else f"{geometry.spacing_mm:.2f} mm apart"
    return (
        ("Series", series.description),
        ("Scanner", f"{series.manufacturer} {series.model_name}".strip()),
        ("Kernel", series.kernel),
        ("Slices", f"{len(volume)} of {first.rows} x {first.columns} px, {step}".rstrip(", ")),
        ("Slice thickness", f"{thickness} mm" if thickness else ""),
        ("Geometry", f"{geometry.verdict.value.replace('_', ' ')} {geometry.reason}".strip()),
        ("Tilt", f"{geometry.tilt_deg:.1f}°" if abs(geometry.tilt_deg) >= 0.05 else ""),
        ("Series UID", series.series_uid),
        ("Study UID", series.study_uid),
    )


def _result(content: Report) -> str:
    analysis, vote = content.analysis, content.vote
    kind = "The scores are calibrated on the package's own validation data."
    if not analysis.calibrated:
        kind = "A score is a score and not a probability: this package was not calibrated on real patients."
    lines = [
        f'<p class="verdict">{escape(vote.sentence)}</p>',
        f"<p>A slice counts as positive from a score of {vote.slice_threshold:.2f}. {kind}</p>",
    ]
    if analysis.mapping.counting:
        lines.append(f"<p>{escape(analysis.mapping.counting)}</p>")
    if content.is_vote_moved:
        own = analysis.vote()
        lines.append(
            f'<p class="warning">The reader moved the limits. At the package\'s own ({own.slice_threshold:.2f}): '
            f"{escape(own.sentence)}.</p>"
        )
    chart = score_chart(analysis.by_native(), threshold=vote.slice_threshold)
    return "\n".join([*lines, f"<p>{_picture(chart, WIDTH_PX, 'Scores by slice')}</p>"])


def _warnings(content: Report) -> str:
    found = (*content.volume.warnings, *content.analysis.warnings)
    lines = [f'<p class="warning">{escape(one.message)}</p>' for one in found]
    if content.analysis.package.simulated:
        lines.insert(0, '<p class="warning">The model was trained on simulated patients alone.</p>')
    return "\n".join(lines) or "<p>None.</p>"


def _pair(content: Report, one: KeySlice, *, is_first: bool) -> str:
    """The slice without and with its heatmap, side by side; ``is_first`` begins a page."""
    style = content.style
    bare = replace(style, heatmap=style.heatmap.with_visible(visible=False))
    # What the reader drew stands beside the heatmap, not in it.
    hot = replace(style, heatmap=style.heatmap.with_visible(visible=True), marks={})
    score = slice_score(content.analysis, one.index)
    told = "not scored" if score is None else f"score {score_text(score, content.vote.slice_threshold)}"
    names = (f"Slice {one.index + 1}: {told}, {one.reason}", "with heatmap")
    cells = "".join(_cell(content, one.index, each, name) for each, name in zip((bare, hot), names, strict=True))
    style_of_page = ' style="page-break-before: always"' if is_first else ""
    return f'<table cellspacing="0"{style_of_page}><tr>{cells}</tr></table>'


def _cell(content: Report, index: int, style: PictureStyle, words: str) -> str:
    picture = slice_picture(content.volume, index, analysis=content.analysis, style=style)
    return f"<td>{escape(words)}<br>{_picture(picture, _PICTURE_PX, f'Slice {index + 1}')}</td>"


def _scores(content: Report) -> str:
    """Number and score of every native slice, ten pairs a row."""
    cells: list[str] = []
    for index, score in enumerate(content.analysis.by_native().tolist()):
        told = "–" if math.isnan(score) else score_text(score, content.vote.slice_threshold)
        bold = score >= content.vote.slice_threshold
        value = f"<b>{told}</b>" if bold else told
        cells.append(f'<td width="64"><span class="label">{index + 1}</span>&nbsp; {value}</td>')
    rows = "".join(f"<tr>{''.join(cells[start : start + 10])}</tr>" for start in range(0, len(cells), 10))
    return f'<table cellspacing="0">{rows}</table><p class="small">Bold: positive. –: the model did not look.</p>'


def _provenance(content: Report) -> Rows:
    analysis, package = content.analysis, content.analysis.package
    cells = ""
    if content.volume.spacing_mm is not None:
        tall, wide = cell_mm(analysis, content.volume.spacing_mm)
        cells = f"cells of {tall:.0f} x {wide:.0f} mm, one scale for the scan"
    return (
        ("Model package", f"{package.name} {package.version}"),
        ("Network", f"{package.architecture} ({package.task})"),
        ("Trained on", package.trained_on),
        ("Training run", package.training_run),
        ("SHA-256 of the manifest", package.sha256),
        ("Engine", f"{analysis.engine} on {analysis.device}"),
        ("Preprocessing", f"{analysis.recipe_id}, digest {analysis.recipe_digest}"),
        ("Heatmap", f"{analysis.heatmap_method}, {cells}".rstrip(", ")),
        ("Software", f"LeukoViewer {content.stamp.software_version}"),
    )
