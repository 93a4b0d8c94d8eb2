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
import subprocess
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
    wanted = names(asked.parts)
    if not wanted:
        parser.error(f"no part holds one of these words; there are {', '.join(names())}")
    if len(wanted) > 1:
        # Each in a process of its own: what one part loads and leaves in memory is no burden of the next.
        line = [sys.executable, "-m", "tests.benchmarks"]
        return max(subprocess.run([*line, name], check=False).returncode for name in wanted)
    return _measure(*wanted)


def _measure(name: str) -> int:
    where, kept = machine(), True
    print(f"{name}: {where}", flush=True)
    found: list[report.Found] = []
    ((part, module),) = parts([name])
    for table in tables_of(module, FULL):
        print("\n" + "\n".join(report.lines(table)), flush=True)
        found.append(report.to_json(table, part))
        kept = kept and table.kept is not False
    report.save(found, where)
    print(f"\nwritten: {report.FOLDER / 'benchmarks.json'} and benchmarks.md\n", flush=True)
    return 0 if kept else 1


def names(words: Iterable[str] = ()) -> list[str]:
    """The bench modules by name, those that hold one of the words (all without words)."""
    wanted = tuple(words)
    stems = (path.stem for path in sorted(Path(__file__).parent.glob("bench_*.py")))
    return [stem for stem in stems if not wanted or any(word in stem for word in wanted)]


def parts(words: Iterable[str] = ()) -> Iterator[tuple[str, ModuleType]]:
    """The modules of those names, each with its part's name."""
    for stem in names(words):
        yield stem.removeprefix("bench_"), importlib.import_module(f"tests.benchmarks.{stem}")


def tables_of(module: ModuleType, size: Size) -> Iterator[Table]:
    """Tables of a module; a part without sizes measures what it always does."""
    if inspect.signature(module.tables).parameters:
        yield from module.tables(size)
    else:
        yield from module.tables()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
