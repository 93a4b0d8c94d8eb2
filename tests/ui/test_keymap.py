"""Keys: what is a key, who has it, what is remembered, and what becomes of what cannot be used."""

from __future__ import annotations

import pytest

from leukoviewer.settings import Keys
from leukoviewer.ui.actions import ACTIONS
from leukoviewer.ui.keymap import Keymap, is_of_widgets, native, normal


@pytest.mark.parametrize(
    ("key", "expected"),
    [("ctrl+j", "Ctrl+J"), ("Shift+F", "Shift+F"), ("[", "["), ("F12", "F12"), ("Ctrl+,", "Ctrl+,"), ("", ""),
     ("Foo+X", ""), ("Ctrl+", ""), ("Ctrl", ""), ("K, L", ""), ("nonsense", "")],
)  # fmt: skip
def test_what_is_a_key_and_how_it_is_written(key: str, expected: str) -> None:
    assert normal(key) == expected


def test_without_changes_every_action_has_its_own_keys() -> None:
    keymap = Keymap()
    assert all(keymap.keys(spec.id) == tuple(map(normal, spec.keys)) for spec in ACTIONS)
    assert not any(keymap.is_changed(spec.id) for spec in ACTIONS)
    assert keymap.to_settings() == ()


def test_every_action_of_the_program_has_keys_that_leave_those_of_widgets_alone() -> None:
    assert not any(is_of_widgets(normal(key)) for spec in ACTIONS for key in spec.keys if key != "Esc")


def test_a_new_key_replaces_the_old_ones_and_is_remembered() -> None:
    keymap = Keymap().with_keys("slice.next", ("Ctrl+J",))
    assert keymap.keys("slice.next") == ("Ctrl+J",)
    assert keymap.holder("Ctrl+J") == "slice.next"
    assert keymap.holder("Down") == ""
    assert Keymap.from_settings(keymap.to_settings()) == (keymap, ())


def test_who_had_the_key_loses_it_and_gets_it_back_by_reset() -> None:
    keymap = Keymap().with_keys("slice.next", ("N",))
    assert keymap.keys("suspicious.next") == ()
    assert keymap.is_changed("suspicious.next")
    back = keymap.reset("suspicious.next")
    assert back.keys("suspicious.next") == ("N",)
    assert back.keys("slice.next") == ()
    assert back.reset("slice.next") == Keymap()


def test_a_key_of_a_later_version_stays_with_whom_the_reader_gave_it_to() -> None:
    keymap, problems = Keymap.from_settings((("slice.next", ("N",)),))
    assert problems == ()
    assert keymap.holder("N") == "slice.next"
    assert keymap.keys("suspicious.next") == ()


@pytest.mark.parametrize(
    ("remembered", "told"),
    [
        ((("gone.action", ("Ctrl+J",)),), "gone.action"),
        ((("slice.next", ("Foo+X",)),), "Next slice: Foo+X"),
        ((("slice.next", ("Tab",)),), "Next slice: Tab"),
        ((("slice.next", ("Esc",)),), "Next slice: Esc"),
        ((("model.cancel", ("Ctrl+J",)),), "model.cancel"),
        ((("slice.next", ("Ctrl+J",)), ("slice.last", ("ctrl+j",))), "Last slice: ctrl+j"),
        ((("slice.next", ("Ctrl+J", "Ctrl+J")),), "Next slice: Ctrl+J, Ctrl+J"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_out(remembered: Keys, told: str) -> None:
    keymap, problems = Keymap.from_settings(remembered)
    assert problems == (told,)
    assert keymap.own.keys() <= {"slice.next"}


@pytest.mark.parametrize("own", [{"slice.next": ("Foo",)}, {"x": ("A",)}, {"slice.next": ("A",), "slice.last": ("A",)}])
def test_a_map_that_cannot_be_is_refused(own: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match=r"no key|no such action"):
        Keymap(own)


def test_esc_always_stops() -> None:
    with pytest.raises(ValueError, match="keeps its keys"):
        Keymap().with_keys("slice.next", ("Esc",))


def test_keys_are_written_as_the_platform_does() -> None:
    assert native("Ctrl+J")
