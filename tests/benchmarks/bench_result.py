"""A model's result stage by stage: content, preparation, model, network, projection of the heatmaps."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from leukoviewer.core.progress import finish
from leukoviewer.display.heat import native_heat
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from leukoviewer.packages.store import PackageStore
from tests.benchmarks.bench_reading import ours
from tests.benchmarks.folders import write_scan
from tests.benchmarks.measure import FULL, Size, Table, Timing

SLICES = 28
OTHER_SHARE = 0.25


def tables(size: Size = FULL) -> Iterator[Table]:
    """Of the bundled default package, on the processor."""
    package = PackageStore.of_this_machine().default()
    with tempfile.TemporaryDirectory() as folder:
        scan = write_scan(Path(folder) / "scan", min(SLICES, size.slices), side=size.side)
        yield _stages(scan_folder=scan.folder, package=package, rounds=min(5, size.rounds), size=size)


def _stages(*, scan_folder: Path, package: Package, rounds: int, size: Size) -> Table:
    from tests.benchmarks.folders import Scan

    volume = ours(Scan(scan_folder, tuple(sorted(scan_folder.iterdir())), size.side))
    seconds: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        analysis = finish(analyze(volume, package, device="cpu"))
        stages = dict(analysis.timings_s)
        began = time.perf_counter()
        for score in analysis.scores:
            native_heat(analysis, score.native[0])
        stages["projection"] = time.perf_counter() - began
        if turn:
            for stage, took_s in stages.items():
                seconds.setdefault(stage, []).append(took_s)
    order = sorted(seconds, key=lambda stage: stage != "network")
    timings = tuple(Timing(stage, tuple(seconds[stage])) for stage in order)
    rest = sum(timing.median_s for timing in timings[1:]) / timings[0].median_s
    claim = f"all other stages take {rest:.0%} of the network's time (goal {OTHER_SHARE:.0%})"
    title = f"A result of {len(volume)} slices by stage, {package.id}"
    return Table(title, timings, claim, key="stages")
