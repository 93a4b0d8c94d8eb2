"""A small cohort of real patients with thick slices, simulated once for all tests; it is only read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.simulation.records import record_of
from trainer.simulation import cohort, storage
from trainer.simulation.cohort import CohortRequest
from trainer.simulation.patient import SimulatedPatient, simulate
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.report.known import Known, look_up
from trainer.simulation.report.measures import FREQUENCY, Measures, measure
from trainer.simulation.report.patients import CohortFolder, Described, Measured, open_cohort
from trainer.simulation.template import Template

# Grade, volume, age, atrophy.
_PATIENTS = ((0, 0.0, 58, 0.1), (0, 0.4, 71, 0.5), (1, 4.0, 70, 0.4), (2, 21.0, 74, 0.6), (3, 50.0, 80, 0.7))


def small_records() -> tuple[PatientRecord, ...]:
    return tuple(
        record_of(
            id=f"1999990000{number}", seed=100 + number, protocol="thick_8", distractors=(),
            grade=grade, lesion_ml=volume, age=age, atrophy=atrophy,
        )
        for number, (grade, volume, age, atrophy) in enumerate(_PATIENTS, start=1)
    )  # fmt: skip


@pytest.fixture(scope="session")
def small_patients(template: Template) -> tuple[SimulatedPatient, ...]:
    return tuple(simulate(record, template) for record in small_records())


@pytest.fixture(scope="session")
def small_cohort(small_patients: tuple[SimulatedPatient, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "cohort"
    request = CohortRequest(cohort="paper", patients=len(small_patients), seed=99_999, out=out)
    cohort._describe(request, small_records())
    for patient in small_patients:
        storage.write_patient(out, patient, form="dicom", transfer_syntax="explicit")
    return out


@pytest.fixture(scope="session")
def folder(small_cohort: Path) -> CohortFolder:
    return open_cohort(small_cohort)


@pytest.fixture(scope="session")
def measured(folder: CohortFolder, template: Template) -> tuple[Measured, ...]:
    """Every patient of the cohort, measured and looked up."""
    found = []
    for one in folder.finished:
        scan = folder.scan(one.record)
        measures = measure(scan)
        assert measures is not None
        found.append(Measured(one, measures, look_up(one.record, scan, template)))
    return tuple(found)


def made_up(record: PatientRecord, **changes: float) -> Measured:
    """A measured patient whose figures are given."""

    plain = {
        "white_hu": 27.0, "grey_hu": 33.5, "fluid_hu": 8.0, "white_mean_hu": 26.0, "rim_hu": -1.0, "noise_hu": 4.0,
        "noise_5mm_hu": 4.0, "ventricle_ml": 37.0, "fluid_share": 0.05, "evans": 0.28,
    }  # fmt: skip
    arrays = {"spectrum": np.exp(-(((FREQUENCY - 0.14) / 0.1) ** 2)), "histogram": np.full(70, 1 / 70)}
    measures = Measures(**arrays, **{**plain, **{k: v for k, v in changes.items() if k in plain}})
    true = {
        "white_hu": 27.0, "grey_hu": 33.5, "fluid_hu": 8.0, "lesion_hu": 17.0, "white_mean_hu": 26.5,
        "white_low_hu": 20.0, "white_painted_hu": 27.0, "grey_painted_hu": 38.0, "ventricle_ml": 37.0, "noise_hu": 4.0,
    }  # fmt: skip
    known = Known(**{**true, **{k: v for k, v in changes.items() if k in true}})
    return Measured(Described(record, 30, 10.0, record.lesion_ml), measures, known)
