"""How many slices side by side are fastest on this computer: measured once, for seconds at most, and remembered.

Processors tell how many threads they run, not how many of them do arithmetic: two threads of one core may be slower
than one, and so may all cores that share one memory. Only the number of slices at a time is chosen, so a score is the
same to the bit whatever was measured. PyTorch is no choice here: to load it takes longer than a scan by ONNX Runtime.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic, paths
from leukoviewer.errors import CannotWriteError
from leukoviewer.inference.golden import batch_of
from leukoviewer.inference.onnx_engine import OnnxEngine, default_threads
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout

_log = logging.getLogger(__name__)

SCHEMA = "leukoviewer.calibration/1"
# ``off``: nothing is measured, all threads work. Set threads (``OMP_NUM_THREADS``) are taken as they are, too.
SWITCH = "LEUKOVIEWER_CALIBRATION"
BUDGET_S = 3.0
# More slices than a scan has cannot run at a time.
_MOST = 32
# What is measured twice differs by as much; fewer threads must be better by more to be taken.
_CLEARLY = 0.9
_ROUNDS = 3

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found.

    Attributes
    ----------
    threads : int
        Slices at a time.
    slices_per_s : mapping of int to float
        Speed by number of threads; empty where nothing had to be measured.
    """

    threads: int
    slices_per_s: Mapping[int, float]

    @property
    def sentence(self) -> str:
        """In words."""
        found = ", ".join(f"{count}: {speed:.1f} slices a second" for count, speed in self.slices_per_s.items())
        return f"{self.threads} at a time" + (f" ({found})" if found else "")


def threads_for(package: Package, *, again: bool = False) -> Calibration:
    """Slices at a time for a package on this computer, as remembered or else measured now.

    Parameters
    ----------
    package : Package
        The model.
    again : bool
        Measure anew even where it is remembered.

    Raises
    ------
    EngineError
        ONNX Runtime is missing or does not take the graph.
    """
    most = min(default_threads(), _MOST)
    is_fixed = bool(os.environ.get("OMP_NUM_THREADS")) or os.environ.get(SWITCH, "").lower() == "off"
    if is_fixed or most == 1 or package.manifest.layout is not Layout.SLICES:
        return Calibration(default_threads() if is_fixed else most, {})
    note = _note(package)
    found = None if again else _remembered(note, most)
    if found is None:
        found = measure(package, most)
        _remember(note, found)
    return found


def candidates(most: int) -> tuple[int, ...]:
    """Numbers of threads that are worth a try: all, half of them (one a core), and a few where there are many."""
    return tuple(sorted({most, max(1, most // 2), min(most, 8)}, reverse=True))


def measure(package: Package, most: int, *, clock: Clock = time.perf_counter) -> Calibration:
    """Try the candidates on gray noise, inside :data:`BUDGET_S` but for the first one."""
    begun, speeds = clock(), dict[int, float]()
    for threads in candidates(most):
        engine = OnnxEngine(package, threads=threads)
        batch = _batch(package, 2 * threads)
        engine.run(batch[:threads])
        best_s = min(_timed(engine, batch, clock) for _ in range(_ROUNDS))
        speeds[threads] = len(batch) / max(best_s, 1e-9)
        if clock() - begun > BUDGET_S / 2:
            break
    return Calibration(chosen(speeds), speeds)


def chosen(speeds: Mapping[int, float]) -> int:
    """All threads, unless fewer are clearly faster."""
    most = max(speeds)
    fastest = max(speeds, key=lambda threads: speeds[threads])
    return fastest if speeds[most] < _CLEARLY * speeds[fastest] else most


def _timed(engine: OnnxEngine, batch: NDArray[np.float32], clock: Clock) -> float:
    began = clock()
    engine.run(batch)
    return clock() - began


def _batch(package: Package, count: int) -> NDArray[np.float32]:
    gray = np.random.default_rng(0).random((count, *package.recipe.plane_shape), dtype=np.float32)
    return batch_of(gray, package.recipe, Layout.SLICES)


def _note(package: Package) -> Path:
    """A file named by everything that the outcome depends on."""
    try:
        version = importlib.metadata.version("onnxruntime")
    except importlib.metadata.PackageNotFoundError:
        version = "bundled"
    parts = (package.sha256, version, platform.platform(), platform.processor(), str(os.cpu_count()))
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return paths.user_cache() / "calibration" / f"{name}.json"


def _remembered(note: Path, most: int) -> Calibration | None:
    """What was measured for as many threads as there are now; a note that cannot be read does not count."""
    try:
        data = json.loads(note.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA or data["most"] != most or not 1 <= int(data["threads"]) <= most:
            return None
        speeds = {int(count): float(speed) for count, speed in data["slices_per_s"].items()}
        return Calibration(int(data["threads"]), speeds)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _remember(note: Path, found: Calibration) -> None:
    speeds = {str(count): speed for count, speed in found.slices_per_s.items()}
    content = {"schema": SCHEMA, "most": max(found.slices_per_s), "threads": found.threads, "slices_per_s": speeds}
    try:
        atomic.write_json(note, content)
    except CannotWriteError:
        _log.info("the number of threads cannot be remembered; it is measured again next time")
