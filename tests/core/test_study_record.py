"""Records by study are private, found again, and never lost when they cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from leukoviewer.core import study_record
from leukoviewer.core.study_record import Shelf
from tests.display import scene


def _parse(data: dict[str, Any]) -> int:
    if not isinstance(data["value"], int):
        raise TypeError
    return data["value"]


NUMBERS: Shelf[int] = Shelf("numbers", "test.numbers/1", "The number", _parse, lambda value: {"value": value})


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path))
    return tmp_path


def test_a_record_comes_back_and_its_name_tells_nothing() -> None:
    path = study_record.file_of(NUMBERS, "1.2.840.77")
    assert study_record.load(NUMBERS, path) == study_record.Found()
    study_record.save(NUMBERS, path, 7)
    assert study_record.load(NUMBERS, path).value == 7
    assert "1.2.840" not in path.name
    assert study_record.load_all(NUMBERS) == (((path.stem, 7),), 0)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"[]", b"\xff\xfe", b'{"schema": "test.numbers/1"}', b'{"schema": "test.numbers/2", "value": 1}',
        b'{"schema": "test.numbers/1", "value": "1"}', b"[" * 100_000,
    ],
    ids=["torn", "a list", "no text", "no value", "another version", "a wrong type", "deep"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_put_aside_and_told(content: bytes) -> None:
    path = study_record.file_of(NUMBERS, "study")
    path.parent.mkdir(parents=True)
    for number in (1, 2):
        path.write_bytes(content)
        if number == 1:
            assert study_record.load_all(NUMBERS) == ((), 1)
        found = study_record.load(NUMBERS, path)
        aside = path.with_name(f"{path.stem}.unreadable-{number}.json")
        assert (found.value, found.is_writable) == (None, True)
        assert aside.read_bytes() == content
        assert found.note == (
            f"The number cannot be read, being damaged or of another version; it is kept as {aside.name} in the "
            "user's data folder."
        )
    assert study_record.load_all(NUMBERS) == ((), 0)


def test_a_file_that_cannot_be_put_aside_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    path = study_record.file_of(NUMBERS, "study")
    path.parent.mkdir(parents=True)
    path.write_text("{")

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    found = study_record.load(NUMBERS, path)
    assert not found.is_writable
    assert "cannot be put aside" in found.note


def test_a_disk_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Path, **_: object) -> str:
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(Path, "read_text", fail)
    found = study_record.load(NUMBERS, study_record.file_of(NUMBERS, "study"))
    assert not found.is_writable
    assert os.strerror(5) in found.note


def test_the_file_is_json_with_its_schema() -> None:
    path = study_record.file_of(NUMBERS, "study")
    study_record.save(NUMBERS, path, 3)
    assert json.loads(path.read_text()) == {"schema": "test.numbers/1", "value": 3}


def test_times_are_kept_in_utc_and_need_their_zone() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    assert study_record.stamp(at) == "2026-01-02T01:04:05+00:00"
    assert study_record.moment(study_record.stamp(at)) == at.astimezone(UTC)
    with pytest.raises(ValueError, match="zone"):
        study_record.moment("2026-01-02T01:04:05")


def test_a_study_without_a_number_goes_by_its_series() -> None:
    series = scene.series(4)
    uids = [study_record.study_of(replace(series, study_uid=uid)).split("\n")[0] for uid in ("1.9", "")]
    assert uids == ["1.9", series.series_uid]


def test_two_patients_with_one_study_number_have_two_records() -> None:
    series = replace(scene.series(4), study_uid="1.9")
    other = replace(series, patient=replace(series.patient, patient_id="another"))
    assert study_record.study_of(series) != study_record.study_of(other)


_COUNTING = """
from pathlib import Path
from leukoviewer.core import study_record
from leukoviewer.core.study_record import Shelf

shelf = Shelf("numbers", "test.numbers/1", "The number", lambda data: data["value"], lambda value: {"value": value})
for _ in range(40):
    study_record.update(shelf, study_record.file_of(shelf, "study"), lambda value: (value or 0) + 1)
"""


def test_no_change_of_two_programs_at_once_is_lost() -> None:
    running = [subprocess.Popen([sys.executable, "-c", _COUNTING]) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert study_record.load(NUMBERS, study_record.file_of(NUMBERS, "study")).value == 80


def test_what_is_not_changed_is_not_written_and_what_cannot_be_read_is_not_written_over() -> None:
    path = study_record.file_of(NUMBERS, "study")
    assert study_record.update(NUMBERS, path, lambda _: 4) == study_record.Found(4)
    at = path.stat().st_mtime_ns
    assert study_record.update(NUMBERS, path, lambda value: value or 0) == study_record.Found(4)
    assert path.stat().st_mtime_ns == at
    path.unlink()
    path.mkdir()
    found = study_record.update(NUMBERS, path, lambda _: 5)
    assert not found.is_writable
    assert found.note
    path.rmdir()
    path.write_text("{")
    found = study_record.update(NUMBERS, path, lambda value: 6 if value is None else 0)
    assert (found.value, study_record.load(NUMBERS, path).value) == (6, 6)
    assert "kept as" in found.note
