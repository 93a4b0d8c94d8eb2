"""The mutator breaks what it says, everything that it should, and nothing else."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from tests.mutation.operators import Mutant, mutants


def changes(source: str) -> list[str]:
    return [one.change for one in mutants("m", source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["comparison: a < b -> a <= b"]),
        ("a <= b < c", ["comparison: a <= b < c -> a < b < c", "comparison: a <= b < c -> a <= b <= c"]),
        ("x is None", ["comparison: x is None -> x is not None"]),
        ("a + b", ["arithmetic: a + b -> a - b"]),
        ("a and b", ["and/or: a and b -> a or b"]),
        ("not a", ["sign: not a -> not not a"]),
        ("-a", ["sign: -a -> +a"]),
        ("f(3)", ["constant: 3 -> 4"]),
        ("f(True)", ["constant: True -> False"]),
        ("f(0.5)", ["constant: 0.5 -> 1.0"]),
        ("max(a, b)", ["function: max(a, b) -> min(a, b)"]),
        ("np.argmax(a)", ["function: np.argmax(a) -> np.argmin(a)"]),
        ("a if b else c", ["condition: a if b else c -> a if not b else c"]),
    ],
)
def test_each_rule_is_broken_in_each_of_its_ways(source: str, expected: list[str]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "'text'",
        "def f(a: int | None = None) -> str | None: pass",
        "f'{a + 1}'",
        "raise E('a' + b)",
        "@cache(3)\ndef f(): pass",
    ],
)
def test_texts_annotations_and_messages_are_left_alone(source: str) -> None:
    assert changes(source) == []


def test_a_mutant_differs_from_its_module_in_one_place() -> None:
    source = "def f(a):\n    if a > 1 and a < 9:\n        return a * 2\n    return 0\n"
    true = ast.unparse(ast.parse(source)).splitlines()
    for mutant in mutants("m", source):
        changed = ast.unparse(mutant.tree()).splitlines()
        assert sum(one != other for one, other in zip(true, changed, strict=True)) == 1
        assert true[mutant.line - 1] != changed[mutant.line - 1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="mutants are tried in forked processes")
def test_a_mutant_is_killed_by_the_test_that_notices_and_the_true_code_by_none() -> None:
    from tests.mutation.trial import judge

    module = "leukoviewer.core.window"
    source = (Path(__file__).parents[2] / "leukoviewer/core/window.py").read_text()
    noticed = [one for one in mutants(module, source) if "self.width - 1 -> self.width + 1" in one.change]
    test = "tests/core/test_window.py::test_window_128_256_shows_gray_levels_as_they_are"
    assert isinstance(noticed[0], Mutant)
    assert judge(noticed[0], [test], 60.0).endswith("test_window_128_256_shows_gray_levels_as_they_are")
    assert judge(None, [test], 60.0) == ""
