"""Reading a folder: headers, full load to HU, a slow disk, stopping; beside the readers that others use.

Every full load begins with a folder's name and ends with HU in one array, slices in order, as a viewer needs them. All
run in one process and thread, but for dcm2niix, a program of its own that writes its result (into memory where the
system has such a folder).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from tests.benchmarks.folders import Scan, write_scan
from tests.benchmarks.measure import AGAIN, FULL, Size, Table, Timing, absent, compete, is_here, median_of

HEADERS_WITHIN, LOAD_WITHIN, FASTER_THAN_ITK = 1.5, 1.2, 3.0
# What a viewer must know of each file before it can order, judge and show a series: the fields that ours reads.
FIELDS = (
    "SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "PatientID",
    "PatientName", "Modality", "SeriesNumber", "InstanceNumber", "AcquisitionNumber", "ImageType", "SeriesDescription",
    "ConvolutionKernel", "SliceThickness", "ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "Rows",
    "Columns", "SamplesPerPixel", "PhotometricInterpretation", "BitsAllocated", "BitsStored", "HighBit",
    "PixelRepresentation", "RescaleSlope", "RescaleIntercept",
)  # fmt: skip
_PIXELS = 0x7FE00010


def tables(size: Size = FULL) -> Iterator[Table]:
    """Headers, then the full load, of the same folder."""
    with tempfile.TemporaryDirectory() as folder:
        scan = write_scan(Path(folder) / "scan", size.slices, side=size.side)
        yield _headers(scan, size)
        yield _full_load(scan, size)


def _headers(scan: Scan, size: Size) -> Table:
    contestants: dict[str, Callable[[], object]] = {
        "leukoviewer": lambda: finish(discover(scan.folder)),
        AGAIN: lambda: finish(discover(scan.folder)),
    }
    if is_here("dicomsdl"):
        contestants["dicomsdl, the same fields"] = lambda: _sdl_headers(scan)
        contestants["dicomsdl, opening alone"] = lambda: _sdl_open(scan)
    contestants["pydicom, stop before pixels"] = lambda: _pydicom_headers(scan)
    timings = compete(contestants, rounds=size.rounds)
    peer = median_of(timings, "dicomsdl, the same fields")
    ratio = None if peer is None else timings[0].median_s / peer
    claim = (
        "dicomsdl is absent" if ratio is None else f"{ratio:.2f} x dicomsdl's header scan (at most {HEADERS_WITHIN})"
    )
    return Table(
        f"Headers of {size.slices} slices, grouped, ordered and judged", timings, claim,
        None if ratio is None else ratio <= HEADERS_WITHIN, absent("dicomsdl"), key="headers",
    )  # fmt: skip


def _sdl_headers(scan: Scan) -> None:
    import dicomsdl

    for path in scan.files:
        found = dicomsdl.open(str(path), _PIXELS)
        for field in FIELDS:
            getattr(found, field)


def _sdl_open(scan: Scan) -> None:
    import dicomsdl

    for path in scan.files:
        dicomsdl.open(str(path), _PIXELS)


def _pydicom_headers(scan: Scan) -> None:
    import pydicom

    for path in scan.files:
        found = pydicom.dcmread(path, stop_before_pixels=True)
        for field in FIELDS:
            getattr(found, field)


# Full load


def ours(scan: Scan) -> Volume:
    """From the folder's name to HU."""
    return finish(load(finish(discover(scan.folder)).series[0]))


def _full_load(scan: Scan, size: Size) -> Table:
    expected = ours(scan).hu
    contestants: dict[str, Callable[[], object]] = {
        "leukoviewer": lambda: ours(scan), AGAIN: lambda: ours(scan),
    }  # fmt: skip
    # Where the time goes: peers neither group, order and judge series nor look at their values.
    contestants["leukoviewer, headers of it"] = lambda: finish(discover(scan.folder))
    loaders: dict[str, Callable[[Scan], NDArray[Any]]] = {
        "dicomsdl": _sdl_load, "pydicom": _pydicom_load, "SimpleITK": _itk_load, "python-gdcm": _gdcm_load,
    }  # fmt: skip
    for peer, loader in loaders.items():
        if is_here(peer):
            _require_equal(peer, loader(scan), expected)
            contestants[f"{peer}, pixel_array" if peer == "pydicom" else peer] = lambda loader=loader: loader(scan)
    if is_here("dcm2niix"):
        contestants["dcm2niix"] = lambda: _niix_load(scan)
    timings = compete(contestants, rounds=size.rounds)
    return _judged_load(timings, size)


