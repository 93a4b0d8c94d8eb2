"""The findings of all models as a table by slice, made from the session's state (pure functions)."""

from __future__ import annotations

import math

from leukoviewer.core.feedback import Label
from leukoviewer.core.series import Series
from leukoviewer.ui import disagreement, findings_text
from leukoviewer.ui.disagreement import Judged
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.feedback_panel import WORDS
from leukoviewer.ui.widgets.findings_table import Cell, FindingsSheet

NO_RESULT = "No result yet: run a model (M); each package that is run gets its own column."


def judged_of(session: Session) -> tuple[Judged, ...]:
    """All results of the shown series with the reader's limits."""
    return tuple((result, session.cutoffs_of(result)) for result in session.results_of_series())


def sheet_of(session: Session) -> FindingsSheet:
    """The whole table."""
    series = session.series
    if series is None:
        return FindingsSheet()
    judged = judged_of(session)
    keys = frozenset(session.key_images.of(series.key))
    found = disagreement.between(judged)
    own = _own_labels(session)
    heads = (
        tr("Slice"),
        "mm",
        *(tr("Score, {}").format(result.package.id) for result, _ in judged),
        *((tr("Yours"),) if own else ()),
        tr("Positive"),
        tr("Model's slice"),
        tr("Key"),
    )
    columns = [result.by_native() for result, _ in judged]
    positive, scored = disagreement.counts(judged) if judged else ([0] * len(series.slices),) * 2
    disputed = frozenset(found.slices)
    rows = []
    for index in range(len(series.slices)):
        cells = [_number(index), _position(series, index)]
        for (_, limits), scores in zip(judged, columns, strict=True):
            cells.append(_score(float(scores[index]), limits.slice_threshold))
        if own:
            cells.append(_own(own.get((series.slices[index].sop_instance_uid, series.slices[index].frame))))
        cells.append(_positive(int(positive[index]), int(scored[index]), disputed=index in disputed))
        cells += [_seen(session, index), Cell(tr("key image") if index in keys else "", float(index in keys))]
        rows.append(tuple(cells))
    said = (tr(SEALED),) if session.has_sealed_result else _patient(judged)
    said = tuple(session.with_keys(line) for line in said)
    return FindingsSheet(heads, tuple(rows), said, found.sentence if found.patient else "")


def _patient(judged: tuple[Judged, ...]) -> tuple[str, ...]:
    """Vote and calibrated probability, one line a model."""
    if not judged:
        return (told(NO_RESULT),)
    lines = []
    for result, limits in judged:
        vote = result.vote(slice_threshold=limits.slice_threshold, needed=limits.needed)
        parts = (findings_text.vote_line(result, vote), findings_text.patient_line(result))
        lines.append(f"{result.package.id}: " + " ".join(part for part in parts if part))
    return tuple(lines)


def _own_labels(session: Session) -> dict[tuple[str, int], Label]:
    """The reader's labels of slices, on the shown result."""
    result = session.result
    if result is None:
        return {}
    return {one.image: one.label for one in session.feedback.of(result.series_uid, result.package.id).slices}


def _own(label: Label | None) -> Cell:
    if label is None:
        return Cell("", math.nan)
    return Cell(tr(WORDS[label]), (Label.NEGATIVE, Label.UNSURE, Label.POSITIVE).index(label) / 2)


def _number(index: int) -> Cell:
    return Cell(str(index + 1), float(index))


def _position(series: Series, index: int) -> Cell:
    position = series.position_mm[index]
    return Cell("", math.nan) if position is None else Cell(f"{position:.1f}", position)


def _score(score: float, threshold: float) -> Cell:
    if math.isnan(score):
        return Cell(tr("not scored"), math.nan)
    return Cell(findings_text.shown_score(score, threshold), score, stands_out=score >= threshold)


def _positive(positive: int, scored: int, *, disputed: bool) -> Cell:
    if not scored:
        return Cell("", math.nan)
    if disputed:
        return Cell(tr("◆ {} of {} disagree").format(positive, scored), positive / scored, stands_out=True)
    return Cell(tr("yes") if positive else tr("no"), positive / scored, stands_out=bool(positive))


def _seen(session: Session, index: int) -> Cell:
    """Which slice of the chosen model's stack shows a native slice."""
    mapping = None if session.result is None else session.result.mapping
    place = None if mapping is None else mapping.stack_index(index)
    if mapping is None or place is None:
        return Cell("", math.nan)
    return Cell(tr("{} of {}").format(place + 1, mapping.stack_shape[0]), float(place))
