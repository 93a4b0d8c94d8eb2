"""The rows of the worklist as they are read, made from its entries (pure functions)."""

from __future__ import annotations

import os
from collections.abc import Iterable

from leukoviewer.core.progress import Progress
from leukoviewer.core.score_text import score_text
from leukoviewer.core.worklist import Entry, Finding, State
from leukoviewer.ui.findings_text import percent_of, probability_line
from leukoviewer.ui.language import later, plural, told, tr
from leukoviewer.ui.widgets.worklist_window import Field, WorklistRow

HEADS = (
    later("Study"), later("State"), later("Vote"), later("Score"), later("Positive slices"), later("Slices"),
    later("Remark"), later("Model"),
)  # fmt: skip
HEAD_TIPS = {
    3: later(
        "The patient's calibrated probability where the package has one, else the score of the most suspicious slice"
    )
}
SEALED = later("sealed")
_STATES = {
    State.WAITING: later("waiting"),
    State.RUNNING: later("running"),
    State.DONE: later("done"),
    State.REFUSED: later("refused"),
    State.FAILED: later("failed"),
    State.STOPPED: later("stopped"),
}
_ORDER = tuple(_STATES)
# Below every score and every vote.
_NONE = -1.0


def row_of(entry: Entry, *, progress: Progress | None = None, sealed: bool = False) -> WorklistRow:
    """One row.

    Parameters
    ----------
    entry : Entry
        What it is.
    progress : Progress, optional
        How far its run is.
    sealed : bool
        Whether nothing may be told of results.
    """
    finding = entry.finding
    texts = _finding(finding, sealed=sealed)
    fields = (
        Field(_name(entry), os.fspath(entry.path).casefold(), tip=os.fspath(entry.path)),
        Field(
            _state(entry, progress),
            float(_ORDER.index(entry.state)),
            stands_out=bool(entry.reason),
            tip=told(entry.reason),
        ),
        *texts,
        Field(str(entry.slices) if entry.slices else "", float(entry.slices)),
        _remark(entry),
        Field("" if finding is None else finding.package_id, "" if finding is None else finding.package_id),
    )
    return WorklistRow(entry.id, fields)


def summary_of(entries: Iterable[Entry]) -> str:
    """How many rows are in which state."""
    states = [entry.state for entry in entries]
    if not states:
        return tr("Add folders, or drop them here: each study found is a row and is scored in the background.")
    parts = (f"{states.count(state)} {tr(word)}" for state, word in _STATES.items() if state in states)
    return plural(len(states), "{} study: ", "{} studies: ") + ", ".join(parts)


def _name(entry: Entry) -> str:
    return os.sep.join(entry.path.parts[-2:])


def _state(entry: Entry, progress: Progress | None) -> str:
    word = tr(_STATES[entry.state])
    if entry.state is not State.RUNNING or progress is None:
        return word
    message = told(progress.message)
    if progress.fraction is None:
        return tr("{}: {}").format(word, message) if message else word
    return tr("{}: {} {} %").format(word, message, round(100 * progress.fraction))


def _finding(finding: Finding | None, *, sealed: bool) -> tuple[Field, Field, Field]:
    if finding is None:
        return Field("", _NONE), Field("", _NONE), Field("", _NONE)
    if sealed:
        hidden = Field(tr(SEALED), _NONE)
        return hidden, hidden, hidden
    word = tr("positive") if finding.is_positive else tr("negative")
    vote = float(finding.is_positive) + finding.positive / (finding.scored + 1)
    count = tr("{} of {}").format(finding.positive, finding.scored) + f" (> {finding.needed})"
    whole = tr("{} of {}, more than {} needed").format(finding.positive, finding.scored, finding.needed)
    return (
        Field(word, vote, stands_out=finding.is_positive),
        _score(finding),
        Field(count, finding.positive / max(finding.scored, 1), tip=whole),
    )


def _score(finding: Finding) -> Field:
    if finding.probability is None:
        return Field(score_text(finding.highest), finding.highest, tip=tr("Score of the most suspicious slice"))
    text = percent_of(finding.probability)
    if finding.simulated:
        text = f"{text} ({tr('simulated patients')})"
    tip = probability_line(finding.probability, fitted_on=finding.fitted_on, simulated=finding.simulated)
    return Field(text, finding.probability, tip=tip)


def _remark(entry: Entry) -> Field:
    finding, parts = entry.finding, []
    if entry.reason:
        parts.append(told(entry.reason))
    if finding is not None and finding.broken:
        parts.append(plural(finding.broken, "{} slice could not be read", "{} slices could not be read"))
    if finding is not None and finding.warnings:
        parts.append(plural(finding.warnings, "{} warning", "{} warnings"))
    text = "; ".join(parts)
    return Field(text, text.casefold(), tip=text)
