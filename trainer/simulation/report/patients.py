"""Reads a cohort's folder for the report: table, truth, and the measures of a sample of its patients."""

from __future__ import annotations

import functools
import hashlib
import json
import multiprocessing
import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from leukoviewer.errors import LeukoError, UsageError
from trainer.simulation import cohort as simulating
from trainer.simulation import storage
from trainer.simulation.recruit import PatientRecord, from_csv
from trainer.simulation.report.known import Known, look_up
from trainer.simulation.report.measures import Measures, measure
from trainer.simulation.report.scan import Scan, read_dicom, read_stack
from trainer.simulation.template import Template, load_template

# Fewer finished patients say nothing about a cohort.
LEAST_PATIENTS = 4


@dataclass(frozen=True, slots=True)
class Described:
    """A patient by the table and the truth's description.

    Attributes
    ----------
    record : PatientRecord
        As recruited.
    slices : int
        Number of slices.
    tilt_deg : float
        Gantry tilt.
    lesion_ml : float
        Volume that the disease truly has in the picture.
    """

    record: PatientRecord
    slices: int
    tilt_deg: float
    lesion_ml: float


@dataclass(frozen=True, slots=True)
class CohortFolder:
    """A simulated cohort on the disk.

    Attributes
    ----------
    path : Path
        Its folder.
    about : dict
        Its description, ``cohort.json``.
    records : tuple of PatientRecord
        All that were recruited.
    finished : tuple of Described
        Those whose picture and truth are there.
    """

    path: Path
    about: dict[str, Any]
    records: tuple[PatientRecord, ...]
    finished: tuple[Described, ...]

    @property
    def form(self) -> str:
        """One of `storage.FORMATS`."""
        return str(self.about["format"])

    @property
    def is_current(self) -> bool:
        """Whether this version of the simulator made it, so that its anatomy can be run again."""
        return self.about.get("simulator_version") == simulating.SIMULATOR_VERSION

    def scan(self, record: PatientRecord) -> Scan:
        """Read a patient's picture."""
        place = storage.patient_place(self.path, record, form=self.form)
        if self.form == "dicom":
            return read_dicom(place)
        return read_stack(place, truth=storage.truth_places(self.path, record)[1])

    def sample(self, count: int | None) -> tuple[Described, ...]:
        """Return so many finished patients (all when None), chosen by chance but always the same."""
        if count is None or count >= len(self.finished):
            return self.finished
        by_chance = sorted(self.finished, key=lambda one: hashlib.sha256(one.record.id.encode()).digest())
        chosen = {one.record.id for one in by_chance[:count]}
        return tuple(one for one in self.finished if one.record.id in chosen)


@dataclass(frozen=True, slots=True)
class Measured:
    """A patient with what the picture says and what is true; ``known`` is None for another version's patient."""

    described: Described
    measures: Measures
    known: Known | None

    @property
    def record(self) -> PatientRecord:
        """As recruited."""
        return self.described.record


def open_cohort(path: Path) -> CohortFolder:
    """Read a cohort's table and the descriptions of its finished patients.

    Raises
    ------
    UsageError
        The folder holds no simulated cohort, a damaged one, or too few finished patients.
    """
    try:
        about = json.loads((path / "cohort.json").read_text(encoding="utf-8"))
        known = about["schema"] == simulating.SCHEMA and about["format"] in storage.FORMATS
    except (OSError, ValueError, KeyError, TypeError):
        known, about = False, {}
    if not known:
        raise UsageError(f"{path} holds no simulated cohort; make one with leuko-trainer simulate.", thing=path)
    try:
        table = (path / "recruit.csv").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} lacks its recruit table; carry the cohort on with its own command.") from error
    records = from_csv(table)
    finished = tuple(found for record in records if (found := _described(path, record, form=about["format"])))
    if len(finished) < LEAST_PATIENTS:
        raise UsageError(
            f"{path} holds {len(finished)} finished patients; a report needs at least {LEAST_PATIENTS}, "
            "so carry the cohort on with its own command.",
            thing=path,
        )
    return CohortFolder(path, about, records, finished)


def _described(path: Path, record: PatientRecord, *, form: str) -> Described | None:
    arrays, description = storage.truth_places(path, record)
    if not (arrays.is_file() and storage.patient_place(path, record, form=form).exists()):
        return None
    try:
        held = json.loads(description.read_text(encoding="utf-8"))
        return Described(record, len(held["slice_labels"]), float(held["tilt_deg"]), float(held["lesion_ml"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def measure_all(
    folder: CohortFolder, sample: Sequence[Described], *, workers: int = 1
) -> Generator[Measured | None, None, None]:
    """Measure patients one after the other or on several processes; None for one that cannot be measured."""
    if workers == 1 or len(sample) < 2 * workers:
        template = _held_template() if folder.is_current else None
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            for one in sample:
                yield measure_one(folder, one, template)
        finally:
            torch.set_num_threads(before)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    try:
        yield from pool.map(functools.partial(_in_worker, folder), sample)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def measure_one(folder: CohortFolder, one: Described, template: Template | None) -> Measured | None:
    """Measure a patient; None when the picture is damaged or shows no closed skull."""
    try:
        scan = folder.scan(one.record)
    except LeukoError:
        return None
    measures = measure(scan)
    if measures is None:
        return None
    known = look_up(one.record, scan, template) if template is not None else None
    return Measured(one, measures, known)


@functools.cache
def _held_template() -> Template:
    return load_template(torch.device("cpu"))


def _start_worker() -> None:
    # Ctrl-C reaches the whole group of processes; only the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(1)


def _in_worker(folder: CohortFolder, one: Described) -> Measured | None:
    return measure_one(folder, one, _held_template() if folder.is_current else None)
