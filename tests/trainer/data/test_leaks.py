"""Leaks from DICOM files to the guard: a patient, study, image or picture on two sides, by whatever name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset

from leukoviewer.core.progress import finish
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.phantom_series import Edit
from tests.trainer.phantom_cohort import write_patient
from trainer.data.cache import CacheContent, fill
from trainer.data.cases import Case
from trainer.data.fingerprint import find_shared
from trainer.data.splits import LeakError, Split, check_no_leak

_SAME_STUDY, _SAME_IMAGES = "1.2.826.0.1.1", "1.2.826.0.1.2"


def _study(data: Dataset, _index: int) -> None:
    data.StudyInstanceUID = _SAME_STUDY


def _images(data: Dataset, index: int) -> None:
    # Only two of the slices carry the same UIDs.
    if index < 2:
        data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"{_SAME_IMAGES}.{index}"


def _pair(root: Path, *, edit: Edit | None, **second: Any) -> CacheContent:
    """Two folders with other patients, studies and pictures, but for what the options make the same; a third apart."""
    one = write_patient(root, 0, label=0, edit=edit, slices=12)
    two = write_patient(root, 1, label=1, edit=edit, **second)
    three = write_patient(root, 2, label=1)
    cases = [Case("one", one, 0), Case("two", two, 1), Case("three", three, 1)]
    return finish(fill(cases, BUILTIN["leuko-a"], root / "cache"))


# The same pictures as those of patient 0: six of its twelve slices, stored in another way under new UIDs.
PART = {"slices": 12, "columns": 48, "missing": range(6), "study": "other", "series": "other", "intercept": -1000.0}


@pytest.mark.parametrize(
    ("kind", "edit", "second", "marks"),
    [
        ("patient", None, {"patient_id": "P0", "study": "other"}, 1),
        ("study", _study, {}, 1),
        ("instance", _images, {}, 2),
        ("pixels", None, PART, 6),
    ],
)
def test_what_stands_on_two_sides_stops_the_run(
    kind: str, edit: Edit | None, second: dict[str, Any], marks: int, tmp_path: Path
) -> None:
    content = _pair(tmp_path, edit=edit, **second)
    members = [case.member() for case in content.cases]
    leaking = Split({"train": ("one",), "validation": ("three",), "test": ("two",)})
    with pytest.raises(LeakError, match=f"are {marks} {kind}; nothing is trained"):
        check_no_leak(leaking, members)
    check_no_leak(Split({"train": ("one", "two"), "validation": ("three",), "test": ("absent",)}), members)
    (shared,) = find_shared(content.cases)
    assert (shared.kind, shared.case_id, shared.other_id, shared.count) == (kind, "one", "two", marks)
    assert not shared.same_label


def test_folders_that_share_nothing_pass(tmp_path: Path) -> None:
    content = _pair(tmp_path, edit=None)
    check_no_leak(
        Split({"train": ("one",), "validation": ("three",), "test": ("two",)}), [c.member() for c in content.cases]
    )
    assert find_shared(content.cases) == ()
