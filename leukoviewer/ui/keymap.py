"""Which keys do what: the program's own, and those that the reader put in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtGui import QKeySequence

from leukoviewer.settings import Keys
from leukoviewer.ui.actions import ACTIONS, ActionSpec

SPECS: Mapping[str, ActionSpec] = MappingProxyType({spec.id: spec for spec in ACTIONS})
# Esc leaves fields, tools and full screen, and closes dialogs: it must always do so.
FIXED = frozenset({"model.cancel"})
# Sentences name an action by the first key that the program gave it; a number in brackets is a number.
_BY_KEY: Mapping[str, str] = MappingProxyType(
    {spec.keys[0]: name for name, spec in SPECS.items() if spec.keys and not spec.keys[0].isdigit()}
)
_IN_BRACKETS = re.compile(r" \(([^()\s]+)\)")
# What moves the focus and presses the button that has it.
_OF_WIDGETS = frozenset({"Esc", "Tab", "Shift+Tab", "Shift+Backtab", "Backtab", "Return", "Enter", "Space"})


def normal(key: str) -> str:
    """A key as Qt writes it in every language; empty for what is no key, or more than one in a row."""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return text if sequence.count() == 1 and QKeySequence(text) == sequence and _has_key(sequence) else ""


def native(key: str) -> str:
    """A key as this platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def is_of_widgets(key: str) -> bool:
    """Whether a key is needed to go from field to field, to press buttons and to leave."""
    return key in _OF_WIDGETS


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of all actions.

    Attributes
    ----------
    own : mapping of str to tuple of str
        Ids of actions with the keys that the reader gave them, none of them twice.
    """

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = [key for keys in self.own.values() for key in keys]
        if len(given) != len(set(given)) or any(normal(key) != key for key in given):
            raise ValueError("a key is no key, or stands twice")
        if not self.own.keys() <= SPECS.keys() - FIXED:
            raise ValueError("there is no such action")

    @classmethod
    def from_settings(cls, remembered: Keys) -> tuple[Keymap, tuple[str, ...]]:
        """The remembered keys that can be used, and words on each that cannot."""
        own: dict[str, tuple[str, ...]] = {}
        problems: list[str] = []
        taken: set[str] = set()
        for action, keys in remembered:
            found = tuple(normal(key) for key in keys)
            if action not in SPECS or action in FIXED:
                problems.append(action)
            elif not all(found) or is_any_of_widgets(found) or taken & set(found) or len(set(found)) < len(found):
                problems.append(f"{SPECS[action].text.rstrip('…')}: {', '.join(keys)}")
            else:
                own[action] = found
                taken |= set(found)
        return cls(own), tuple(problems)

    def to_settings(self) -> Keys:
        """What is remembered: the changed keys alone."""
        return tuple(sorted(self.own.items()))

    def keys(self, action: str) -> tuple[str, ...]:
        """Keys of an action: those that the reader gave it, else its own ones that no other action was given."""
        if action in self.own:
            return self.own[action]
        taken = {key for keys in self.own.values() for key in keys}
        return tuple(key for key in map(normal, SPECS[action].keys) if key not in taken)

    def is_changed(self, action: str) -> bool:
        """Whether an action has other keys than its own."""
        return self.keys(action) != _default(action)

    def told(self, text: str) -> str:
        """A sentence with the keys of today: ``(M)`` becomes ``(Ctrl+M)`` when the model runs by that."""

        def today(found: re.Match[str]) -> str:
            name = _BY_KEY.get(found.group(1))
            if name is None or not self.is_changed(name):
                return found.group()
            keys = self.keys(name)
            return f" ({native(keys[0])})" if keys else ""

        # All at once: two actions may have changed their keys for each other's.
        return _IN_BRACKETS.sub(today, text)

    def holder(self, key: str) -> str:
        """Id of the action that has a key; empty when it is free."""
        return next((action for action in SPECS if key in self.keys(action)), "")

    def with_keys(self, action: str, keys: Iterable[str]) -> Keymap:
        """Give an action these keys alone; whoever had one of them loses it.

        Raises
        ------
        ValueError
            The action does not exist or keeps its keys, or what is given is no key.
        """
        wanted = tuple(dict.fromkeys(keys))
        changed = dict(self.own)
        for other in SPECS:
            left = tuple(key for key in self.keys(other) if key not in wanted)
            if other != action and left != self.keys(other):
                if other in FIXED:
                    raise ValueError("this action keeps its keys")
                changed[other] = left
        changed[action] = wanted
        return Keymap(_different(changed))

    def reset(self, action: str) -> Keymap:
        """Give an action its own keys back; whoever had one of them loses it."""
        return self.with_keys(action, _default(action))


def is_any_of_widgets(keys: Iterable[str]) -> bool:
    """Whether one of these is needed to go from field to field and to press buttons."""
    return any(is_of_widgets(key) for key in keys)


def words(keys: Iterable[str], text: Callable[[str], str] = native) -> str:
    """Keys as the reader sees them."""
    return ", ".join(text(key) for key in keys)


def _default(action: str) -> tuple[str, ...]:
    return tuple(normal(key) for key in SPECS[action].keys)


def _different(own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {action: keys for action, keys in own.items() if keys != _default(action)}


def _has_key(sequence: QKeySequence) -> bool:
    """Ctrl, Shift and Alt alone are no key."""
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return bool(text) and text.rpartition("+")[2] not in {"Ctrl", "Shift", "Alt", "Meta"}
