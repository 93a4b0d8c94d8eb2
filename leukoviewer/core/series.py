"""What was found in a folder: headers of slices, series, the catalog (values only, no files are read here)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Verdict
from leukoviewer.core.window import Window


class SeriesKind(StrEnum):
    """What a series holds."""

    AXIAL = "axial"
    NON_AXIAL = "non_axial"
    LOCALIZER = "localizer"
    SECONDARY_CAPTURE = "secondary_capture"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Patient:
    """Who was scanned, as the header says. Its ``repr`` tells nothing, so that no log can."""

    name: str = field(default="", repr=False)
    patient_id: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    age_years: float | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """How the pixels of one image are stored.

    Attributes
    ----------
    rows, columns, samples : int
        Size in px and samples per pixel.
    bits_allocated, bits_stored, high_bit : int
        As in DICOM PS3.5 section 8.1.
    signed : bool
        Pixel Representation.
    photometric : str
        Photometric Interpretation.
    transfer_syntax_uid : str
        How the pixels are encoded.
    offset : int or None
        Where native pixel data begin in the file, in bytes; None for encapsulated or deflated files.
    length : int or None
        Bytes of native pixel data in the file.
    frames : int
        Number of frames in the file.
    planar : bool
        Whether samples lie plane by plane (Planar Configuration 1).
    """

    rows: int
    columns: int
    samples: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    signed: bool
    photometric: str
    transfer_syntax_uid: str
    offset: int | None = None
    length: int | None = None
    frames: int = 1
    planar: bool = False


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """What is needed of one image to place, order and read it.

    Attributes
    ----------
    path : Path
        The file.
    sop_instance_uid : str
        Its unique identifier.
    instance_number : int or None
        For display only, never for order where positions exist.
    plane : SlicePlane or None
        Where it lies; None when position or orientation is missing.
    slope, intercept : float or None
        Stored value to HU, of this very image; None when absent (then it is not HU).
    padding_low, padding_high : int or None
        Range of stored values that are padding (Pixel Padding Value and Range Limit); None without padding.
    pixels : PixelFormat
        How its pixels are stored.
    frame : int
        Frame in the file, from 0.
    lossy : bool
        Whether it was ever compressed with loss.
    """

    path: Path = field(repr=False)
    sop_instance_uid: str
    instance_number: int | None
    plane: SlicePlane | None
    slope: float | None
    intercept: float | None
    padding_low: int | None
    padding_high: int | None
    pixels: PixelFormat
    frame: int = 0
    lossy: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One series, its slices ordered superior first.

    Attributes
    ----------
    series_uid, study_uid, frame_of_reference_uid : str
        DICOM identifiers; a series that had to be split carries a suffix ``#1``, ``#2`` in its ``key``.
    key : str
        Unique within a catalog; equal to ``series_uid`` unless the series was split by geometry.
    kind : SeriesKind
        What it holds.
    patient : Patient
        Who was scanned.
    slices : tuple of SliceHeader
        Superior first for axial series.
    report : GeometryReport
        The gate's verdict with warnings and reason.
    windows : tuple of Window
        The windows that the files bring, first pair first.
    inverted : bool
        Whether the files ask for inverted gray levels (MONOCHROME1, Presentation LUT Shape INVERSE). A matter of
        display alone: HU are never inverted.
    """

    series_uid: str
    study_uid: str
    key: str
    kind: SeriesKind
    patient: Patient
    slices: tuple[SliceHeader, ...]
    report: GeometryReport
    frame_of_reference_uid: str = ""
    description: str = ""
    study_description: str = ""
    study_date: str = ""
    series_number: int | None = None
    modality: str = ""
    manufacturer: str = ""
    model_name: str = ""
    kernel: str = ""
    body_part: str = ""
    image_type: tuple[str, ...] = ()
    kvp: float | None = None
    contrast_agent: str = ""
    windows: tuple[Window, ...] = ()
    inverted: bool = False

    def __post_init__(self) -> None:
        if not self.slices:
            raise ValueError("a series needs at least one slice")

    @property
    def middle(self) -> int:
        """Index of the slice that is shown first."""
        return len(self.slices) // 2

    @property
    def is_volume(self) -> bool:
        """Whether models may run on it."""
        return self.report.verdict.can_be_scored

    @property
    def position_mm(self) -> tuple[float | None, ...]:
        """Position of each slice along the normal, in mm."""
        return tuple(None if s.plane is None else s.plane.along_normal_mm for s in self.slices)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Which series to open first, and why."""

    key: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything found in a folder.

    Attributes
    ----------
    series : tuple of Series
        In reading order: volumes first, then the others, by series number.
    suggestion : Suggestion or None
        The axial brain series to open; None when there is none.
    others : tuple of (str, int)
        DICOM objects without pixels to show (reports, presentation states), by name and count.
    skipped : tuple of (str, int)
        Files that were not read, by reason and count ("not DICOM", "no permission", ...).
    beside : tuple of str
        Keys of the series that come from a second folder, opened beside the first; they stand last.
    """

    series: tuple[Series, ...]
    suggestion: Suggestion | None = None
    others: tuple[tuple[str, int], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    beside: tuple[str, ...] = ()

    def find(self, key: str) -> Series | None:
        """The series with this key, else the first one with this series UID.

        Keys come first: two patients may share a series UID, and one's key must never lead to the other's pictures.
        """
        exact = next((s for s in self.series if s.key == key), None)
        return exact or next((s for s in self.series if s.series_uid == key), None)

    @property
    def volumes(self) -> tuple[Series, ...]:
        """The series that models may run on."""
        return tuple(s for s in self.series if s.report.verdict in {Verdict.VOLUME, Verdict.VOLUME_WITH_WARNINGS})
