"""One slice to look at while a folder is searched: from the middle, in HU, and only where it is plainly a CT slice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.uid import JPEGLSLossless

from leukoviewer.core.progress import Progress, finish
from leukoviewer.core.volume import Preview
from leukoviewer.dicom import preview as module
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.preview import preview
from tests.phantom import write_phantom, write_report, write_scout

SLICES = 26


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _head(folder: Path, **options: object) -> list[Path]:
    write_phantom(folder, **{"slices": SLICES, "rows": 24, "columns": 24, **options})
    return _files(folder)


def test_it_is_a_slice_of_the_middle_in_hu(tmp_path: Path) -> None:
    head = write_phantom(tmp_path, slices=SLICES, rows=24, columns=24, padding_value=63536)
    files = _files(tmp_path)
    found = preview(files)
    assert found is not None
    index = head.files.index(files[SLICES // 2])
    assert np.array_equal(found.hu, head.hu[index])
    assert found.plane.position_mm == pytest.approx(tuple(head.positions_mm[index]))
    assert not found.hu.flags.writeable


def test_a_few_files_need_none(tmp_path: Path) -> None:
    assert preview(_head(tmp_path, slices=module.MIN_FILES - 1)) is None
    assert preview([]) is None


def test_it_comes_from_the_largest_folder(tmp_path: Path) -> None:
    write_scout(tmp_path / "a")
    write_report(tmp_path / "z")
    _head(tmp_path / "b", rows=32)
    found = preview(_files(tmp_path))
    assert found is not None
    assert found.hu.shape == (32, 24)


def test_what_is_no_image_in_the_middle_is_passed_by(tmp_path: Path) -> None:
    files = _head(tmp_path)
    files[SLICES // 2].write_bytes(b"no DICOM file at all" * 20)
    assert preview(files) is not None


@pytest.mark.parametrize(
    "options",
    [
        {"orientation": "coronal"},
        {"image_type": ("ORIGINAL", "PRIMARY", "LOCALIZER")},
        {"slope": None, "intercept": None},
        {"modality": "PT"},
        {"transfer_syntax": JPEGLSLossless},
        {"without_position": range(SLICES)},
    ],
    ids=["coronal", "localizer", "no HU", "no CT", "compressed", "no position"],
)
def test_what_is_not_plainly_an_axial_ct_slice_is_not_shown(tmp_path: Path, options: dict[str, object]) -> None:
    assert preview(_head(tmp_path, **options)) is None


def test_files_that_break_off_give_none_and_no_fault(tmp_path: Path) -> None:
    files = _head(tmp_path)
    for path in files:
        path.write_bytes(path.read_bytes()[:-600])
    assert preview(files) is None
    for path in files:
        path.unlink()
    assert preview(files) is None


def test_the_search_hands_it_out_before_it_reads_headers(tmp_path: Path) -> None:
    _head(tmp_path)
    steps: list[Progress] = []
    finish(discover(tmp_path), on_progress=steps.append)
    first = next(index for index, step in enumerate(steps) if step.message == "Reading headers")
    assert isinstance(steps[first].part, Preview)
    assert [step.part for step in steps[first + 1 :]] == [None] * (len(steps) - first - 1)
