"""``make bench``: runs every ``bench_*.py`` here and prints its tables beside the machine's description.

A bench module offers ``tables() -> Iterable[Table]``. ``python -m tests.benchmarks inference`` runs those whose name
holds the word. The exit code is 1 when a budget is not kept.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.measure import Table, machine


def main(words: list[str]) -> int:
    """Run and print; return the exit code."""
    print(machine())
    kept = True
    for module in sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py")):
        if words and not any(word in module for word in words):
            continue
        for table in importlib.import_module(f"tests.benchmarks.{module}").tables():
            print("\n" + "\n".join(lines(table)), flush=True)
            kept = kept and table.kept is not False
    return 0 if kept else 1


def lines(table: Table) -> Iterable[str]:
    """A table as text; ratios are to our own contestant, the first row."""
    yield table.title
    width = max((len(timing.name) for timing in table.timings), default=0)
    for timing in table.timings:
        ratio = timing.median_s / table.timings[0].median_s
        median_ms, p95_ms = timing.median_s * 1e3, timing.p95_s * 1e3
        yield f"  {timing.name:<{width}}  {median_ms:9.1f} ms  p95 {p95_ms:9.1f} ms  x{ratio:5.2f}"
    if table.claim:
        yield f"  {'' if table.kept is None else 'kept: ' if table.kept else 'MISSED: '}{table.claim}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
