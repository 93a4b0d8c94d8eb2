"""A patient's files: DICOM that reads back as the picture, the hospital's JSON, and the truth beside."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pydicom
import pytest

from leukoviewer.errors import CannotWriteError
from tests.trainer.simulation.records import record_of
from trainer.simulation import storage
from trainer.simulation.distractors import MASKED
from trainer.simulation.patient import SimulatedPatient


@pytest.fixture(scope="module")
def written(ill: SimulatedPatient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cohort")
    storage.write_patient(out, ill, form="dicom", transfer_syntax="explicit")
    return out


def test_the_folder_holds_one_file_a_slice_and_one_json(written: Path, ill: SimulatedPatient) -> None:
    folder = written / "patients" / ill.record.id
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{ill.record.id}.json", *(f"IM{i + 1:04d}.dcm" for i in range(len(ill.planes)))]
    assert not list(written.rglob("*.part"))


def test_the_files_read_back_as_the_picture(written: Path, ill: SimulatedPatient) -> None:
    for index in (0, len(ill.planes) // 2, len(ill.planes) - 1):
        dataset = pydicom.dcmread(written / "patients" / ill.record.id / f"IM{index + 1:04d}.dcm")
        assert np.array_equal(dataset.pixel_array, ill.stored[index])
        hu = dataset.pixel_array * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
        assert np.array_equal(hu.astype(np.float32), ill.hu[index])
        assert [float(v) for v in dataset.ImagePositionPatient] == pytest.approx(
            ill.planes.origins_mm[index].tolist(), abs=1e-4
        )


def test_every_file_says_that_it_is_simulated(written: Path, ill: SimulatedPatient) -> None:
    dataset = pydicom.dcmread(written / "patients" / ill.record.id / "IM0001.dcm", stop_before_pixels=True)
    assert dataset.Manufacturer == "SIMULATED"
    assert str(dataset.PatientName).startswith("SIMULATED^")
    assert dataset.StudyDescription == "SIMULATED HEAD CT"


def test_the_truth_reads_back_as_it_was(written: Path, ill: SimulatedPatient) -> None:
    with np.load(written / "truth" / f"{ill.record.id}.npz") as held:
        shape = tuple(held["shape"])
        lesion = np.unpackbits(held["lesion"], axis=-1, count=shape[-1]).astype(bool)
        assert np.array_equal(lesion, ill.truth.lesion)
        assert np.array_equal(held["findings"], ill.truth.findings)
        assert tuple(held["slice_labels"]) == ill.slice_labels
        assert held["area_mm2"] == pytest.approx(ill.truth.area_mm2, rel=1e-5)


def test_the_truth_is_described_beside(written: Path, ill: SimulatedPatient) -> None:
    described = json.loads((written / "truth" / f"{ill.record.id}.json").read_text())
    assert described["positive"] is True
    assert described["record"]["grade"] == 2
    assert described["slice_labels"] == list(ill.slice_labels)
    assert described["finding_bits"] == {name: bit for bit, name in enumerate(MASKED)}
    assert list(described["finding_voxels"]) == ["calcified_choroid"]


def test_the_truth_is_small(written: Path, ill: SimulatedPatient) -> None:
    assert (written / "truth" / f"{ill.record.id}.npz").stat().st_size < 600_000


@pytest.mark.parametrize(("grade", "sentence"), [(0, "absent"), (1, "present"), (2, "present"), (3, "present")])
def test_the_report_says_whether_the_disease_is_present(grade: int, sentence: str) -> None:
    report = storage.report(record_of(grade=grade))
    assert set(report) == {"examination", "finding", "doctor"}
    assert f"Leukoencephalopathy: {sentence}." in report["finding"]
    assert report["finding"].count("Leukoencephalopathy") == 1


def test_the_report_names_other_findings_and_atrophy() -> None:
    finding = storage.report(record_of(atrophy=0.6, distractors=("old_infarct", "calcified_pineal")))["finding"]
    assert "old cortical infarct" in finding
    assert "atrophy" in finding
    assert "No relevant atrophy" in storage.report(record_of(atrophy=0.1))["finding"]


def test_a_stack_holds_the_picture_and_its_geometry(tmp_path: Path, ill: SimulatedPatient) -> None:
    storage.write_patient(tmp_path, ill, form="stacks", transfer_syntax="explicit")
    with np.load(tmp_path / "patients" / f"{ill.record.id}.npz") as held:
        assert np.array_equal(held["hu"], ill.hu.astype(np.int16))
        assert held["origins_mm"].shape == (len(ill.planes), 3)
        assert bool(held["positive"])


def test_what_cannot_be_written_leaves_nothing(
    tmp_path: Path, ill: SimulatedPatient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pydicom.Dataset, "save_as", full)
    with pytest.raises(CannotWriteError, match="No space left"):
        storage.write_patient(tmp_path, ill, form="dicom", transfer_syntax="explicit")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not (tmp_path / "patients" / ill.record.id).exists()
