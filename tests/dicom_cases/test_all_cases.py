"""All 58 cases have their test: each is marked with its number, wherever in the suite it stands."""

from __future__ import annotations

import re
from pathlib import Path

CASES = 58
_MARK = re.compile(r"^@pytest\.mark\.case\(([\d, ]+)\)$", re.MULTILINE)


def test_every_case_from_1_to_58_is_marked_on_a_test() -> None:
    found: set[int] = set()
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        for numbers in _MARK.findall(path.read_text(encoding="utf-8")):
            found |= {int(number) for number in numbers.split(",")}
    assert sorted(found) == list(range(1, CASES + 1))


def test_a_case_in_a_name_is_the_case_of_its_mark() -> None:
    marked = re.compile(r"@pytest\.mark\.case\((\d+)\)\n(?:@.*\n|    .*\n|\)\n)*?def test_case_(\d+)_")
    pairs = [
        pair for path in sorted(Path(__file__).parent.glob("test_*.py")) for pair in marked.findall(path.read_text())
    ]
    assert len(pairs) > CASES - 5
    assert all(int(mark) == int(name) for mark, name in pairs)
