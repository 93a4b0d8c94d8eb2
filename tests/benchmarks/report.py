"""What the benchmarks found as text for the terminal, as JSON and Markdown under ``out/``, and as the README's section.

The files keep what other runs found on the same machine: ``make bench`` of one part replaces the tables of that part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from leukoviewer import atomic
from tests.benchmarks.measure import AGAIN, Table

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "out" / "bench"
SCHEMA = "leukoviewer.benchmarks/1"
BEGIN, END = "<!-- speed: written by python -m tests.benchmarks --readme -->", "<!-- end of speed -->"

Found = Mapping[str, Any]


def lines(table: Table) -> Iterator[str]:
    """A table as text; ratios are to our own contestant, the first row."""
    yield table.title
    width = max((len(timing.name) for timing in table.timings), default=0)
    for timing in table.timings:
        ratio = timing.median_s / (table.timings[0].median_s or 1.0)
        median_ms, p95_ms = timing.median_s * 1e3, timing.p95_s * 1e3
        yield f"  {timing.name:<{width}}  {median_ms:9.1f} ms  p95 {p95_ms:9.1f} ms  x{ratio:5.2f}"
    if table.claim:
        yield f"  {'' if table.kept is None else 'kept: ' if table.kept else 'MISSED: '}{table.claim}"
    yield from (f"  {note}" for note in table.notes)


def to_json(table: Table, part: str) -> dict[str, Any]:
    """A table as it stands in the JSON file."""
    return {
        "part": part, "key": table.key or re.sub(r"[^a-z0-9]+", "_", table.title.lower())[:60].strip("_"),
        "title": table.title, "claim": table.claim, "kept": table.kept, "notes": list(table.notes),
        "timings": [
            {"name": t.name, "median_s": t.median_s, "p95_s": t.p95_s, "seconds": list(t.seconds)}
            for t in table.timings
        ],
    }  # fmt: skip


def save(found: Iterable[Found], machine: str, *, folder: Path = FOLDER) -> None:
    """Write ``benchmarks.json`` and ``benchmarks.md``, with the parts of earlier runs on the same machine."""
    tables = list(found)
    parts = {table["part"] for table in tables}
    file = folder / "benchmarks.json"
    before = load(file)
    if _same_machine(before["machine"], machine):
        tables = [table for table in before["tables"] if table["part"] not in parts] + tables
    tables.sort(key=lambda table: str(table["part"]))
    folder.mkdir(parents=True, exist_ok=True)
    atomic.write_json(file, {"schema": SCHEMA, "machine": machine, "tables": tables})
    atomic.write_text(folder / "benchmarks.md", "\n".join(markdown(tables, machine)) + "\n")


def load(file: Path) -> dict[str, Any]:
    """What :func:`save` wrote; nothing where there is no such file."""
    try:
        data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"machine": "", "tables": []}
    return data if data.get("schema") == SCHEMA else {"machine": "", "tables": []}


def _same_machine(one: str, other: str) -> bool:
    return one.partition(", load")[0] == other.partition(", load")[0]


def markdown(tables: Iterable[Found], machine: str) -> Iterator[str]:
    """All tables as Markdown."""
    yield from ("# Speed", "", machine, "")
    for table in tables:
        yield from (f"## {table['title']}", "", "| | median | p95 | ratio |", "|---|---|---|---|")
        ours = _ours(table)
        for timing in table["timings"]:
            ratio = timing["median_s"] / ours if ours else 1.0
            yield f"| {timing['name']} | {_ms(timing['median_s'])} | {_ms(timing['p95_s'])} | {ratio:.2f} |"
        yield ""
        if table["claim"]:
            yield from (f"{_verdict(table)}: {table['claim']}", "")
        yield from (f"- {note}" for note in table["notes"])
        yield ""


def readme_section(tables: Iterable[Found], machine: str) -> Iterator[str]:
    """The section of the README: one row a table with a budget."""
    found = list(tables)
    yield from (
        BEGIN,
        f"Measured by `make bench` on {machine.partition(', Linux')[0]}; times are medians. {_noise(found)}",
    )
    yield from ("", "| what | LeukoViewer | beside it in the same run | budget |", "|---|---|---|---|")
    for table in found:
        if table["kept"] is not None:
            own = _ms(_ours(table)) if table["timings"] else ""
            yield f"| {table['title']} | {own} | {_peers(table)} | {_verdict(table)}: {table['claim']} |"
    yield END


def write_readme(readme: Path = ROOT / "README.md", *, folder: Path = FOLDER) -> None:
    """Put the section of what was measured last between the marks of the README.

    Raises
    ------
    ValueError
        Nothing was measured, or the README has no marks.
    """
    data, text = load(folder / "benchmarks.json"), readme.read_text(encoding="utf-8")
    if not data["tables"]:
        raise ValueError("nothing was measured yet; run make bench first")
    if BEGIN not in text or END not in text:
        raise ValueError("the README has no marks for the section on speed")
    head, rest = text.split(BEGIN, 1)
    section = "\n".join(readme_section(data["tables"], data["machine"]))
    atomic.write_text(readme, head + section + rest.split(END, 1)[1])


def _noise(tables: Iterable[Found]) -> str:
    """How far our own contestants that ran twice lie apart."""
    apart = [
        abs(timing["median_s"] / _ours(table) - 1)
        for table in tables
        for timing in table["timings"]
        if timing["name"] == AGAIN and _ours(table)
    ]
    return f"What ran twice differs by {max(apart):.0%} at most." if apart else ""


def _ours(table: Found) -> float:
    return float(table["timings"][0]["median_s"]) if table["timings"] else 0.0


def _peers(table: Found) -> str:
    ours = _ours(table) or 1.0
    others = [timing for timing in table["timings"][1:] if timing["name"] != AGAIN]
    return ", ".join(f"{timing['name']} x{timing['median_s'] / ours:.2f}" for timing in others)


def _verdict(table: Found) -> str:
    return {True: "kept", False: "missed", None: "seen"}[table["kept"]]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
