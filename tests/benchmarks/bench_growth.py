"""Time and memory against the number of slices and the size of their matrix: nothing grows worse than linearly.

Each point is a process of its own, since the most memory that a process held is known for the whole of it alone. The
curves are drawn into ``out/bench/growth.svg``.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from tests.benchmarks.folders import write_scan
from tests.benchmarks.measure import FULL, Size, Table, Timing
from tests.benchmarks.report import FOLDER

# Above this, the time of one more slice has grown with the number of slices; noise stays below.
STEEPER = 1.5


@dataclass(frozen=True, slots=True)
class Point:
    """One folder: seconds of the headers and of the pixels, and the memory it took."""

    slices: int
    side: int
    headers_s: float
    load_s: float
    held_bytes: int


def tables(size: Size = FULL) -> Iterator[Table]:
    """Two matrices; then the picture of both."""
    curves = []
    for side, counts in ((size.side, size.growth), (2 * size.side, size.wide_growth)):
        points = [_point(count, side, rounds=min(3, size.rounds)) for count in counts]
        curves.append(points)
        yield _judged(points)
    if size is FULL:
        draw(curves, FOLDER / "growth.svg")


def _point(slices: int, side: int, *, rounds: int) -> Point:
    with tempfile.TemporaryDirectory() as folder:
        scan = write_scan(Path(folder), slices, side=side)
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            return pool.submit(measured, scan.folder, slices, side, rounds).result()


def measured(folder: Path, slices: int, side: int, rounds: int) -> Point:
    """The best of some rounds in this process."""
    _forget_peak()
    before = _peak_bytes()
    headers, loads = [], []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        series = finish(discover(folder)).series[0]
        middle = time.perf_counter()
        volume = finish(load(series))
        headers.append(middle - began)
        loads.append(time.perf_counter() - middle)
        del volume
    return Point(slices, side, min(headers), min(loads), _peak_bytes() - before)


def _judged(points: Sequence[Point]) -> Table:
    side = points[0].side
    timings = tuple(Timing(f"{p.slices} slices", (p.headers_s + p.load_s,)) for p in points)
    steep_s = slope(points, [p.headers_s + p.load_s for p in points])
    added_bytes = (points[-1].held_bytes - points[-2].held_bytes) / (points[-1].slices - points[-2].slices)
    steep_bytes = added_bytes / (side**2 * 2)
    claim = (
        f"the last slices take {steep_s:.2f} times the time of those before and {steep_bytes:.2f} times the memory of "
        f"their pixels (at most {STEEPER:g})"
    )
    notes = (
        "memory, MB over the empty program: "
        + ", ".join(
            f"{p.slices}: {p.held_bytes / 1e6:.0f} (pixels {p.slices * side**2 * 2 / 1e6:.0f})" for p in points
        ),
    )
    kept = max(steep_s, steep_bytes) <= STEEPER
    return Table(
        f"Growth with slices of {side} x {side}: headers and load", timings, claim, kept, notes, f"growth_{side}"
    )


def slope(points: Sequence[Point], values: Sequence[float]) -> float:
    """What a slice costs between the last two points, relative to a slice of the second-last folder as a whole."""
    before, last = points[-2], points[-1]
    added = (values[-1] - values[-2]) / (last.slices - before.slices)
    return added / max(values[-2] / before.slices, 1e-12)


def draw(curves: Sequence[Sequence[Point]], file: Path) -> None:
    """Time and memory over the number of slices, one curve a matrix."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    clock, memory = figure.subplots(1, 2)
    for points in curves:
        counts, label = [p.slices for p in points], f"{points[0].side} x {points[0].side}"
        clock.plot(counts, [p.headers_s + p.load_s for p in points], "o-", label=label)
        memory.plot(counts, [p.held_bytes / 1e6 for p in points], "o-", label=label)
        memory.plot(counts, [p.slices * p.side**2 * 2 / 1e6 for p in points], ":", color="gray")
    clock.set(xlabel="slices", ylabel="headers and load, s", ylim=0, xlim=0)
    memory.set(xlabel="slices", ylabel="memory, MB (dotted: pixels)", ylim=0, xlim=0)
    clock.legend()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)


def _forget_peak() -> None:
    """Let the peak begin anew, where the system can: a process inherits that of the one that started it."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_bytes() -> int:
    """The most memory that this process held; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
