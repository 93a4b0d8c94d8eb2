"""Splits by patient and the guard against leaks."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from trainer.data.splits import PARTS, LeakError, Member, Split, check_classes, check_no_leak, split_by_patient


def _members(count: int, *, positive_every: int = 2) -> list[Member]:
    return [
        Member(f"c{i}", int(i % positive_every == 0), f"p{i}", (f"study:s{i}", f"instance:i{i}", f"pixels:x{i}"))
        for i in range(count)
    ]


def test_the_shares_are_met_in_each_label() -> None:
    members = _members(200, positive_every=4)
    split = split_by_patient(members)
    labels = {m.case_id: m.label for m in members}
    counts = {part: (len(ids), sum(labels[i] for i in ids)) for part, ids in split.parts.items()}
    assert counts == {"train": (140, 35), "validation": (30, 8), "test": (30, 7)}


def test_the_split_depends_on_the_patients_alone_and_not_on_their_order() -> None:
    members = _members(60)
    shuffled = members.copy()
    random.Random(1).shuffle(shuffled)
    assert split_by_patient(members).sha256 == split_by_patient(shuffled).sha256


def test_the_split_of_these_patients_never_changes() -> None:
    assert split_by_patient(_members(20)).sha256 == "a750c4fd0af4dd26d3ca326f3ba5117bb16f00b305ce37848aa21f18497e10b5"


def test_another_salt_gives_another_split() -> None:
    splits = {split_by_patient(_members(60), salt=salt).parts["test"] for salt in ("", "a", "b")}
    assert len(splits) == 3


def test_every_patient_stands_on_exactly_one_side() -> None:
    members = _members(57)
    split = split_by_patient(members)
    dealt = sorted(itertools.chain.from_iterable(split.parts.values()))
    assert dealt == sorted(member.case_id for member in members)


def test_cases_of_one_patient_stay_together() -> None:
    members = [Member(f"c{i}", i // 3 % 2, f"p{i // 3}") for i in range(120)]
    split = split_by_patient(members)
    check_no_leak(split, members)
    side = {case_id: part for part in PARTS for case_id in split.parts[part]}
    for patient in range(40):
        assert len({side[f"c{3 * patient + k}"] for k in range(3)}) == 1


@pytest.mark.parametrize("kind", ["study", "instance", "pixels"])
def test_a_mark_on_two_sides_stops_the_run(kind: str) -> None:
    members = _members(40)
    split = split_by_patient(members)
    first, last = split.parts["train"][0], split.parts["test"][0]
    shared = f"{kind}:shared"
    leaking = [
        Member(m.case_id, m.label, m.patient, (*m.marks, shared)) if m.case_id in {first, last} else m for m in members
    ]
    with pytest.raises(LeakError, match=f"1 {kind}"):
        check_no_leak(split, leaking)


def test_a_patient_on_two_sides_stops_the_run() -> None:
    members = _members(40)
    split = split_by_patient(members)
    chosen = {split.parts["train"][0], split.parts["validation"][0]}
    leaking = [Member(m.case_id, m.label, "same" if m.case_id in chosen else m.patient) for m in members]
    with pytest.raises(LeakError, match="1 patient"):
        check_no_leak(split, leaking)


def test_a_mark_shared_on_one_side_is_no_leak() -> None:
    members = _members(40)
    split = split_by_patient(members)
    chosen = set(split.parts["train"][:2])
    check_no_leak(
        split,
        [Member(m.case_id, m.label, m.patient, ("pixels:same",) if m.case_id in chosen else m.marks) for m in members],
    )


def test_a_case_cannot_be_written_on_two_sides() -> None:
    with pytest.raises(LeakError):
        Split({"train": ("a",), "validation": ("b",), "test": ("a",)})


def test_a_stored_split_comes_back_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    split = split_by_patient(_members(30), salt="s")
    path = tmp_path / "split.json"
    split.write(path)
    assert Split.read(path) == split
    assert (tmp_path / "split.sha256").read_text().strip() == split.sha256
    data = json.loads(path.read_text())
    data["parts"]["train"].append(data["parts"]["test"].pop())
    path.write_text(json.dumps(data))
    with pytest.raises(UsageError, match="changed"):
        Split.read(path)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"schema": "leukoviewer.split/1"}'])
def test_a_damaged_split_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "split.json").write_text(content)
    with pytest.raises(UsageError):
        Split.read(tmp_path / "split.json")


@pytest.mark.parametrize("shares", [(0.7, 0.3, 0.0), (0.5, 0.2, 0.2), (1.2, -0.1, -0.1)])
def test_impossible_shares_are_refused(shares: tuple[float, float, float]) -> None:
    with pytest.raises(UsageError):
        split_by_patient(_members(30), shares=shares)


def test_too_few_patients_are_refused_with_the_empty_side_and_how_many_there_are() -> None:
    with pytest.raises(UsageError, match=r"The validation side .* empty, there are 3 patients in all"):
        split_by_patient(_members(3))


def test_a_side_without_one_of_the_labels_is_one_sentence() -> None:
    with pytest.raises(UsageError, match=r"The validation side .* no patient with the disease; more of them"):
        split_by_patient(_members(40, positive_every=20))


@pytest.mark.parametrize(("label", "words"), [(1, "no patient without"), (0, "no patient with the")])
def test_a_stored_split_with_one_label_on_a_side_of_these_data_is_refused(label: int, words: str) -> None:
    members = _members(40)
    split = split_by_patient(members)
    labels = {m.case_id: m.label for m in members}
    here = [m for m in members if m.case_id not in split.parts["test"] or labels[m.case_id] == label]
    with pytest.raises(UsageError, match=f"The test side .* {words}"):
        check_classes(split, here)


def test_a_stored_split_of_other_data_is_refused() -> None:
    split = split_by_patient(_members(40))
    others = [Member(f"x{m.case_id}", m.label, m.patient) for m in _members(40)]
    with pytest.raises(UsageError, match="None of the patients on the train side"):
        check_classes(split, others)


def test_folders_that_all_claim_to_be_one_patient_are_refused_with_the_way_out() -> None:
    members = [Member(m.case_id, m.label, "anonymous" if i > 10 else m.patient) for i, m in enumerate(_members(40))]
    with pytest.raises(UsageError, match=r"29 of 40 folders .* column patient"):
        split_by_patient(members)


def test_the_guard_counts_each_kind_and_names_the_way_out() -> None:
    members = _members(40)
    split = split_by_patient(members)
    first, last = split.parts["train"][0], split.parts["test"][0]
    twin = next(m for m in members if m.case_id == first)
    partly = (twin.marks[1], twin.marks[2])
    leaking = [Member(m.case_id, m.label, m.patient, (*m.marks, *partly)) if m.case_id == last else m for m in members]
    with pytest.raises(LeakError, match=r"1 instance, 1 pixels; .* leuko-trainer prepare"):
        check_no_leak(split, leaking)
