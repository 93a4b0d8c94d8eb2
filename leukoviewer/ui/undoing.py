"""One undo for all that can be taken back: the last step first, wherever it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QObject

from leukoviewer.ui.session import Session


class Book(Protocol):
    """What keeps steps."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        ...

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A book with the ways to undo and redo its last step."""

    book: Book
    undo: Callable[[], None]
    redo: Callable[[], None]


@dataclass(slots=True)
class _Order:
    past: list[str] = field(default_factory=list)
    future: list[str] = field(default_factory=list)


class Undoing(QObject):
    """Remembers for each series in which book the last steps were made.

    Parameters
    ----------
    session : Session
        Which series is shown.
    sources : dict of str to Source
        The books by name.
    """

    def __init__(self, session: Session, sources: dict[str, Source], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._sources = session, sources
        self._orders: dict[str, _Order] = {}

    def note(self, name: str) -> None:
        """A step was made in this book; what was taken back before cannot be redone any more."""
        order = self._order()
        order.past.append(name)
        order.future.clear()

    def undo(self) -> None:
        """Take back the last step of the shown series."""
        order = self._order()
        able = [name for name, source in self._sources.items() if source.book.can_undo]
        name = _last(order.past, able) or next(iter(able), "")
        if name:
            order.future.append(name)
            self._sources[name].undo()

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        order = self._order()
        name = _last(order.future, [name for name, source in self._sources.items() if source.book.can_redo])
        if name:
            order.past.append(name)
            self._sources[name].redo()

    def _order(self) -> _Order:
        series = self._session.series
        return self._orders.setdefault("" if series is None else series.key, _Order())


def _last(order: list[str], able: list[str]) -> str:
    """Take the last name off that is able; names whose steps are gone are dropped on the way."""
    while order:
        name = order.pop()
        if name in able:
            return name
    return ""
