"""The cache: the viewer's bits, kept, shared, and honest about what it leaves out."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from leukoviewer.preprocessing.stack import prepare
from tests.trainer.phantom_cohort import write_cohort, write_patient
from trainer.data import cache as caching
from trainer.data.cache import CacheContent, fill
from trainer.data.cases import Case
from trainer.data.sources import simulated

RECIPE = BUILTIN["leuko-a"]


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cohort(tmp_path_factory.mktemp("cohort"), patients=4)


def _fill(cohort: Path, cache: Path, *, recipe: Recipe = RECIPE, workers: int = 1) -> CacheContent:
    return finish(fill(simulated.read_cases(cohort).cases, recipe, cache, workers=workers))


@pytest.mark.parametrize("recipe_id", ["leuko-a", "leuko-b"])
def test_the_trainer_sees_the_very_bits_that_the_viewer_sees(recipe_id: str, cohort: Path, tmp_path: Path) -> None:
    content = _fill(cohort, tmp_path, recipe=BUILTIN[recipe_id])
    for case, prepared in zip(simulated.read_cases(cohort).cases, content.cases, strict=True):
        series = finish(discover(case.folder)).series[0]
        stack = finish(prepare(finish(load(series)), BUILTIN[recipe_id]))
        stored = np.load(content.stack_path(prepared))
        assert stored.tobytes() == stack.values.tobytes()
        assert prepared.scored == stack.mapping.scored
        assert prepared.label == case.label


def test_several_processes_give_the_same_files(cohort: Path, tmp_path: Path) -> None:
    alone, together = _fill(cohort, tmp_path / "a"), _fill(cohort, tmp_path / "b", workers=2)
    assert alone.cases == together.cases
    for one, other in zip(alone.cases, together.cases, strict=True):
        assert alone.stack_path(one).read_bytes() == together.stack_path(other).read_bytes()


def test_what_is_there_is_not_prepared_again(cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _fill(cohort, tmp_path)
    opened: list[Path] = []
    monkeypatch.setattr(caching, "open_volume", opened.append)
    assert _fill(cohort, tmp_path) == first
    assert opened == []


def test_a_copied_patient_is_found_by_its_content(cohort: Path, tmp_path: Path) -> None:
    first = _fill(cohort, tmp_path / "cache")
    shutil.copytree(cohort, tmp_path / "moved")
    stacks = sorted((tmp_path / "cache").rglob("*.npy"))
    again = _fill(tmp_path / "moved", tmp_path / "cache")
    assert [case.key for case in again.cases] == [case.key for case in first.cases]
    assert sorted((tmp_path / "cache").rglob("*.npy")) == stacks


def test_a_changed_file_makes_another_stack(tmp_path: Path) -> None:
    root = write_cohort(tmp_path / "cohort", patients=2)
    first = _fill(root, tmp_path / "cache")
    shutil.rmtree(root / "patients" / "1000")
    write_patient(root / "patients", 0, label=0, slices=9)
    second = _fill(root, tmp_path / "cache")
    assert second.cases[0].key != first.cases[0].key
    assert second.cases[1] == first.cases[1]


def test_a_stack_that_was_lost_is_made_again(cohort: Path, tmp_path: Path) -> None:
    content = _fill(cohort, tmp_path)
    content.stack_path(content.cases[0]).unlink()
    assert _fill(cohort, tmp_path) == content
    assert content.stack_path(content.cases[0]).is_file()


def test_the_report_is_no_part_of_the_content(tmp_path: Path) -> None:
    root = write_cohort(tmp_path / "cohort", patients=2)
    first = _fill(root, tmp_path / "cache")
    (root / "patients" / "1000" / "1000.json").write_text('{"finding": "Leukoencephalopathy: absent. Checked."}')
    assert [case.key for case in _fill(root, tmp_path / "cache").cases] == [case.key for case in first.cases]


def test_patients_without_brain_or_images_are_left_out_with_the_reason(cohort: Path, tmp_path: Path) -> None:
    root = tmp_path / "cohort"
    shutil.copytree(cohort, root)
    write_patient(root / "patients", 7, label=0, brain=False)
    empty = root / "patients" / "2000"
    shutil.copytree(root / "patients" / "1001", empty)
    for path in empty.glob("*.dcm"):
        path.unlink()
    (empty / "1001.json").rename(empty / "2000.json")
    content = _fill(root, tmp_path / "cache")
    assert len(content.cases) == 4
    reasons = dict(content.left_out)
    assert sum(reasons.values()) == 2
    assert any("brain" in reason for reason in reasons)


def test_no_usable_patient_stops_the_run(tmp_path: Path) -> None:
    folder = write_patient(tmp_path / "x", 0, label=0, brain=False)
    with pytest.raises(UsageError, match="None of the 1 patients"):
        finish(fill([Case("1000", folder, 0)], RECIPE, tmp_path / "cache"))


def test_a_recipe_of_open_depth_is_refused(cohort: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="depth"):
        _fill(cohort, tmp_path, recipe=Recipe("free", RECIPE.steps[1:]))


def test_marks_tell_patients_apart_and_name_their_kinds(cohort: Path, tmp_path: Path) -> None:
    members = [case.member() for case in _fill(cohort, tmp_path).cases]
    kinds = {mark.partition(":")[0] for member in members for mark in member.marks}
    assert kinds == {"study", "instance", "pixels"}
    for one in members:
        for other in members:
            assert one is other or not set(one.marks) & set(other.marks)


def test_no_patient_id_stands_in_the_cache(cohort: Path, tmp_path: Path) -> None:
    content = _fill(cohort, tmp_path)
    text = "".join(path.read_text() for path in content.folder.parent.rglob("*.json"))
    assert '"case_id": ""' in text
    # The phantom's scanner is called P1 as well.
    for told in ('"P0"', '"P2"', '"P3"', "Phantom^Head", '"1001"', "examination"):
        assert told not in text


def test_progress_counts_the_patients(cohort: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    finish(
        fill(simulated.read_cases(cohort).cases, RECIPE, tmp_path),
        on_progress=lambda step: seen.append((step.done, step.total)),
    )
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
