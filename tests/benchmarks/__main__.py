"""``make bench``: runs every ``bench_*.py`` here and prints its tables beside the machine's description.

A bench module offers ``tables()`` or ``tables(size)``, an iterable of :class:`~tests.benchmarks.measure.Table`.
``python -m tests.benchmarks reading frames`` runs those whose name holds one of the words. JSON and Markdown are
written under ``out/bench``; ``--readme`` writes the README's section from them and runs nothing. The exit code is 1
when a budget is not kept.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from tests.benchmarks import report
from tests.benchmarks.measure import FULL, Size, Table, machine


def main(words: list[str]) -> int:
    """Run and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Speed beside peers.")
    parser.add_argument("parts", nargs="*", help="run only parts whose name holds one of these words")
    parser.add_argument("--readme", action="store_true", help="write the README's section from what was measured last")
    asked = parser.parse_args(words)
    if asked.readme:
        report.write_readme()
        return 0
    where = machine()
    print(where)
    kept = True
    for name, module in parts(asked.parts):
        found: list[report.Found] = []
        for table in tables_of(module, FULL):
            print("\n" + "\n".join(report.lines(table)), flush=True)
            found.append(report.to_json(table, name))
            kept = kept and table.kept is not False
        # After each part: a long run that is stopped leaves what it found.
        report.save(found, where)
    print(f"\nwritten: {report.FOLDER / 'benchmarks.json'} and benchmarks.md")
    return 0 if kept else 1


def parts(words: Iterable[str] = ()) -> Iterator[tuple[str, ModuleType]]:
    """The bench modules by name, those that hold one of the words (all without words)."""
    wanted = tuple(words)
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if not wanted or any(word in path.stem for word in wanted):
            yield name, importlib.import_module(f"tests.benchmarks.{path.stem}")


def tables_of(module: ModuleType, size: Size) -> Iterator[Table]:
    """Tables of a module; a part without sizes measures what it always does."""
    if inspect.signature(module.tables).parameters:
        yield from module.tables(size)
    else:
        yield from module.tables()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
