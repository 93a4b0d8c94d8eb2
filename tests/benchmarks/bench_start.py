"""From starting the process to the painted window, and what was imported until then, by package."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks import xvfb
from tests.benchmarks.measure import FULL, Size, Table, Timing, is_here

WITHIN_S = 1.2
LATER = ("torch", "torchvision", "pydicom", "pyqtgraph", "onnxruntime", "scipy", "skimage", "timm")
_SHOWN_PACKAGES = 8

# Ends the program at the end of the first paint event of its window, and says what was loaded until then.
_CHILD = """
import json, sys, time
began, wanted = float(sys.argv[1]), json.loads(sys.argv[2])
from leukoviewer import app
run = app._run

def watched(application, viewer, **options):
    from PySide6.QtCore import QTimer

    paint = type(viewer.window).paintEvent

    def told():
        later = [name for name in wanted if name in sys.modules]
        print(json.dumps({"seconds": time.time() - began, "loaded": later}), flush=True)
        application.quit()

    def noted(window, event):
        paint(window, event)
        QTimer.singleShot(0, told)

    type(viewer.window).paintEvent = noted
    return run(application, viewer, **options)

app._run = watched
from leukoviewer.commands import screen
screen.has_display = lambda: True
from leukoviewer.__main__ import main
sys.argv = ["leukoviewer"]
sys.exit(main())
"""


def tables(size: Size = FULL) -> Iterator[Table]:
    """Seconds of whole starts; then one start whose imports are looked at."""
    with tempfile.TemporaryDirectory() as home:
        _start(Path(home))  # compiles what was not compiled yet, and fills the caches of the system
        seconds, loaded = [], set()
        for _ in range(size.starts):
            found = json.loads(_start(Path(home)).stdout.splitlines()[-1])
            seconds.append(float(found["seconds"]))
            loaded |= set(found["loaded"])
        imports = _start(Path(home), "-X", "importtime").stderr
    bare = tuple(_bare() for _ in range(size.starts))
    timings = (Timing("leukoviewer, window painted", tuple(seconds)), Timing("python alone", bare))
    early = f"; loaded too early: {', '.join(sorted(loaded))}" if loaded else "; nothing slow is loaded before"
    claim = f"{timings[0].median_s:.2f} s (at most {WITHIN_S:g}){early}"
    kept = timings[0].median_s <= WITHIN_S and not loaded
    yield Table("From starting the process to the window", timings, claim, kept, (_by_package(imports),), key="start")
    if size is FULL and is_here("napari") and xvfb.is_installed():
        yield _beside_napari(size.starts)


def _beside_napari(starts: int) -> Table:
    """Whole starts on a screen in memory, in turn: napari paints by OpenGL alone."""
    with xvfb.screen() as environment, tempfile.TemporaryDirectory() as home:
        contestants = {
            "leukoviewer": lambda: _start(Path(home), environment=environment), "napari": lambda: _napari(environment),
        }  # fmt: skip
        seconds: dict[str, list[float]] = {name: [] for name in contestants}
        for turn in range(starts + 1):
            for name, start in contestants.items():
                run = start()
                if turn:
                    seconds[name].append(float(json.loads(run.stdout.splitlines()[-1])["seconds"]))
    timings = tuple(Timing(f"{name}, window painted", tuple(found)) for name, found in seconds.items())
    return Table("From starting the process to the window, on Xvfb", timings, key="start_screen")


def _napari(environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    from tests.benchmarks.napari_view import START

    line = [sys.executable, "-c", START, str(time.time())]
    environment = {**environment, "QT_API": "pyside6"}
    return subprocess.run(line, check=True, capture_output=True, text=True, env=environment, timeout=120)


def _start(home: Path, *options: str, environment: Mapping[str, str] = os.environ) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"LEUKOVIEWER_HOME": str(home)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    line = [sys.executable, *options, "-c", _CHILD, str(time.time()), json.dumps(LATER)]
    return subprocess.run(line, check=True, capture_output=True, text=True, env=environment, timeout=120)


def _bare() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - began


def _by_package(log: str) -> str:
    """Own seconds of imports summed by top-level package, the largest first."""
    own_us: Counter[str] = Counter()
    for line in re.findall(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", log, flags=re.MULTILINE):
        own_us[line[1].split(".")[0]] += int(line[0])
    largest = ", ".join(f"{name} {own / 1e3:.0f}" for name, own in own_us.most_common(_SHOWN_PACKAGES))
    return f"imports by package, ms: {largest}, all {sum(own_us.values()) / 1e3:.0f}"
