"""A head CT as the report measures it: the same value from DICOM files, real or simulated, and from stored stacks."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import LeukoError, UsageError
from trainer.simulation.scanner import SCANNERS

_LEAST_SLICES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """One examination.

    Attributes
    ----------
    hu : ndarray
        int16 or float32, shape (slices, rows, columns), superior first; padding is air.
    height_mm : ndarray
        float64, shape (slices,): place of each slice along the normal, falling.
    thickness_mm : ndarray
        float64, shape (slices,).
    pixel_mm : float
        Distance of rows and of columns.
    kernel : str
        Name of the convolution kernel, empty when not stated.
    tilt_deg : float
        Angle between the slices and the patient's axial plane.
    """

    hu: NDArray[np.generic]
    height_mm: NDArray[np.float64]
    thickness_mm: NDArray[np.float64]
    pixel_mm: float
    kernel: str = ""
    tilt_deg: float = 0.0

    def __post_init__(self) -> None:
        if self.hu.ndim != 3 or not len(self.hu) == len(self.height_mm) == len(self.thickness_mm):
            raise ValueError("a scan has one height and one thickness a slice")
        for array in (self.hu, self.height_mm, self.thickness_mm):
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.hu)

    @property
    def step_mm(self) -> NDArray[np.float64]:
        """How much of the height each slice stands for, shape (slices,)."""
        return np.abs(np.gradient(self.height_mm)) if len(self) > 1 else self.thickness_mm


def read_dicom(folder: Path) -> Scan:
    """Read the head series of a folder, through the viewer's own loader.

    Raises
    ------
    LeukoError
        No axial series can be read, or it states no geometry.
    """
    catalog = finish(discover(folder))
    chosen = catalog.suggestion.key if catalog.suggestion else None
    series = next((one for one in catalog.series if one.key == chosen), None)
    planes = [] if series is None else [header.plane for header in series.slices]
    known = [plane for plane in planes if plane is not None]
    if series is None or len(known) < max(_LEAST_SLICES, len(planes)):
        raise UsageError("There is no axial head series with positions; nothing can be measured.", thing=folder)
    volume = finish(load(series))
    thickness = [plane.thickness_mm or abs(known[0].along_normal_mm - known[1].along_normal_mm) for plane in known]
    return Scan(
        volume.hu,
        np.array([plane.along_normal_mm for plane in known]),
        np.array(thickness, dtype=np.float64),
        known[0].spacing_mm[0],
        series.kernel,
        known[0].angle_to_axial_deg,
    )


def read_stack(path: Path, *, truth: Path) -> Scan:
    """Read a patient that was simulated as one NPZ file; what such a file does not state stands in the truth's record.

    Raises
    ------
    UsageError
        The file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            row, column = held["row_direction"].astype(np.float64), held["column_direction"].astype(np.float64)
            height = held["origins_mm"].astype(np.float64) @ np.cross(row, column)
            order = np.argsort(-height)
            hu = np.maximum(held["hu"][order], -1024)
            thickness = held["thickness_mm"].astype(np.float64)[order]
            pixel = float(held["pixel_mm"])
        scanner = json.loads(truth.read_text(encoding="utf-8"))["record"]["scanner"]
        kernel = SCANNERS[scanner].kernel
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{path.name} is damaged; simulate the cohort again into another folder.", thing=path
        ) from error
    tilt = float(np.degrees(np.arccos(min(1.0, abs(float(np.cross(row, column)[2]))))))
    return Scan(hu, height[order], thickness, pixel, kernel, tilt)


def read_if_there(folder: Path) -> tuple[Scan | None, str]:
    """Read a real scan where it is at hand; return it, or None and the reason."""
    if not folder.is_dir():
        return None, "the real scan is not on this machine"
    try:
        return read_dicom(folder), ""
    except LeukoError as error:
        return None, str(error)
