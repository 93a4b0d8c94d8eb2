"""Thousands of damaged files: each is opened, opened with warnings, or refused with a reason; none does anything else.

``make fuzz N=100000 SEED=.. TABLE=out/fuzz.json`` is the long run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.cases import Case, Step, shipped_files
from tests.fuzz.mutations import LATE, TREE
from tests.fuzz.outcome import Kind
from tests.fuzz.regression import KNOWN
from tests.fuzz.runner import Table, run
from tests.fuzz.worker import Bench

SEED, CASES = 1, 3000


# Two minutes on two idle cores; a busy machine takes its time.
@pytest.mark.timeout(1200)
def test_three_thousand_damaged_files_are_all_opened_or_refused_with_a_reason() -> None:
    table = run(Table(SEED, CASES), workers=2)
    assert table.faults == [], "\n".join(table.lines())
    assert sum(table.kinds.values()) == CASES
    # Damage that nothing survives, or that nothing notices, would prove nothing.
    assert table.kinds[Kind.REFUSED.value] > CASES * 0.2
    assert table.kinds[Kind.WARNED.value] > CASES * 0.1
    assert table.kinds[Kind.OPENED.value] > CASES * 0.01
    assert len(table.reasons) > 30


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    found = Bench(tmp_path_factory.mktemp("bench"))
    yield found
    found.close()


@pytest.mark.parametrize("name", KNOWN)
def test_what_once_broke_something_is_opened_or_refused(bench: Bench, name: str) -> None:
    case = KNOWN[name]
    assert {step.name for step in case.steps} <= {*TREE, *LATE}
    found = bench.outcome(case)
    assert not found.kind.is_fault, found


def test_every_file_that_pydicom_ships_is_classified(bench: Bench) -> None:
    kinds: Counter[Kind] = Counter()
    for path in shipped_files():
        found = bench.opened(path.read_bytes())
        assert not found.kind.is_fault, (path.name, found)
        assert found.kind is Kind.OPENED or found.reason, path.name
        kinds[found.kind] += 1
    assert kinds.total() > 160
    assert kinds[Kind.WARNED] > 3
    assert kinds[Kind.REFUSED] > 100


@pytest.mark.parametrize("path", [p for p in shipped_files() if "charset_files" in p.parts], ids=lambda p: Path(p).name)
def test_every_character_set_is_shown_or_marked(path: Path) -> None:
    """As CT images, so that the names are really read: text without control characters, never an error."""
    from leukoviewer.dicom import tags
    from leukoviewer.dicom.elements import read_elements

    name = read_elements(path).values.person_text(tags.PATIENT_NAME)
    # Two of them have the names of others in a sequence alone.
    assert bool(name) is not path.name.startswith("chrSQEncoding")
    assert not any(ord(letter) < 32 for letter in name), ascii(name)


def test_a_step_of_a_case_can_be_written_down() -> None:
    assert Case("phantom/rle", (Step("lengths", 1),)).has_neighbors is False
    assert KNOWN["pixels cut short among sound slices"].has_neighbors
