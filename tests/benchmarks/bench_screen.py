"""Frames on a screen in memory (Xvfb), where it is installed: what the window system adds to those without one.

The part ``frames`` runs again in a process of its own that paints on that screen.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from tests.benchmarks.measure import FULL, Size, Table, Timing

_CHILD = """
import json, sys
from tests.benchmarks import bench_frames, report
from tests.benchmarks.measure import Size
for table in bench_frames.tables(Size(frames=int(sys.argv[1]))):
    print(json.dumps(report.to_json(table, "screen")), flush=True)
"""


def tables(size: Size = FULL) -> Iterator[Table]:
    """Those of the part ``frames``; one without figures where there is no such screen."""
    if shutil.which("Xvfb") is None:
        yield Table("Frames on a screen (Xvfb)", (), "Xvfb is not installed, so frames are painted without a screen")
        return
    with _screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        line = [sys.executable, "-c", _CHILD, str(size.frames)]
        run = subprocess.run(line, check=False, capture_output=True, text=True, env=environment, timeout=300)
    found = [json.loads(text) for text in run.stdout.splitlines() if text.startswith("{")]
    if run.returncode or not found:
        yield Table(
            "Frames on a screen (Xvfb)", (), "Qt does not start on Xvfb here: a library of the system is absent"
        )
        return
    for table in found:
        timings = tuple(Timing(timing["name"], tuple(timing["seconds"])) for timing in table["timings"])
        yield Table(f"{table['title']}, on Xvfb", timings, table["claim"], table["kept"])


@contextmanager
def _screen() -> Generator[str, None, None]:
    """A screen in memory; its name for ``DISPLAY``."""
    line = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            number = "" if server.stdout is None else server.stdout.readline().strip()
            yield f":{number}"
        finally:
            server.terminate()
            server.wait()
