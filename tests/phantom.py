"""Builder of DICOM folders with known answers: geometry, HU, padding, encodings and faults on request.

Every picture is computed, so the expected HU of each slice are known exactly. Slices are counted superior first, as the
program does; the order of files and of instance numbers is something else and can be chosen.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import (
    UID,
    CTImageStorage,
    DeflatedExplicitVRLittleEndian,
    EnhancedCTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    generate_uid,
)

AIR_HU, SKULL_HU, BRAIN_HU, VENTRICLE_HU, PLASTIC_HU = -1000, 1000, 34, 8, 180
# A square in the first corner (patient's right, front) tells which slice it is: MARKER_HU + MARKER_STEP_HU * index.
MARKER_HU, MARKER_STEP_HU, MARKER_PX = 200, 10, 4

Edit = Callable[[Dataset, int], None]
Vector = tuple[float, float, float]

_ORIENTATIONS: dict[str, tuple[Vector, Vector]] = {
    "axial": ((1, 0, 0), (0, 1, 0)),
    "prone": ((-1, 0, 0), (0, -1, 0)),
    "coronal": ((1, 0, 0), (0, 0, -1)),
    "sagittal": ((0, 1, 0), (0, 0, -1)),
}


@dataclass(frozen=True)
class Phantom:
    """What was written and what must be read; everything is superior first.

    Attributes
    ----------
    folder : Path
        Where the files lie.
    files : tuple of Path
        The file of each slice (one file for all slices of a multi-frame image).
    hu : array of float32, shape (slices, rows, columns)
        Expected HU; padding is -1024.
    padding : array of bool, same shape, or None
        Where padding was written.
    positions_mm : array, shape (slices, 3)
        Image Position (Patient) of each slice.
    sop_uids : tuple of str
        SOP Instance UID of each slice.
    """

    folder: Path
    files: tuple[Path, ...]
    hu: NDArray[np.float32]
    padding: NDArray[np.bool_] | None
    positions_mm: NDArray[np.float64]
    sop_uids: tuple[str, ...]
    series_uid: str
    study_uid: str


@dataclass(frozen=True)
class PhantomSeries:
    """One series to write; see :func:`write_phantom` for the short way.

    Values that may differ by slice (``thickness_mm``, ``slope``, ``intercept``, ``acquisition``) take one number or a
    sequence, superior first. ``edit`` is called with each data set and its index before it is written, for faults that
    have no option of their own.
    """

    slices: int = 12
    rows: int = 64
    columns: int = 64
    spacing_mm: tuple[float, float] = (3.5, 3.5)
    step_mm: float = 5.0
    steps_mm: Sequence[float] | None = None
    thickness_mm: float | Sequence[float] | None = 5.0
    tilt_deg: float = 0.0
    orientation: str | tuple[Vector, Vector] = "axial"
    top_mm: float = 700.0
    brain: bool = True
    slope: float | Sequence[float] | None = 1.0
    intercept: float | Sequence[float] | None = -1024.0
    padding_value: int | None = None
    padding_limit: int | None = None
    signed: bool = False
    bits_stored: int = 16
    dirty_high_bits: bool = False
    photometric: str = "MONOCHROME2"
    transfer_syntax: str = ExplicitVRLittleEndian
    sop_class: str = CTImageStorage
    modality: str = "CT"
    image_type: tuple[str, ...] = ("ORIGINAL", "PRIMARY", "AXIAL")
    kernel: str = "H30s"
    description: str = "Head 5.0 H30s"
    body_part: str = "HEAD"
    contrast_agent: str = ""
    window: tuple[float, float] | None = (40, 80)
    series_number: int = 2
    acquisition: int | Sequence[int] = 1
    patient_id: str = "PHANTOM-1"
    patient_name: str = "Phantom^Head"
    patient_age: str = "061Y"
    study: str = "study"
    series: str = "series"
    instance_order: str = "inferior_first"
    missing: Sequence[int] = ()
    duplicated: Sequence[int] = ()
    without_position: Sequence[int] = ()
    extension: str = ".dcm"
    preamble: bool = True
    edit: Edit | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def study_uid(self) -> str:
        return _uid(self.patient_id, self.study)

    @property
    def series_uid(self) -> str:
        return _uid(self.patient_id, self.study, self.series)

    def directions(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Row direction, column direction and the unit step from each slice to the one below it."""
        row, column = _ORIENTATIONS[self.orientation] if isinstance(self.orientation, str) else self.orientation
        row_v, column_v = np.array(row, float), np.array(column, float)
        normal = np.cross(row_v, column_v)
        down = -normal if normal[int(np.argmax(np.abs(normal)))] > 0 else normal
        angle = math.radians(self.tilt_deg)
        # The gantry turns about the row axis while the table moves on straight: a positive tilt as scanners sign it.
        tilted = column_v * math.cos(angle) + np.cross(row_v, column_v) * -math.sin(angle)
        return row_v, tilted, down

    def positions_mm(self) -> NDArray[np.float64]:
        """Image Position (Patient) of every slice, shape (slices, 3); steps are measured along the slice normal."""
        row, column, down = self.directions()
        steps = [self.step_mm] * (self.slices - 1) if self.steps_mm is None else list(self.steps_mm)
        travel = np.concatenate([[0.0], np.cumsum(steps)]) / math.cos(math.radians(self.tilt_deg))
        center = -down * self.top_mm
        corner = (
            center
            - row * (self.columns - 1) / 2 * self.spacing_mm[1]
            - column * (self.rows - 1) / 2 * self.spacing_mm[0]
        )
        positions: NDArray[np.float64] = corner + travel[:, None] * down
        return positions

    def ideal_hu(self) -> NDArray[np.float32]:
        """The picture before it is stored, shape (slices, rows, columns), in HU."""
        return np.stack([_head(self, index) for index in range(self.slices)])

    def stored(self) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.bool_] | None]:
        """Stored values, the HU that they mean, and where padding is."""
        slopes, intercepts = self._rescale()
        ideal = self.ideal_hu()
        low, high = _range(self.bits_stored, self.signed)
        values = np.clip(np.rint((ideal - intercepts) / slopes), low, high).astype(np.int64)
        hu = (values.astype(np.float32) * slopes.astype(np.float32) + intercepts.astype(np.float32)).astype(np.float32)
        padding = None
        if self.padding_value is not None:
            padding = np.broadcast_to(_outside_circle(self.rows, self.columns), values.shape).copy()
            limit = self.padding_value if self.padding_limit is None else self.padding_limit
            span = sorted((self.padding_value, limit))
            fill = np.linspace(span[0], span[1], padding.sum()).astype(np.int64)
            values[padding] = fill
            hu[padding] = -1024
        return values, hu, padding

    def _rescale(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        slopes = _each(1.0 if self.slope is None else self.slope, self.slices)
        intercepts = _each(0.0 if self.intercept is None else self.intercept, self.slices)
        return slopes[:, None, None], intercepts[:, None, None]

    def write(self, folder: Path) -> Phantom:
        """Write one file a slice and return the answers."""
        folder.mkdir(parents=True, exist_ok=True)
        values, hu, padding = self.stored()
        positions = self.positions_mm()
        kept = [i for i in range(self.slices) if i not in set(self.missing)]
        files, uids = [], []
        for index in kept:
            data = self.dataset(index, values[index], positions[index])
            if self.edit is not None:
                self.edit(data, index)
            number = self._instance_number(index)
            path = folder / f"I{number * 10}{self.extension}"
            save(data, path, preamble=self.preamble)
            if index in set(self.duplicated):
                save(data, folder / f"copy_of_I{number * 10}{self.extension}", preamble=self.preamble)
            files.append(path)
            uids.append(str(data.get("SOPInstanceUID", "")))
        return Phantom(
            folder, tuple(files), hu[kept], None if padding is None else padding[kept], positions[kept], tuple(uids),
            self.series_uid, self.study_uid,
        )  # fmt: skip

    def dataset(self, index: int, values: NDArray[np.int64], position: NDArray[np.float64]) -> FileDataset:
        """One CT image, encoded in the wanted transfer syntax."""
        data = new_dataset(self.sop_class, _uid(self.series_uid, str(index)), self.transfer_syntax)
        self._describe(data)
        data.InstanceNumber = self._instance_number(index)
        data.AcquisitionNumber = int(_each(self.acquisition, self.slices)[index])
        if self.thickness_mm is not None:
            data.SliceThickness = _decimal(_each(self.thickness_mm, self.slices)[index])
        row, column, _ = self.directions()
        data.ImageOrientationPatient = [_decimal(v) for v in (*row, *column)]
        if index not in set(self.without_position):
            data.ImagePositionPatient = [_decimal(v) for v in position]
        data.PixelSpacing = [_decimal(v) for v in self.spacing_mm]
        slopes, intercepts = self._rescale()
        if self.slope is not None:
            data.RescaleSlope = _decimal(float(slopes[index, 0, 0]))
        if self.intercept is not None:
            data.RescaleIntercept = _decimal(float(intercepts[index, 0, 0]))
            data.RescaleType = "HU"
        self._put_pixels(data, values[None])
        return data

    def _instance_number(self, index: int) -> int:
        if self.instance_order == "superior_first":
            return index + 1
        if self.instance_order == "shuffled":
            return int(np.random.default_rng(5).permutation(self.slices)[index]) + 1
        return self.slices - index

    def _describe(self, data: Dataset) -> None:
        data.PatientName, data.PatientID, data.PatientBirthDate, data.PatientSex = (
            self.patient_name,
            self.patient_id,
            "",
            "O",
        )
        if self.patient_age:
            put(data, "PatientAge", self.patient_age)
        data.StudyInstanceUID, data.SeriesInstanceUID = self.study_uid, self.series_uid
        data.FrameOfReferenceUID = _uid(self.patient_id, self.study, "frame")
        data.StudyID, data.StudyDate, data.StudyTime, data.AccessionNumber = "1", "20240102", "101500", ""
        data.StudyDescription, data.SeriesDescription, data.SeriesNumber = "Head", self.description, self.series_number
        data.Modality, data.Manufacturer, data.ManufacturerModelName = self.modality, "Phantom Works", "P1"
        data.ImageType, data.BodyPartExamined, data.PatientPosition = list(self.image_type), self.body_part, "HFS"
        data.ConvolutionKernel, data.KVP, data.ReferringPhysicianName = self.kernel, "120", ""
        data.PositionReferenceIndicator = ""
        if self.contrast_agent:
            data.ContrastBolusAgent = self.contrast_agent
        if self.window is not None:
            data.WindowCenter, data.WindowWidth = (_decimal(v) for v in self.window)
        for keyword, value in self.extra.items():
            put(data, keyword, value)

    def _put_pixels(self, data: Dataset, values: NDArray[np.int64]) -> None:
        data.Rows, data.Columns = values.shape[1:]
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, self.photometric
        data.BitsAllocated, data.BitsStored, data.HighBit = 16, self.bits_stored, self.bits_stored - 1
        data.PixelRepresentation = int(self.signed)
        kind = "SS" if self.signed else "US"
        if self.padding_value is not None:
            data.add_new("PixelPaddingValue", kind, self.padding_value)
        if self.padding_limit is not None:
            data.add_new("PixelPaddingRangeLimit", kind, self.padding_limit)
        words = (values & ((1 << self.bits_stored) - 1)).astype(np.uint16)
        if self.signed and not self.dirty_high_bits:
            words = (values & 0xFFFF).astype(np.uint16)
        if self.dirty_high_bits and self.bits_stored < 16:
            dirt = np.random.default_rng(3).integers(0, 1 << (16 - self.bits_stored), values.shape)
            words = words | (dirt << self.bits_stored).astype(np.uint16)
        encode(data, words, self.transfer_syntax)


def write_phantom(folder: Path, **options: Any) -> Phantom:
    """Write one series of :class:`PhantomSeries` with these options into ``folder`` (made when absent)."""
    return PhantomSeries(**options).write(folder)


def new_dataset(sop_class: str, sop_uid: str, transfer_syntax: str) -> FileDataset:
    """An empty DICOM object with its file meta information."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = sop_class, sop_uid
    meta.TransferSyntaxUID, meta.ImplementationClassUID = transfer_syntax, _uid("phantom")
    syntax = UID(transfer_syntax)
    data = FileDataset(
        "", {}, file_meta=meta, preamble=b"\0" * 128,
        is_implicit_VR=syntax.is_implicit_VR, is_little_endian=syntax.is_little_endian,
    )  # fmt: skip
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID, data.SOPInstanceUID = sop_class, sop_uid
    return data


def put(data: Dataset, keyword: str, value: object) -> None:
    """Set an element to any value, also to one that the standard forbids."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        setattr(data, keyword, value)


def encode(data: Dataset, words: NDArray[np.uint16], transfer_syntax: str) -> None:
    """Put 16-bit words, shape (frames, rows, columns), into a data set whose other pixel attributes are set."""
    native = {ExplicitVRLittleEndian, ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian}
    order = ">u2" if transfer_syntax == ExplicitVRBigEndian else "<u2"
    data.PixelData = words.astype(order).tobytes()
    data["PixelData"].VR = "OW"
    if transfer_syntax in native:
        return
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.compress(transfer_syntax, generate_instance_uid=False)


def save(data: Dataset, path: Path, *, preamble: bool = True) -> None:
    """Write a data set; without a preamble nothing but the bare elements is written."""
    syntax = data.file_meta.TransferSyntaxUID
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if preamble:
            data.save_as(path, enforce_file_format=True)
        else:
            Dataset(data).save_as(path, implicit_vr=syntax.is_implicit_VR, little_endian=syntax.is_little_endian)


def write_capture(folder: Path, *, rows: int = 48, columns: int = 80, name: str = "capture", **options: Any) -> Path:
    """Write one RGB secondary capture: red, green and blue thirds; ``options`` are those of :class:`PhantomSeries`."""
    series = PhantomSeries(**{"series": "captures", "series_number": 9, "description": "Screen save", **options})
    syntax = "1.2.840.10008.5.1.4.1.1.7"
    data = new_dataset(syntax, _uid(series.series_uid, name), ExplicitVRLittleEndian)
    series._describe(data)
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
    data = new_dataset(kind, _uid(series.series_uid, "dose"), ExplicitVRLittleEndian)
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
    data = new_dataset(series.sop_class, _uid(series.series_uid, "enhanced"), series.transfer_syntax)
    series._describe(data)
    data.InstanceNumber, data.NumberOfFrames = 1, len(order)
    data.ContentDate, data.ContentTime = str(dt.date(2024, 1, 2)).replace("-", ""), "101500"
    row, column, _ = series.directions()
    shared, orientation, measures = Dataset(), Dataset(), Dataset()
    orientation.ImageOrientationPatient = [_decimal(v) for v in (*row, *column)]
    measures.PixelSpacing = [_decimal(v) for v in series.spacing_mm]
    measures.SliceThickness = _decimal(_each(series.thickness_mm or 1.0, series.slices)[0])
    shared.PlaneOrientationSequence, shared.PixelMeasuresSequence = (
        DicomSequence([orientation]),
        DicomSequence([measures]),
    )
    data.SharedFunctionalGroupsSequence = DicomSequence([shared])
    slopes, intercepts = series._rescale()
    groups = []
    for index in order:
        group, plane, transform = Dataset(), Dataset(), Dataset()
        plane.ImagePositionPatient = [_decimal(v) for v in positions[index]]
        transform.RescaleSlope, transform.RescaleIntercept = (
            _decimal(slopes[index, 0, 0]),
            _decimal(intercepts[index, 0, 0]),
        )
        transform.RescaleType = "HU"
        group.PlanePositionSequence = DicomSequence([plane])
        group.PixelValueTransformationSequence = DicomSequence([transform])
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = DicomSequence(groups)
    series._put_pixels(data, values[order])
    if series.edit is not None:
        series.edit(data, 0)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"enhanced{series.extension}"
    save(data, path)
    return Phantom(
        folder, (path,), hu, padding, positions, (str(data.SOPInstanceUID),) * series.slices,
        series.series_uid, series.study_uid,
    )  # fmt: skip


def _head(series: PhantomSeries, index: int) -> NDArray[np.float32]:
    """A head in mm: skull shell, brain with faint texture, two ventricles, and the marker of this slice."""
    rows, columns = series.rows, series.columns
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    # Narrower towards the vertex, so that slices differ; never so small that the shell closes.
    size = 0.62 + 0.30 * math.sin(math.pi * (0.15 + 0.6 * (index + 1) / (series.slices + 1)))
    radius = np.sqrt((x / (0.86 * size)) ** 2 + (y / size) ** 2)
    image = np.full((rows, columns), AIR_HU, np.float32)
    image[radius < 1.0] = SKULL_HU
    inside = radius < 0.90
    texture = ((np.arange(rows)[:, None] * 7 + np.arange(columns)[None, :] * 13 + index * 5) % 9) - 4
    image[inside] = (BRAIN_HU + texture)[inside] if series.brain else PLASTIC_HU
    if series.brain:
        ventricles = ((np.abs(x) - 0.12) / 0.07) ** 2 + (y / 0.25) ** 2 < 1
        image[ventricles] = VENTRICLE_HU
    side = min(MARKER_PX, rows // 8 or 1, columns // 8 or 1)
    image[1 : 1 + side, 1 : 1 + side] = marker_hu(index)
    return image


def marker_hu(index: int) -> int:
    """HU of the marker of slice ``index`` (superior first), found at pixel (1, 1)."""
    return MARKER_HU + MARKER_STEP_HU * index


def _outside_circle(rows: int, columns: int) -> NDArray[np.bool_]:
    y, x = np.linspace(-1, 1, rows)[:, None], np.linspace(-1, 1, columns)[None, :]
    outside: NDArray[np.bool_] = np.hypot(y, x) > 1.2
    outside[1 : 1 + MARKER_PX, 1 : 1 + MARKER_PX] = False
    return outside


def _each(value: float | Sequence[float], count: int) -> NDArray[np.float64]:
    return np.broadcast_to(np.asarray(value, np.float64), (count,)).copy()


def _range(bits: int, signed: bool) -> tuple[int, int]:
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)


def _decimal(value: float) -> str:
    """A decimal string of at most 16 characters (DICOM PS3.5, DS)."""
    text = f"{float(value):.9g}"
    return text if len(text) <= 16 else f"{float(value):.6g}"


def _uid(*parts: str) -> str:
    return generate_uid(entropy_srcs=["leukoviewer phantom", *parts])
