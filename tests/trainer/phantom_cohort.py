"""Cohorts of phantom patients on disk, as a hospital or the simulator would leave them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.phantom import write_phantom

FINDINGS = {
    1: "Broad hypodensity of the white matter. Leukoencephalopathy: present.",
    0: "No relevant atrophy. Leukoencephalopathy: absent.",
}


def write_patient(root: Path, patient: int, *, label: int, **options: Any) -> Path:
    """One patient with its report; each has another number of slices and columns, so that no two pictures are alike."""
    folder = root / f"{1000 + patient}"
    settings: dict[str, Any] = {
        "slices": 6 + patient,
        "rows": 48,
        "columns": 48 + patient,
        "spacing_mm": (4.6, 4.6),
        "patient_id": f"P{patient}",
        **options,
    }
    write_phantom(folder, **settings)
    report = {"examination": f"E{patient}", "finding": FINDINGS[label], "doctor": "Reader 1"}
    (folder / f"{folder.name}.json").write_text(json.dumps(report), encoding="utf-8")
    return folder


def write_cohort(root: Path, *, patients: int) -> Path:
    """A simulated cohort's layout; every second patient is positive."""
    for patient in range(patients):
        write_patient(root / "patients", patient, label=patient % 2)
    described = {"schema": "leukoviewer.simulated-cohort/1", "format": "dicom", "patients": patients}
    (root / "cohort.json").write_text(json.dumps(described), encoding="utf-8")
    return root
