"""Writes a stack of slices as a series of CT Image Storage files (DICOM PS3.3 A.3): simulated patients, the demo."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.errors import CannotWriteError, UsageError

if TYPE_CHECKING:
    from pydicom.dataset import Dataset, FileDataset

CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2"
_EXPLICIT = "1.2.840.10008.1.2.1"

# Name on the command line -> transfer syntax UID and the encoder that pydicom shall use; all are lossless.
TRANSFER_SYNTAXES: Mapping[str, tuple[str, str]] = {
    "explicit": (_EXPLICIT, ""),
    "rle": ("1.2.840.10008.1.2.5", "pydicom"),
    "j2k": ("1.2.840.10008.1.2.4.90", "pylibjpeg"),
    "jpegls": ("1.2.840.10008.1.2.4.80", "pyjpegls"),
}


@dataclass(frozen=True, slots=True)
class CtHeader:
    """What the files of one series say beside pixels and places.

    Parameters
    ----------
    uid_seed : str
        Text from which every UID is hashed: the same text gives the same UIDs.
    patient_id, patient_name : str
        Of an invented patient; the name in DICOM's form (family^given).
    age, sex : int, str
        Years; ``"F"``, ``"M"`` or ``"O"``.
    study_date : str
        ``YYYYMMDD``.
    manufacturer, model, kernel : str
        Scanner and convolution kernel.
    kvp : float
        Tube voltage in kV.
    tilt_deg : float
        Gantry/Detector Tilt.
    slope, intercept : float
        HU = stored x slope + intercept.
    padding : int or None
        Pixel Padding Value, if pixels outside of the scanned circle hold one.
    study_description, series_description : str
        Free text.
    """

    uid_seed: str
    patient_id: str
    patient_name: str
    age: int
    sex: str
    study_date: str
    manufacturer: str
    model: str
    kernel: str
    kvp: float = 120.0
    tilt_deg: float = 0.0
    slope: float = 1.0
    intercept: float = 0.0
    padding: int | None = None
    study_description: str = "HEAD"
    series_description: str = "AXIAL"

    def __post_init__(self) -> None:
        if not self.slope > 0 or self.sex not in {"F", "M", "O"} or not 0 <= self.age < 1000:
            raise ValueError("a CT header needs a positive slope, a sex of F, M or O and an age of 0 to 999")


def hashed_uid(*parts: object) -> str:
    """Return a UID under 2.25 (DICOM PS3.5 B.2) that depends on the parts alone."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    # The version and variant bits of a UUID, so that the number could have come from one.
    number = int.from_bytes(digest[:16], "big")
    number = (number & ~(0xF << 76) | (0x8 << 76)) & ~(0x3 << 62) | (0x2 << 62)
    return f"2.25.{number}"


def write_ct_series(
    folder: Path,
    stored: NDArray[np.int16],
    *,
    planes: Sequence[SlicePlane],
    header: CtHeader,
    transfer_syntax: str = "explicit",
) -> list[Path]:
    """Write one file a slice, ``IM0001.dcm`` on, in the order given.

    Parameters
    ----------
    folder : Path
        Must exist.
    stored : ndarray
        int16, shape (slices, rows, columns): stored values, before slope and intercept.
    planes : sequence of SlicePlane
        Where each slice lies; their size must be that of `stored`.
    header : CtHeader
        Everything else.
    transfer_syntax : str
        A key of `TRANSFER_SYNTAXES`.

    Returns
    -------
    list of Path
        The files, in order.

    Raises
    ------
    UsageError
        When the transfer syntax is unknown.
    ValueError
        When planes and values do not fit together.
    CannotWriteError
        When a file cannot be written.
    """
    _check(stored, planes, transfer_syntax)
    written = []
    for index, plane in enumerate(planes):
        dataset = _dataset(stored[index], index, plane, header)
        uid, plugin = TRANSFER_SYNTAXES[transfer_syntax]
        if plugin:
            dataset.compress(uid, encoding_plugin=plugin, generate_instance_uid=False)
        path = folder / f"IM{index + 1:04d}.dcm"
        try:
            dataset.save_as(path, enforce_file_format=True)
        except OSError as error:
            raise CannotWriteError(
                f"A slice could not be written ({_reason(error)}); choose another place.", thing=path
            ) from error
        written.append(path)
    return written


