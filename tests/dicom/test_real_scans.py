"""Real scans beside the checkout: what the gate finds on them, and that every lossless encoding is the same picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Catalog, SeriesKind
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.header import read_images
from leukoviewer.dicom.loader import load
from leukoviewer.dicom.thumbnails import thumbnail

LOSSLESS = ["CT2_RLE", "CT2_JPLL", "CT2_JLSL", "CT2_J2KR"]


def catalog(folder: Path) -> Catalog:
    return finish(discover(folder))


def test_the_ge_head_is_one_tilted_series_of_two_thicknesses(real_data: Path) -> None:
    found = catalog(real_data / "head_ct_ge")
    (series,) = found.series
    assert len(series.slices) == 28
    assert series.report.verdict is Verdict.VOLUME_WITH_WARNINGS
    assert series.report.tilt_deg == pytest.approx(18.5, abs=0.2)
    assert series.report.thicknesses_mm == (4.0, 7.0)
    assert {warning.code for warning in series.report.warnings} == {
        WarningCode.TILT, WarningCode.MIXED_THICKNESS, WarningCode.IRREGULAR_SPACING,
    }  # fmt: skip
    assert "1.1 mm between slices 14 and 15" in series.report.warnings[-1].message
    assert found.suggestion.key == series.key
    assert "slices of 4 and 7 mm" in found.suggestion.reasons


def test_the_ge_head_is_air_outside_its_circle_and_brain_inside(real_data: Path) -> None:
    volume = finish(load(catalog(real_data / "head_ct_ge").series[0]))
    assert volume.hu.shape == (28, 512, 512)
    assert volume.hu.dtype == np.int16
    assert volume.padding.any(axis=(1, 2)).all()
    assert (volume.hu[volume.padding] == -1024).all()
    assert volume.hu.min() >= -1024
    center = volume.hu[10, 200:300, 200:300]
    assert 15 < np.median(center) < 50


def test_the_ge_heads_hu_are_pydicoms(real_data: Path) -> None:
    volume = finish(load(catalog(real_data / "head_ct_ge").series[0]))
    for index in (0, 13, 14, 27):
        data = pydicom.dcmread(volume.series.slices[index].path)
        theirs = data.pixel_array * float(data.RescaleSlope) + float(data.RescaleIntercept)
        inside = ~volume.padding[index]
        assert np.array_equal(volume.hu[index][inside], theirs[inside])
        assert (theirs[volume.padding[index]] <= -1024).all()


def test_the_philips_folder_has_three_series_and_one_volume(real_data: Path) -> None:
    found = catalog(real_data / "phantom_philips")
    assert [(one.kind, len(one.slices), one.is_volume) for one in found.series] == [
        (SeriesKind.AXIAL, 54, True),
        (SeriesKind.LOCALIZER, 1, False),
        (SeriesKind.SECONDARY_CAPTURE, 5, False),
    ]
    # The maker's tag says -18.5 for the very geometry that GE's tag calls +18.5; ours is computed, so both are alike.
    assert found.series[0].report.tilt_deg == pytest.approx(18.5, abs=0.2)
    assert dict(found.others) == {"DICOMDIR": 3}
    assert found.suggestion.key == found.series[0].key


def test_every_philips_series_can_be_looked_at(real_data: Path) -> None:
    for series in catalog(real_data / "phantom_philips").series:
        volume = finish(load(series))
        assert volume.broken == ()
        picture = thumbnail(series)
        assert max(picture.shape) == 128
        assert picture.max() > picture.min()


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_encodings_are_exactly_the_uncompressed_picture(real_data: Path, name: str) -> None:
    folder = real_data / "codecs_ct2"
    plain = pydicom.dcmread(folder / "CT2_UNC").pixel_array
    with DecodeProcess() as process:
        decoded = process.decode(read_images(folder / name)[0].header)
    assert np.array_equal(decoded, plain)


@pytest.mark.parametrize(("name", "tolerance"), [("CT2_JLSN", 4), ("CT2_J2KI", 450)])
def test_lossy_encodings_are_near_and_are_named_lossy(real_data: Path, name: str, tolerance: int) -> None:
    folder = real_data / "codecs_ct2"
    plain = pydicom.dcmread(folder / "CT2_UNC").pixel_array
    header = read_images(folder / name)[0].header
    assert header.lossy
    with DecodeProcess() as process:
        difference = np.abs(process.decode(header).astype(int) - plain)
    assert 0 < difference.max() <= tolerance


def test_encodings_of_one_slice_are_no_volume(real_data: Path) -> None:
    verdicts = [one.report for one in catalog(real_data / "codecs_ct2").series]
    assert all(report.verdict is Verdict.STACK_2D for report in verdicts)
    assert any(report.has(WarningCode.DUPLICATE_POSITIONS) for report in verdicts)
