"""Which engine, with how many slices side by side, is fastest on this computer: measured once, and remembered.

Processors tell how many threads they run, not how many of them do arithmetic: two threads of one core may be slower
than one, and so may all cores that share one memory. So the number of slices at a time is measured with ONNX Runtime,
and where OpenVINO is installed, it races ONNX Runtime with as many. The number changes no bit of a score; between the
engines logits differ by less than a ten-thousandth. PyTorch is no choice here: to load it takes longer than a scan.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic, paths
from leukoviewer.about import version_of
from leukoviewer.errors import CannotWriteError, EngineError
from leukoviewer.inference import golden, openvino_engine
from leukoviewer.inference.engine import Engine
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.threads import default_threads
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout

_log = logging.getLogger(__name__)

SCHEMA = "leukoviewer.calibration/2"
DEFAULT_ENGINE, OTHER_ENGINE = "onnxruntime", "openvino"
# ``off``: nothing is measured, all threads work. Set threads (``OMP_NUM_THREADS``) are taken as they are, too.
SWITCH = "LEUKOVIEWER_CALIBRATION"
BUDGET_S = 3.0
# More slices than a scan has cannot run at a time.
_MOST = 32
# What is measured twice differs by as much; fewer threads must be better by more to be taken.
_CLEARLY = 0.9
_ROUNDS = 3
# Measured in turns, best of several: the other engine must be faster by more than that leaves open.
_WORTH = 1.03
_TURN_S = 0.06
_STEPS_PER_S = 4
_TURNS = 6

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found.

    Attributes
    ----------
    threads : int
        Slices at a time.
    slices_per_s : mapping of int to float
        Speed of ONNX Runtime by number of threads; empty where nothing had to be measured.
    engine : str
        ``onnxruntime`` or ``openvino``.
    against : mapping of str to float
        Speed of both engines with ``threads`` in their race; empty where there was none.
    """

    threads: int
    slices_per_s: Mapping[int, float]
    engine: str = DEFAULT_ENGINE
    against: Mapping[str, float] = field(default_factory=dict)

    @property
    def batch_size(self) -> int | None:
        """Slices between two steps of progress, some four steps a second; None where nothing was measured.

        At the end of each batch threads wait for each other: so it is long, and gives each thread as many.
        """
        speed = self.against.get(self.engine) or self.slices_per_s.get(self.threads)
        if speed is None:
            return None
        rounds = min(max(1, round(speed / _STEPS_PER_S / self.threads)), max(1, _MOST // self.threads))
        return rounds * self.threads

    @property
    def sentence(self) -> str:
        """In words."""
        found = [f"{count}: {speed:.1f}" for count, speed in self.slices_per_s.items()]
        found += [f"{name} {speed:.1f}" for name, speed in self.against.items()]
        measured = f" ({', '.join(found)} slices a second)" if found else ""
        return f"{self.engine}, {self.threads} at a time{measured}"


def best_for(package: Package, *, again: bool = False) -> Calibration:
    """Engine and slices at a time for a package on this computer's processor, as remembered or else measured now.

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
    if is_fixed or package.manifest.layout is not Layout.SLICES or (most == 1 and not openvino_engine.is_installed()):
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
    """Try the candidates on gray noise until half the budget is spent, then both engines in turns."""
    begun, speeds = clock(), dict[int, float]()
    for threads in candidates(most):
        engine = OnnxEngine(package, threads=threads)
        values = _noise(package, 2 * threads)
        engine.run(values[:threads])
        best_s = min(_timed(engine, values, clock) for _ in range(_ROUNDS))
        speeds[threads] = len(values) / max(best_s, 1e-9)
        if clock() - begun > BUDGET_S / 2:
            break
    threads = chosen(speeds)
    against = _race(package, threads, speeds[threads], clock)
    is_other = against.get(OTHER_ENGINE, 0.0) > _WORTH * against.get(DEFAULT_ENGINE, 0.0)
    return Calibration(threads, speeds, OTHER_ENGINE if is_other else DEFAULT_ENGINE, against)


def _race(package: Package, threads: int, speed: float, clock: Clock) -> dict[str, float]:
    """Slices a second of both engines, each the best of its turns; empty where OpenVINO cannot take part.

    It takes no longer than :data:`BUDGET_S`, and does not begin where a warm-up and one turn would.
    """
    values = _noise(package, threads * min(max(2, math.ceil(speed * _TURN_S / threads)), 8))
    if not openvino_engine.is_installed() or 4 * len(values) / speed > BUDGET_S:
        return {}
    try:
        other = openvino_engine.OpenVinoEngine(package, threads=threads)
        golden.require(other, package)
    except EngineError:
        _log.warning("OpenVINO cannot run %s; %s does", package.id, DEFAULT_ENGINE, exc_info=True)
        return {}
    engines: tuple[Engine, ...] = (OnnxEngine(package, threads=threads), other)
    begun, best_s = clock(), {engine.name: math.inf for engine in engines}
    for turn in range(1 + _TURNS):
        for engine in engines:
            took_s = _timed(engine, values, clock)
            if turn:  # the first one warms up
                best_s[engine.name] = min(best_s[engine.name], took_s)
        if turn and clock() - begun > BUDGET_S / 2:
            break
    return {name: len(values) / max(spent_s, 1e-9) for name, spent_s in best_s.items()}


def chosen(speeds: Mapping[int, float]) -> int:
    """All threads, unless fewer are clearly faster."""
    most = max(speeds)
    fastest = max(speeds, key=lambda threads: speeds[threads])
    return fastest if speeds[most] < _CLEARLY * speeds[fastest] else most


def _timed(engine: Engine, values: NDArray[np.float32], clock: Clock) -> float:
    began = clock()
    engine.run(values)
    return clock() - began


def _noise(package: Package, count: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).random((count, *package.recipe.plane_shape), dtype=np.float32)


def _note(package: Package) -> Path:
    """A file named by everything that the outcome depends on."""
    versions = tuple(version_of(name) for name in (paths.APPLICATION, DEFAULT_ENGINE, OTHER_ENGINE))
    parts = (package.sha256, *versions, platform.platform(), platform.processor(), str(os.cpu_count()))
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return paths.user_cache() / "calibration" / f"{name}.json"


def _remembered(note: Path, most: int) -> Calibration | None:
    """What was measured for as many threads as there are now; a note that cannot be read does not count."""
    try:
        data = json.loads(note.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA or data["most"] != most or not 1 <= int(data["threads"]) <= most:
            return None
        if data["engine"] != DEFAULT_ENGINE and not (data["engine"] == OTHER_ENGINE and openvino_engine.is_installed()):
            return None
        speeds = {int(count): float(speed) for count, speed in data["slices_per_s"].items()}
        against = {str(name): float(speed) for name, speed in data["against"].items()}
        if not all(0 < speed < math.inf for speed in (*speeds.values(), *against.values())):
            return None
        return Calibration(int(data["threads"]), speeds, data["engine"], against)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _remember(note: Path, found: Calibration) -> None:
    content = {
        "schema": SCHEMA,
        "most": max(found.slices_per_s),
        "threads": found.threads,
        "slices_per_s": {str(count): speed for count, speed in found.slices_per_s.items()},
        "engine": found.engine,
        "against": dict(found.against),
    }
    try:
        atomic.write_json(note, content)
    except CannotWriteError:
        _log.info("the fastest engine cannot be remembered; it is measured again next time")
