"""Cohorts that are stopped, killed or run out of disk: whole patients stay, one sentence is said, the rest follows."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pydicom
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import CannotWriteError, LeukoError
from tests.trainer.simulation import small
from trainer.simulation import cohort as module
from trainer.simulation.cohort import CohortRequest, simulate_cohort
from trainer.simulation.template import Template

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and rights of POSIX")
MANY = 8


def _request(out: Path, **changes: object) -> CohortRequest:
    values: dict[str, object] = {"cohort": "paper", "patients": 3, "seed": 8, "out": out, "device": "cpu"}
    return CohortRequest(**{**values, **changes})  # type: ignore[arg-type]


def _bytes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _patients(out: Path) -> list[Path]:
    folder = out / "patients"
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []


def _assert_whole(patient: Path) -> None:
    files = sorted(patient.glob("*.dcm"))
    assert len(files) >= 2
    for path in files:
        assert pydicom.dcmread(path).pixel_array.shape[0] == 512
    assert (patient / f"{patient.name}.json").is_file()
    for ending in ("npz", "json"):
        assert (patient.parents[1] / "truth" / f"{patient.name}.{ending}").is_file()


@pytest.fixture
def out(
    warm_home: Path, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Path, None, None]:
    """Folder for a cohort of small heads, in this process and in those that it starts."""
    monkeypatch.setattr(module, "load_template", lambda device: template)
    monkeypatch.setattr(module, "_start_worker", small.start_worker)
    with small.shrunk(small.TWO):
        yield tmp_path / "cohort"


def _start(out: Path, repository: Path) -> subprocess.Popen[str]:
    """The command with two workers, in a group of its own as in a terminal; returns after its first patient."""
    arguments = ["simulate", "--patients", str(MANY), "--seed", "8", "--out", str(out), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.trainer.simulation.small", *arguments, "--device", "cpu"],
        cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    while not _patients(out):
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"the command ended before its first patient: {process.communicate()[0]}")
    return process


@POSIX
def test_a_run_killed_at_once_is_carried_on_by_any_number_of_workers_to_the_same_bytes(
    out: Path, repository: Path
) -> None:
    """Killed with two workers, finished with three, compared with one."""
    process = _start(out, repository)
    process.kill()
    # The workers hold the other end of the pipe: it closes when they have ended too.
    process.communicate(timeout=30)
    kept = _patients(out)
    assert 0 < len(kept) < MANY
    for patient in kept:
        _assert_whole(patient)
    assert finish(simulate_cohort(_request(out, patients=MANY, workers=3))).simulated == MANY - len(kept)
    alone = out.with_name("alone")
    finish(simulate_cohort(_request(alone, patients=MANY)))
    assert _bytes(out) == _bytes(alone)


@POSIX
def test_ctrl_c_leaves_whole_patients_only_and_says_so(out: Path, repository: Path) -> None:
    process = _start(out, repository)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "leuko-trainer: stopped by the user; what was finished is kept."
    assert "Traceback" not in said
    kept = _patients(out)
    assert 0 < len(kept) < MANY
    for patient in kept:
        _assert_whole(patient)
    assert not list(out.rglob("*.part"))
    assert len(list((out / "truth").iterdir())) == 2 * len(kept)


def test_a_worker_ended_from_outside_is_told_and_the_rest_can_follow(out: Path) -> None:
    work = simulate_cohort(_request(out, patients=MANY, workers=2))
    next(work)
    assert next(work).done == 1
    for child in multiprocessing.active_children():
        child.kill()
    with pytest.raises(LeukoError, match=r"was ended from outside .* finished patients are kept"):
        finish(work)
    kept = _patients(out)
    assert 0 < len(kept) < MANY
    assert finish(simulate_cohort(_request(out, patients=MANY))).simulated == MANY - len(kept)
    for patient in _patients(out):
        _assert_whole(patient)


@contextmanager
def _largest_file(size: int) -> Generator[None, None, None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@POSIX
@pytest.mark.parametrize(
    ("form", "size", "workers"),
    [("dicom", 300_000, 1), ("dicom", 300_000, 2), ("dicom", 3_000, 1), ("stacks", 300_000, 1)],
)
def test_a_write_that_fails_midway_leaves_nothing_half_written(out: Path, form: str, size: int, workers: int) -> None:
    """The system refuses to let a file grow on: in the first slice, in the truth, in the stack."""
    request = _request(out, workers=workers, form=form)
    with _largest_file(size), pytest.raises(CannotWriteError, match="File too large") as told:
        finish(simulate_cohort(request))
    assert "\n" not in str(told.value)
    assert not list(out.rglob("*.part"))
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == ["cohort.json", "recruit.csv"]
    assert finish(simulate_cohort(_request(out, form=form))).simulated == 3


@contextmanager
def _only(rights: int, folder: Path) -> Generator[None, None, None]:
    """Root may do anything everywhere: as somebody else then."""
    folder.parent.chmod(0o755)
    folder.chmod(rights)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@POSIX
@pytest.mark.parametrize(
    ("rights", "inside", "says"),
    [
        (0o555, "", "cannot be written .Permission denied.; choose another place"),
        (0o555, "new", "cannot be written .Permission denied.; choose another place"),
        (0o555, "new/deeper", "cannot be written .Permission denied.; choose another place"),
        (0o000, "new", "cannot be used .Permission denied.; choose another place"),
    ],
    ids=["the folder itself", "a new one in it", "one deeper", "in a shut one"],
)
def test_a_folder_without_rights_is_told(rights: int, inside: str, says: str, out: Path) -> None:
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / "folder"
        folder.mkdir()
        with _only(rights, folder), pytest.raises(CannotWriteError, match=says) as told:
            finish(simulate_cohort(_request(folder / inside)))
        assert "\n" not in str(told.value)
        assert list(folder.iterdir()) == []


def test_a_file_among_the_folders_above_is_told(out: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(CannotWriteError, match="cannot be written"):
        finish(simulate_cohort(_request(tmp_path / "file" / "cohort")))
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize("missing", ["recruit.csv", "cohort.json and recruit.csv"])
def test_a_run_killed_while_it_described_the_folder_is_carried_on(missing: str, out: Path) -> None:
    whole = out.with_name("whole")
    finish(simulate_cohort(_request(whole, patients=1)))
    out.mkdir()
    (out / ".recruit.csv.0123456789ab.part").write_text("id,coh")
    if missing == "recruit.csv":
        (out / "cohort.json").write_bytes((whole / "cohort.json").read_bytes())
    finish(simulate_cohort(_request(out, patients=1)))
    assert _bytes(out) == _bytes(whole)


def test_a_larger_number_extends_to_the_bytes_of_a_cohort_made_at_once(out: Path) -> None:
    finish(simulate_cohort(_request(out, patients=1)))
    assert finish(simulate_cohort(_request(out, patients=3))).simulated == 2
    whole = out.with_name("whole")
    finish(simulate_cohort(_request(whole, patients=3)))
    assert _bytes(out) == _bytes(whole)


def test_another_seed_gives_other_patients(out: Path) -> None:
    other = out.with_name("other")
    finish(simulate_cohort(_request(out, patients=2)))
    finish(simulate_cohort(_request(other, patients=2, seed=9)))
    assert not {p.name for p in _patients(out)} & {p.name for p in _patients(other)}
    assert not set(_bytes(out / "patients").values()) & set(_bytes(other / "patients").values())
