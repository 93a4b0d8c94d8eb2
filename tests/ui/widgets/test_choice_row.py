"""A row of choices: one or none is chosen, by mouse and keys, and told once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.choice_row import ChoiceRow

CHOICES = (("a", "Alpha", "The first"), ("b", "Beta", "The second"), ("c", "Gamma", "The third"))


def _row(qtbot: QtBot, *, can_clear: bool = False) -> tuple[ChoiceRow, list[str]]:
    row = ChoiceRow("Letter", CHOICES, can_clear=can_clear)
    qtbot.addWidget(row)
    told: list[str] = []
    row.chosen.connect(told.append)
    row.show()
    qtbot.waitUntil(row.isVisible)
    return row, told


@pytest.mark.parametrize(("can_clear", "value", "told"), [(False, "b", ["b"]), (True, "", ["b", ""])])
def test_a_second_click_takes_the_choice_away_only_where_it_may(
    qtbot: QtBot, can_clear: bool, value: str, told: list[str]
) -> None:
    row, heard = _row(qtbot, can_clear=can_clear)
    for _ in range(2):
        row.button("b").click()
    assert (row.value, heard) == (value, told)
    assert row.button("b").isChecked() is bool(value)


def test_what_is_set_is_shown_and_not_told(qtbot: QtBot) -> None:
    row, heard = _row(qtbot)
    row.set_value("c")
    row.set_value("unknown")
    assert (row.value, heard) == ("", [])
    assert not any(row.button(value).isChecked() for value in "abc")


def test_arrows_go_around_and_space_chooses(qtbot: QtBot) -> None:
    row, heard = _row(qtbot)
    row.activateWindow()
    qtbot.waitUntil(row.isActiveWindow)
    row.set_value("c")
    row.focus()
    assert row.button("c").hasFocus()
    QTest.keyClick(row.button("c"), Qt.Key.Key_Right)
    assert row.button("a").hasFocus()
    assert heard == []
    QTest.keyClick(row.button("a"), Qt.Key.Key_Space)
    assert heard == ["a"]
    QTest.keyClick(row.button("a"), Qt.Key.Key_Left)
    assert row.button("c").hasFocus()


def test_each_button_says_what_is_chosen_with_it(qtbot: QtBot) -> None:
    row, _ = _row(qtbot)
    button = row.button("b")
    assert (button.accessibleName(), button.toolTip()) == ("Letter: Beta", "The second")
