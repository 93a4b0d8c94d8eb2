from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from leukoviewer.errors import PackageError
from leukoviewer.packages.fields import Fields


def _fields(value: object) -> Fields:
    return Fields(value, "The model x")


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_only_a_json_object_has_fields(value: object) -> None:
    with pytest.raises(PackageError, match="no JSON object"):
        _fields(value)


@pytest.mark.parametrize(
    ("value", "read", "expected"),
    [
        ("word", lambda f: f.text("k"), "word"),
        ("", lambda f: f.text("k", empty=True), ""),
        (False, lambda f: f.flag("k"), False),
        (7, lambda f: f.whole("k"), 7),
        (7, lambda f: f.number("k"), 7.0),
        (0.25, lambda f: f.number("k"), 0.25),
        (None, lambda f: f.interval("k"), None),
        ([1, 2.5], lambda f: f.interval("k"), (1.0, 2.5)),
        (["a", "b"], lambda f: f.texts("k"), ("a", "b")),
        ({"a": 1, "b": "t", "c": True}, lambda f: f.details("k"), (("a", 1), ("b", "t"), ("c", True))),
        (None, lambda f: f.optional_part("k"), None),
        ({"deep": "x"}, lambda f: f.part("k").text("deep"), "x"),
        ([{"deep": "x"}, {"deep": "y"}], lambda f: [p.text("deep") for p in f.parts("k")], ["x", "y"]),
    ],
)
def test_a_field_of_the_asked_kind_is_read(value: object, read: Callable[[Fields], Any], expected: object) -> None:
    assert read(_fields({"k": value})) == expected


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (" ", lambda f: f.text("k")),
        (3, lambda f: f.text("k")),
        (1, lambda f: f.flag("k")),
        (True, lambda f: f.whole("k")),
        (-1, lambda f: f.whole("k")),
        (1.5, lambda f: f.whole("k")),
        (math.nan, lambda f: f.number("k")),
        (math.inf, lambda f: f.number("k")),
        pytest.param(10**400, lambda f: f.number("k"), id="beyond all bounds"),
        ([0, -(10**400)], lambda f: f.interval("k")),
        (True, lambda f: f.number("k")),
        ([1], lambda f: f.interval("k")),
        ([2, 1], lambda f: f.interval("k")),
        ([1, "2"], lambda f: f.interval("k")),
        (["a", 1], lambda f: f.texts("k")),
        ("ab", lambda f: f.texts("k")),
        ({"a": [1]}, lambda f: f.details("k")),
        ([], lambda f: f.part("k")),
        ({}, lambda f: f.parts("k")),
        ([1], lambda f: f.parts("k")),
    ],
)
def test_a_field_of_another_kind_is_refused_by_name(value: object, read: Callable[[Fields], Any]) -> None:
    with pytest.raises(PackageError, match=r"The model x cannot be used: in its manifest, k.*install"):
        read(_fields({"k": value}))


def test_a_missing_field_is_named_with_its_path() -> None:
    with pytest.raises(PackageError, match=r"outer\.inner is missing"):
        _fields({"outer": {}}).part("outer").text("inner")


def test_a_field_that_nobody_reads_is_refused() -> None:
    fields = _fields({"known": "a", "surplus": 1})
    fields.text("known")
    with pytest.raises(PackageError, match="surplus is unknown"):
        fields.end()
