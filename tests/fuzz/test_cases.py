"""Cases: the same on every machine and in every process, of every kind of damage, and really damaged."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz.cases import Case, Step, bases, case_of, damaged, shipped_files
from tests.fuzz.mutations import LATE, TREE

DIGEST = """
import hashlib
from tests.fuzz.cases import case_of, damaged
print(hashlib.sha256(b"".join(damaged(case_of(3, index)) for index in range(40))).hexdigest())
"""


def test_a_case_is_the_same_in_another_process(repository: Path) -> None:
    told = subprocess.run([sys.executable, "-c", DIGEST], cwd=repository, check=True, capture_output=True, text=True)
    here = hashlib.sha256(b"".join(damaged(case_of(3, index)) for index in range(40))).hexdigest()
    assert told.stdout.strip() == here


def test_seeds_and_indices_make_different_cases() -> None:
    cases = {case_of(seed, index) for seed in (1, 2) for index in range(200)}
    assert len(cases) == 400


def test_every_kind_of_damage_and_every_kind_of_file_is_drawn() -> None:
    cases = [case_of(1, index) for index in range(3000)]
    names = Counter(step.name for case in cases for step in case.steps)
    assert set(names) == {*TREE, *LATE}
    assert min(names.values()) > 50
    # All phantoms, and nearly all of pydicom's files.
    assert {name for name in bases() if not name.startswith("pydicom/")} <= {case.base for case in cases}
    assert len({case.base for case in cases}) > 0.9 * len(bases())


# Damage that needs what not every file has.
_NEEDS = {"offsets": "phantom/rle", "fragments": "phantom/frames-rle", "boxes": "phantom/j2k"}


@pytest.mark.parametrize("name", [*TREE, *LATE])
def test_damage_changes_the_file(name: str) -> None:
    base = _NEEDS.get(name, "phantom/frames-explicit")
    changed = [damaged(Case(base, (Step(name, seed),))) != bases()[base] for seed in range(20)]
    assert sum(changed) >= 10


def test_no_step_leaves_the_file_as_it_is() -> None:
    assert damaged(Case("phantom/rle", ())) == bases()["phantom/rle"]


def test_all_of_pydicoms_own_files_are_known() -> None:
    names = {path.name for path in shipped_files()}
    assert len(shipped_files()) > 160
    assert {"CT_small.dcm", "DICOMDIR", "JPEG2000.dcm", "chrH31.dcm", "693_J2KI.dcm"} <= names
