"""The report of a grid as one HTML page that needs no other file: summary, tables, curves, decisions, heatmaps."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path

from leukoviewer import atomic
from trainer.evaluation.grid_curves import learning_curves, precision_curves, reliability_curves, roc_curves
from trainer.evaluation.panel_page import panel_parts
from trainer.evaluation.paper_tables import notes_of, problem_sentence
from trainer.evaluation.patient_tables import with_interval
from trainer.evaluation.rebuild import GridResult
from trainer.evaluation.table_files import further_tables, paper_tables
from trainer.evaluation.tables import CellResult
from trainer.pages.document import render_document

_STYLE = """
td.figure,th.figure{text-align:right;font-variant-numeric:tabular-nums}
td.paper,th.paper{color:var(--faint)}
.wide table{width:auto;min-width:min(100%,700px)}.wide th,.wide td{overflow-wrap:normal}
.summary{background:var(--card);border:1px solid var(--line);padding:6px 16px;margin:12px 0}
.warning{border-left:5px solid var(--out);padding-left:12px}
.matrices{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:16px}
.matrices h3{margin:0 0 4px}.matrices table{width:100%}.matrices td,.matrices th{text-align:right}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:12px}
.panels figure{margin:0;background:var(--card);border:1px solid var(--line);padding:8px}
.panels img{width:100%;height:auto;display:block}
.panels figcaption{font-weight:400;font-size:13px;margin:6px 0 0}
"""


def render_grid(result: GridResult) -> str:
    """Return the page's text; it does not depend on the time or the place of the grid."""
    simulated = " (simulated patients)" if result.simulated else ""
    title = f"Grid {result.name}{simulated}"
    body = [
        f"<h1>{html.escape(title)}</h1>",
        *_summary(result),
        *(table.to_html() for table in paper_tables(result)),
        *(table.to_html() for table in further_tables(result)),
        *_curves("Learning curves, every run", learning_curves(result)),
        *_curves("ROC on test, by patient (in brackets the area)", roc_curves(result)),
        *_curves("Precision and recall on test, by patient (in brackets its average)", precision_curves(result)),
        *_curves("Reliability on test, by slice", reliability_curves(result, "slice")),
        *_curves("Reliability on test, by patient", reliability_curves(result, "patient")),
        *_matrices(result),
        *panel_parts(result),
    ]
    return render_document(title, body, style=_STYLE)


def write_page(result: GridResult, out: Path) -> Path:
    """Write ``report.html``.

    Raises
    ------
    CannotWriteError
        It cannot be written.
    """
    place = out / "report.html"
    atomic.write_text(place, render_grid(result))
    return place


def _summary(result: GridResult) -> Iterable[str]:
    planned = sum(cell.planned for cell in result.cells)
    done = sum(len(cell.results) for cell in result.cells)
    lines = [f"{done} of {planned} runs are finished, in {len(result.finished)} of {len(result.cells)} cells."]
    lines += [line for line in (_data(result), _best(result), _told_apart(result), _shortcuts(result)) if line]
    yield f'<div class="summary">{"".join(f"<p>{html.escape(line)}</p>" for line in lines)}</div>'
    missing = [sentence for cell in result.cells if (sentence := problem_sentence(cell))]
    if missing:
        items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in missing)
        yield f'<div class="warning"><p>Missing:</p><ul>{items}</ul></div>'
    yield "<p>How to read it:</p>"
    yield f"<ul>{''.join(f'<li>{html.escape(note)}</li>' for note in notes_of(result))}</ul>"


def _data(result: GridResult) -> str:
    if not result.data or not result.finished:
        return ""
    chosen = result.finished[0].chosen
    sides = "" if chosen is None else _sides(chosen.figures)
    described = str(result.data.get("description", "patients"))
    return f"Data: {described}, {result.data.get('patients', '?')} patients{sides}."


def _sides(figures: Mapping[str, Mapping[str, object]]) -> str:
    counts = [
        f"{figures[side]['patients']} to {verb} ({figures[side]['positive_patients']} with the disease)"
        for side, verb in (("validation", "validate"), ("test", "test"))
    ]
    return f"; {', '.join(counts)}"


def _best(result: GridResult) -> str:
    """The cell whose chosen run was best on validation: the one that a user would take."""

    def worth(cell: CellResult) -> float:
        return 0.0 if cell.chosen is None else cell.chosen.accuracy("validation")

    cell = max(result.finished, key=worth)
    if cell.chosen is None:
        return ""
    patient = cell.chosen.figures["test"]["patient"]
    found = ", ".join(f"{name} {with_interval(patient[key])}" for key, name in _SHOWN.items())
    return (
        f"Best on validation: {cell.column} with preprocessing {cell.row}, seed {cell.chosen.run.seed}. Its test, by "
        f"patient: {found}; by slice: accuracy {100 * cell.chosen.accuracy('test'):.1f} %."
    )


_SHOWN = {"auc": "AUC", "sensitivity": "sensitivity", "specificity": "specificity"}


def _told_apart(result: GridResult) -> str:
    pairs = result.comparisons.pairs
    if not pairs:
        return ""
    apart = sum(pair.p_corrected < 0.05 for pair in pairs)
    return f"{apart} of {len(pairs)} comparisons of cells are told apart after correction for their number."


def _shortcuts(result: GridResult) -> str:
    """Cells that a probe reaches."""
    aucs = {probe.name: probe.auc for probe in result.probes if probe.auc is not None}
    if not aucs:
        return ""
    name = max(aucs, key=lambda one: aucs[one])
    reached = [
        f"{cell.column}, {cell.row}"
        for cell in result.finished
        if (found := cell.over_runs("test", "patient", "auc")) is not None and found.average <= aucs[name]
    ]
    which = f"not above it: {'; '.join(reached)}" if reached else "all cells lie above it"
    return f"The best probe ({name}) reaches a patient AUC of {aucs[name]:.3f}; {which}."


def _curves(heading: str, curves: Mapping[str, str]) -> Iterable[str]:
    if not curves:
        return
    figures = "".join(
        f"<figure><figcaption>{html.escape(name)}</figcaption>{svg}</figure>" for name, svg in curves.items()
    )
    yield f'<h2>{html.escape(heading)}</h2><div class="curves">{figures}</div>'


def _matrices(result: GridResult) -> Iterable[str]:
    yield "<h2>Confusion on test at the operating point</h2>"
    for by in ("patient", "slice"):
        parts = "".join(_matrix(cell, by) for cell in result.finished)
        yield f'<h3>By {by}</h3><div class="matrices">{parts}</div>'


def _matrix(cell: CellResult, by: str) -> str:
    if cell.chosen is None:
        return ""
    count = cell.chosen.figures["test"]["confusion"][by]
    rows = "".join(
        f"<tr><th>{name}</th><td>{count[f'{called}_positive']}</td><td>{count[f'{other}_negative']}</td></tr>"
        for name, called, other in (("with the disease", "true", "false"), ("without", "false", "true"))
    )
    heads = f"<tr><th>{by}s</th><th>called positive</th><th>called negative</th></tr>"
    return f"<div><h3>{html.escape(f'{cell.column}, {cell.row}')}</h3><table>{heads}{rows}</table></div>"
