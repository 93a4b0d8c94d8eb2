"""Simulates a cohort into a folder: resumable, on several cores, every patient whole or absent."""

from __future__ import annotations

import functools
import json
import logging
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work
from leukoviewer.dicom.writer import TRANSFER_SYNTAXES
from leukoviewer.errors import CannotWriteError, LeukoError, UsageError
from trainer.simulation import recruit as recruiting
from trainer.simulation import storage
from trainer.simulation.patient import simulate
from trainer.simulation.protocol import PROTOCOLS
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.template import Template, load_template

_log = logging.getLogger(__name__)

SCHEMA = "leukoviewer.simulated-cohort/1"
# Raised when the same record would give another picture: cohorts of two versions do not mix in one folder.
SIMULATOR_VERSION = 3
# Measured: 30 slices of 512 x 512 in 16 bits and the truth; compressed files and compressed stacks take about half.
_PATIENT_BYTES = {"dicom": 18_500_000, "stacks": 12_000_000}
# Thin slices are four times as many.
_THIN = 4
_SPARE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class CohortRequest:
    """What to simulate, and where to.

    Parameters
    ----------
    cohort : str
        A key of `recruit.PLANS`.
    patients, seed : int
        Size and seed.
    out : Path
        Folder; empty, absent, or begun by the same request.
    form : str
        One of `storage.FORMATS`.
    transfer_syntax : str
        A key of `leukoviewer.dicom.writer.TRANSFER_SYNTAXES`.
    workers : int
        Processes; the result does not depend on their number.
    device : str
        ``"auto"``, ``"cpu"``, ``"cuda"`` or ``"mps"``.
    """

    cohort: str
    patients: int
    seed: int
    out: Path
    form: str = "dicom"
    transfer_syntax: str = "explicit"
    workers: int = 1
    device: str = "auto"

    def __post_init__(self) -> None:
        if self.form not in storage.FORMATS:
            raise UsageError(f"The format must be one of {', '.join(storage.FORMATS)}.", thing=self.form)
        if self.transfer_syntax not in TRANSFER_SYNTAXES:
            raise UsageError(
                f"The transfer syntax must be one of {', '.join(TRANSFER_SYNTAXES)}.", thing=self.transfer_syntax
            )
        if self.workers < 1:
            raise UsageError("The number of workers must be 1 or more.", thing=self.workers)


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """What lies in the folder afterwards: patients in all, those with the disease, those simulated by this run."""

    patients: int
    positive: int
    simulated: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What a request comes to, before anything is touched.

    Parameters
    ----------
    records : tuple of PatientRecord
        All patients of the cohort.
    missing : tuple of PatientRecord
        Those that the folder does not hold yet.
    needed_bytes, free_bytes : int
        About what the missing ones take on the disk, and what it has.
    """

    records: tuple[PatientRecord, ...]
    missing: tuple[PatientRecord, ...]
    needed_bytes: int
    free_bytes: int


def pick_device(name: str) -> torch.device:
    """Return the device of a name.

    Raises
    ------
    UsageError
        When the name is unknown or this machine has no such device.
    """
    have = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        return torch.device(next((n for n in ("cuda", "mps") if have[n]), "cpu"))
    if not have.get(name, False):
        known = ", ".join(n for n, present in have.items() if present)
        raise UsageError(f"There is no device {name!r} on this machine; choose auto or one of {known}.", thing=name)
    return torch.device(name)


def survey(request: CohortRequest) -> Survey:
    """Check a request against the folder and its disk; nothing is touched.

    Raises
    ------
    UsageError
        When the request is impossible, or the folder holds something else.
    CannotWriteError
        When the disk is too small or the folder cannot be looked into.
    """
    pick_device(request.device)
    records = recruiting.recruit(request.cohort, patients=request.patients, seed=request.seed)
    try:
        _check_folder(request)
        missing = tuple(r for r in records if not _finished(request, r))
        place = _nearest_folder(request.out)
        free = shutil.disk_usage(place).free
    except OSError as error:
        raise CannotWriteError(
            f"{request.out} cannot be used ({error.strerror or error}); choose another place.", thing=request.out
        ) from error
    needed = sum(_PATIENT_BYTES[request.form] * (_THIN if _is_thin(r) else 1) for r in missing)
    if missing and free < needed + _SPARE_BYTES:
        raise CannotWriteError(
            f"The cohort needs about {(needed + _SPARE_BYTES) / 1e9:.1f} GB and {place} has {free / 1e9:.1f} GB free; "
            "choose another place or fewer patients.",
            thing=place,
        )
    return Survey(records, missing, needed, free)


def simulate_cohort(request: CohortRequest) -> Work[CohortSummary]:
    """Simulate every patient of the request that the folder does not hold yet; stop between any two.

    Yields
    ------
    Progress
        After each patient.

    Returns
    -------
    CohortSummary
        Counts.

    Raises
    ------
    UsageError
        When the request is impossible, or the folder holds something else.
    CannotWriteError
        When the disk is too small or full, or the folder cannot be written; whole patients stay.
    LeukoError
        When a process was ended from outside; whole patients stay.
    """
    found = survey(request)
    records, missing = found.records, list(found.missing)
    _describe(request, records)
    done = len(records) - len(missing)
    yield Progress(done, len(records), "preparing the template")
    if missing:
        device = pick_device(request.device)
        template = load_template(device)
        work = _alone(request, missing, template) if request.workers == 1 else _together(request, missing, device)
        with _closing(work):
            for _ in work:
                done += 1
                yield Progress(done, len(records), "simulating patients")
    return CohortSummary(len(records), sum(r.positive for r in records), len(missing))


@contextmanager
def _closing(work: Generator[str, None, None]) -> Generator[None, None, None]:
    try:
        yield
    finally:
        work.close()


def _identity(request: CohortRequest) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "simulator_version": SIMULATOR_VERSION,
        "cohort": request.cohort,
        "seed": request.seed,
        "format": request.form,
        "transfer_syntax": request.transfer_syntax,
    }


def _check_folder(request: CohortRequest) -> None:
    """Refuse a folder that holds anything but this cohort, before anything is touched."""
    out = request.out
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file; give a folder for the cohort.", thing=out)
    held = out / "cohort.json"
    if not held.is_file():
        if any(not _is_left_over(path) for path in out.iterdir()):
            raise UsageError(f"{out} holds other files; give an empty or a new folder for the cohort.", thing=out)
        return
    try:
        described = json.loads(held.read_text(encoding="utf-8"))
        same = all(described.get(name) == value for name, value in _identity(request).items())
    except (OSError, ValueError, AttributeError):
        same = False
    if not same:
        raise UsageError(
            f"{out} holds another cohort (or another seed, format or version); give an empty folder.", thing=out
        )
    if described.get("patients", 0) > request.patients:
        raise UsageError(
            f"{out} was begun for {described['patients']} patients; ask for at least as many or give an empty folder.",
            thing=out,
        )


def _is_thin(record: PatientRecord) -> bool:
    return PROTOCOLS[record.protocol].high[1] < 2


def _nearest_folder(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    while not path.is_dir():
        path = path.parent
    return path


def _is_left_over(path: Path) -> bool:
    """Whether this is a half-written file or folder of a run whose process was killed."""
    return path.name.startswith(".") and path.name.endswith(".part")


def _describe(request: CohortRequest, records: tuple[PatientRecord, ...]) -> None:
    for pattern in (".*.part", "*/.*.part"):
        for left_over in request.out.glob(pattern):
            shutil.rmtree(left_over, ignore_errors=True) if left_over.is_dir() else left_over.unlink(missing_ok=True)
    positive = sum(r.positive for r in records)
    counts = {"patients": len(records), "positive": positive, "data": "simulated, not real patients"}
    # First what tells whose folder it is: a run that is killed here can be carried on.
    atomic.write_json(request.out / "cohort.json", {**_identity(request), **counts})
    atomic.write_text(request.out / "recruit.csv", recruiting.to_csv(records))


def _finished(request: CohortRequest, record: PatientRecord) -> bool:
    places = (storage.patient_place(request.out, record, form=request.form), *storage.truth_places(request.out, record))
    return all(place.exists() for place in places)


def _one(request: CohortRequest, record: PatientRecord, template: Template) -> str:
    place = storage.patient_place(request.out, record, form=request.form)
    if place.is_dir():
        # The truth beside it is missing: begin the patient anew.
        shutil.rmtree(place)
    storage.write_patient(
        request.out, simulate(record, template), form=request.form, transfer_syntax=request.transfer_syntax
    )
    return record.id


def _alone(request: CohortRequest, records: list[PatientRecord], template: Template) -> Generator[str, None, None]:
    with one_thread():
        for record in records:
            yield _one(request, record, template)


@contextmanager
def one_thread() -> Generator[None, None, None]:
    """Sums in another order differ in the last bit: one thread gives the same bytes on every number of cores."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _together(request: CohortRequest, records: list[PatientRecord], device: torch.device) -> Generator[str, None, None]:
    """Simulate on several processes; at a stop, patients that are being written are finished, the rest is dropped."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(request.workers, mp_context=context, initializer=_start_worker, initargs=(device.type,))
    waiting = list(reversed(records))
    running: set[Future[str]] = set()
    try:
        while waiting or running:
            while waiting and len(running) < 2 * request.workers:
                running.add(pool.submit(_in_worker, request, waiting.pop(), device.type))
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
    except BrokenProcessPool as error:
        raise LeukoError(
            "A process that simulates patients was ended from outside (perhaps for lack of memory); "
            "run again with fewer workers, finished patients are kept."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@functools.cache
def held_template(device: str) -> Template:
    """Return the template on a device (``"cpu"``, ``"cuda"``, ``"mps"``), loaded once in a process."""
    return load_template(torch.device(device))


def _start_worker(device: str) -> None:
    # Ctrl-C reaches the whole group of processes; only the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    torch.set_num_threads(1)
    held_template(device)


def _end_with_parent() -> None:
    """A worker whose parent was killed would go on and meet the run that carries the cohort on."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_worker(request: CohortRequest, record: PatientRecord, device: str) -> str:
    return _one(request, record, held_template(device))
