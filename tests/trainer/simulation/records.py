"""Patient records for tests."""

from __future__ import annotations

from trainer.simulation.recruit import PatientRecord


def record_of(**changes: object) -> PatientRecord:
    values: dict[str, object] = {
        "id": "19999900001",
        "cohort": "paper",
        "age": 72,
        "sex": "F",
        "grade": 2,
        "lesion_ml": 22.0,
        "atrophy": 0.5,
        "distractors": ("calcified_choroid",),
        "scanner": "site-a",
        "protocol": "thick_5",
        "seed": 4242,
    }
    return PatientRecord(**{**values, **changes})  # type: ignore[arg-type]
