"""A folder with many patients falls apart into studies, whatever its UIDs say and however its files lie."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pydicom.dataset import Dataset

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.studies import by_study, folder_of, patient_of
from tests.phantom import write_phantom, write_scout

SMALL = {"slices": 5, "rows": 32, "columns": 32}


def test_each_study_has_its_own_series_and_suggestion(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_phantom(tmp_path / name / "head", **SMALL, patient_id=name, study=name, series=f"head {name}")
        write_scout(tmp_path / name / "scout", patient_id=name, study=name, series=f"scout {name}")
    catalog = finish(discover(tmp_path))
    assert catalog.suggestion is None
    first, second = by_study(catalog)
    assert [len(study.series) for study in (first, second)] == [2, 2]
    assert folder_of(first) == tmp_path / "a"
    for study in (first, second):
        assert study.suggestion is not None
        chosen = study.find(study.suggestion.key)
        assert chosen is not None
        assert len(chosen.slices) == 5


def test_two_patients_with_one_study_uid_are_never_one_study(tmp_path: Path) -> None:
    def share(data: Dataset, _index: int) -> None:
        data.StudyInstanceUID = "1.2.3"

    for name in ("a", "b"):
        write_phantom(tmp_path / name, **SMALL, patient_id=name, edit=share)
    studies = by_study(finish(discover(tmp_path)))
    assert [len({patient_of(one) for one in study.series}) for study in studies] == [1, 1]


def test_a_study_without_a_head_has_no_suggestion(tmp_path: Path) -> None:
    write_scout(tmp_path)
    (study,) = by_study(finish(discover(tmp_path)))
    assert study.suggestion is None


def test_the_folder_of_a_study_in_an_archive_is_the_archive(tmp_path: Path) -> None:
    write_phantom(tmp_path / "head", **SMALL)
    archive = tmp_path / "scan.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in (tmp_path / "head").iterdir():
            file.write(path, f"inner/{path.name}")
    (study,) = by_study(finish(discover(archive)))
    assert folder_of(study) == archive
