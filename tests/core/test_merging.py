"""Changes of two windows are brought together: mine where I changed something, the other's elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leukoviewer.core.merging import merged, merged_set

BASE = {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        (BASE, BASE, BASE),
        (BASE | {"a": 9}, BASE, BASE | {"a": 9}),
        (BASE, BASE | {"a": 9}, BASE | {"a": 9}),
        (BASE | {"a": 8}, BASE | {"a": 9, "b": 7}, BASE | {"a": 8, "b": 7}),
        ({"a": 1, "b": 2}, BASE | {"d": 4}, {"a": 1, "b": 2, "d": 4}),
        (BASE | {"e": 5}, {"a": 1}, {"a": 1, "e": 5}),
        ({}, BASE | {"a": 9}, {}),
        (BASE | {"a": 9}, {}, {"a": 9}),
    ],
    ids=["nothing", "mine", "theirs", "both", "one away, one new", "two away, one new", "all away", "changed and away"],
)
def test_each_keeps_what_the_other_did_not_touch(
    mine: dict[str, int], theirs: dict[str, int], found: dict[str, int]
) -> None:
    assert merged(BASE, mine, theirs) == found


_TABLES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))


@settings(max_examples=60, deadline=None)
@given(_TABLES, _TABLES, _TABLES)
def test_nothing_is_made_up_and_nothing_is_lost(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    found = merged(base, mine, theirs)
    assert merged(base, mine, base) == mine
    assert merged(base, base, theirs) == theirs
    for key in "abcd":
        assert found.get(key) == (mine.get(key) if mine.get(key) != base.get(key) else theirs.get(key))
    keys = [set(each) for each in (base, mine, theirs)]
    assert merged_set(*keys) == set(merged(*(dict.fromkeys(each, 0) for each in keys)))


def test_the_order_is_mine_then_the_new_ones() -> None:
    assert list(merged({"a": 1, "b": 2}, {"b": 2, "a": 1, "m": 3}, {"t": 4, "a": 1, "b": 2})) == ["b", "a", "m", "t"]
