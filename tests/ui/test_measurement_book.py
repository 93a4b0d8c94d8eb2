"""Pages of measurements, their steps, the selection."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.ui.measurement_book import MeasurementBook
from tests.display import scene


def _one(name: str, index: int = 0) -> Measurement:
    return Measurement(name, Kind.LENGTH, ((0.0, 0.0), (1.0, 1.0)), f"1.2.3.{index}", slice_index=index)


def _book(*found: Measurement) -> MeasurementBook:
    book = MeasurementBook()
    book.show_page("page", scene.series(), found=found)
    return book


def test_measurements_stand_by_slice() -> None:
    book = _book(_one("b", 2), _one("a", 0))
    assert [one.id for one in book.shown] == ["a", "b"]
    assert book.on_slice(2) == (_one("b", 2),)


def test_a_page_is_kept_with_its_steps_while_another_is_shown() -> None:
    book = _book()
    book.add(_one("a"))
    book.show_page("other", scene.series())
    assert (book.shown, book.can_undo, book.selected) == ((), False, "")
    book.show_page("page", scene.series(), found=(_one("z"),))
    assert (book.shown, book.can_undo) == ((_one("a"),), True)


def test_steps_tell_what_they_concerned_and_end_at_the_beginning() -> None:
    book = _book()
    book.add(_one("a", 3))
    assert book.undo() == _one("a", 3)
    assert book.undo() is None
    assert book.redo() == _one("a", 3)
    assert book.redo() is None


def test_a_new_step_forgets_what_was_taken_back() -> None:
    book = _book()
    book.add(_one("a"))
    book.undo()
    book.add(_one("b"))
    assert not book.can_redo


def test_the_oldest_steps_are_forgotten() -> None:
    book = _book()
    for number in range(300):
        book.add(_one(str(number)))
    steps = 0
    while book.undo() is not None:
        steps += 1
    assert (steps, len(book.shown)) == (200, 100)


def test_what_changes_nothing_is_no_step_and_tells_nothing(qtbot: QtBot) -> None:
    book = _book(_one("a"))
    with qtbot.assertNotEmitted(book.changed):
        book.replace(_one("a"))
        book.remove("unknown")
    assert not book.can_undo


def test_a_removed_measurement_is_no_longer_selected() -> None:
    book = _book(_one("a"))
    book.select("a")
    book.remove("a")
    assert book.selected == ""


def test_without_a_page_nothing_can_be_added() -> None:
    book = MeasurementBook()
    book.add(_one("a"))
    book.close_page()
    assert (book.shown, book.everything, book.can_undo) == ((), (), False)
