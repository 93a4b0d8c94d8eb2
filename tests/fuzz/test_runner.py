"""The fuzzer itself: it sees crashes, hangs and escapes when there are some, counts every case once, and can go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.fuzz import worker
from tests.fuzz.cases import Case, bases, case_of
from tests.fuzz.outcome import Kind, Outcome, WrongPictureError
from tests.fuzz.runner import Table, run

BROKEN_INDEX = 2


def _crash(_case: Case) -> Outcome:
    os.abort()


def _hang(_case: Case) -> Outcome:
    while True:
        pass


def _escape(_case: Case) -> Outcome:
    raise SystemExit(9)


def _broken(fault: object) -> None:
    """In a worker: sound outcomes for all cases but one."""

    class Bench(worker.Bench):
        def outcome(self, case: Case) -> Outcome:
            if case == case_of(5, BROKEN_INDEX):
                return fault(case)  # type: ignore[operator]
            return Outcome(Kind.OPENED)

    worker.Bench = Bench  # type: ignore[misc]


def prepare_crash() -> None:
    _broken(_crash)


def prepare_hang() -> None:
    _broken(_hang)


def prepare_escape() -> None:
    _broken(_escape)


@pytest.mark.parametrize(
    ("prepare", "kind"), [(prepare_crash, Kind.CRASH), (prepare_hang, Kind.HANG), (prepare_escape, Kind.CRASH)]
)
@pytest.mark.skipif(sys.platform == "win32", reason="time on the processor is told by /proc")
def test_a_fault_of_one_case_is_named_and_the_others_are_counted(prepare: object, kind: Kind) -> None:
    table = run(Table(5, 5), workers=1, limit_s=1.0, prepare=prepare)  # type: ignore[arg-type]
    assert table.kinds == {Kind.OPENED.value: 4, kind.value: 1}
    assert [fault["index"] for fault in table.faults] == [BROKEN_INDEX]
    assert table.fault_count == 1


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    file = tmp_path / "table.json"
    part = run(Table(1, 6), workers=1, every=3, told=lambda table: table.save(file))
    resumed = Table.resumed(file, 1, 9)
    assert resumed.done == 6
    whole = run(resumed, workers=1, every=3)
    assert sum(whole.kinds.values()) == whole.done == 9
    assert sum(part.reasons.values()) == 6
    assert json.loads(file.read_text())["seed"] == 1
    with pytest.raises(SystemExit, match="belongs to seed 1"):
        Table.resumed(file, 2, 9)


def test_one_case_is_repeated_by_seed_and_index(repository: Path, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tests.fuzz", "SEED=1", "INDEX=7", f"FILE={tmp_path / 'case.dcm'}", "N="]
    told = subprocess.run(line, cwd=repository, check=True, capture_output=True, text=True).stdout
    assert told.startswith("seed 1, index 7: ")
    assert case_of(1, 7).base in told
    assert (tmp_path / "case.dcm").is_file()
    unknown = subprocess.run([*line, "COLOR=red"], cwd=repository, check=False, capture_output=True, text=True)
    assert unknown.returncode == 2


@pytest.fixture
def bench(tmp_path: Path):
    found = worker.Bench(tmp_path)
    yield found
    found.close()


def test_an_error_that_escapes_is_no_refusal(bench: worker.Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("tag")

    monkeypatch.setattr("tests.fuzz.outcome.discover", broken)
    found = bench.opened(b"x")
    assert found.kind is Kind.UNCLASSIFIED
    assert "KeyError" in found.reason
    assert "Traceback" in found.trace


def test_a_lost_neighbor_and_a_changed_one_are_faults(bench: worker.Bench) -> None:
    sound = bases()["series/explicit"]
    assert bench.opened(sound, among_others=True).kind in {Kind.OPENED, Kind.WARNED}
    path, hu = next(iter(bench._sound.items()))
    bench._sound[path] = hu + np.float32(1)
    found = bench.opened(sound, among_others=True)
    assert (found.kind, WrongPictureError.__name__ in found.reason) == (Kind.UNCLASSIFIED, True)
    bench._sound[path] = hu
    path.unlink()
    assert "a sound slice was lost" in bench.opened(sound, among_others=True).trace


def test_sound_files_open(bench: worker.Bench) -> None:
    for name, data in bases().items():
        if not name.startswith("pydicom/"):
            found = bench.opened(data, among_others=name.startswith("series/"))
            expected = {Kind.OPENED} if name.startswith("series/") else {Kind.OPENED, Kind.WARNED}
            assert found.kind in expected, (name, found)


def test_bytes_of_a_file_in_a_sentence_are_a_fault(bench: worker.Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from leukoviewer.errors import RefusedError

    def refusing(*_: object, **__: object) -> None:
        raise RefusedError("The encoding \x1b[2J is unknown.")

    monkeypatch.setattr("tests.fuzz.outcome.discover", refusing)
    assert bench.opened(b"x").kind is Kind.UNCLASSIFIED
