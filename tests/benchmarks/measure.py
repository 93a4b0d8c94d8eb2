"""Timing for the benchmarks: median and p95 of interleaved runs, and what machine they ran on."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


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
    """

    title: str
    timings: tuple[Timing, ...]
    claim: str = ""
    kept: bool | None = None


def compete(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int = 5, warm_up: int = 1
) -> tuple[Timing, ...]:
    """Run contestants in turn, round by round, so that a busy moment of the machine meets all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(-warm_up, rounds):
        for name, work in contestants.items():
            started = time.perf_counter()
            work()
            if turn >= 0:
                seconds[name].append(time.perf_counter() - started)
    return tuple(Timing(name, tuple(values)) for name, values in seconds.items())


def machine() -> str:
    """What the figures were measured on."""
    packages = ("numpy", "onnxruntime", "torch", "PySide6_Essentials")
    names = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {names}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
