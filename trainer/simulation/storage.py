"""Writes one simulated patient: files as a hospital holds them, and the truth beside, which training never reads."""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.core.geometry import SlicePlane
from leukoviewer.dicom.writer import CtHeader, write_ct_series
from trainer.simulation.distractors import MASKED
from trainer.simulation.draws import Draws
from trainer.simulation.patient import SLICE_AREA_MM2, SimulatedPatient
from trainer.simulation.protocol import Planes
from trainer.simulation.recruit import PatientRecord

FORMATS = ("dicom", "stacks")
_GRADE_TEXT = ("", "a few small", "beginning confluent", "broad confluent")
_FINDING_TEXT = {
    "old_infarct": "An old cortical infarct is seen.",
    "acute_infarct": "A hypodense area with loss of the cortical outline suggests a recent infarct.",
    "lacunes": "Lacunes of the deep nuclei and the white matter.",
    "hemorrhage_intraparenchymal": "Intraparenchymal hemorrhage.",
    "hemorrhage_subdural": "Subdural hematoma.",
    "hemorrhage_epidural": "Epidural hematoma.",
    "hemorrhage_subarachnoid": "Subarachnoid hemorrhage.",
    "hemorrhage_intraventricular": "Blood in the ventricles.",
    "hyperdense_artery": "Hyperdense middle cerebral artery.",
    "shunt": "Ventricular shunt in place.",
    "motion": "Motion artefacts.",
}


def patient_place(out: Path, record: PatientRecord, *, form: str) -> Path:
    """Return the folder (dicom) or the file (stacks) whose presence means that the patient is finished."""
    return out / "patients" / (record.id if form == "dicom" else f"{record.id}.npz")


def truth_places(out: Path, record: PatientRecord) -> tuple[Path, Path]:
    """Return the truth's arrays and its description."""
    return out / "truth" / f"{record.id}.npz", out / "truth" / f"{record.id}.json"


def write_patient(out: Path, patient: SimulatedPatient, *, form: str, transfer_syntax: str) -> None:
    """Write a patient whole or not at all; the patient's own folder appears last.

    Parameters
    ----------
    out : Path
        The cohort's folder.
    form : str
        One of `FORMATS`.
    transfer_syntax : str
        A key of `leukoviewer.dicom.writer.TRANSFER_SYNTAXES`.

    Raises
    ------
    CannotWriteError
        When a file cannot be written; nothing of the patient is left.
    """
    record = patient.record
    arrays, description = truth_places(out, record)
    place = patient_place(out, record, form=form)
    try:
        atomic.write_bytes(arrays, _packed(_truth_arrays(patient)))
        atomic.write_json(description, _truth_description(patient))
        if form == "dicom":
            with atomic.write_folder(place) as folder:
                write_ct_series(
                    folder,
                    patient.stored,
                    planes=slice_planes(patient.planes),
                    header=_header(patient),
                    transfer_syntax=transfer_syntax,
                )
                atomic.write_json(folder / f"{record.id}.json", report(record))
        else:
            atomic.write_bytes(place, _packed(_stack_arrays(patient)))
    except BaseException:
        arrays.unlink(missing_ok=True)
        description.unlink(missing_ok=True)
        raise


def slice_planes(planes: Planes) -> list[SlicePlane]:
    """Return the slices' planes as the viewer knows them."""
    return [
        SlicePlane(
            position_mm=(float(origin[0]), float(origin[1]), float(origin[2])),
            row_direction=planes.row_direction,
            column_direction=planes.column_direction,
            spacing_mm=(planes.pixel_mm, planes.pixel_mm),
            rows=planes.rows,
            columns=planes.columns,
            thickness_mm=thickness,
        )
        for origin, thickness in zip(planes.origins_mm.tolist(), planes.thickness_mm, strict=True)
    ]


