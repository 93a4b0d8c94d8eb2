"""Saved measurements: found again, without a word on the patient, never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leukoviewer import paths
from leukoviewer.core.measurement_file import SCHEMA, Found, file_of, load, save
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.errors import CannotWriteError
from tests.display import scene

ALL = (
    Measurement("a", Kind.LENGTH, ((1.25, 2.0), (30.0, 40.5)), "1.2.3.0"),
    Measurement("b", Kind.ANGLE, ((1.0, 2.0), (3.0, 4.0), (5.0, 7.0)), "1.2.3.1", frame=3, slice_index=1),
    Measurement("c", Kind.ARROW, ((1.0, 2.0), (3.0, 4.0)), "1.2.3.2", slice_index=2, text="ložisko?"),
)


@pytest.fixture
def file() -> Path:
    return file_of(scene.series())


def test_what_is_saved_is_found_again(file: Path) -> None:
    save(file, ALL)
    assert load(file) == Found(ALL, is_read=True)


def test_without_a_file_there_is_nothing_and_nothing_is_wrong(file: Path) -> None:
    assert load(file) == Found()
    assert not file.parent.exists()


def test_neither_name_nor_content_tells_the_patient(file: Path) -> None:
    save(file, ALL)
    assert file.parent == paths.user_data() / "measurements"
    assert scene.SECRET not in file.name + file.read_text(encoding="utf-8")
    assert scene.series().study_uid not in file.name


def _valid() -> dict[str, object]:
    one = {"id": "a", "kind": "length", "points": [[0, 0], [1, 1]], "sop_instance_uid": "1", "frame": 0}
    return {"schema": SCHEMA, "measurements": [one | {"slice_index": 0, "text": ""}]}


def _broken(**changes: object) -> str:
    data = _valid()
    one = data["measurements"][0]  # type: ignore[index]
    return json.dumps(data | {"measurements": [one | changes]})


def test_a_file_written_by_hand_is_read(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(_valid()))
    assert [one.id for one in load(file).measurements] == ["a"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        json.dumps({"schema": "leukoviewer.measurements/2", "measurements": []}),
        json.dumps({"measurements": []}),
        json.dumps({"schema": SCHEMA, "measurements": {}}),
        json.dumps({"schema": SCHEMA, "measurements": [5]}),
        json.dumps({"schema": SCHEMA, "measurements": _valid()["measurements"] * 2}),  # type: ignore[operator]
        _broken(kind="spiral"),
        _broken(points=[[0, 0]]),
        _broken(points=[[0, 0], ["1", 1]]),
        _broken(points=[[0, 0], [float("nan"), 1]]),
        _broken(points=7),
        _broken(frame=0.5),
        _broken(frame=True),
        _broken(text=None),
        _broken(id=""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence_and_kept_aside(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(content)
    found = load(file)
    assert (found.measurements, found.is_writable, file.exists()) == ((), True, False)
    aside = file.with_name(f"{file.stem}.unreadable-1.json")
    assert aside.read_text() == content
    assert aside.name in found.note
    assert load(file) == Found()


def test_bytes_that_are_no_text_are_kept_aside_beside_an_older_one(file: Path) -> None:
    file.parent.mkdir(parents=True)
    for number in (1, 2):
        file.write_bytes(b"\xff\xfe\x00")
        assert f"unreadable-{number}" in load(file).note
    assert len(list(file.parent.iterdir())) == 2


def test_a_file_that_may_not_be_opened_is_not_written_over(file: Path) -> None:
    file.mkdir(parents=True)  # a folder in its place fails to open for every user, also for root
    found = load(file)
    assert not found.is_writable
    assert "not be saved" in found.note


def test_a_file_that_cannot_be_put_aside_is_not_written_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.parent.mkdir(parents=True)
    file.write_text("{")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    found = load(file)
    assert not found.is_writable
    assert "not be saved" in found.note
    assert file.read_text() == "{"


def test_a_failed_save_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(file, ALL)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotWriteError, match="No space left"):
        save(file, ())
    assert load(file).measurements == ALL
    assert len(list(file.parent.iterdir())) == 1
