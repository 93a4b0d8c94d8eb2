"""The cache: the viewer's bits, kept, shared, and honest about what it leaves out."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import CannotWriteError, UsageError
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from leukoviewer.preprocessing.stack import prepare
from tests.phantom_picture import BRAIN_HU
from tests.trainer.phantom_cohort import write_cohort, write_patient
from trainer.data import cache as caching
from trainer.data.cache import CacheContent, PreparedCase, fill, folder_of
from trainer.data.cases import Case
from trainer.data.claim import claimed
from trainer.data.content_key import CaseFiles
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


def test_stacks_are_memory_mapped_and_cannot_be_written(cohort: Path, tmp_path: Path) -> None:
    content = _fill(cohort, tmp_path)
    stack = content.stack(content.cases[0])
    assert isinstance(stack, np.memmap)
    assert not stack.flags.writeable
    assert stack.shape == content.cases[0].shape


def test_a_stopped_filling_is_carried_on(cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _counted(monkeypatch)
    work = fill(simulated.read_cases(cohort).cases, RECIPE, tmp_path)
    next(work)
    next(work)
    work.close()
    assert len(made) == 2
    assert len(_fill(cohort, tmp_path).cases) == 4
    assert len(made) == len(set(made)) == 4
    assert list(tmp_path.rglob("*.lock")) == []
    assert list(tmp_path.rglob(".*.part")) == []


def test_two_that_fill_at_once_share_the_work(cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _counted(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: _fill(cohort, tmp_path), range(2))
    assert one == other
    assert len(made) == len(set(made)) == 4


def test_a_case_that_another_process_prepares_is_waited_for_while_the_others_are_done(
    cohort: Path, tmp_path: Path
) -> None:
    cases = simulated.read_cases(cohort).cases
    lock = folder_of(RECIPE, tmp_path) / f"{CaseFiles.of(cases[0]).listing}.lock"
    told: list[tuple[int, str]] = []
    with claimed(lock) as mine:
        assert mine
        work = fill(cases, RECIPE, tmp_path)
        while not told or told[-1][0] < 3:
            step = next(work)
            told.append((step.done, step.message))
    assert told[0] == (0, "Waiting for another process that prepares them")
    assert len(finish(work).cases) == 4


def test_a_cache_of_another_version_is_refused_with_the_way_out(cohort: Path, tmp_path: Path) -> None:
    _fill(cohort, tmp_path)
    mark = tmp_path / "cache.json"
    for text in (mark.read_text().replace(f": {caching.VERSION}", ": 1"), "{", '{"schema": "other"}', "[]"):
        mark.write_text(text)
        with pytest.raises(UsageError, match=r"another version .* choose another with --cache"):
            _fill(cohort, tmp_path)


def test_a_full_disk_is_one_sentence_and_what_was_prepared_is_kept(
    cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _counted(monkeypatch)
    sync, written = os.fsync, []

    def full(descriptor: int) -> None:
        # The marker, then index, stack and record of each case.
        written.append(descriptor)
        if len(written) > 1 + 3 * 2 + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWriteError, match=r"disk of the cache .* is full; make room .* --cache"):
        _fill(cohort, tmp_path)
    assert [*tmp_path.rglob(".*.part"), *tmp_path.rglob("*.lock")] == []
    monkeypatch.setattr(os, "fsync", sync)
    assert len(_fill(cohort, tmp_path).cases) == 4
    assert sorted(made, key=made.count)[-1] == made[2], "only the case that met the full disk is prepared twice"
    assert len(made) == 5


def test_a_cache_that_cannot_be_written_is_one_sentence(cohort: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWriteError, match="choose another place"):
        _fill(cohort, tmp_path / "file" / "cache")


def test_parts_that_a_killed_process_left_are_swept(cohort: Path, tmp_path: Path) -> None:
    folder = folder_of(RECIPE, tmp_path)
    folder.mkdir(parents=True)
    for name, age_s in ((".old.npy.0.part", 7200), (".new.npy.0.part", 0)):
        (folder / name).write_text("half")
        os.utime(folder / name, (time.time() - age_s,) * 2)
    _fill(cohort, tmp_path)
    assert [path.name for path in folder.glob(".*")] == [".new.npy.0.part"]


def test_files_that_cannot_be_read_leave_the_case_out(
    cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = hashlib.file_digest

    def broken(file, name: str):
        if Path(file.name).parent.name == "1002":
            raise OSError(errno.EIO, "Input/output error")
        return digest(file, name)

    monkeypatch.setattr(hashlib, "file_digest", broken)
    content = _fill(cohort, tmp_path)
    assert dict(content.refused) == {
        "1002": "Its files cannot be read (Input/output error); check permissions and the disk."
    }


def test_the_reason_of_a_refusal_is_that_of_the_viewer(tmp_path: Path) -> None:
    good = write_patient(tmp_path, 0, label=0)
    bad = write_patient(tmp_path, 1, label=1, without_position=range(7))
    content = finish(fill([Case("a", good, 0), Case("b", bad, 1)], RECIPE, tmp_path / "cache"))
    assert dict(content.refused) == {"b": finish(discover(bad)).series[0].report.reason}


def test_a_list_may_name_the_series_and_the_patient(tmp_path: Path) -> None:
    folder = write_patient(tmp_path, 0, label=0)
    other = write_patient(tmp_path, 0, label=0, series="other", slices=9, extension=".ima", series_number=7)
    assert other == folder
    uids = {one.series_uid for one in finish(discover(folder)).series}
    assert len(uids) == 2
    cases = [Case(f"c{i}", folder, 0, uid, "somebody") for i, uid in enumerate(sorted(uids))]
    wrong = Case("wrong", folder, 1, "1.2.3")
    content = finish(fill([*cases, wrong], RECIPE, tmp_path / "cache"))
    assert len({case.key for case in content.cases}) == 2
    assert len({case.patient for case in content.cases}) == 1
    assert content.cases[0].patient != finish(fill([Case("x", folder, 0)], RECIPE, tmp_path / "cache")).cases[0].patient
    assert "correct the series_uid" in dict(content.refused)["wrong"]


def test_facts_of_a_case_are_those_of_its_files(cohort: Path, tmp_path: Path) -> None:
    facts = _fill(cohort, tmp_path).cases[2].facts
    assert facts is not None
    assert (facts.slices, facts.rows, facts.columns) == (8, 48, 50)
    assert (facts.pixel_mm, facts.step_mm, facts.thicknesses_mm) == (4.6, 5.0, (5.0,))
    assert (facts.kernel, facts.manufacturer, facts.model) == ("H30s", "Phantom Works", "P1")
    assert (facts.kvp, facts.age_years, facts.broken) == (120.0, 61.0, 0)
    # More than half of the head is brain of one value.
    assert facts.tissue_hu[3] == BRAIN_HU
    assert facts == _fill(cohort, tmp_path).cases[2].facts, "the same when read back"


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of the cases that are truly prepared."""
    made: list[str] = []
    prepare_one = caching._prepare

    def counting(case: Case, recipe: Recipe, folder: Path, key: str) -> PreparedCase:
        made.append(key)
        return prepare_one(case, recipe, folder, key)

    monkeypatch.setattr(caching, "_prepare", counting)
    return made
