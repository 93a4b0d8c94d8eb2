"""Files and folders are written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from leukoviewer import atomic
from leukoviewer.errors import CannotWriteError


def _names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_bytes_come_back_as_written_and_folders_are_made(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "scores.bin"
    atomic.write_bytes(target, b"\x00\xff" * 1000)
    assert target.read_bytes() == b"\x00\xff" * 1000
    assert _names(target.parent) == ["scores.bin"]


def test_text_is_utf8_with_its_line_ends_untouched(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "t", "Köln\r\nb\n")
    assert (tmp_path / "t").read_bytes() == "Köln\r\nb\n".encode()


def test_json_is_readable_and_ends_its_line(tmp_path: Path) -> None:
    atomic.write_json(tmp_path / "r.json", {"name": "Grüße", "score": 0.25})
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"name": "Grüße", "score": 0.25}
    assert "Grüße" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_json_refuses_numbers_that_json_does_not_know_and_keeps_the_old_file(tmp_path: Path, value: float) -> None:
    target = tmp_path / "r.json"
    atomic.write_json(target, [1])
    with pytest.raises(ValueError, match="not JSON compliant"):
        atomic.write_json(target, [value])
    assert json.loads(target.read_text(encoding="utf-8")) == [1]


def test_an_existing_file_is_replaced_and_its_neighbors_stay(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"neighbor")
    atomic.write_bytes(tmp_path / "new", b"1")
    atomic.write_bytes(tmp_path / "new", b"22")
    assert (tmp_path / "new").read_bytes() == b"22"
    assert _names(tmp_path) == ["new", "old"]


def test_a_failure_while_writing_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "result.json"
    atomic.write_bytes(target, b"old")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(CannotWriteError, match="No space left on device") as caught:
        atomic.write_bytes(target, b"new")
    assert caught.value.exit_code == 7
    assert caught.value.thing == target
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["result.json"]


def test_an_interrupt_while_writing_leaves_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic.write_bytes(tmp_path / "result.json", b"new")
    assert _names(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWriteError, match=r"cannot be written .*choose another place"):
        atomic.write_bytes(tmp_path / "file" / "inside", b"1")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"1")
    atomic.write_bytes(tmp_path / "atomic", b"1")
    assert (tmp_path / "atomic").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_appears_whole_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "package"
    with atomic.write_folder(target) as inside:
        (inside / "manifest.json").write_text("{}", encoding="utf-8")
        assert not target.exists()
    assert _names(target) == ["manifest.json"]
    assert _names(tmp_path) == ["package"]


def test_a_folder_whose_block_fails_never_appears(tmp_path: Path) -> None:
    def fail_half_way() -> None:
        with atomic.write_folder(tmp_path / "package") as inside:
            (inside / "half").write_text("x", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert _names(tmp_path) == []


def test_an_empty_folder_may_be_filled_and_a_full_one_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "package"
    target.mkdir()
    with atomic.write_folder(target) as inside:
        (inside / "a").write_text("1", encoding="utf-8")
    with pytest.raises(CannotWriteError, match="exists already"), atomic.write_folder(target):
        pytest.fail("a full folder must not be written over")
    assert (target / "a").read_text(encoding="utf-8") == "1"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_private_file_and_its_new_folders_are_its_users_alone(tmp_path: Path) -> None:
    usual = tmp_path / "there"
    usual.mkdir(mode=0o755)
    target = usual / "a" / "b" / "settings.json"
    atomic.write_json(target, {"x": 1}, private=True)
    modes = [path.stat().st_mode & 0o777 for path in (usual, usual / "a", usual / "a" / "b", target)]
    assert modes == [0o755, 0o700, 0o700, 0o600]
    # Written anew, it stays so; what others write beside it is as ever.
    atomic.write_text(target, "2", private=True)
    assert target.stat().st_mode & 0o777 == 0o600


def test_what_somebody_else_writes_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "film.mp4"
    with atomic.replacing(path) as temporary:
        assert temporary.suffix == ".mp4"
        temporary.write_bytes(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"

    def break_off() -> None:
        with atomic.replacing(path) as temporary:
            temporary.write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert [one.name for one in path.parent.iterdir()] == ["film.mp4"]
    assert path.read_bytes() == b"new"


def test_a_file_that_was_not_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="choose another place"), atomic.replacing(tmp_path / "film.mp4"):
        pass


def test_a_file_of_a_folder_that_cannot_be_written_is_told_by_the_folder_that_was_asked_for(tmp_path: Path) -> None:
    def fill() -> None:
        with atomic.write_folder(tmp_path / "out") as temporary:
            (temporary / "taken").write_bytes(b"")
            atomic.write_bytes(temporary / "taken" / "one.dcm", b"")

    with pytest.raises(CannotWriteError, match="cannot be written") as caught:
        fill()
    assert str(caught.value).startswith(str(tmp_path / "out" / "taken"))
    assert list(tmp_path.iterdir()) == []


def test_who_holds_a_lock_keeps_others_out_until_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_LOCK_WAIT_S", 0.0)
    path = tmp_path / "a" / "feedback.lock"
    with atomic.locked(path):
        with pytest.raises(CannotWriteError, match="changed by another window"), atomic.locked(path):
            pytest.fail("two hold one lock")
        with atomic.locked(tmp_path / "a" / "opinions.lock"):
            pass
    with atomic.locked(path):
        pass
    assert _names(path.parent) == ["feedback.lock", "opinions.lock"]


def test_a_lock_is_left_by_what_fails_under_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_LOCK_WAIT_S", 0.0)

    def fail() -> None:
        with atomic.locked(tmp_path / "lock"):
            raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            fail()


def test_a_lock_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(CannotWriteError, match="cannot be written"), atomic.locked(tmp_path / "lock"):
        pytest.fail("there is no lock")
