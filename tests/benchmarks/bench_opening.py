"""Opening a folder in the real window: the first picture, the whole series, a slow disk, stopping, memory.

The first picture counts from the choice of the folder to the end of the paint event that shows it.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import Canceled
from leukoviewer.jobs.job import Job
from tests.benchmarks.folders import Scan, write_scan
from tests.benchmarks.measure import FULL, Size, Table, Timing
from tests.benchmarks.throttle import Disk

FIRST_WITHIN_S, FIRST_SHARE = 0.3, 0.15
MEMORY_FACTOR, MEMORY_OVER_BYTES = 1.5, 250e6
CANCEL_WITHIN_S = 0.5
_NAMES = ("first picture", "whole series")
# A share over a busy network: late to answer, and a twentieth of what a local disk gives.
SLOW = Disk(latency_s=0.004, bytes_a_second=40e6)


def tables(size: Size = FULL) -> Iterator[Table]:
    """One folder for all."""
    with tempfile.TemporaryDirectory() as folder:
        scan = write_scan(Path(folder) / "scan", size.many, side=size.side)
        yield _first_picture(scan, size)
        yield _slow(scan, rounds=min(3, size.rounds))
        yield _stopping(scan, rounds=size.rounds)
        yield _memory(scan)


def _first_picture(scan: Scan, size: Size) -> Table:
    """From the start page, each time in a new window; then over a scan that is open, where no preview may show."""
    from tests.benchmarks.window import PaintWatch, open_folder, viewer_window

    fresh, over = [], []
    for turn in range(size.rounds + 1):
        with viewer_window() as viewer, PaintWatch(viewer).watching() as watch:
            found = open_folder(viewer, watch, scan.folder), open_folder(viewer, watch, scan.folder)
        if turn:
            fresh.append(found[0])
            over.append(found[1])
    first, whole = (Timing(name, tuple(found)) for name, found in zip(_NAMES, zip(*fresh, strict=True), strict=True))
    others = (
        Timing(f"{name}, over an open scan", tuple(found))
        for name, found in zip(_NAMES, zip(*over, strict=True), strict=True)
    )
    share = first.median_s / whole.median_s
    claim = f"{first.median_s:.2f} s (at most {FIRST_WITHIN_S:g}), {share:.0%} of the whole (at most {FIRST_SHARE:.0%})"
    title = f"First picture of {size.many} slices in the window"
    kept = first.median_s <= FIRST_WITHIN_S and share <= FIRST_SHARE
    notes = ("from the start page the first picture is the preview; over an open scan, the slice itself",)
    return Table(title, (first, whole, *others), claim, kept, notes, key="first_picture")


def _slow(scan: Scan, *, rounds: int) -> Table:
    """No window: preview, headers, first slice, all slices, on a disk that is the bottleneck."""
    seconds: dict[str, list[float]] = {"preview": [], "whole series": [], "headers": [], "first slice": []}
    for _ in range(rounds):
        with SLOW.under_readers():
            began = time.perf_counter()
            search = discover(scan.folder)
            _to_part(search)
            seconds["preview"].append(time.perf_counter() - began)
            series = finish(search).series[0]
            seconds["headers"].append(time.perf_counter() - began)
            work = load(series)
            _to_part(work)
            seconds["first slice"].append(time.perf_counter() - began)
            finish(work)
            seconds["whole series"].append(time.perf_counter() - began)
    title = (
        f"{len(scan.files)} slices from a slow disk ({SLOW.latency_s * 1e3:g} ms a file, "
        f"{SLOW.bytes_a_second / 1e6:g} MB a second)"
    )
    timings = tuple(Timing(name, tuple(values)) for name, values in seconds.items())
    share = timings[0].median_s / timings[1].median_s
    claim = f"the first picture after {share:.1%} of the whole (at most {FIRST_SHARE:.0%})"
    return Table(title, timings, claim, share <= FIRST_SHARE, key="slow_disk")


def _to_part(work: Work[object]) -> None:
    """Go on to the first step that brings something to show."""
    while next(work).part is None:
        pass


def _stopping(scan: Scan, *, rounds: int) -> Table:
    """From the wish to stop until the job has ended, in the middle of loading from a slow disk."""
    series = finish(discover(scan.folder)).series[0]
    with SLOW.under_readers():
        waits = tuple(_stop_once(Job(load(series), 1), at=len(scan.files) // 4) for _ in range(rounds))
    timing = Timing("stopping", waits)
    claim = f"p95 {timing.p95_s * 1e3:.0f} ms (at most {CANCEL_WITHIN_S * 1e3:.0f})"
    return Table("Stopping a load from a slow disk", (timing,), claim, timing.p95_s <= CANCEL_WITHIN_S, key="stopping")


def _stop_once(job: Job, *, at: int) -> float:
    reached = threading.Event()
    outcomes: list[object] = []

    def look(step: Progress) -> None:
        if step.done >= at:
            reached.set()

    thread = threading.Thread(target=lambda: outcomes.append(job.run(look).error))
    thread.start()
    reached.wait()
    began = time.perf_counter()
    job.cancel()
    thread.join()
    if not isinstance(outcomes[0], Canceled):
        raise ValueError("the job ended before it was stopped")
    return time.perf_counter() - began


# Memory


def _memory(scan: Scan) -> Table:
    """What the program holds beside an open series, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        held = pool.submit(_held_bytes, scan.folder).result()
    allowed = scan.pixel_bytes * MEMORY_FACTOR + MEMORY_OVER_BYTES
    words = "not known here" if held is None else f"{held / 1e6:.0f} MB"
    claim = f"{words} resident with {scan.pixel_bytes / 1e6:.0f} MB of pixels open (at most {allowed / 1e6:.0f})"
    return Table(
        f"Memory with {len(scan.files)} slices open", (), claim,
        None if held is None else held <= allowed, key="memory",
    )  # fmt: skip


def _held_bytes(folder: Path) -> int | None:
    from tests.benchmarks.window import PaintWatch, open_folder, viewer_window

    with viewer_window() as viewer, PaintWatch(viewer).watching() as watch:
        open_folder(viewer, watch, folder)
        if "torch" in sys.modules:
            raise ValueError("torch was loaded though no model ran")
        status = Path("/proc/self/status")
        if not status.exists():
            return None
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024
