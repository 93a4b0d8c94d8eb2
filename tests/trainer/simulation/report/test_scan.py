"""A scan is the same from DICOM files and from a stored stack; what cannot be read is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.errors import UsageError
from trainer.simulation import storage
from trainer.simulation.patient import SimulatedPatient
from trainer.simulation.report.patients import CohortFolder
from trainer.simulation.report.scan import Scan, read_dicom, read_if_there, read_stack


def test_files_and_stack_of_one_patient_give_the_same_scan(
    folder: CohortFolder, small_patients: tuple[SimulatedPatient, ...], tmp_path: Path
) -> None:
    patient = small_patients[3]
    storage.write_patient(tmp_path, patient, form="stacks", transfer_syntax="explicit")
    truth = storage.truth_places(tmp_path, patient.record)[1]
    stack = read_stack(storage.patient_place(tmp_path, patient.record, form="stacks"), truth=truth)
    files = folder.scan(patient.record)
    circle = files.hu > -1000
    np.testing.assert_array_equal(stack.hu[circle], files.hu[circle])
    np.testing.assert_allclose(stack.height_mm, files.height_mm, atol=0.01)
    np.testing.assert_allclose(stack.thickness_mm, files.thickness_mm)
    assert stack.pixel_mm == pytest.approx(files.pixel_mm, abs=1e-4)
    assert stack.tilt_deg == pytest.approx(files.tilt_deg, abs=0.1)
    assert stack.kernel == files.kernel == "STD+"


def test_a_scan_runs_from_the_vertex_down_and_knows_its_steps(folder: CohortFolder) -> None:
    scan = folder.scan(folder.records[0])
    assert (np.diff(scan.height_mm) < 0).all()
    np.testing.assert_allclose(scan.step_mm, 8.0, atol=0.01)
    assert len(scan) == len(scan.hu)


def test_a_damaged_stack_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "1.npz").write_bytes(b"half of it")
    (tmp_path / "1.json").write_text("{}")
    with pytest.raises(UsageError, match=r"^1\.npz is damaged; simulate"):
        read_stack(tmp_path / "1.npz", truth=tmp_path / "1.json")


def test_a_place_without_a_scan_is_a_reason_not_an_error(tmp_path: Path) -> None:
    assert read_if_there(tmp_path / "nowhere") == (None, "the real scan is not on this machine")
    scan, reason = read_if_there(tmp_path)
    assert scan is None
    assert reason


def test_a_scan_has_one_height_a_slice() -> None:
    with pytest.raises(ValueError, match="one height"):
        Scan(np.zeros((3, 4, 4), dtype=np.int16), np.zeros(2), np.zeros(3), 1.0)


def test_the_real_scan_is_read_with_its_geometry(real_data: Path) -> None:
    scan = read_dicom(real_data / "head_ct_ge")
    assert scan.hu.shape == (28, 512, 512)
    assert scan.tilt_deg == pytest.approx(18.5, abs=0.1)
    assert scan.kernel == "STD+"
    assert sorted(set(scan.thickness_mm)) == [4.0, 7.0]
