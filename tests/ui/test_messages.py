"""The bar of messages: the heavier one stays, notes go by themselves."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.ui.messages import Kind, MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def test_a_message_shows_until_it_is_closed(bar: MessageBar) -> None:
    assert bar.isHidden()
    bar.tell("The folder is empty.", kind=Kind.ERROR)
    assert not bar.isHidden()
    assert bar.text == "The folder is empty."
    bar.clear()
    assert bar.isHidden()
    assert bar.text == ""


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (Kind.ERROR, Kind.INFO, "first"),
        (Kind.ERROR, Kind.WARNING, "first"),
        (Kind.WARNING, Kind.ERROR, "second"),
        (Kind.ERROR, Kind.ERROR, "second"),
        (Kind.INFO, Kind.INFO, "second"),
    ],
)
def test_a_lighter_message_does_not_hide_a_heavier_one(bar: MessageBar, first: Kind, second: Kind, shown: str) -> None:
    bar.tell("first", kind=first)
    bar.tell("second", kind=second)
    assert bar.text == shown


def test_only_a_note_goes_by_itself(bar: MessageBar) -> None:
    bar.tell("Done.")
    assert bar._timer.isActive()
    bar.tell("Broken.", kind=Kind.ERROR)
    assert not bar._timer.isActive()


def test_a_note_is_gone_when_its_time_is_over(bar: MessageBar) -> None:
    bar.tell("Done.")
    bar._timer.timeout.emit()
    assert bar.isHidden()


def test_nothing_is_said_for_an_empty_text(bar: MessageBar) -> None:
    bar.tell("")
    assert bar.isHidden()


def test_markup_is_shown_as_it_is(bar: MessageBar) -> None:
    bar.tell("<b>bold</b>")
    assert bar._label.text() == "<b>bold</b>"
    assert bar._label.textFormat().name == "PlainText"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_sign_of_a_message_is_one_that_plain_fonts_have(bar: MessageBar, kind: Kind) -> None:
    bar.tell("The folder is empty.", kind=kind)
    (sign,) = bar._sign.text()
    # Beyond these blocks fonts of an office computer show an empty box (so they do for circled letters).
    assert 0x2100 <= ord(sign) <= 0x214F or 0x2600 <= ord(sign) <= 0x26FF
