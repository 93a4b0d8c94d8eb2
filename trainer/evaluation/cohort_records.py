"""What is known of the patients of a simulated cohort beside their labels: grade, atrophy, findings, scanner, noise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.simulation.recruit import PatientRecord, from_csv
from trainer.simulation.scanner import SCANNERS
from trainer.simulation.storage import truth_places


@dataclass(frozen=True, slots=True)
class Known:
    """One patient.

    Attributes
    ----------
    record : PatientRecord
        As it was drawn.
    noise_hu : float
        Noise in the middle of the brain at slices of 5 mm.
    kernel : str
        The reconstruction kernel.
    lesion_ml : float
        Volume of the disease in the picture.
    """

    record: PatientRecord
    noise_hu: float
    kernel: str
    lesion_ml: float


def read_known(root: Path, wanted: Iterable[str]) -> dict[str, Known]:
    """What a cohort's own tables say of some patients, by id; nothing when the folder is no simulated cohort.

    Raises
    ------
    UsageError
        A table of the cohort is damaged or lacks a patient.
    """
    table = root / "recruit.csv"
    if not table.is_file():
        return {}
    try:
        records = {record.id: record for record in from_csv(table.read_text(encoding="utf-8"))}
        return {name: _known(root, records[name]) for name in wanted}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"The truth of the cohort in {root.name} cannot be read; simulate it again.") from error


def _known(root: Path, record: PatientRecord) -> Known:
    truth = json.loads(truth_places(root, record)[1].read_text(encoding="utf-8"))
    kernel = SCANNERS[record.scanner].kernel
    return Known(record, float(truth["noise_hu"]), kernel, float(truth["lesion_ml"]))
