"""Series written by the viewer are valid CT images and read back as they were."""

from __future__ import annotations

import math
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.dicom.writer import TRANSFER_SYNTAXES, CtHeader, hashed_uid, write_ct_series
from leukoviewer.errors import CannotWriteError, UsageError

HEADER = CtHeader(
    uid_seed="test",
    patient_id="123",
    patient_name="SIMULATED^123",
    age=81,
    sex="F",
    study_date="20200131",
    manufacturer="SIMULATED",
    model="Sim",
    kernel="STD+",
    tilt_deg=18.5,
    slope=1.0,
    intercept=-1024.0,
    padding=-2000,
)


def _planes(count: int = 3, rows: int = 48, columns: int = 56) -> list[SlicePlane]:
    angle = math.radians(18.5)
    return [
        SlicePlane(
            position_mm=(-125.0, -123.5404569, 5.8360586 + 4.22 * i),
            row_direction=(1.0, 0.0, 0.0),
            column_direction=(0.0, math.cos(angle), -math.sin(angle)),
            spacing_mm=(0.488281, 0.488281),
            rows=rows,
            columns=columns,
            thickness_mm=4.0,
        )
        for i in range(count)
    ]


@pytest.fixture
def values() -> NDArray[np.int16]:
    made = np.random.default_rng(1).integers(-2000, 3071, (3, 48, 56), dtype=np.int16)
    made[:, :4] = -2000
    return made


@pytest.mark.parametrize("syntax", TRANSFER_SYNTAXES)
def test_every_encoding_gives_back_every_value(tmp_path: Path, values: NDArray[np.int16], syntax: str) -> None:
    files = write_ct_series(tmp_path, values, planes=_planes(), header=HEADER, transfer_syntax=syntax)
    assert [path.name for path in files] == ["IM0001.dcm", "IM0002.dcm", "IM0003.dcm"]
    for path, expected in zip(files, values, strict=True):
        dataset = pydicom.dcmread(path)
        assert dataset.file_meta.TransferSyntaxUID == TRANSFER_SYNTAXES[syntax][0]
        assert np.array_equal(dataset.pixel_array, expected)
        assert dataset.PixelPaddingValue == -2000
        assert dataset.get("LossyImageCompression", "00") != "01"


def test_the_header_says_what_it_was_given(tmp_path: Path, values: NDArray[np.int16]) -> None:
    (path, *_) = write_ct_series(tmp_path, values, planes=_planes(), header=HEADER)
    dataset = pydicom.dcmread(path)
    said = {
        "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2",
        "Modality": "CT",
        "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL"],
        "PatientPosition": "HFS",
        "PatientAge": "081Y",
        "PatientSex": "F",
        "StudyDate": "20200131",
        "ConvolutionKernel": "STD+",
        "BodyPartExamined": "HEAD",
        "PixelRepresentation": 1,
        "Rows": 48,
        "Columns": 56,
    }
    assert {name: dataset[name].value for name in said} == said
    assert (float(dataset.RescaleSlope), float(dataset.RescaleIntercept), float(dataset.KVP)) == (1.0, -1024.0, 120.0)
    assert dataset.PixelSpacing == [0.488281, 0.488281]
    assert float(dataset.SliceThickness) == 4.0
    assert float(dataset.GantryDetectorTilt) == 18.5


def test_places_are_written_to_a_thousandth_of_a_millimetre(tmp_path: Path, values: NDArray[np.int16]) -> None:
    planes = _planes()
    files = write_ct_series(tmp_path, values, planes=planes, header=HEADER)
    for path, plane in zip(files, planes, strict=True):
        dataset = pydicom.dcmread(path, stop_before_pixels=True)
        assert [float(v) for v in dataset.ImagePositionPatient] == pytest.approx(plane.position_mm, abs=1e-5)
        directions = (*plane.row_direction, *plane.column_direction)
        assert [float(v) for v in dataset.ImageOrientationPatient] == pytest.approx(directions, abs=1e-5)


