"""Splits by patient: stratified, decided by a hash of the id, stored with its own hash, guarded against leaks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leukoviewer import atomic
from leukoviewer.errors import LeukoError, UsageError

SCHEMA = "leukoviewer.split/1"
PARTS = ("train", "validation", "test")
# Cernekova et al.: 70 : 15 : 15.
SHARES = (0.70, 0.15, 0.15)
# From so many cases on it is odd that most are one patient's.
_LEAST_FOR_DOUBT = 6


class LeakError(LeukoError):
    """The same patient, study, image or picture stands on two sides of a split."""


@dataclass(frozen=True, slots=True)
class Member:
    """What of a case must stay on one side.

    Attributes
    ----------
    case_id : str
        The case.
    label : int
        For stratification.
    patient : str
        Who it is: a hash of the DICOM patient id, or the case's own id where that is empty.
    marks : tuple of str
        Hashes of the patient, study, instances and pixels, each with its kind before a colon.
    """

    case_id: str
    label: int
    patient: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Which case stands on which side.

    Attributes
    ----------
    parts : mapping of str to tuple of str
        Sorted case ids by part.
    salt : str
        What the hash was seasoned with: another salt gives another split.
    """

    parts: Mapping[str, tuple[str, ...]]
    salt: str = ""

    def __post_init__(self) -> None:
        if set(self.parts) != set(PARTS):
            raise UsageError("A split has a train, a validation and a test part.")
        ids = [case_id for part in PARTS for case_id in self.parts[part]]
        if len(set(ids)) != len(ids):
            raise LeakError("A patient stands on two sides of the split.")
        empty = [part for part in PARTS if not self.parts[part]]
        if empty:
            raise UsageError(
                f"The {' and the '.join(empty)} side of the split would be empty, there are {len(ids)} patients in "
                "all; more are needed, or other shares."
            )

    def to_json(self) -> dict[str, object]:
        """The JSON form."""
        return {"schema": SCHEMA, "salt": self.salt, "parts": {part: list(self.parts[part]) for part in PARTS}}

    @property
    def sha256(self) -> str:
        """Hash (hex) of the canonical JSON form."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @classmethod
    def from_json(cls, data: object) -> Split:
        """Read a split.

        Raises
        ------
        UsageError
            It is damaged or of another schema.
        """
        try:
            if not isinstance(data, dict) or data["schema"] != SCHEMA:
                raise KeyError("schema")
            return cls({part: tuple(sorted(map(str, data["parts"][part]))) for part in PARTS}, str(data["salt"]))
        except (KeyError, TypeError) as error:
            raise UsageError(f"The split is not of the form {SCHEMA}.", thing=data) from error

    def write(self, path: Path) -> None:
        """Store it, and its hash beside it as ``<name>.sha256``."""
        atomic.write_json(path, self.to_json())
        atomic.write_text(path.with_suffix(".sha256"), self.sha256 + "\n")

    @classmethod
    def read(cls, path: Path) -> Split:
        """Read a stored split and check its hash.

        Raises
        ------
        UsageError
            It cannot be read, or was changed after it was stored.
        LeakError
            A case stands on two of its sides.
        """
        try:
            split = cls.from_json(json.loads(path.read_text(encoding="utf-8")))
            stored = path.with_suffix(".sha256").read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"The split {path} or the .sha256 file beside it cannot be read; make it again.", thing=path
            ) from error
        if stored != split.sha256:
            raise UsageError(
                f"The split {path} was changed after it was stored; take the original, or make it again.", thing=path
            )
        return split


def split_by_patient(
    members: Sequence[Member], *, shares: tuple[float, float, float] = SHARES, salt: str = ""
) -> Split:
    """Deal patients to the parts, each label by itself, in the order of the hash of salt and patient.

    The same patients give the same split whatever their order; cases of one patient stay together.

    Raises
    ------
    UsageError
        The shares are impossible, there are too few patients for both labels on each side, or most cases claim to be
        one patient.
    """
    if min(shares) <= 0 or abs(sum(shares) - 1) > 1e-9:
        raise UsageError("The shares of a split are positive and sum to one.", thing=shares)
    cases: dict[str, list[str]] = {}
    labels: dict[str, int] = {}
    for member in members:
        cases.setdefault(member.patient, []).append(member.case_id)
        labels[member.patient] = max(member.label, labels.get(member.patient, 0))
    _check_not_one(cases)
    dealt: dict[str, list[str]] = {part: [] for part in PARTS}
    for label in sorted(set(labels.values())):
        ordered = sorted((p for p in labels if labels[p] == label), key=lambda p: _hash(f"{salt}:{p}"))
        for part, group in zip(PARTS, _cut(ordered, shares), strict=True):
            dealt[part].extend(case_id for patient in group for case_id in cases[patient])
    split = Split({part: tuple(sorted(ids)) for part, ids in dealt.items()}, salt)
    check_classes(split, members)
    return split


def check_classes(split: Split, members: Iterable[Member]) -> None:
    """Stop when a side holds no patient with, or none without the disease: its figures would not be defined.

    Raises
    ------
    UsageError
        Of a split of the file, patients that are not in the data do not count.
    """
    labels = {member.case_id: member.label for member in members}
    for part in PARTS:
        held = {labels[case_id] for case_id in split.parts[part] if case_id in labels}
        if not held:
            raise UsageError(
                f"None of the patients on the {part} side of the split is among the usable data; use the split "
                "of these data, or make one anew.",
                thing=part,
            )
        if len(held) == 1:
            which = "without" if held == {1} else "with"
            raise UsageError(
                f"The {part} side of the split holds no patient {which} the disease; more of them are needed, or other "
                "shares.",
                thing=part,
            )


def check_no_leak(split: Split, members: Iterable[Member]) -> None:
    """Stop when a patient, study, instance or picture stands on two sides.

    Raises
    ------
    LeakError
        With the kind and the number of shared marks.
    """
    side = {case_id: part for part in PARTS for case_id in split.parts[part]}
    seen: dict[str, str] = {}
    shared: dict[str, int] = {}
    for member in members:
        part = side.get(member.case_id)
        if part is None:
            continue
        for mark in {*member.marks, f"patient:{member.patient}"}:
            if seen.setdefault(mark, part) != part:
                kind = mark.partition(":")[0]
                shared[kind] = shared.get(kind, 0) + 1
    if shared:
        found = ", ".join(f"{count} {kind}" for kind, count in sorted(shared.items()))
        raise LeakError(
            f"The split leaks: shared between its sides are {found}; nothing is trained until leuko-trainer prepare, "
            "which lists what is shared by whom, finds no such folders any more.",
            thing=shared,
        )


def _check_not_one(cases: Mapping[str, Sequence[str]]) -> None:
    """Anonymization may give all patients one id."""
    total = sum(len(ids) for ids in cases.values())
    largest = max((len(ids) for ids in cases.values()), default=0)
    if total >= _LEAST_FOR_DOUBT and 2 * largest > total:
        raise UsageError(
            f"{largest} of {total} folders carry one and the same DICOM patient id, as anonymization may leave it; say "
            "who is who in the column patient of a CSV of folders and labels.",
            thing=largest,
        )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _cut(ordered: list[str], shares: tuple[float, float, float]) -> list[list[str]]:
    first = round(len(ordered) * shares[0])
    second = first + round(len(ordered) * shares[1])
    return [ordered[:first], ordered[first:second], ordered[second:]]
