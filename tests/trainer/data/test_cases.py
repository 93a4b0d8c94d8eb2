"""What every source must give, and what training asks for beyond."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from trainer.data.cases import Case, CaseSet


def _set(*labels: int) -> CaseSet:
    return CaseSet(tuple(Case(str(i), Path(str(i)), label) for i, label in enumerate(labels)), "made up", True)


@pytest.mark.parametrize(("labels", "missing"), [((0, 0), "with the disease"), ((1,), "without the disease")])
def test_training_asks_for_patients_of_both_kinds_and_a_cohort_alone_does_not(
    labels: tuple[int, ...], missing: str
) -> None:
    found = _set(*labels)
    with pytest.raises(UsageError, match=f"no patient {missing}; training needs both"):
        found.with_both()
    both = _set(*labels, 0, 1)
    assert both.with_both() is both


def test_two_patients_of_one_id_are_refused() -> None:
    case = Case("7", Path("a"), 1)
    with pytest.raises(UsageError, match="the same patient id; give each patient one folder"):
        CaseSet((case, Case("7", Path("b"), 0)), "made up", True)


def test_no_patients_at_all_are_refused() -> None:
    with pytest.raises(UsageError, match="no patient that can be used; check the folder"):
        _set()
