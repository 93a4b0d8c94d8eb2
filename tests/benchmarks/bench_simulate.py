"""Simulated patients, one after the other on one core: prepared stacks for training, and DICOM folders on the disk.

There is no peer: the budgets are seconds of one core and memory. Seconds by the clock stand beside them: they hold the
waiting for the disk, and on a busy machine for the core. Each part runs in a process of its own, since the most memory
that a process held is known for the whole of it alone.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.measure import Table, Timing

PATIENTS = 20
STACK_BUDGET_S = 3.0
DICOM_BUDGET_S = 6.0
MEMORY_BUDGET_GB = 2.0
SEED = 20

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process did: seconds by the clock and of its core, and the most memory it held (None: not known)."""

    clock_s: tuple[float, ...]
    core_s: tuple[float, ...]
    peak_gb: float | None


def tables() -> Iterator[Table]:
    """Stacks, then patients as files; then the thin slices of a stress cohort, the largest of all."""
    yield _judged(f"A prepared stack of 30 x 256 x 256, {PATIENTS} patients", _measure(_stacks), STACK_BUDGET_S)
    yield _judged(f"A patient as DICOM files of 512 x 512, {PATIENTS} patients", _measure(_folders), DICOM_BUDGET_S)
    yield _judged("A patient of 130 thin slices as DICOM files", _measure(_thin), None)


def _measure(part: Callable[[], Measured]) -> Measured:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(part).result()


def _judged(title: str, found: Measured, budget_s: float | None) -> Table:
    timings = (Timing("seconds of a core", found.core_s), Timing("by the clock", found.clock_s))
    median_s = timings[0].median_s
    memory = "memory not known" if found.peak_gb is None else f"at most {found.peak_gb:.2f} GB held"
    claim = f"{memory} (at most {MEMORY_BUDGET_GB:g})"
    kept = (found.peak_gb or 0) <= MEMORY_BUDGET_GB
    if budget_s is not None:
        claim = f"median {median_s:.2f} s of one core (at most {budget_s:g}), {claim}"
        kept = kept and median_s <= budget_s
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"
    return Table(f"{title}, one core of {os.cpu_count()}, {load}", timings, claim, kept)


def _stacks() -> Measured:
    from leukoviewer.preprocessing.recipe import BUILTIN
    from trainer.simulation.endless import EndlessSource

    source = EndlessSource(BUILTIN["leuko-a"], seed=SEED)
    return _timed(source.sample, [PATIENTS, *range(PATIENTS)])


def _folders() -> Measured:
    return _written("paper", PATIENTS)


def _thin() -> Measured:
    return _written("stress", 3, protocol="thin_125")


def _written(cohort: str, patients: int, **changes: str) -> Measured:
    from trainer.simulation.cohort import held_template
    from trainer.simulation.patient import simulate
    from trainer.simulation.recruit import PatientRecord, recruit
    from trainer.simulation.storage import write_patient

    records = [replace(r, **changes) for r in recruit(cohort, patients=patients + 1, seed=SEED)]  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:

        def write(record: PatientRecord) -> None:
            patient = simulate(record, held_template("cpu"))
            write_patient(Path(folder), patient, form="dicom", transfer_syntax="explicit")

        return _timed(write, records)


def _timed(work: Callable[[Item], object], items: list[Item]) -> Measured:
    """Time each item but the first, which warms up (the template is computed once on a machine)."""
    import torch

    torch.set_num_threads(1)
    clock, core = [], []
    for item in items:
        clock_s, core_s = time.perf_counter(), time.process_time()
        work(item)
        clock.append(time.perf_counter() - clock_s)
        core.append(time.process_time() - core_s)
    return Measured(tuple(clock[1:]), tuple(core[1:]), _peak_gb())


def _peak_gb() -> float | None:
    """The most memory that this process held; None where it is not known."""
    status = Path("/proc/self/status")
    if status.is_file():
        # Not the rusage of the process: that begins with what its parent held when it was made.
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) * 1024 / 1e9
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e9
