"""DICOM results: they reopen, refer to the images they came from, say the scores, and pass dciodvfy where it is."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread

from leukoviewer.core.progress import finish
from leukoviewer.core.result_pictures import MAP_NAME, REPORT_NAME, ResultPictures, overlay_name
from leukoviewer.core.results import Analysis, SliceScore, StackMapping
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.dicom.result_objects import result_objects
from tests.display.scene import PACKAGE
from tests.phantom import write_phantom

SLICES, ROWS, COLUMNS = 3, 40, 32
SCORES = (0.125, 0.5, 0.875)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Volume:
    folder = tmp_path_factory.mktemp("head")
    write_phantom(
        folder, slices=SLICES, rows=ROWS, columns=COLUMNS, spacing_mm=(5.0, 6.0), patient_name="Doe^Jane",
        patient_id="H-77",
    )  # fmt: skip
    for path in folder.rglob("*.dcm"):  # as public scans are: without a word on how the patient was removed
        data = dcmread(path)
        data.PatientIdentityRemoved, data.DeidentificationMethod = "YES", ""
        data.save_as(path)
    return finish(load(finish(discover(folder)).series[0]))


@pytest.fixture(scope="module")
def analysis(volume: Volume) -> Analysis:
    mapping = StackMapping(((0,), (1,), (2,)), (SLICES, ROWS, COLUMNS), (SLICES, 16, 16), (ROWS / 16, COLUMNS / 16))
    scores = tuple(SliceScore(index, (index,), 0.0, score) for index, score in enumerate(SCORES))
    series = volume.series
    maps = np.ones((SLICES, 2, 2), dtype=np.float32)
    return Analysis(
        series.key, series.series_uid, PACKAGE, "onnxruntime", "cpu", "leuko-a", "d" * 64, mapping, scores, maps,
        slice_threshold=0.5, vote_needed=1,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pictures() -> ResultPictures:
    generator = np.random.default_rng(3)
    overlays = {index: generator.integers(0, 255, (50, 60, 3), dtype=np.uint8) for index in range(SLICES)}
    heat = {index: generator.random((ROWS, COLUMNS), dtype=np.float32) for index in range(SLICES)}
    return ResultPictures(overlays, heat, {0: ("L", "P"), 1: ("R", "P"), 2: ("LP", "PR")})


@pytest.fixture(scope="module")
def files(volume: Volume, analysis: Analysis, pictures: ResultPictures) -> dict[str, bytes]:
    return finish(result_objects(volume, analysis, pictures, analysis.vote()))


def _read(files: dict[str, bytes], name: str) -> Dataset:
    return dcmread(io.BytesIO(files[name]))


def test_each_object_stands_in_the_patients_study_in_a_series_of_its_own_kind(
    files: dict[str, bytes], volume: Volume
) -> None:
    assert set(files) == {MAP_NAME, REPORT_NAME, *(overlay_name(index) for index in range(SLICES))}
    found = [_read(files, name) for name in files]
    assert {str(one.StudyInstanceUID) for one in found} == {volume.series.study_uid}
    assert {str(one.PatientName) for one in found} == {"Doe^Jane"}
    assert len({str(one.SOPInstanceUID) for one in found}) == len(files)
    kinds = {str(one.SeriesInstanceUID): str(one.Modality) for one in found}
    assert len(kinds) == 3
    assert volume.series.series_uid not in kinds


def test_overlays_keep_their_pixels_and_name_their_source(
    files: dict[str, bytes], pictures: ResultPictures, volume: Volume
) -> None:
    for index in range(SLICES):
        capture = _read(files, overlay_name(index))
        assert np.array_equal(capture.pixel_array, pictures.overlays[index])
        source = capture.SourceImageSequence[0].ReferencedSOPInstanceUID
        assert source == volume.series.slices[index].sop_instance_uid
        assert capture.BurnedInAnnotation == "NO"
        assert tuple(capture.PatientOrientation) == pictures.directions[index]


def test_the_map_lies_where_its_slices_lie(files: dict[str, bytes], pictures: ResultPictures, volume: Volume) -> None:
    made = _read(files, MAP_NAME)
    frames = np.frombuffer(made.FloatPixelData, dtype=np.float32).reshape(SLICES, ROWS, COLUMNS)
    by_position = {}
    for frame, group in zip(frames, made.PerFrameFunctionalGroupsSequence, strict=True):
        by_position[tuple(float(v) for v in group.PlanePositionSequence[0].ImagePositionPatient)] = frame
    for index, header in enumerate(volume.series.slices):
        assert header.plane is not None
        assert np.array_equal(by_position[header.plane.position_mm], pictures.heat[index])
    assert made.FrameOfReferenceUID == volume.series.frame_of_reference_uid


def test_the_report_says_the_scores_the_vote_and_who_spoke(files: dict[str, bytes], volume: Volume) -> None:
    made = _read(files, REPORT_NAME)
    said = [str(one.value) for one in made.iterall() if one.keyword in {"TextValue", "CodeMeaning"}]
    text = "\n".join(said)
    assert made.ContentTemplateSequence[0].TemplateIdentifier == "1500"
    for word in (PACKAGE.id, PACKAGE.version, f"sha256={PACKAGE.sha256}", "Positive", "research use"):
        assert word in text
    values = [float(one.value) for one in made.iterall() if one.keyword == "NumericValue"]
    assert set(SCORES) <= set(values)
    referred = {str(one.value) for one in made.iterall() if one.keyword == "ReferencedSOPInstanceUID"}
    assert {header.sop_instance_uid for header in volume.series.slices} <= referred


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy is not installed")
@pytest.mark.parametrize("name", [MAP_NAME, REPORT_NAME, overlay_name(0)])
def test_dciodvfy_finds_no_error(files: dict[str, bytes], name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(files[name])
    told = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False, timeout=60)
    assert [line for line in told.stderr.splitlines() if line.startswith("Error")] == []
