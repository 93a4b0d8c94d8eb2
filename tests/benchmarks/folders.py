"""Folders of a head in many slices, written fast: each slice is a real DICOM file as a scanner would describe it.

Pictures repeat after a few slices, since computing them takes longer than all that is measured. The header holds some
ninety elements as those of scanners do, private ones among them: a reader that steps over elements one by one must pay
for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.valuerep import IS, DSfloat

from tests.phantom import PhantomSeries

_PICTURES = 4
# Marks in the encoded header, as long as what takes their place.
_UID_END, _NUMBER, _HEIGHT = b"654321", b"098765", b"+012345.6789"
_PRIVATE_ELEMENTS = 32
# What scanners write beside what is needed, with values of their usual length.
_OF_SCANNERS = {
    "InstanceCreationDate": "20240102", "InstanceCreationTime": "101501.123000", "SeriesDate": "20240102",
    "AcquisitionDate": "20240102", "ContentDate": "20240102", "SeriesTime": "101502", "AcquisitionTime": "101503",
    "ContentTime": "101504", "InstitutionName": "A hospital with a name", "StationName": "CT01", "ScanOptions": "AXIAL",
    "DataCollectionDiameter": "250", "SoftwareVersions": "07MW18.4", "ProtocolName": "5.1 Head routine",
    "ReconstructionDiameter": "230", "DistanceSourceToDetector": "949.075", "DistanceSourceToPatient": "541",
    "GantryDetectorTilt": "0", "TableHeight": "150", "RotationDirection": "CW", "ExposureTime": "1000",
    "XRayTubeCurrent": "250", "Exposure": "250", "FilterType": "HEAD FILTER", "GeneratorPower": "30000",
    "FocalSpots": "0.7",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scan:
    """One series in a folder of its own.

    Attributes
    ----------
    folder : Path
        Its folder.
    files : tuple of Path
        Superior first.
    side : int
        Rows and columns.
    """

    folder: Path
    files: tuple[Path, ...]
    side: int

    @property
    def pixel_bytes(self) -> int:
        """Bytes of all pixels as int16."""
        return len(self.files) * self.side**2 * 2


def write_scan(folder: Path, slices: int, *, side: int = 512) -> Scan:
    """Write a head of so many slices of ``side`` x ``side``, 16 bits, uncompressed; a noisy one, as scans are.

    The header is encoded once; in each file, only what differs from slice to slice is put into its place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    series = PhantomSeries(slices=_PICTURES, rows=side, columns=side, spacing_mm=(230 / side,) * 2, step_mm=8.0)
    pictures = _pictures(series)
    header = _header(series, step_mm=160 / max(slices, 32))
    files = []
    for index in range(slices):
        path = folder / f"I{slices - index:05d}.dcm"
        height = 700.0 - index * 160 / max(slices, 32)
        filled = header.replace(_UID_END, b"%06d" % index).replace(_HEIGHT, b"%+012.4f" % height)
        path.write_bytes(filled.replace(_NUMBER, b"%06d" % (slices - index)) + pictures[index % _PICTURES])
        files.append(path)
    return Scan(folder, tuple(files), side)


def _pictures(series: PhantomSeries) -> list[bytes]:
    """Stored values of a few slices."""
    stored, _, _ = series.stored()
    noise = np.random.default_rng(0).normal(0, 5, stored.shape)
    noisy: NDArray[np.uint16] = np.clip(stored + np.rint(noise), 0, 4095).astype("<u2")
    return [picture.tobytes() for picture in noisy]


def _header(series: PhantomSeries, *, step_mm: float) -> bytes:
    """All bytes of a file before its pixels, with marks of a fixed length where slices differ."""
    position = series.positions_mm()[0]
    data = series.dataset(0, np.zeros((series.rows, series.columns), np.int64), position)
    _describe(data)
    data.SliceThickness = f"{step_mm:.3f}"
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"{series.series_uid[:50]}.1{_UID_END.decode()}"
    data.InstanceNumber, data.SliceLocation = IS(_NUMBER.decode()), DSfloat(_HEIGHT.decode())
    data.ImagePositionPatient = [f"{position[0]:.4f}", f"{position[1]:.4f}", DSfloat(_HEIGHT.decode())]
    written = BytesIO()
    data.save_as(written, enforce_file_format=True)
    header = written.getvalue()[: -series.rows * series.columns * 2]
    if [header.count(mark) for mark in (_UID_END, _NUMBER, _HEIGHT)] != [2, 1, 2]:
        raise ValueError("the marks stand elsewhere in the header too")
    return header


def _describe(data: Dataset) -> None:
    for keyword, value in _OF_SCANNERS.items():
        setattr(data, keyword, value)
    block = data.private_block(0x0019, "A MAKER 01", create=True)
    for offset in range(_PRIVATE_ELEMENTS):
        block.add_new(offset, ("DS", "LO", "SS", "SL")[offset % 4], ("1.25", "A VALUE", 12, 12_000)[offset % 4])
