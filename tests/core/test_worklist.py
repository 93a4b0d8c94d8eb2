"""The kept worklist: found again as it was, put aside when it cannot be read, without a word on the patient."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from leukoviewer.core import worklist
from leukoviewer.core.worklist import Entry, Finding, State

FINDING = Finding("toy-1", "ab" * 32, 5, 28, 4, 0.93, 0.6, warnings=2, broken=1)
ALL = (
    Entry("a", Path("/x/one"), "f" * 32, 28, State.DONE, "", FINDING),
    Entry("b", Path("/x/ložisko dva"), "e" * 32, 30, State.REFUSED, "No brain was found."),
    Entry("c", Path("/x/three.zip"), "d" * 32, 12, State.WAITING),
    Entry("d", Path("/x/empty"), state=State.FAILED, reason="Nothing here."),
)


def test_the_list_is_found_again_as_it_was() -> None:
    worklist.save(ALL)
    assert worklist.load() == worklist.Kept(ALL)


def test_what_ran_when_the_program_ended_waits_again() -> None:
    worklist.save((Entry("a", Path("/x"), "f", 3, State.RUNNING),))
    assert [entry.state for entry in worklist.load().entries] == [State.WAITING]


def test_without_a_file_the_list_is_empty_and_nothing_is_wrong() -> None:
    assert worklist.load() == worklist.Kept()
    assert not worklist.file().parent.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes and names as bytes are POSIX")
def test_the_file_is_its_users_alone_and_odd_paths_do_not_break_it() -> None:
    odd = Entry("z", Path(os.fsdecode(b"/x/\xff")), "f", 3)
    worklist.save((odd, *ALL))
    assert worklist.load().entries == ALL
    assert worklist.file().stat().st_mode & 0o077 == 0


def _changed(**changes: object) -> str:
    worklist.save(ALL[:1])
    record = json.loads(worklist.file().read_text(encoding="utf-8"))
    record["rows"][0] |= changes
    return json.dumps(record)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "elsewhere"}, {"path": 3}, {"finding": None}, {"finding": {"positive": 1}},
        {"state": "waiting"}, {"slices": "many"},
    ],
)  # fmt: skip
def test_a_damaged_list_is_put_aside_and_the_next_one_beside_it(changes: dict[str, object]) -> None:
    for number in (1, 2):
        worklist.file().parent.mkdir(parents=True, exist_ok=True)
        worklist.file().write_text(_changed(**changes), encoding="utf-8")
        found = worklist.load()
        assert found.entries == ()
        assert found.is_writable
        assert f"worklist.unreadable-{number}.json" in found.note
    assert worklist.load() == worklist.Kept()


def test_a_list_that_may_not_be_read_is_never_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_given: object, **_more: object) -> str:
        raise PermissionError("no")

    monkeypatch.setattr(Path, "read_text", forbidden)
    found = worklist.load()
    assert not found.is_writable
    assert found.note == worklist.UNREADABLE


def test_a_vote_is_positive_with_more_slices_than_needed() -> None:
    assert Finding("x", "y", 5, 9, 4, 0.5).is_positive
    assert not Finding("x", "y", 4, 9, 4, 0.5).is_positive