def _check(stored: NDArray[np.int16], planes: Sequence[SlicePlane], transfer_syntax: str) -> None:
    """Refuse what cannot be written as it is asked."""
    if transfer_syntax not in TRANSFER_SYNTAXES:
        known = ", ".join(TRANSFER_SYNTAXES)
        raise UsageError(
            f"There is no transfer syntax named {transfer_syntax!r}; choose one of {known}.", thing=transfer_syntax
        )
    if stored.dtype != np.int16 or stored.ndim != 3 or len(planes) != len(stored):
        raise ValueError("a CT series needs int16 values (slices, rows, columns) and a plane for each slice")
    if any((plane.rows, plane.columns) != stored.shape[1:] for plane in planes):
        raise ValueError("planes and values differ in rows or columns")


def _reason(error: OSError) -> str:
    """What the system said: pydicom wraps its error in others, with a page of text."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return "for an unknown reason"


def _dataset(values: NDArray[np.int16], index: int, plane: SlicePlane, header: CtHeader) -> FileDataset:
    from pydicom.dataset import FileDataset, FileMetaDataset

    instance = hashed_uid(header.uid_seed, "instance", index)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CT_IMAGE_STORAGE
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = _EXPLICIT
    meta.ImplementationClassUID = hashed_uid("leukoviewer", "implementation")
    meta.ImplementationVersionName = "LEUKOVIEWER_1"
    dataset = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.SOPClassUID = CT_IMAGE_STORAGE
    dataset.SOPInstanceUID = instance
    _patient_and_study(dataset, header)
    _series(dataset, header)
    _scan(dataset, plane, header)
    _place(dataset, index, plane, header)
    _pixels(dataset, values, header)
    return dataset


def _patient_and_study(dataset: Dataset, header: CtHeader) -> None:
    dataset.PatientName = header.patient_name
    dataset.PatientID = header.patient_id
    dataset.PatientBirthDate = ""
    dataset.PatientSex = header.sex
    dataset.PatientAge = f"{header.age:03d}Y"
    dataset.StudyInstanceUID = hashed_uid(header.uid_seed, "study")
    dataset.StudyDate = dataset.SeriesDate = dataset.AcquisitionDate = dataset.ContentDate = header.study_date
    dataset.StudyTime = dataset.SeriesTime = dataset.AcquisitionTime = dataset.ContentTime = "120000"
    dataset.ReferringPhysicianName = ""
    dataset.StudyID = "1"
    dataset.AccessionNumber = ""
    dataset.StudyDescription = header.study_description


def _series(dataset: Dataset, header: CtHeader) -> None:
    dataset.Modality = "CT"
    dataset.SeriesInstanceUID = hashed_uid(header.uid_seed, "series")
    dataset.SeriesNumber = 2
    dataset.SeriesDescription = header.series_description
    dataset.BodyPartExamined = "HEAD"
    dataset.PatientPosition = "HFS"
    dataset.FrameOfReferenceUID = hashed_uid(header.uid_seed, "frame of reference")
    dataset.PositionReferenceIndicator = "OM"
    dataset.Manufacturer = header.manufacturer
    dataset.ManufacturerModelName = header.model
    dataset.SoftwareVersions = "1"


def _scan(dataset: Dataset, plane: SlicePlane, header: CtHeader) -> None:
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.KVP = _decimal(header.kvp)
    dataset.ConvolutionKernel = header.kernel
    dataset.GantryDetectorTilt = _decimal(header.tilt_deg)
    dataset.ReconstructionDiameter = _decimal(plane.spacing_mm[1] * plane.columns)
    dataset.SliceThickness = _decimal(plane.thickness_mm) if plane.thickness_mm is not None else None
    dataset.AcquisitionNumber = 1


def _place(dataset: Dataset, index: int, plane: SlicePlane, header: CtHeader) -> None:
    dataset.InstanceNumber = index + 1
    dataset.ImagePositionPatient = [_decimal(v) for v in plane.position_mm]
    dataset.ImageOrientationPatient = [_decimal(v) for v in (*plane.row_direction, *plane.column_direction)]
    dataset.SliceLocation = _decimal(plane.position_mm[2])
    dataset.PixelSpacing = [_decimal(v) for v in plane.spacing_mm]


def _pixels(dataset: Dataset, values: NDArray[np.int16], header: CtHeader) -> None:
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows, dataset.Columns = values.shape
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit = 15
    dataset.PixelRepresentation = 1
    if header.padding is not None:
        dataset.add_new("PixelPaddingValue", "SS", header.padding)
    dataset.RescaleIntercept = _decimal(header.intercept)
    dataset.RescaleSlope = _decimal(header.slope)
    dataset.RescaleType = "HU"
    dataset.WindowCenter = "40"
    dataset.WindowWidth = "80"
    dataset.PixelData = np.ascontiguousarray(values, dtype="<i2").tobytes()
    dataset["PixelData"].VR = "OW"


def _decimal(value: float) -> str:
    """Return a decimal string of at most 16 characters (DICOM PS3.5 6.2, VR DS)."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
