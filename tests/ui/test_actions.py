"""Actions are data: unique names and keys, all of the promised ones, each with a handler."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from leukoviewer.ui import actions
from leukoviewer.ui.actions import ACTIONS, MENUS, ActionSpec

# Design: "Mouse and keys".
PROMISED = {
    "Up": "slice.previous", "Down": "slice.next", "Shift+Up": "slice.previous10", "Shift+Down": "slice.next10",
    "Home": "slice.first", "End": "slice.last", "PgUp": "series.previous", "PgDown": "series.next",
    "C": "view.cine", "I": "view.invert", "R": "view.reset", "F11": "view.full_screen", "G": "heatmap.toggle",
    "N": "suspicious.next", "Shift+N": "suspicious.previous", "[": "heatmap.less", "]": "heatmap.more",
    "1": "window.preset1", "2": "window.preset2", "3": "window.preset3", "4": "window.preset4", "5": "window.preset5",
    "6": "window.preset6", "7": "window.preset7", "8": "window.dicom", "0": "window.automatic", "F1": "help.keys",
}  # fmt: skip


@pytest.mark.parametrize(("key", "action"), PROMISED.items())
def test_the_promised_keys_are_there(key: str, action: str) -> None:
    assert [spec.id for spec in ACTIONS if key in spec.keys] == [action]


def test_no_name_or_key_is_taken_twice() -> None:
    names = Counter(spec.id for spec in ACTIONS)
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert max(names.values()) == max(keys.values()) == 1


def test_every_key_is_understood_by_qt() -> None:
    for spec in ACTIONS:
        for key in spec.keys:
            assert QKeySequence(key).toString(), key


def test_every_action_says_what_it_does_and_has_its_menu() -> None:
    assert all(spec.tip and spec.text and spec.menu in MENUS for spec in ACTIONS)
    assert {spec.menu for spec in ACTIONS} == set(MENUS)


def test_an_unknown_menu_is_refused() -> None:
    with pytest.raises(ValueError, match="Tools"):
        ActionSpec("x", "Tools", "X")


def test_triggering_calls_the_handler_and_switches_tell_their_state(qtbot: QtBot) -> None:
    calls: list[object] = []
    handlers: dict[str, actions.Handler] = {}
    for spec in ACTIONS:
        if spec.checkable:
            handlers[spec.id] = lambda on, name=spec.id: calls.append((name, on))  # type: ignore[misc]
        else:
            handlers[spec.id] = lambda name=spec.id: calls.append(name)  # type: ignore[misc]
    parent = QObject()
    built = actions.build(parent, handlers)
    for spec in ACTIONS:
        built[spec.id].trigger()
    assert calls == [(spec.id, True) if spec.checkable else spec.id for spec in ACTIONS]


def test_an_action_without_a_handler_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(KeyError):
        actions.build(QObject(), {})


def test_held_keys_repeat_for_steps_but_not_for_switches(qtbot: QtBot) -> None:
    parent = QObject()
    built = actions.build(parent, {spec.id: (lambda *_: None) for spec in ACTIONS})
    assert built["slice.next"].autoRepeat()
    assert not built["heatmap.toggle"].autoRepeat()


def test_an_action_of_a_submenu_is_called_by_both_names_elsewhere() -> None:
    names = {spec.id: spec.names for spec in ACTIONS}
    assert names["cine.faster"] == ("Cine", "Faster")
    assert names["view.cine"] == ("Cine",)
    assert names["slice.next"] == ("Next slice",)
