"""One undo for several books: the last step first, whatever book it was made in, each series by itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from leukoviewer.core.series import Catalog
from leukoviewer.ui.session import Session
from leukoviewer.ui.undoing import Source, Undoing
from tests.display import scene


@dataclass
class _Book:
    past: list[int] = field(default_factory=list)
    future: list[int] = field(default_factory=list)

    @property
    def can_undo(self) -> bool:
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        return bool(self.future)

    def undo(self) -> None:
        self.future.append(self.past.pop())

    def redo(self) -> None:
        self.past.append(self.future.pop())


class _Desk:
    def __init__(self) -> None:
        self.session = Session()
        self.session.open_catalog(Catalog((scene.series(4), replace(scene.series(4), key="second"))))
        self.session.show_series("1.2.3")
        self.books = {"a": _Book(), "b": _Book()}
        sources = {name: Source(book, book.undo, book.redo) for name, book in self.books.items()}
        self.undoing = Undoing(self.session, sources)

    def step(self, name: str, number: int) -> None:
        self.books[name].past.append(number)
        self.books[name].future.clear()
        self.undoing.note(name)

    @property
    def state(self) -> tuple[list[int], list[int]]:
        return self.books["a"].past, self.books["b"].past


@pytest.fixture
def desk() -> _Desk:
    return _Desk()


def test_steps_go_back_and_forth_in_their_order(desk: _Desk) -> None:
    for number, name in enumerate("abba"):
        desk.step(name, number)
    seen = []
    for _ in range(4):
        desk.undoing.undo()
        seen.append(tuple(map(tuple, desk.state)))
    assert seen == [((0,), (1, 2)), ((0,), (1,)), ((0,), ()), ((), ())]
    desk.undoing.undo()
    for _ in range(5):
        desk.undoing.redo()
    assert desk.state == ([0, 3], [1, 2])


def test_a_new_step_ends_what_could_be_redone_in_the_other_book(desk: _Desk) -> None:
    desk.step("a", 0)
    desk.undoing.undo()
    desk.step("b", 1)
    desk.undoing.redo()
    assert desk.state == ([], [1])


def test_each_series_has_its_own_order_and_lost_steps_are_passed_over(desk: _Desk) -> None:
    desk.step("a", 0)
    desk.step("b", 1)
    desk.session.show_series("second")
    desk.step("a", 2)
    desk.undoing.undo()
    assert desk.state == ([0], [1])
    desk.session.show_series("1.2.3")
    desk.books["b"].past.clear()
    desk.undoing.undo()
    assert desk.state == ([], [])
