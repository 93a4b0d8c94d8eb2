"""Reading of definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from trainer.experiments.definition import laid_over, near_names, read_changes, read_definition

NAMES = ("optimize", "optimize.epochs", "optimize.batch_size", "data", "data.recipe")


@pytest.mark.parametrize(
    ("wrong", "first"),
    [
        ("optimize.epohcs", "optimize.epochs"),
        ("epochs", "optimize.epochs"),
        ("recpie", "data.recipe"),
        ("optimise", "optimize"),
        ("data.batch_size", "optimize.batch_size"),
    ],
)
def test_a_wrong_name_is_answered_by_the_nearest(wrong: str, first: str) -> None:
    assert near_names(wrong, NAMES).startswith(f"; near it are {first}")


def test_a_name_far_from_all_is_answered_by_nothing() -> None:
    assert near_names("zzz.qqq", NAMES) == ""


def test_tables_are_laid_over_one_by_one_and_neither_is_changed() -> None:
    below, above = {"a": {"x": 1, "y": [1]}, "b": 2}, {"a": {"x": 3}, "c": {"z": 4}}
    assert laid_over(below, above) == {"a": {"x": 3, "y": [1]}, "b": 2, "c": {"z": 4}}
    assert (below, above) == ({"a": {"x": 1, "y": [1]}, "b": 2}, {"a": {"x": 3}, "c": {"z": 4}})


def test_changes_are_read_in_order_into_tables() -> None:
    read = read_changes(["a.b.c=1", "a.b.d = word", 'a.e="1"', "a.b.c=[2, 3]"])
    assert read == {"a": {"b": {"c": [2, 3], "d": "word"}, "e": "1"}}


@pytest.mark.parametrize("text", ["presets = 3", "[presets]\nfast = 3", ""])
def test_a_preset_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match="no preset 'fast'"):
        read_definition(str(path), preset="fast")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no experiment"):
        read_definition(str(path))
