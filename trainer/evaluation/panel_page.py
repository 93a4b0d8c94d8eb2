"""The heatmap panels of a grid's page, read from what the runs keep."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from trainer.evaluation.panels import SCHEMA
from trainer.evaluation.rebuild import GridResult
from trainer.evaluation.tables import CellResult
from trainer.pages.pictures import jpeg_address
from trainer.pages.text_table import TextTable

_OUTCOMES = {
    "true_positive": "found",
    "false_negative": "missed",
    "false_positive": "false alarm",
    "true_negative": "rightly negative",
}


def panel_parts(result: GridResult) -> Iterable[str]:
    """Headings, the table of heat against truth, and the panels of each cell's chosen run."""
    held = [(cell, found) for cell in result.finished if (found := _stored(cell)) is not None]
    yield "<h2>Heatmaps (Grad-CAM) of test patients</h2>"
    if not held:
        yield '<p class="note">The runs keep no panels.</p>'
        return
    yield (
        "<p>Left the slice with the patient's highest score, right the same slice with its heatmap; of each outcome "
        "the surest patient and the middle one. One scale of heat for a cell: the hotter, the more the slice speaks "
        "for the disease; the true disease, where it is known, is outlined in blue. "
        "Heat at the brain's edge would mean that a model learnt atrophy, not the disease.</p>"
    )
    table = truth_table(result)
    if table.rows:
        yield table.to_html(heading="h3")
    for cell, found in held:
        yield f"<h3>{html.escape(f'{cell.column}, {cell.row}')}</h3>"
        yield f'<div class="panels">{"".join(_panel(cell, item) for item in found["items"])}</div>'


def truth_table(result: GridResult) -> TextTable:
    """Where the heat lies against the true disease, of the runs that know it."""
    rows = []
    for cell in result.finished:
        truth = (_stored(cell) or {}).get("truth")
        if isinstance(truth, dict):
            shares = [f"{100 * truth[name]:.0f}" for name in ("pointing", "inside", "chance")]
            rows.append((cell.row, cell.column, str(truth["patients"]), *shares))
    notes = (
        "Of patients with the disease, the slice with the highest score. Inside: share of the heat within the disease; "
        "evenly spread over the head it would be the last column. Cells of Grad-CAM are coarser than small lesions.",
    )
    heads = (
        "Preprocessing",
        "Network",
        "Patients",
        "Hottest point in the disease, %",
        "Heat inside, %",
        "By chance, %",
    )
    return TextTable("Heatmaps against the true disease", heads, tuple(rows), notes, names=2)


def _panel(cell: CellResult, item: Mapping[str, Any]) -> str:
    outcome = _OUTCOMES[str(item["outcome"])]
    words = f"{outcome}: patient {item['patient']}, slice {item['slice']}, score {item['score']:.2f}"
    if item.get("inside") is not None:
        hit = "in" if item["pointing"] else "outside"
        words += f"; hottest point {hit} the disease, {100 * item['inside']:.0f} % of the heat inside"
    address = jpeg_address((_folder(cell) / str(item["file"])).read_bytes())
    text = html.escape(words)
    return f'<figure><img src="{address}" alt="{text}"><figcaption>{text}</figcaption></figure>'


def _stored(cell: CellResult) -> dict[str, Any] | None:
    """What a cell's chosen run keeps; None where it keeps nothing whole."""
    if cell.chosen is None:
        return None
    folder = _folder(cell)
    try:
        held = json.loads((folder / "panels.json").read_text(encoding="utf-8"))
        whole = held["schema"] == SCHEMA and all((folder / item["file"]).is_file() for item in held["items"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return held if whole else None


def _folder(cell: CellResult) -> Path:
    if cell.chosen is None:
        raise ValueError("a cell without a finished run keeps no panels")
    return cell.chosen.run.folder.path / "panels"
