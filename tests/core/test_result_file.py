"""A kept result comes back as it was, for the same slices only, and names nobody."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leukoviewer.core import result_file
from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.results import Analysis, PackageRef, SliceScore, StackMapping
from leukoviewer.core.series import Series
from leukoviewer.dicom.discovery import discover
from tests.phantom import write_phantom

PACKAGE = PackageRef("toy-1", "toy", "1", "ab" * 32, "binary", "net", "nothing", simulated=True)


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Series:
    folder = tmp_path_factory.mktemp("head")
    write_phantom(folder, slices=3, rows=16, columns=12, patient_name="Doe^Jane", patient_id="H-77")
    return finish(discover(folder)).series[0]


@pytest.fixture
def result(series: Series) -> Analysis:
    random = np.random.default_rng(1)
    return Analysis(
        series.key, series.series_uid, PACKAGE, "onnxruntime", "cpu", "leuko-a", "cd" * 32,
        StackMapping(((0,), (1, 2), ()), (3, 16, 12), (3, 8, 8), (2.0, 1.5), (0.25, -1.0)),
        (SliceScore(0, (0,), -0.1, 0.475), SliceScore(1, (1, 2), 2 / 3, 0.1 + 0.2)),
        random.random((2, 4, 4)).astype(np.float32), 0.5, 4, True, (("network", 0.125),),
        (SeriesWarning(WarningCode.TILT, "tilted", (1, 2)),), patient_probability=0.7, patient_calibrated_on="toys",
    )  # fmt: skip


def test_a_result_comes_back_as_it_was(series: Series, result: Analysis, tmp_path: Path) -> None:
    path = result_file.file_for(tmp_path, series, PACKAGE.sha256)
    assert result_file.load(path, series) is None
    result_file.save(path, result)
    again = result_file.load(path, series)
    assert again is not None
    np.testing.assert_array_equal(again.maps, result.maps)
    for name in Analysis.__slots__:
        if name != "maps":
            assert getattr(again, name) == getattr(result, name), name


def test_the_file_names_neither_patient_nor_series_and_is_its_users_alone(
    series: Series, result: Analysis, tmp_path: Path
) -> None:
    path = result_file.file_for(tmp_path, series, PACKAGE.sha256)
    result_file.save(path, result)
    text = path.name + path.read_text(encoding="utf-8")
    for secret in ("Doe", "H-77", series.series_uid, series.study_uid):
        assert secret not in text
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_other_slices_and_other_packages_have_other_names(series: Series, tmp_path: Path) -> None:
    shorter = replace(series, slices=series.slices[1:])
    assert fingerprint(shorter) != fingerprint(series)
    assert fingerprint(replace(series, key="other#2")) == fingerprint(series)
    names = {result_file.file_for(tmp_path, one, sha) for one in (series, shorter) for sha in ("a", "b")}
    assert len(names) == 4


def _edit(data: dict[str, Any], name: str, value: object) -> str:
    return json.dumps(data | {name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schema", "leukoviewer.kept_result/9"),
        ("maps", {"shape": [2, 4, 4], "float32": "AAAA"}),
        ("maps", {"shape": [1, 1, 1], "float32": "AADAfw=="}),
        ("scores", [{"stack_index": 0, "native": [0], "logit": 0, "score": 7}]),
        ("warnings", [{"code": "nonsense", "message": "", "slices": []}]),
        ("calibrated", "yes"),
        ("package", {"id": "x"}),
        ("mapping", None),
    ],
)
def test_a_damaged_file_is_no_result(
    series: Series, result: Analysis, tmp_path: Path, name: str, value: object
) -> None:
    path = tmp_path / "result.json"
    path.write_text(_edit(result_file.to_json(result), name, value), encoding="utf-8")
    assert result_file.load(path, series) is None
    path.write_bytes(b"\xff\x00[")
    assert result_file.load(path, series) is None


def test_a_result_of_more_slices_is_not_taken(series: Series, result: Analysis) -> None:
    with pytest.raises(ValueError, match="other slices"):
        result_file.from_json(result_file.to_json(result), replace(series, slices=series.slices[:2]))
