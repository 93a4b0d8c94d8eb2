"""The menu of languages: remembers the reader's choice, which holds from the next start on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup

from leukoviewer.settings import LANGUAGES
from leukoviewer.ui import language
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.settings_store import SettingsStore


def names() -> dict[str, str]:
    """What can be chosen: the code that is remembered and its name, each language in its own words."""
    system = tr("As the computer ({})").format(language.NAMES[language.chosen(language.SYSTEM)])
    return {code: language.NAMES.get(code, system) for code in LANGUAGES}


class LanguageChoice(QObject):
    """Fills the menu and keeps it equal to the settings.

    Signals
    -------
    note(str)
        One sentence for the reader.
    """

    note = Signal(str)

    def __init__(self, window: MainWindow, store: SettingsStore) -> None:
        super().__init__(window)
        self._store = store
        self._spoken = store.value.language
        group = QActionGroup(self)
        window.language_menu.setToolTipsVisible(True)
        self.actions = {code: window.language_menu.addAction(name) for code, name in names().items()}
        for code, action in self.actions.items():
            action.setObjectName(f"language.{code}")
            action.setCheckable(True)
            action.setToolTip(tr("The language of the window, from the next start on"))
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, code=code: self.choose(code))
        store.changed.connect(self._follow)
        self._follow()

    def choose(self, code: str) -> None:
        """Remember a language, and say when it will be spoken; files and numbers are the same in every one."""
        if code == self._store.value.language:
            return
        self._store.change(language=code)
        if language.chosen(code) == language.chosen(self._spoken):
            self.note.emit(tr("The language stays {}.").format(language.NAMES[language.chosen(code)]))
        else:
            words = later("The language will be {} when LeukoViewer is started again.")
            new = language.chosen(code)
            # Also for one who reads the other language alone.
            told = " ".join(dict.fromkeys((tr(words), language.said_in(new, words))))
            self.note.emit(told.replace("{}", language.NAMES[new]))

    def _follow(self) -> None:
        self.actions[self._store.value.language].setChecked(True)
