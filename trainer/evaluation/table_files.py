"""Writes a grid's tables: Markdown to read, JSON and CSV for programs; the same scores give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leukoviewer import atomic
from leukoviewer.core.csv_text import csv_text
from trainer.evaluation.paper_tables import notes_of, paper_table, problem_sentence, spread_table
from trainer.evaluation.patient_tables import (
    calibration_table,
    comparison_table,
    figures_table,
    operating_table,
    probe_table,
)
from trainer.evaluation.rebuild import SENSITIVITY, GridResult
from trainer.evaluation.reference import TABLES, paper_value
from trainer.evaluation.tables import CONFIDENCE, SIDES, CellResult, RunResult
from trainer.pages.text_table import TextTable

SCHEMA = "leukoviewer.tables/1"
_SUMMARY = ("runs", "average", "best", "deviation", "low", "high")
_ACCURACY_HEADS = (
    "side", "preprocessing", "network", "planned", *_SUMMARY, "best_on_validation", "seed_best_on_validation",
    "paper_average_percent", "paper_best_percent", "simulated",
)  # fmt: skip
_FIGURE_HEADS = ("side", "by", "preprocessing", "network", "seed", "figure", "value", "low", "high", "simulated")


def paper_tables(result: GridResult) -> tuple[TextTable, ...]:
    """Tables 1 and 2, and what they stand on."""
    return tuple(make(result, side) for side in TABLES for make in (paper_table, spread_table))


def further_tables(result: GridResult) -> tuple[TextTable, ...]:
    """What the paper does not print."""
    found = [figures_table(result, "patient"), operating_table(result), figures_table(result, "slice")]
    found += [calibration_table(result), comparison_table(result)]
    return (*found, probe_table(result)) if result.probes else tuple(found)


def to_markdown(result: GridResult) -> str:
    """All tables as Markdown."""
    tables = (*paper_tables(result), *further_tables(result))
    notes = "".join(f"- {note}\n" for note in notes_of(result))
    return f"# Tables of {result.name}\n\n{notes}\n" + "\n".join(table.to_markdown() for table in tables)


def to_plain(result: GridResult) -> str:
    """The paper's tables for a terminal."""
    tables = [paper_table(result, side).to_plain() for side in TABLES]
    tables += [spread_table(result, "test").to_plain(), operating_table(result).to_plain()]
    return "\n".join([*tables, "\n".join(notes_of(result)) + "\n"])


def to_json(result: GridResult) -> dict[str, Any]:
    """Everything, in shares (not percent)."""
    return {
        "schema": SCHEMA,
        "name": result.name,
        "simulated": result.simulated,
        "data": dict(result.data),
        "notes": list(notes_of(result)),
        "confidence": CONFIDENCE,
        "sensitivity_asked": SENSITIVITY,
        "resamples": result.resamples,
        "cells": [_cell(cell) for cell in result.cells],
        "comparisons": {
            "figure": "patient AUC on test, mean over the runs",
            "correction": "Holm",
            "patients": result.comparisons.patients,
            "reason": result.comparisons.reason,
            "pairs": [pair.to_json() for pair in result.comparisons.pairs],
        },
        "probes": [
            {name: getattr(probe, name) for name in ("name", "what", "auc", "low", "high", "patients")}
            for probe in result.probes
        ],
    }


def accuracy_csv(result: GridResult) -> str:
    """Tables 1 and 2, one row a cell and side, in shares; the paper's values in percent as it prints them."""
    rows = (_accuracy_row(result, cell, side) for side in SIDES for cell in result.cells)
    return csv_text(_ACCURACY_HEADS, rows)


def figures_csv(result: GridResult) -> str:
    """Every figure of the run of each cell that was best on validation, one row a figure."""
    rows = (
        (side, by, cell.row, cell.column, cell.chosen.run.seed, name, *_ends(figure), _told(result.simulated))
        for cell in result.cells
        if cell.chosen is not None
        for side in SIDES
        for by in ("patient", "slice")
        for name, figure in cell.chosen.figures[side][by].items()
    )
    return csv_text(_FIGURE_HEADS, rows)


def write_tables(result: GridResult, out: Path) -> tuple[Path, ...]:
    """Write ``tables.md``, ``tables.json``, ``accuracy.csv`` and ``figures.csv``; return their places.

    Raises
    ------
    CannotWriteError
        A file cannot be written.
    """
    texts = {
        "tables.md": to_markdown(result),
        "accuracy.csv": accuracy_csv(result),
        "figures.csv": figures_csv(result),
    }
    for name, text in texts.items():
        atomic.write_text(out / name, text)
    atomic.write_json(out / "tables.json", to_json(result))
    return tuple(out / name for name in (*texts, "tables.json"))


def _cell(cell: CellResult) -> dict[str, Any]:
    summaries = {side: cell.accuracy(side) for side in SIDES}
    chosen = cell.chosen
    return {
        "preprocessing": cell.row,
        "network": cell.column,
        "planned": cell.planned,
        "accuracy_by_slice": {side: None if found is None else found.to_json() for side, found in summaries.items()},
        "paper_percent": {side: _paper(side, cell) for side in SIDES},
        "best_on_validation": None if chosen is None else _chosen(chosen),
        "runs": [_run(one) for one in cell.results],
        "missing": [{"run": run.name, "seed": run.seed, "why": why} for run, why in cell.problems],
        "sentence": problem_sentence(cell),
    }


def _paper(side: str, cell: CellResult) -> dict[str, float] | None:
    found = paper_value(side, cell.row, cell.column)
    return None if found is None else {"average": found.average, "best": found.best}


def _chosen(one: RunResult) -> dict[str, Any]:
    return {"run": one.run.name, "accuracy_by_slice": {side: round(one.accuracy(side), 6) for side in SIDES}} | {
        name: one.figures[name] for name in ("calibration", "operating_point", "patient_calibration", *SIDES)
    }


def _run(one: RunResult) -> dict[str, Any]:
    run = one.run
    named = {name: getattr(run, name) for name in ("name", "seed", "architecture", "recipe", "layout")}
    return named | {
        "accuracy_by_slice": {side: round(one.accuracy(side), 6) for side in SIDES},
        "patient_auc": {side: one.figures[side]["patient"]["auc"]["value"] for side in SIDES},
    }


def _accuracy_row(result: GridResult, cell: CellResult, side: str) -> Sequence[object]:
    found, printed = cell.accuracy(side), paper_value(side, cell.row, cell.column)
    summary = {} if found is None else found.to_json()
    chosen = cell.chosen
    return (
        side,
        cell.row,
        cell.column,
        cell.planned,
        *(summary.get(name, 0 if name == "runs" else None) for name in _SUMMARY),
        None if chosen is None else round(chosen.accuracy(side), 6),
        None if chosen is None else chosen.run.seed,
        None if printed is None else printed.average,
        None if printed is None else printed.best,
        _told(result.simulated),
    )


def _ends(figure: dict[str, Any]) -> tuple[Any, ...]:
    return figure["value"], figure["low"], figure["high"]


def _told(simulated: object) -> str:
    return "yes" if simulated else "no"
