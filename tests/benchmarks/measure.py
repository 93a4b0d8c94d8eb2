"""Timing for the benchmarks: median and p95 of interleaved runs, and what machine they ran on."""

from __future__ import annotations

import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

# Our own contestant run a second time: how far its ratio lies from 1 is the noise of the run.
AGAIN = "leukoviewer, again"

# Whose speed is compared: the name of the distribution and the module that it brings.
PEERS = {
    "dicomsdl": "dicomsdl", "SimpleITK": "SimpleITK", "python-gdcm": "gdcm", "dcm2niix": "dcm2niix",
    "pydicom": "pydicom", "pyqtgraph": "pyqtgraph", "vtk": "vtkmodules", "napari": "napari",
    "grad-cam": "pytorch_grad_cam", "openvino": "openvino",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    Attributes
    ----------
    side : int
        Rows and columns of a slice.
    slices, many : int
        Slices of the folder that is scanned and loaded, and of the one whose first image is waited for.
    rounds, frames : int
        Runs of each contestant, and frames of each that are shown.
    growth : tuple of int
        Numbers of slices over which time and memory are followed.
    wide_growth : tuple of int
        The same for slices of twice the side.
    starts : int
        How often the program is started.
    """

    side: int = 512
    slices: int = 200
    many: int = 300
    rounds: int = 7
    frames: int = 120
    growth: tuple[int, ...] = (28, 100, 200, 500, 1000, 2000)
    wide_growth: tuple[int, ...] = (28, 100, 200, 400)
    starts: int = 7


FULL = Size()
# For the smoke run of the test-suite: every stage once, on next to nothing.
TINY = Size(
    side=64, slices=6, many=24, rounds=1, frames=3, growth=(6, 12), wide_growth=(6, 12), starts=1,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one contestant."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median_s(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)

    @property
    def p95_s(self) -> float:
        """What 95 % of the runs stay under."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


@dataclass(frozen=True, slots=True)
class Table:
    """One comparison: our own contestant first, its peers after it.

    Attributes
    ----------
    title : str
        What was done.
    timings : tuple of Timing
        Ours first.
    claim : str
        The budget in words with the figure reached, e.g. ``"4.9 times faster than pytorch-grad-cam (at least 4)"``.
    kept : bool or None
        Whether the budget is kept; None for a table without one.
    notes : tuple of str
        What belongs beside it: peers that are absent, the profile behind a miss.
    key : str
        Short stable name for the JSON file; by default made of the title.
    """

    title: str
    timings: tuple[Timing, ...]
    claim: str = ""
    kept: bool | None = None
    notes: tuple[str, ...] = ()
    key: str = ""


def compete(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int = 5, warm_up: int = 1
) -> tuple[Timing, ...]:
    """Run contestants in turn, round by round, so that a busy moment of the machine meets all of them.

    The order of a round is drawn: who comes after a contestant that empties the caches pays for it.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    order, chance = list(contestants), random.Random(0)
    for turn in range(-warm_up, rounds):
        chance.shuffle(order)
        for name in order:
            started = time.perf_counter()
            contestants[name]()
            if turn >= 0:
                seconds[name].append(time.perf_counter() - started)
    return tuple(Timing(name, tuple(values)) for name, values in seconds.items())


def median_of(timings: tuple[Timing, ...], name: str) -> float | None:
    """Median seconds of a contestant, None when it did not run."""
    return next((timing.median_s for timing in timings if timing.name == name), None)


def is_here(peer: str) -> bool:
    """Whether a peer is installed."""
    return find_spec(PEERS[peer]) is not None


def absent(*peers: str) -> tuple[str, ...]:
    """A note that names the peers that are not installed; none when all are."""
    missing = [peer for peer in peers if not is_here(peer)]
    return (f"not installed, so not compared: {', '.join(missing)}",) if missing else ()


def machine() -> str:
    """What the figures were measured on."""
    packages = ("numpy", "onnxruntime", "torch", "PySide6_Essentials", *(peer for peer in PEERS if is_here(peer)))
    names = ", ".join(f"{name} {_version(name)}" for name in packages)
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"
    return (
        f"{_processor()}, {_usable()} of {os.cpu_count()} cores, {load}, {platform.system()}, "
        f"Python {platform.python_version()}, {names}"
    )


def _usable() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
