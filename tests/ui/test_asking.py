"""The file that a dialog named: its ending is added, never put in place of what follows a point."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer.ui.asking import file_for


@pytest.mark.parametrize(
    ("named", "becomes"),
    [
        ("labels", "labels.csv"),
        ("labels.csv", "labels.csv"),
        ("LABELS.CSV", "LABELS.CSV"),
        ("dose 1.5", "dose 1.5.csv"),
    ],
)
def test_a_name_keeps_all_of_its_letters(tmp_path: Path, named: str, becomes: str) -> None:
    told: list[str] = []
    assert file_for(str(tmp_path / named), ".csv", told.append) == tmp_path / becomes
    assert not told


def test_a_file_is_not_replaced_that_the_dialog_did_not_ask_about(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("kept")
    told: list[str] = []
    assert file_for(str(tmp_path / "labels"), ".csv", told.append) is None
    assert told == ["labels.csv is there already; choose another name."]


def test_a_file_whose_very_name_was_given_was_asked_about(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("old")
    told: list[str] = []
    assert file_for(str(tmp_path / "labels.csv"), ".csv", told.append) == tmp_path / "labels.csv"
    assert not told


def test_no_name_is_no_file(tmp_path: Path) -> None:
    assert file_for("", ".csv", pytest.fail) is None


def test_a_name_that_no_file_can_have_is_left_to_the_writing(tmp_path: Path) -> None:
    """It tells why it cannot write; the ending makes a name too long that was not."""
    name = "n" * 253
    assert file_for(str(tmp_path / name), ".csv", pytest.fail) == tmp_path / f"{name}.csv"
