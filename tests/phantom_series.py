"""One series of the phantom builder with its known answers: geometry, HU, padding, encodings, faults on request.

Every picture is computed, so the expected HU of each slice are known exactly. Slices are counted superior first, as the
program does; the order of files and of instance numbers is something else and can be chosen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from tests.phantom_files import decimal, encode, new_dataset, put, save, uid_of
from tests.phantom_picture import head, outside_circle

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
        return uid_of(self.patient_id, self.study)

    @property
    def series_uid(self) -> str:
        return uid_of(self.patient_id, self.study, self.series)

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
        shape, count = (self.rows, self.columns), self.slices
        return np.stack([head(shape, index, slices=count, brain=self.brain) for index in range(count)])

    def stored(self) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.bool_] | None]:
        """Stored values, the HU that they mean, and where padding is."""
        slopes, intercepts = self.rescale()
        ideal = self.ideal_hu()
        low, high = _range(self.bits_stored, self.signed)
        values = np.clip(np.rint((ideal - intercepts) / slopes), low, high).astype(np.int64)
        hu = (values.astype(np.float32) * slopes.astype(np.float32) + intercepts.astype(np.float32)).astype(np.float32)
        padding = None
        if self.padding_value is not None:
            padding = np.broadcast_to(outside_circle(self.rows, self.columns), values.shape).copy()
            limit = self.padding_value if self.padding_limit is None else self.padding_limit
            span = sorted((self.padding_value, limit))
            fill = np.linspace(span[0], span[1], padding.sum()).astype(np.int64)
            values[padding] = fill
            hu[padding] = -1024
        return values, hu, padding

    def rescale(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        slopes = each(1.0 if self.slope is None else self.slope, self.slices)
        intercepts = each(0.0 if self.intercept is None else self.intercept, self.slices)
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
        data = new_dataset(self.sop_class, uid_of(self.series_uid, str(index)), self.transfer_syntax)
        self.describe(data)
        data.InstanceNumber = self._instance_number(index)
        data.AcquisitionNumber = int(each(self.acquisition, self.slices)[index])
        if self.thickness_mm is not None:
            data.SliceThickness = decimal(each(self.thickness_mm, self.slices)[index])
        row, column, _ = self.directions()
        data.ImageOrientationPatient = [decimal(v) for v in (*row, *column)]
        if index not in set(self.without_position):
            data.ImagePositionPatient = [decimal(v) for v in position]
        data.PixelSpacing = [decimal(v) for v in self.spacing_mm]
        slopes, intercepts = self.rescale()
        if self.slope is not None:
            data.RescaleSlope = decimal(float(slopes[index, 0, 0]))
        if self.intercept is not None:
            data.RescaleIntercept = decimal(float(intercepts[index, 0, 0]))
            data.RescaleType = "HU"
        self.put_pixels(data, values[None])
        return data

    def _instance_number(self, index: int) -> int:
        if self.instance_order == "superior_first":
            return index + 1
        if self.instance_order == "shuffled":
            return int(np.random.default_rng(5).permutation(self.slices)[index]) + 1
        return self.slices - index

    def describe(self, data: Dataset) -> None:
        data.PatientName, data.PatientID, data.PatientBirthDate, data.PatientSex = (
            self.patient_name,
            self.patient_id,
            "",
            "O",
        )
        if self.patient_age:
            put(data, "PatientAge", self.patient_age)
        data.StudyInstanceUID, data.SeriesInstanceUID = self.study_uid, self.series_uid
        data.FrameOfReferenceUID = uid_of(self.patient_id, self.study, "frame")
        data.StudyID, data.StudyDate, data.StudyTime, data.AccessionNumber = "1", "20240102", "101500", ""
        data.StudyDescription, data.SeriesDescription, data.SeriesNumber = "Head", self.description, self.series_number
        data.Modality, data.Manufacturer, data.ManufacturerModelName = self.modality, "Phantom Works", "P1"
        data.ImageType, data.BodyPartExamined, data.PatientPosition = list(self.image_type), self.body_part, "HFS"
        data.ConvolutionKernel, data.KVP, data.ReferringPhysicianName = self.kernel, "120", ""
        data.PositionReferenceIndicator = ""
        if self.contrast_agent:
            data.ContrastBolusAgent = self.contrast_agent
        if self.window is not None:
            data.WindowCenter, data.WindowWidth = (decimal(v) for v in self.window)
        for keyword, value in self.extra.items():
            put(data, keyword, value)

    def put_pixels(self, data: Dataset, values: NDArray[np.int64]) -> None:
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


def each(value: float | Sequence[float], count: int) -> NDArray[np.float64]:
    return np.broadcast_to(np.asarray(value, np.float64), (count,)).copy()


def _range(bits: int, signed: bool) -> tuple[int, int]:
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)
