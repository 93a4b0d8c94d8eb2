"""The menu of languages: what is chosen is remembered, and the reader is told when it holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale

from leukoviewer import settings
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui import language
from leukoviewer.ui.viewer import Viewer


def test_the_help_menu_offers_each_language_in_its_own_words(viewer: Viewer) -> None:
    help_menu = viewer.window.menuBar().actions()[-1].menu()
    assert viewer.window.language_menu.menuAction() in help_menu.actions()
    assert [action.text() for action in viewer.languages.actions.values()][1:] == ["English", "Slovenčina"]
    assert all(action.toolTip() for action in viewer.languages.actions.values())


def test_a_chosen_language_is_remembered_and_its_day_told(viewer: Viewer) -> None:
    viewer.languages.actions["sk"].trigger()
    assert settings.load()[0].language == "sk"
    assert viewer.languages.actions["sk"].isChecked()
    assert not viewer.languages.actions["system"].isChecked()
    assert viewer.window.message_bar.text == (
        "The language will be Slovenčina when LeukoViewer is started again. "
        "Po opätovnom spustení bude LeukoViewer v jazyku: Slovenčina."
    )


def test_back_to_the_language_that_is_spoken_needs_no_new_start(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(Settings(notice_accepted=NOTICE_VERSION, language="en"))
    viewer.languages.choose("sk")
    viewer.languages.choose("en")
    assert viewer.window.message_bar.text == "The language stays English."


@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [(["sk-SK", "en-US"], "sk"), (["sk_SK"], "sk"), (["de-DE", "sk"], "sk"), (["fr-FR"], "en"), ([], "en")],
)
def test_the_computer_speaks_the_first_language_that_is_known(
    monkeypatch: pytest.MonkeyPatch, wishes: list[str], spoken: str
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: wishes)
    assert language.chosen("system") == spoken


def test_settings_refuse_a_language_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="language"):
        Settings(language="tlh")
