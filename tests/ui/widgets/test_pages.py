"""Start page, notice and sheet of keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from leukoviewer import about
from leukoviewer.ui.actions import ACTIONS, MOUSE
from leukoviewer.ui.widgets.key_sheet import KeySheet
from leukoviewer.ui.widgets.notice import NoticeDialog
from leukoviewer.ui.widgets.start_page import StartPage


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage()
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_start_page_offers_a_folder_and_the_demo(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.open_asked, timeout=1000):
        page._open.click()
    with qtbot.waitSignal(page.demo_asked, timeout=1000):
        page._demo.click()


def test_the_demo_is_offered_only_when_it_is_there(page: StartPage) -> None:
    page.set_demo_available(False)
    assert not page._demo.isEnabled()


def test_while_searching_a_bar_takes_the_place_of_the_buttons(page: StartPage) -> None:
    page.set_searching(True)
    assert page._bar.isVisible()
    assert not page._open.isVisible()
    assert "Searching" in page._title.text()
    page.set_searching(False)
    assert not page._bar.isVisible()
    assert page._open.isVisible()


@pytest.mark.parametrize(("to_accept", "buttons"), [(True, {"I understand", "Quit"}), (False, {"Close"})])
def test_the_notice_says_what_the_program_is_not_for(qtbot: QtBot, to_accept: bool, buttons: set[str]) -> None:
    dialog = NoticeDialog(to_accept=to_accept)
    qtbot.addWidget(dialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "not a medical device and not for diagnosis" in text
    assert "simulated patients" in text
    assert {button.text() for button in dialog.findChildren(QPushButton)} == buttons


def test_read_again_the_notice_also_tells_versions_and_licenses(qtbot: QtBot) -> None:
    texts = {}
    for to_accept in (True, False):
        dialog = NoticeDialog(to_accept=to_accept)
        qtbot.addWidget(dialog)
        texts[to_accept] = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for name, version in about.versions():
        assert f"{name}&nbsp;{version}" in texts[False]
    assert "LGPL 3.0" in texts[False]
    assert QUrl.fromLocalFile(str(about.notices())).toString() in texts[False]
    assert "LGPL" not in texts[True], "who must accept the intended use should read that alone"


def test_the_buttons_of_the_notice_accept_and_reject(qtbot: QtBot) -> None:
    for name, signal in (("I understand", "accepted"), ("Quit", "rejected")):
        dialog = NoticeDialog(to_accept=True)
        qtbot.addWidget(dialog)
        button = next(b for b in dialog.findChildren(QPushButton) if b.text() == name)
        with qtbot.waitSignal(getattr(dialog, signal), timeout=1000):
            button.click()


def test_the_sheet_lists_every_key_and_mouse_move(qtbot: QtBot) -> None:
    sheet = KeySheet()
    qtbot.addWidget(sheet)
    text = " ".join(label.text() for label in sheet.findChildren(QLabel))
    for spec in ACTIONS:
        if spec.keys:
            assert spec.text.rstrip("…").replace("'", "&#x27;") in text
    for what, _ in MOUSE:
        assert what in text
