"""A result in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leukoviewer.core.score_text import score_text

if TYPE_CHECKING:
    from leukoviewer.core.results import Analysis
    from leukoviewer.core.volume import Volume

RESEARCH_USE = "Research use, not for diagnosis."


def lines(volume: Volume, analysis: Analysis) -> Iterable[str]:
    """The series, what is to be known of it, each slice's score, the vote. Slices are counted from 1 at the vertex."""
    series, package = volume.series, analysis.package
    number = "" if series.series_number is None else f" {series.series_number}"
    verdict = series.report.verdict.replace("_", " ")
    yield f"{series.description or f'Series{number}'}: {len(volume)} slices, {verdict}"
    yield from (f"  {text}" for text in dict.fromkeys(w.message for w in (*volume.warnings, *analysis.warnings)))
    kind = "probability" if analysis.calibrated else "score, not a probability"
    yield f"Model {package.id}, trained on {package.trained_on}; {analysis.engine} on {analysis.device}"
    yield f"  slice  position mm  {kind}"
    yield from _slice_lines(volume, analysis)
    yield f"{analysis.vote().sentence} (a slice is positive from {analysis.slice_threshold:.3g})"
    yield from filter(None, (analysis.mapping.counting,))
    yield RESEARCH_USE


def _slice_lines(volume: Volume, analysis: Analysis) -> Iterable[str]:
    position_mm = volume.series.position_mm
    scores = {index: item.score for item in analysis.scores for index in item.native}
    for index, score in sorted(scores.items()):
        where = position_mm[index]
        place = "-" if where is None else f"{where:.1f}"
        mark = "  +" if score >= analysis.slice_threshold else ""
        yield f"  {index + 1:5d}  {place:>11}  {score_text(score, analysis.slice_threshold, digits=3)}{mark}"
