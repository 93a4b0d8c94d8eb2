"""Frames on a screen in memory (Xvfb), where it is installed: what the window system adds to those without one.

The part ``frames`` runs again in a process of its own that paints on that screen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.benchmarks import xvfb
from tests.benchmarks.measure import FULL, Size, Table, Timing, is_here
from tests.benchmarks.report import Found

_CHILD = """
import json, sys
from tests.benchmarks import bench_frames, report
from tests.benchmarks.measure import Size
for table in bench_frames.tables(Size(frames=int(sys.argv[1]))):
    print(json.dumps(report.to_json(table, "screen")), flush=True)
"""
_NAPARI = """
import json, sys
from tests.benchmarks import bench_frames, report
for table in bench_frames.beside_napari(int(sys.argv[1])):
    print(json.dumps(report.to_json(table, "screen")), flush=True)
"""
NAPARI_FRAMES = 60


def tables(size: Size = FULL) -> Iterator[Table]:
    """Those of the part ``frames``; one without figures where there is no such screen."""
    if not xvfb.is_installed():
        yield Table("Frames on a screen (Xvfb)", (), "Xvfb is not installed, so frames are painted without a screen")
        return
    found = _tables_of(_CHILD, size.frames)
    if not found:
        yield Table(
            "Frames on a screen (Xvfb)", (), "Qt does not start on Xvfb here: a library of the system is absent"
        )
        return
    # A renderer that does not start ends the process: in one of its own, and never in the smoke run of the tests.
    if size is FULL and is_here("napari"):
        found += _tables_of(_NAPARI, NAPARI_FRAMES)
    for table in found:
        timings = tuple(Timing(timing["name"], tuple(timing["seconds"])) for timing in table["timings"])
        yield Table(f"{table['title']}, on Xvfb", timings, table["claim"], table["kept"])


def _tables_of(child: str, frames: int) -> list[Found]:
    """What a process on such a screen tells; nothing when it does not end well."""
    with xvfb.screen() as environment:
        line = [sys.executable, "-c", child, str(frames)]
        run = subprocess.run(line, check=False, capture_output=True, text=True, env=environment, timeout=300)
    return [] if run.returncode else [json.loads(text) for text in run.stdout.splitlines() if text.startswith("{")]
