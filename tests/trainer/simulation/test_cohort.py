"""A cohort in a folder: the same bytes on any number of workers, carried on where it stopped, else refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
import torch

from leukoviewer.core.progress import finish
from leukoviewer.errors import CannotWriteError, UsageError
from trainer.simulation import cohort as module
from trainer.simulation.cohort import CohortRequest, CohortSummary, pick_device, simulate_cohort, survey
from trainer.simulation.protocol import PROTOCOLS, Protocol
from trainer.simulation.recruit import from_csv, recruit
from trainer.simulation.template import Template


def _request(out: Path, **changes: object) -> CohortRequest:
    values: dict[str, object] = {"cohort": "paper", "patients": 2, "seed": 8, "out": out, "device": "cpu"}
    return CohortRequest(**{**values, **changes})  # type: ignore[arg-type]


def _bytes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def small(warm_home: Path, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder for a cohort of heads with two or three slices."""
    for name in PROTOCOLS:
        monkeypatch.setitem(PROTOCOLS, name, Protocol((8.0, 70.0), (8.0, 70.0)))
    monkeypatch.setattr(module, "load_template", lambda device: template)
    return tmp_path / "cohort"


def test_a_cohort_lies_in_its_folder(small: Path) -> None:
    summary = finish(simulate_cohort(_request(small)))
    records = recruit("paper", patients=2, seed=8)
    assert summary == CohortSummary(2, sum(r.positive for r in records), 2)
    assert from_csv((small / "recruit.csv").read_text()) == records
    assert sorted(path.name for path in (small / "patients").iterdir()) == [r.id for r in records]
    described = json.loads((small / "cohort.json").read_text())
    assert described["cohort"] == "paper"
    assert described["positive"] == summary.positive
    assert "simulated" in described["data"]


def test_progress_counts_patients_to_the_end(small: Path) -> None:
    steps = [(step.done, step.total) for step in simulate_cohort(_request(small))]
    assert steps == [(0, 2), (1, 2), (2, 2)]


def test_a_stopped_cohort_holds_whole_patients_and_is_carried_on(small: Path) -> None:
    work = simulate_cohort(_request(small))
    next(work)
    assert next(work).done == 1
    work.close()
    assert len(list((small / "patients").iterdir())) == 1
    assert not list(small.rglob("*.part"))
    first = _bytes(small / "patients")
    assert finish(simulate_cohort(_request(small))).simulated == 1
    whole = _bytes(small)
    assert first.items() <= {name.removeprefix("patients/"): value for name, value in whole.items()}.items()
    again = small.with_name("again")
    finish(simulate_cohort(_request(again)))
    assert _bytes(again) == whole


def test_a_finished_cohort_is_left_as_it_is(small: Path) -> None:
    finish(simulate_cohort(_request(small)))
    before = {path: path.stat().st_mtime_ns for path in (small / "patients").rglob("*")}
    assert finish(simulate_cohort(_request(small))).simulated == 0
    assert {path: path.stat().st_mtime_ns for path in (small / "patients").rglob("*")} == before


def test_a_patient_without_truth_is_made_anew(small: Path) -> None:
    finish(simulate_cohort(_request(small)))
    whole = _bytes(small)
    next((small / "truth").glob("*.npz")).unlink()
    assert finish(simulate_cohort(_request(small))).simulated == 1
    assert _bytes(small) == whole


def test_what_a_killed_run_left_is_removed(small: Path) -> None:
    left = small / "patients" / ".10000800001.abc.part"
    finish(simulate_cohort(_request(small, patients=1)))
    left.mkdir()
    (left / "IM0001.dcm").write_bytes(b"half")
    finish(simulate_cohort(_request(small, patients=1)))
    assert not left.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"seed": 9}, "holds another cohort"),
        ({"cohort": "stress"}, "holds another cohort"),
        ({"form": "stacks"}, "holds another cohort"),
        ({"transfer_syntax": "rle"}, "holds another cohort"),
        ({"patients": 1}, "was begun for 2 patients"),
    ],
)
def test_another_cohort_in_the_folder_is_not_touched(small: Path, changes: dict[str, object], says: str) -> None:
    module._describe(_request(small, patients=2), recruit("paper", patients=2, seed=8))
    before = _bytes(small)
    with pytest.raises(UsageError, match=says):
        finish(simulate_cohort(_request(small, **changes)))
    assert _bytes(small) == before


def test_a_folder_with_other_files_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="holds other files"):
        finish(simulate_cohort(_request(tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_damaged_description_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "cohort.json").write_text("[")
    with pytest.raises(UsageError, match="holds another cohort"):
        finish(simulate_cohort(_request(tmp_path)))
    assert (tmp_path / "cohort.json").read_text() == "["


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        finish(simulate_cohort(_request(tmp_path / "out")))


def test_a_disk_that_is_too_small_is_told_before_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**10, 9 * 10**9, 10**9))
    out = tmp_path / "out"
    with pytest.raises(CannotWriteError, match=r"needs about 23\.3 GB .* has 1\.0 GB free"):
        finish(simulate_cohort(_request(out, patients=1250)))
    assert not out.exists()


@pytest.mark.parametrize(
    "changes", [{"form": "nifti"}, {"transfer_syntax": "jpeg"}, {"workers": 0}], ids=["format", "encoding", "workers"]
)
def test_an_impossible_request_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        _request(tmp_path, **changes)


def test_the_survey_tells_what_is_missing_and_what_it_takes(small: Path) -> None:
    request = _request(small, patients=2)
    found = survey(request)
    assert not small.exists()
    assert (len(found.records), len(found.missing)) == (2, 2)
    assert found.needed_bytes == 2 * 18_500_000
    assert found.free_bytes == pytest.approx(shutil.disk_usage(small.parent).free, rel=0.2)
    finish(simulate_cohort(_request(small, patients=1)))
    assert [r.id for r in survey(request).missing] == [found.records[1].id]


def test_thin_slices_take_more_of_the_disk(tmp_path: Path) -> None:
    found = survey(_request(tmp_path / "out", cohort="stress", patients=40, seed=1))
    thin = sum(r.protocol == "thin_125" for r in found.records)
    assert thin > 0
    assert found.needed_bytes == (40 + 3 * thin) * 18_500_000


def test_the_device_is_found_or_told() -> None:
    assert pick_device("cpu") == torch.device("cpu")
    assert pick_device("auto").type in {"cpu", "cuda", "mps"}
    with pytest.raises(UsageError, match="no device 'tpu'"):
        pick_device("tpu")


def test_the_number_of_threads_is_given_back(small: Path) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        finish(simulate_cohort(_request(small, patients=1)))
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