def test_one_series_has_one_study_series_and_frame_of_reference(tmp_path: Path, values: NDArray[np.int16]) -> None:
    datasets = [pydicom.dcmread(p) for p in write_ct_series(tmp_path, values, planes=_planes(), header=HEADER)]
    for name in ("StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID"):
        assert len({dataset[name].value for dataset in datasets}) == 1
    assert len({dataset.SOPInstanceUID for dataset in datasets}) == 3
    assert [dataset.InstanceNumber for dataset in datasets] == [1, 2, 3]
    assert all(d.file_meta.MediaStorageSOPInstanceUID == d.SOPInstanceUID for d in datasets)


@pytest.mark.parametrize("syntax", TRANSFER_SYNTAXES)
def test_the_same_series_gives_the_same_bytes(tmp_path: Path, values: NDArray[np.int16], syntax: str) -> None:
    written = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files = write_ct_series(tmp_path / name, values, planes=_planes(), header=HEADER, transfer_syntax=syntax)
        written.append([path.read_bytes() for path in files])
    assert written[0] == written[1]


def test_without_padding_none_is_named(tmp_path: Path, values: NDArray[np.int16]) -> None:
    (path, *_) = write_ct_series(tmp_path, values, planes=_planes(), header=replace(HEADER, padding=None))
    assert "PixelPaddingValue" not in pydicom.dcmread(path)


def test_uids_are_valid_unique_and_always_the_same() -> None:
    uids = [hashed_uid("a", i) for i in range(200)] + [hashed_uid("a1"), hashed_uid("a", "1", "")]
    assert len(set(uids)) == len(uids)
    assert all(pydicom.uid.UID(uid).is_valid and len(uid) <= 64 and uid.startswith("2.25.") for uid in uids)
    assert hashed_uid("leukoviewer", "implementation") == hashed_uid("leukoviewer", "implementation")


def test_decimal_strings_have_at_most_16_characters(tmp_path: Path, values: NDArray[np.int16]) -> None:
    (path, *_) = write_ct_series(tmp_path, values, planes=_planes(), header=HEADER)
    for element in pydicom.dcmread(path):
        if element.VR == "DS" and element.value not in (None, ""):
            parts = element.value if element.VM > 1 else [element.value]
            assert all(len(str(part)) <= 16 for part in parts), element.keyword


@pytest.mark.parametrize("syntax", ["explicit", "rle"])
def test_a_validator_finds_no_error(tmp_path: Path, values: NDArray[np.int16], syntax: str) -> None:
    validator = shutil.which("dciodvfy")
    if validator is None:
        pytest.skip("dciodvfy (Debian package dicom3tools) is not on this machine")
    (path, *_) = write_ct_series(tmp_path, values, planes=_planes(), header=HEADER, transfer_syntax=syntax)
    said = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
    assert "Error" not in said.stdout + said.stderr


def test_an_unknown_encoding_is_refused(tmp_path: Path, values: NDArray[np.int16]) -> None:
    with pytest.raises(UsageError, match="no transfer syntax named 'jpeg'"):
        write_ct_series(tmp_path, values, planes=_planes(), header=HEADER, transfer_syntax="jpeg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("planes", [_planes(2), _planes(3, rows=47)], ids=["one plane short", "other rows"])
def test_planes_that_do_not_fit_are_refused(
    tmp_path: Path, values: NDArray[np.int16], planes: list[SlicePlane]
) -> None:
    with pytest.raises(ValueError, match="plane"):
        write_ct_series(tmp_path, values, planes=planes, header=HEADER)


def test_other_numbers_than_int16_are_refused(tmp_path: Path, values: NDArray[np.int16]) -> None:
    with pytest.raises(ValueError, match="int16"):
        write_ct_series(tmp_path, values.astype(np.int32), planes=_planes(), header=HEADER)  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"slope": 0.0}, {"sex": "X"}, {"age": -1}])
def test_an_impossible_header_cannot_be_made(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="CT header"):
        replace(HEADER, **change)  # type: ignore[arg-type]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, values: NDArray[np.int16]) -> None:
    with pytest.raises(CannotWriteError, match="could not be written"):
        write_ct_series(tmp_path / "missing", values, planes=_planes(), header=HEADER)
