"""Marks controls that do the same as an action, so that their tips can end with its key, whichever the reader chose."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_ACTIONS = "keysOfActions"


def tell_keys(widget: QWidget, *actions: str) -> None:
    """Let a control's tip end with the keys of these actions, by their ids."""
    widget.setProperty(_ACTIONS, " ".join(actions))


def told_keys(widget: QWidget) -> tuple[str, ...]:
    """Ids of the actions whose keys a control's tip ends with; none for most."""
    found = widget.property(_ACTIONS)
    return tuple(found.split()) if isinstance(found, str) else ()
