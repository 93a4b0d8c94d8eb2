"""The truth about a picture is found again from the record alone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from trainer.simulation.patient import SimulatedPatient
from trainer.simulation.report.known import Known
from trainer.simulation.report.patients import CohortFolder, Measured


def _known(one: Measured) -> Known:
    assert one.known is not None
    return one.known


def test_tissue_lies_where_the_anatomy_says(measured: tuple[Measured, ...]) -> None:
    for one in measured:
        known = _known(one)
        assert known.fluid_hu < known.white_hu < known.grey_hu
        assert known.white_hu == pytest.approx(known.white_painted_hu, abs=2.5)
        # Cortex is thinner than a slice: its picture is darker than its tissue.
        assert known.grey_hu <= known.grey_painted_hu + 1


def test_disease_is_darker_where_there_is_enough_of_it(measured: tuple[Measured, ...]) -> None:
    assert math.isnan(_known(measured[0]).lesion_hu)
    for one in measured[3:]:
        assert 6 < _known(one).white_hu - _known(one).lesion_hu < 14
        assert _known(one).white_low_hu < _known(one).white_mean_hu


def test_the_places_of_disease_are_those_of_the_stored_mask(
    folder: CohortFolder, small_patients: tuple[SimulatedPatient, ...], measured: tuple[Measured, ...]
) -> None:
    patient = small_patients[4]
    hu = folder.scan(patient.record).hu[::-1]
    by_mask = float(np.median(hu[patient.truth.lesion]))
    assert _known(measured[4]).lesion_hu == pytest.approx(by_mask, abs=2.5)


def test_ventricles_have_a_volume_and_noise_is_as_asked(
    measured: tuple[Measured, ...], small_patients: tuple[SimulatedPatient, ...]
) -> None:
    for one, patient in zip(measured, small_patients, strict=True):
        assert 4 < _known(one).ventricle_ml < 120
        assert _known(one).noise_hu == patient.scanner.noise_hu
