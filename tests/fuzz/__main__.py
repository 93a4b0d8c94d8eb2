"""``make fuzz N=3000 SEED=1``: open damaged files; ``INDEX=17`` repeats one, ``TABLE=x.json`` goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.cases import case_of, damaged
from tests.fuzz.runner import Table, run
from tests.fuzz.worker import DECODE_LIMIT_S, Bench, be_alone

NAMES = ("N", "SEED", "INDEX", "WORKERS", "TABLE", "FILE", "LIMIT")


def main(words: list[str]) -> int:
    """Run; return 1 when a case ended as none may, 2 for words that are not understood."""
    given = dict(word.partition("=")[::2] for word in words)
    if not given.keys() <= set(NAMES):
        sys.stderr.write(f"usage: python -m tests.fuzz {' '.join(f'{name}=...' for name in NAMES)}\n")
        return 2
    seed = int(given.get("SEED") or 1)
    if given.get("INDEX"):
        return _one(seed, int(given["INDEX"]), given.get("FILE", ""))
    path = Path(given["TABLE"]) if given.get("TABLE") else None
    table = Table.resumed(path, seed, int(given.get("N") or 3000))

    def told(now: Table) -> None:
        if path is not None:
            now.save(path)
        _say(f"{now.done} of {now.count}, {now.fault_count} faults, {now.seconds:.0f} s")

    decode_limit_s = float(given.get("LIMIT") or DECODE_LIMIT_S)
    run(table, workers=int(given.get("WORKERS") or os.cpu_count() or 1), decode_limit_s=decode_limit_s, told=told)
    _say("\n".join(table.lines()))
    return int(table.fault_count > 0)


def _one(seed: int, index: int, file: str) -> int:
    """Repeat one case in this process, with all that is known of it."""
    case = case_of(seed, index)
    _say(f"seed {seed}, index {index}: {case.base}, {', '.join(f'{s.name}({s.seed})' for s in case.steps)}")
    if file:
        Path(file).write_bytes(damaged(case))
        _say(f"written to {file}")
    be_alone()
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        try:
            found = bench.outcome(case)
        finally:
            bench.close()
    _say(f"{found.kind}: {found.reason}\n{found.trace}".rstrip())
    return int(found.kind.is_fault)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