def report(record: PatientRecord) -> dict[str, str]:
    """Return the patient's JSON as in the paper's hospital: finding, examination number, doctor.

    The finding holds exactly one of the sentences "Leukoencephalopathy: present." and "Leukoencephalopathy: absent.".
    """
    draws = Draws(record.seed, "report")
    sentences = ["Native CT of the head."]
    if record.positive:
        sentences.append(f"In the white matter {_GRADE_TEXT[record.grade]} hypodensities around the ventricles.")
    sentences.append(f"Leukoencephalopathy: {'present' if record.positive else 'absent'}.")
    sentences.append("Cortical and central atrophy." if record.atrophy >= 0.35 else "No relevant atrophy.")
    sentences += [_FINDING_TEXT[name] for name in record.distractors if name in _FINDING_TEXT]
    return {
        "examination": f"SIM-{record.id}",
        "finding": " ".join(sentences),
        "doctor": f"Simulated reader {draws.integer(1, 6)}",
    }


def _header(patient: SimulatedPatient) -> CtHeader:
    record, scanner = patient.record, patient.scanner
    day = date(2018, 1, 1) + timedelta(days=Draws(record.seed, "date").integer(0, 1400))
    return CtHeader(
        uid_seed=f"leukoviewer simulation {record.id} {record.seed}",
        patient_id=record.id,
        patient_name=f"SIMULATED^{record.id}",
        age=record.age,
        sex=record.sex,
        study_date=day.strftime("%Y%m%d"),
        manufacturer="SIMULATED",
        model=scanner.profile.model,
        kernel=scanner.profile.kernel,
        kvp=scanner.kvp,
        tilt_deg=patient.planes.tilt_deg,
        slope=scanner.slope,
        intercept=scanner.intercept,
        padding=scanner.padding,
        study_description="SIMULATED HEAD CT",
        series_description=record.protocol.upper(),
    )


def _truth_arrays(patient: SimulatedPatient) -> dict[str, NDArray[np.generic]]:
    truth = patient.truth
    return {
        "shape": np.asarray(truth.lesion.shape, dtype=np.int64),
        "lesion": np.packbits(truth.lesion, axis=-1),
        "slice_labels": np.asarray(patient.slice_labels, dtype=np.uint8),
        "area_mm2": np.asarray(truth.area_mm2, dtype=np.float32),
        "findings": truth.findings,
    }


def _truth_description(patient: SimulatedPatient) -> dict[str, object]:
    record, truth = patient.record, patient.truth
    voxels = {
        name: int(np.count_nonzero(truth.findings >> np.uint32(bit) & np.uint32(1))) for bit, name in enumerate(MASKED)
    }
    return {
        "record": asdict(record),
        "positive": record.positive,
        "lesion_ml": round(truth.lesion_ml, 3),
        "slice_area_mm2": SLICE_AREA_MM2,
        "slice_labels": list(patient.slice_labels),
        "slice_order": "as InstanceNumber, lowest slice first",
        "finding_bits": {name: bit for bit, name in enumerate(MASKED)},
        "finding_voxels": {name: count for name, count in voxels.items() if count},
        "ventricle_widening_mm": round(truth.widening_mm, 3),
        "tilt_deg": patient.planes.tilt_deg,
        "noise_hu": round(patient.scanner.noise_hu, 3),
        "offset_hu": round(patient.scanner.offset_hu, 3),
    }


def _stack_arrays(patient: SimulatedPatient) -> dict[str, NDArray[np.generic]]:
    planes = patient.planes
    return {
        "hu": np.clip(np.round(patient.hu), -32768, 32767).astype(np.int16),
        "origins_mm": planes.origins_mm.numpy(),
        "row_direction": np.asarray(planes.row_direction, dtype=np.float32),
        "column_direction": np.asarray(planes.column_direction, dtype=np.float32),
        "thickness_mm": np.asarray(planes.thickness_mm, dtype=np.float32),
        "pixel_mm": np.asarray(planes.pixel_mm, dtype=np.float32),
        "positive": np.asarray(patient.record.positive),
    }


def _packed(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    """NPZ without the time of day, which zip would otherwise hold: the same arrays give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, np.asarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held.getvalue(), compresslevel=1)
    return stream.getvalue()