def _judged_load(timings: tuple[Timing, ...], size: Size) -> Table:
    own = timings[0].median_s
    fastest = min((t for t in timings if t.name in {"dicomsdl", "dcm2niix"}), key=lambda t: t.median_s, default=None)
    itk = median_of(timings, "SimpleITK")
    words, verdicts = [], []
    if fastest is not None:
        words.append(f"{own / fastest.median_s:.2f} x {fastest.name} (at most {LOAD_WITHIN})")
        verdicts.append(own <= LOAD_WITHIN * fastest.median_s)
    if itk is not None:
        words.append(f"{itk / own:.1f} times faster than SimpleITK (at least {FASTER_THAN_ITK:g})")
        verdicts.append(itk >= FASTER_THAN_ITK * own)
    return Table(
        f"From a folder of {size.slices} slices of {size.side} x {size.side} to HU", timings,
        ", ".join(words) or "no peer is installed", all(verdicts) if verdicts else None,
        absent("dicomsdl", "dcm2niix", "SimpleITK", "python-gdcm"), key="full_load",
    )  # fmt: skip


def _require_equal(peer: str, found: NDArray[Any], expected: NDArray[Any]) -> None:
    """A peer that does other work is no peer."""
    if found.shape != expected.shape or not np.array_equal(np.sort(found[:, 0, 0]), np.sort(expected[:, 0, 0])):
        raise ValueError(f"{peer} does not give the same slices")
    if not (np.array_equal(found, expected) or np.array_equal(found[::-1], expected)):
        raise ValueError(f"{peer} does not give the same HU")


def _stacked(planes: list[tuple[float, NDArray[Any], float, float]]) -> NDArray[np.int16]:
    """HU of stored planes (height, values, slope, intercept), superior first."""
    planes.sort(key=lambda plane: -plane[0])
    hu = np.empty((len(planes), *planes[0][1].shape), np.int16)
    for row, (_, values, slope, intercept) in zip(hu, planes, strict=True):
        if slope == 1:
            np.copyto(row, values, casting="unsafe")
            np.add(row, np.int16(intercept), out=row)
        else:
            row[...] = values * slope + intercept
    return hu


def _sdl_load(scan: Scan) -> NDArray[np.int16]:
    import dicomsdl

    planes = []
    for path in scan.folder.iterdir():
        found = dicomsdl.open(str(path))
        info = found.getPixelDataInfo()
        values = np.empty((info["Rows"], info["Cols"]), info["dtype"])
        found.copyFrameData(0, values)
        height = found.ImagePositionPatient[2]
        planes.append((height, values, found.RescaleSlope, found.RescaleIntercept))
    return _stacked(planes)


def _pydicom_load(scan: Scan) -> NDArray[np.int16]:
    import pydicom

    planes = []
    for path in scan.folder.iterdir():
        found = pydicom.dcmread(path)
        height = float(found.ImagePositionPatient[2])
        planes.append((height, found.pixel_array, float(found.RescaleSlope), float(found.RescaleIntercept)))
    return _stacked(planes)


def _gdcm_load(scan: Scan) -> NDArray[np.int16]:
    import gdcm

    planes = []
    for path in scan.folder.iterdir():
        reader = gdcm.ImageReader()
        reader.SetFileName(str(path))
        if not reader.Read():
            raise ValueError("gdcm cannot read a file")
        image = reader.GetImage()
        columns, rows = image.GetDimension(0), image.GetDimension(1)
        raw = image.GetBuffer().encode("utf-8", "surrogateescape")
        values = np.frombuffer(raw, np.uint16).reshape(rows, columns)
        planes.append((image.GetOrigin(2), values, image.GetSlope(), image.GetIntercept()))
    return _stacked(planes)


def _itk_load(scan: Scan) -> NDArray[Any]:
    import SimpleITK

    names = SimpleITK.ImageSeriesReader.GetGDCMSeriesFileNames(str(scan.folder))
    reader = SimpleITK.ImageSeriesReader()
    reader.SetFileNames(names)
    found: NDArray[Any] = SimpleITK.GetArrayFromImage(reader.Execute())
    return found


def _niix_load(scan: Scan) -> None:
    """Without compression; the file that it leaves is not read back."""
    import dcm2niix

    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        line = [dcm2niix.bin, "-z", "n", "-b", "n", "-o", folder, str(scan.folder)]
        subprocess.run(line, check=True, capture_output=True)
        if not any(Path(folder).glob("*.nii")):
            raise ValueError("dcm2niix wrote nothing")
