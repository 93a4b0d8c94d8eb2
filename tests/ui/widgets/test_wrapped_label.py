"""Texts that wrap keep all their lines in sight."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

LONG = "Trained on simulated patients\n" + "patient AUC with its interval on held-out patients " * 4


@pytest.fixture
def pages(qtbot: QtBot) -> QStackedWidget:
    """Two pages of 300 px; the second holds a label and room below."""
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    pages.addWidget(QWidget())
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(WrappedLabel(page))
    column.addStretch(1)
    pages.addWidget(page)
    pages.resize(300, 400)
    return pages


def _label(pages: QStackedWidget) -> WrappedLabel:
    found = pages.findChild(WrappedLabel)
    assert isinstance(found, WrappedLabel)
    return found


@pytest.mark.parametrize("shown_first", [True, False])
def test_a_text_set_on_a_hidden_page_has_room_for_all_its_lines(
    qtbot: QtBot, pages: QStackedWidget, shown_first: bool
) -> None:
    label = _label(pages)
    if shown_first:
        pages.setCurrentIndex(1)
    with qtbot.waitExposed(pages):
        pages.show()
    pages.setCurrentIndex(0)
    label.setText(LONG)
    pages.setCurrentIndex(1)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 2 * label.fontMetrics().height())


def test_a_shorter_text_gives_the_room_back(qtbot: QtBot, pages: QStackedWidget) -> None:
    label = _label(pages)
    pages.setCurrentIndex(1)
    with qtbot.waitExposed(pages):
        pages.show()
    label.setText(LONG)
    qtbot.waitUntil(lambda: label.height() > 2 * label.fontMetrics().height())
    label.setText("short")
    qtbot.waitUntil(lambda: label.height() < 2 * label.fontMetrics().height())


def test_a_larger_font_has_room_for_its_lines(qtbot: QtBot, pages: QStackedWidget) -> None:
    label = _label(pages)
    pages.setCurrentIndex(1)
    with qtbot.waitExposed(pages):
        pages.show()
    label.setText(LONG)
    qtbot.waitUntil(lambda: label.height() == label.heightForWidth(label.width()))
    before, font = label.height(), label.font()
    font.setPixelSize(2 * label.fontInfo().pixelSize())
    label.setFont(font)
    qtbot.waitUntil(lambda: label.height() == label.heightForWidth(label.width()) > before)


def test_the_same_text_again_lays_nothing_out(
    qtbot: QtBot, pages: QStackedWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    label, fitted = _label(pages), []
    label.setText(LONG)
    fit = label._fit
    monkeypatch.setattr(label, "_fit", lambda: (fitted.append(label.text()), fit())[0])
    label.setText(LONG)
    assert fitted == []
    label.setText("short")
    assert fitted == ["short"]
