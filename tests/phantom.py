"""Builder of DICOM folders with known answers: series, captures, scouts, reports, multi-frame files.

Every picture is computed, so the expected HU of each slice are known exactly. Slices are counted superior first, as the
program does; the order of files and of instance numbers is something else and can be chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import EnhancedCTImageStorage, ExplicitVRLittleEndian

from tests.phantom_files import decimal, encode, new_dataset, put, save, uid_of
from tests.phantom_picture import MARKER_HU, MARKER_STEP_HU, marker_hu
from tests.phantom_series import Phantom, PhantomSeries, each

__all__ = [
    "MARKER_HU", "MARKER_STEP_HU", "Phantom", "PhantomSeries", "encode", "marker_hu", "new_dataset", "put", "save",
    "write_capture", "write_enhanced", "write_phantom", "write_report", "write_scout",
]  # fmt: skip


def write_phantom(folder: Path, **options: Any) -> Phantom:
    """Write one series of :class:`PhantomSeries` with these options into ``folder`` (made when absent)."""
    return PhantomSeries(**options).write(folder)


def write_capture(folder: Path, *, rows: int = 48, columns: int = 80, name: str = "capture", **options: Any) -> Path:
    """Write one RGB secondary capture: red, green and blue thirds; ``options`` are those of :class:`PhantomSeries`."""
    series = PhantomSeries(**{"series": "captures", "series_number": 9, "description": "Screen save", **options})
    syntax = "1.2.840.10008.5.1.4.1.1.7"
    data = new_dataset(syntax, uid_of(series.series_uid, name), ExplicitVRLittleEndian)
    series.describe(data)
    data.InstanceNumber, data.ConversionType, data.ImageType = 1, "WSD", ["DERIVED", "SECONDARY"]
    data.Rows, data.Columns, data.SamplesPerPixel, data.PhotometricInterpretation = rows, columns, 3, "RGB"
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation, data.PlanarConfiguration = (
        8,
        8,
        7,
        0,
        0,
    )
    del data.WindowCenter, data.WindowWidth
    picture = np.zeros((rows, columns, 3), np.uint8)
    for channel in range(3):
        picture[:, channel * columns // 3 : (channel + 1) * columns // 3, channel] = 255
    data.PixelData = picture.tobytes()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.dcm"
    save(data, path)
    return path


def write_scout(folder: Path, **options: Any) -> Phantom:
    """Write one sagittal localizer of the same patient and study."""
    settings = {
        "slices": 1, "orientation": "sagittal", "image_type": ("ORIGINAL", "PRIMARY", "LOCALIZER"), "series": "scout",
        "series_number": 1, "description": "Topogram", "kernel": "T20s", "thickness_mm": 0.6, "brain": False,
        "rows": 96, "top_mm": 0.0,
    }  # fmt: skip
    return write_phantom(folder, **{**settings, **options})


def write_report(folder: Path, **options: Any) -> Path:
    """Write a dose report: a DICOM object without pixels."""
    series = PhantomSeries(**{"series": "dose", "series_number": 999, "modality": "SR", **options})
    kind = "1.2.840.10008.5.1.4.1.1.88.67"
    data = new_dataset(kind, uid_of(series.series_uid, "dose"), ExplicitVRLittleEndian)
    data.PatientName, data.PatientID, data.Modality = series.patient_name, series.patient_id, "SR"
    data.StudyInstanceUID, data.SeriesInstanceUID = series.study_uid, series.series_uid
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "dose_report.dcm"
    save(data, path)
    return path


def write_enhanced(folder: Path, *, frame_order: Iterable[int] | None = None, **options: Any) -> Phantom:
    """Write the series as one Enhanced CT file, its frames in any order (``frame_order`` lists slice indices)."""
    series = PhantomSeries(**{"sop_class": EnhancedCTImageStorage, **options})
    values, hu, padding = series.stored()
    positions = series.positions_mm()
    order = list(range(series.slices)) if frame_order is None else list(frame_order)
    data = new_dataset(series.sop_class, uid_of(series.series_uid, "enhanced"), series.transfer_syntax)
    series.describe(data)
    data.InstanceNumber, data.NumberOfFrames = 1, len(order)
    data.ContentDate, data.ContentTime = str(dt.date(2024, 1, 2)).replace("-", ""), "101500"
    row, column, _ = series.directions()
    shared, orientation, measures = Dataset(), Dataset(), Dataset()
    orientation.ImageOrientationPatient = [decimal(v) for v in (*row, *column)]
    measures.PixelSpacing = [decimal(v) for v in series.spacing_mm]
    measures.SliceThickness = decimal(each(series.thickness_mm or 1.0, series.slices)[0])
    shared.PlaneOrientationSequence, shared.PixelMeasuresSequence = (
        DicomSequence([orientation]),
        DicomSequence([measures]),
    )
    data.SharedFunctionalGroupsSequence = DicomSequence([shared])
    slopes, intercepts = series.rescale()
    groups = []
    for index in order:
        group, plane, transform = Dataset(), Dataset(), Dataset()
        plane.ImagePositionPatient = [decimal(v) for v in positions[index]]
        transform.RescaleSlope, transform.RescaleIntercept = (
            decimal(slopes[index, 0, 0]),
            decimal(intercepts[index, 0, 0]),
        )
        transform.RescaleType = "HU"
        group.PlanePositionSequence = DicomSequence([plane])
        group.PixelValueTransformationSequence = DicomSequence([transform])
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = DicomSequence(groups)
    series.put_pixels(data, values[order])
    if series.edit is not None:
        series.edit(data, 0)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"enhanced{series.extension}"
    save(data, path)
    return Phantom(
        folder, (path,), hu, padding, positions, (str(data.SOPInstanceUID),) * series.slices,
        series.series_uid, series.study_uid,
    )  # fmt: skip
