"""The fingerprint of a data set as tables: text for the terminal, Markdown and CSV for files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leukoviewer import atomic
from leukoviewer.core.csv_text import csv_text
from trainer.data.fingerprint import Shared

_NAMES = {
    "slices": "Slices",
    "pixel_mm": "Pixel, mm",
    "step_mm": "Distance of slices, mm",
    "thickness_mm": "Slice thickness, mm",
    "tilt_deg": "Gantry tilt, degrees",
    "kvp": "Tube voltage, kV",
    "age_years": "Age, years",
    "head_hu": "Head (above -500 HU)",
    "tissue_hu": "Soft tissue and fluid (0 to 100 HU)",
    "matrix": "Matrix",
    "thicknesses_mm": "Slice thicknesses, mm",
    "kernel": "Kernel",
    "manufacturer": "Manufacturer",
    "model": "Scanner",
}
_SHARED = {
    "patient": "one DICOM patient id (or the same in column patient)",
    "study": "the same study",
    "series": "the same series",
    "instance": "the same images by UID",
    "pixels": "the same pictures by their pixels",
}
# Of a list longer than this, the rest is summed up in the tables; the JSON file holds all.
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; ``note`` stands under it."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(found: dict[str, Any]) -> tuple[Table, ...]:
    """The tables of a fingerprint, see :func:`trainer.data.fingerprint.fingerprint`; empty ones are left out."""
    every = (_patients(found), _numbers(found), _hu(found), *_categories(found), _shared(found), _left_out(found))
    return tuple(table for table in every if table.rows)


def as_text(shown: Iterable[Table]) -> str:
    """Columns of equal width, for a terminal."""
    return "\n".join(_text(table) for table in shown)


def as_markdown(shown: Iterable[Table], *, title: str) -> str:
    """A page in Markdown."""
    return f"# {title}\n\n" + "\n".join(_markdown(table) for table in shown)


def write_lists(folder: Path, *, left_out: Iterable[tuple[str, str]], shared: Iterable[Shared]) -> None:
    """Write which case was left out why (``left_out.csv``) and which share what (``shared.csv``): they name cases.

    Raises
    ------
    CannotWriteError
        The folder cannot be written.
    """
    atomic.write_text(folder / "left_out.csv", csv_text(("case", "reason"), left_out))
    pairs = ((one.kind, one.case_id, one.other_id, str(one.count), str(int(one.same_label))) for one in shared)
    atomic.write_text(folder / "shared.csv", csv_text(("kind", "case", "other", "marks", "same_label"), pairs))


def _patients(found: dict[str, Any]) -> Table:
    counts = found["patients"]
    negative = counts["usable"] - counts["positive"]
    rows = [
        ("Folders found", str(counts["found"])),
        ("Usable", str(counts["usable"])),
        ("Left out", str(counts["left_out"])),
        ("Different patients", str(counts["persons"])),
        ("With / without the disease", f"{counts['positive']} / {negative} ({counts['prevalence']:.1%} with)"),
    ]
    if counts["with_unreadable_slices"]:
        rows.append(("With slices that cannot be read", str(counts["with_unreadable_slices"])))
    rows += [(f"Scored slices, {one['folder']}", str(one["scored_slices"])) for one in found["recipes"]]
    return Table("Patients", ("", ""), tuple(rows), "Simulated, no real patients." if found["simulated"] else "")


def _numbers(found: dict[str, Any]) -> Table:
    columns = ("known", "min", "p5", "median", "p95", "max", "median_with", "median_without")
    header = ("", "known", "least", "5 %", "median", "95 %", "most", "median with", "median without")
    rows = (
        (_NAMES[name], *(_number(spread.get(column)) for column in columns))
        for name, spread in found["numbers"].items()
    )
    note = "Where the medians with and without the disease lie far apart, a model may learn the scan instead of it."
    return Table("Geometry and acquisition", header, tuple(rows), note)


def _hu(found: dict[str, Any]) -> Table:
    rows: list[tuple[str, ...]] = []
    points: list[int] = []
    for name, held in found["hu"].items():
        points = held["percentiles"]
        rows += [
            (f"{_NAMES[name]}, {words}", *(f"{value:.0f}" for value in held[key]))
            for words, key in (("median patient", "median"), ("lowest", "lowest"), ("highest", "highest"))
        ]
    return Table("HU, percentiles within a patient", ("", *(f"{p} %" for p in points)), tuple(rows))


def _categories(found: dict[str, Any]) -> list[Table]:
    named = [(_NAMES[name], tally) for name, tally in found["categories"].items()]
    named.append(("Warnings of the gate", found["warnings"]))
    return [Table(title, ("", "patients", "with the disease"), _tally(tally)) for title, tally in named]


def _tally(tally: Sequence[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    shown, rest = tally[:_MOST_ROWS], tally[_MOST_ROWS:]
    rows = [(one["value"], one["patients"], one["positive"]) for one in shown]
    if rest:
        rows.append((f"{len(rest)} others", sum(o["patients"] for o in rest), sum(o["positive"] for o in rest)))
    return tuple(
        (value, str(patients), f"{positive} ({positive / patients:.0%})") for value, patients, positive in rows
    )


def _shared(found: dict[str, Any]) -> Table:
    rows = (
        (_SHARED[one["kind"]], str(one["patients"]), str(one["marks"]), str(one["unlike_labels"]))
        for one in found["shared"]
    )
    note = "Folders of one patient stay on one side of a split; whatever else stands on two sides stops the run."
    header = ("Folders that share", "folders", "shared", "pairs with unlike labels")
    return Table("Shared between folders", header, tuple(rows), note)


def _left_out(found: dict[str, Any]) -> Table:
    rows = [(one["reason"], str(one["patients"])) for one in found["left_out"]]
    shown = [*rows[:_MOST_ROWS], *([(f"{len(rows) - _MOST_ROWS} other reasons", "")] if len(rows) > _MOST_ROWS else [])]
    return Table("Left out", ("Reason", "folders"), tuple(shown))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _text(table: Table) -> str:
    lines = [table.header, *table.rows] if any(table.header) else list(table.rows)
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.header))]
    body = (
        "  ".join(text.ljust(width) if column == 0 else text.rjust(width) for column, (text, width) in enumerate(pairs))
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    )
    note = [f"  {table.note}"] if table.note else []
    return "\n".join([table.title, *(f"  {line}".rstrip() for line in body), *note, ""])


def _markdown(table: Table) -> str:
    rule = ["---", *("---:" for _ in table.header[1:])]
    lines = (table.header, rule, *table.rows)
    body = [f"| {' | '.join(text.replace('|', '/') for text in line)} |" for line in lines]
    note = ["", table.note] if table.note else []
    return "\n".join([f"## {table.title}", "", *body, *note, ""])
