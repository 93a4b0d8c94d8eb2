"""The program starts in the language that was chosen."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from leukoviewer import app, settings
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui import language


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Generator[None, None, None]:
    yield
    language.install(qapp, "en")


@pytest.mark.parametrize(("choice", "menu"), [("sk", "&Súbor"), ("en", "&File")])
def test_the_window_starts_in_the_remembered_language(monkeypatch: pytest.MonkeyPatch, choice: str, menu: str) -> None:
    settings.save(Settings(language=choice, notice_accepted=NOTICE_VERSION))
    shown: list[str] = []

    def look(*_: object) -> int:
        window = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "mainWindow")
        shown.append(window.menuBar().actions()[0].text())  # type: ignore[attr-defined]
        return 0

    monkeypatch.setattr(QApplication, "exec", look)
    assert app.run_window() == 0
    assert shown == [menu]
    assert QLocale().decimalPoint() == "."
