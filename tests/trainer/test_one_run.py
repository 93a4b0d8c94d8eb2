"""What the parts of a run say of it."""

from __future__ import annotations

import pytest

from trainer.data.cache import PreparedCase
from trainer.experiments.config import load
from trainer.one_run import training_range


def _case(name: str, **about: float | str) -> PreparedCase:
    return PreparedCase(name, 0, name, (30, 256, 256), (0,), (), name, **about)


TRAIN = (
    _case("a", thickness_mm=3.0, spacing_mm=3.0, kernel="H31s"),
    _case("b", thickness_mm=5.0, spacing_mm=4.5, kernel="H30s"),
    _case("c"),
)
VALIDATION = (_case("d", thickness_mm=1.0, spacing_mm=0.7, kernel="H60h"),)
LEARNED = {"thickness_mm": [3.0, 5.0], "spacing_mm": [3.0, 4.5], "kernels": ["H30s", "H31s"]}
READ_OUT = {"thickness_mm": [1.0, 1.0], "spacing_mm": [0.7, 0.7], "kernels": ["H60h"]}


@pytest.mark.parametrize(("epochs", "expected"), [(1, LEARNED), (0, READ_OUT)])
def test_the_range_is_of_the_patients_that_something_was_learned_from(epochs: int, expected: object) -> None:
    config = load("leukoencephalopathy", changes=[f"optimize.epochs={epochs}"])
    assert training_range(config, TRAIN, validation=VALIDATION) == expected


def test_what_no_header_states_is_not_in_the_range() -> None:
    config = load("leukoencephalopathy")
    found = training_range(config, TRAIN[2:], validation=VALIDATION)
    assert found == {"thickness_mm": None, "spacing_mm": None, "kernels": []}
