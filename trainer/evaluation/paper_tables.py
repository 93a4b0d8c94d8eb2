"""Tables 1 and 2 in the paper's layout, the paper's values beside ours, and what each cell stands on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trainer.evaluation.rebuild import GridResult
from trainer.evaluation.reference import RUNS, TABLES, paper_value
from trainer.evaluation.tables import CellResult, Summary
from trainer.pages.text_table import TextTable

NOTHING = "–"
# What must stand beside the tables of any grid.
SIMULATED = "The patients are simulated: these figures say nothing about patients, and are not to be held against the "
NOTES = (
    "Accuracy is by slice, at a score of 0.5; every slice inherits the label of its patient, also slices that cannot "
    "show the disease.",
    "BEST is the best of the runs on the same side, so BEST on test is optimistic; the honest figure beside it is the "
    "test of the run that was best on validation.",
    "Raters agree on white-matter disease with a kappa of 0.5 to 0.7, so on labels by people an accuracy near 98.5 % "
    "is an alarm, not a goal.",
)


def notes_of(result: GridResult) -> tuple[str, ...]:
    """The sentences without which the tables would mislead."""
    found = list(NOTES)
    if result.simulated:
        found.insert(0, f"{SIMULATED}paper's as better or worse. Simulated labels are exact, unlike those of raters.")
    volume = [c.column for c in result.finished if c.results[0].run.layout == "volume"]
    if volume:
        found.append(f"{' and '.join(dict.fromkeys(volume))} answers once a patient, so its accuracy is by patient.")
    found.append(f"Networks trained here: {_networks(result)}.")
    found.append(f"The paper ran each cell {RUNS} times; here: {_runs(result)}.")
    return tuple(found)


def paper_table(result: GridResult, side: str) -> TextTable:
    """AVG and BEST in percent by preprocessing, ours and the paper's by network."""
    footnotes = Footnotes()
    marked = {(row, column): _mark(result, row, column, footnotes) for row in result.rows for column in result.columns}
    rows = []
    for row in result.rows:
        for name, field in (("AVG", "average"), ("BEST", "best")):
            texts = [row, name]
            for column in result.columns:
                cell, printed = result.cell(row, column), paper_value(side, row, column)
                ours = cell.accuracy(side) if cell else None
                texts += [_percent(ours, field) + marked[row, column], _printed(printed, field)]
            rows.append(tuple(texts))
    heads = ("Preprocessing", "", *(head for column in result.columns for head in (column, "paper")))
    simulated = ", simulated patients" if result.simulated else ""
    return TextTable(
        title=f"{TABLES[side]}: accuracy by slice in %{simulated}",
        heads=heads,
        rows=tuple(rows),
        notes=footnotes.sentences,
        names=2,
        faint=frozenset(range(3, len(heads), 2)),
    )


def spread_table(result: GridResult, side: str) -> TextTable:
    """Runs, deviation and interval behind each cell, in percent; on test the run that was best on validation too."""
    heads = ["Preprocessing", "Network", "Runs", "AVG", "SD", "95 % interval of the mean"]
    heads += ["BEST (optimistic)", "Run best on validation", "Seed"] if side == "test" else ["BEST"]
    return TextTable(
        title=f"{'Test' if side == 'test' else 'Validation'}: what the accuracy by slice stands on, in %",
        heads=tuple(heads),
        rows=tuple(_spread(cell, side) for cell in result.cells),
        notes=("SD and interval are over runs (Student's t); with few runs the interval is wide.",),
        names=2,
    )


class Footnotes:
    """Numbers sentences; the same sentence has one number."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def mark(self, sentence: str) -> str:
        """The mark of a sentence, e.g. ``[1]``."""
        number = self._found.setdefault(sentence, len(self._found) + 1)
        return f" [{number}]"

    @property
    def sentences(self) -> tuple[str, ...]:
        """All, with their numbers."""
        return tuple(f"[{number}] {sentence}" for sentence, number in self._found.items())


def problem_sentence(cell: CellResult) -> str:
    """What of a cell is missing; empty when nothing is."""
    if not cell.problems:
        return ""
    missing = "; ".join(f"seed {run.seed} {why}" for run, why in cell.problems)
    return f"{cell.column}, {cell.row}: {len(cell.results)} of {cell.planned} runs ({missing})."


def _mark(result: GridResult, row: str, column: str, footnotes: Footnotes) -> str:
    cell = result.cell(row, column)
    if cell is None:
        return footnotes.mark("Not part of this grid.")
    sentence = problem_sentence(cell)
    return footnotes.mark(sentence) if sentence else ""


def _spread(cell: CellResult, side: str) -> tuple[str, ...]:
    found = cell.accuracy(side)
    interval = NOTHING
    if found is not None and found.low is not None and found.high is not None:
        interval = f"{100 * found.low:.1f} to {100 * found.high:.1f}"
    texts = [cell.row, cell.column, f"{len(cell.results)} of {cell.planned}"]
    texts += [_percent(found, "average"), _percent(found, "deviation"), interval, _percent(found, "best")]
    if side == "test":
        chosen = cell.chosen
        texts += [NOTHING, NOTHING] if chosen is None else [f"{100 * chosen.accuracy(side):.1f}", str(chosen.run.seed)]
    return tuple(texts)


def _percent(summary: Summary | None, field: str) -> str:
    value = None if summary is None else getattr(summary, field)
    return NOTHING if value is None else f"{100 * value:.1f}"


def _printed(value: Any, field: str) -> str:
    return NOTHING if value is None else f"{getattr(value, field):.1f}"


def _networks(result: GridResult) -> str:
    named: dict[str, list[str]] = {}
    for cell in result.cells:
        for run in (*(one.run for one in cell.results), *(one for one, _ in cell.problems)):
            if run.architecture not in named.setdefault(cell.column, []):
                named[cell.column].append(run.architecture)
    return ", ".join(f"{column} = {' and '.join(names)}" for column, names in _ordered(named, result).items())


def _ordered(named: Mapping[str, list[str]], result: GridResult) -> Mapping[str, list[str]]:
    return {column: named[column] for column in result.columns if column in named}


def _runs(result: GridResult) -> str:
    counts = sorted({len(cell.results) for cell in result.cells})
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
