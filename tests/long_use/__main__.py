"""``python -m tests.long_use N=500 SWITCHES=200``: a long day in one process as a table; 1 when a claim is missed."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

# Read before Qt is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.long_use.day import SETTLED, Growth, Held, read, sitting, write_model, write_studies
from tests.long_use.switching import Switched, switch

STUDIES = 10
MOST_MB, MOST_SLOWER, MOST_PAINT_MS, MOST_CANCEL_MS = 50.0, 1.2, 33.0, 300.0


def main(words: list[str]) -> int:
    """Run and tell."""
    given = dict(word.partition("=")[::2] for word in words)
    count, switches = int(given.get("N") or 500), int(given.get("SWITCHES") or 200)
    with tempfile.TemporaryDirectory() as name:
        os.environ["LEUKOVIEWER_HOME"] = str(Path(name) / "home")
        models = write_model(Path(name) / "models")
        studies = write_studies(Path(name), STUDIES, slices=28, side=256)
        with sitting(models) as viewer:
            held: list[Held] = []
            for number in range(count):
                held.append(read(viewer, studies[number % STUDIES]))
                if (number + 1) % 25 == 0:
                    one = held[-1]
                    _say(f"{number + 1:4d} studies: {one.resident_mb:7.1f} MB, {one.threads} threads, "
                         f"{one.handles} handles, opened in {one.open_s * 1e3:.0f} ms")  # fmt: skip
            switched = switch(viewer, studies, switches) if switches else None
    return _judge(Growth.of(held) if count > SETTLED else None, switched)


def _judge(growth: Growth | None, switched: Switched | None) -> int:
    missed = []
    if growth is not None:
        _say(json.dumps({**asdict(growth), "last open / first": round(growth.slower, 3)}))
        missed += ["memory"] * (growth.resident_mb >= MOST_MB) + ["threads"] * (growth.threads > 0)
        missed += ["handles"] * (growth.handles > 0) + ["opening"] * (growth.slower > MOST_SLOWER)
    if switched is not None:
        _say(f"{switched.switches} switches, {switched.under_way} during a run, {switched.checks} looks, "
             f"{switched.stale} stale; paint p95 {switched.paint_p95_ms():.1f} ms of {len(switched.paints_s)}, "
             f"slowest cancel {switched.cancel_most_ms():.0f} ms of {len(switched.cancels_s)}")  # fmt: skip
        missed += ["stale score"] * (switched.stale > 0) + ["paint"] * (switched.paint_p95_ms() >= MOST_PAINT_MS)
        missed += ["cancel"] * (switched.cancel_most_ms() >= MOST_CANCEL_MS)
    _say(f"MISSED: {', '.join(missed)}" if missed else "kept")
    return int(bool(missed))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
