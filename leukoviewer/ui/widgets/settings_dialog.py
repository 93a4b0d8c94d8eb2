"""All settings in one window: pages at the left, a search over everything, changes that hold at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.core.window import PRESETS, Window
from leukoviewer.settings import Settings
from leukoviewer.ui.hanging import OF_FILES
from leukoviewer.ui.keymap import Keymap
from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.key_table import KeyTable
from leukoviewer.ui.widgets.own_windows import OwnWindows
from leukoviewer.ui.widgets.setting_rows import SettingRow, Value
from leukoviewer.ui.widgets.settings_pages import KEYS_PAGE, PAGES, WINDOWS_PAGE, Page

_SIZE_PX = (860, 620)
_LIST_PX = 170


class SettingsDialog(QDialog):
    """Shows settings and asks for others.

    Signals
    -------
    asked(object)
        The changed :class:`~leukoviewer.settings.Settings`, after each change.

    Parameters
    ----------
    value : Settings
        As they are.
    languages : mapping of str to str
        Codes of the languages and their names.
    reserved : mapping of str to str
        Keys that menus have.
    """

    asked = Signal(object)

    def __init__(
        self, parent: QWidget | None, value: Settings, *, languages: Mapping[str, str], reserved: Mapping[str, str]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.setWindowTitle(tr("Settings"))
        self._value = value
        self.rows: dict[str, SettingRow] = {}
        self.search = self._made_search()
        self.list = QListWidget(self)
        self.list.setObjectName("settingsPages")
        self.list.setAccessibleName(tr("Pages of the settings"))
        self.own_windows, self.keys = OwnWindows(self), KeyTable(self)
        self._pages = QStackedWidget(self)
        self._nothing = QLabel(tr("No setting holds these words."), self)
        self._nothing.setObjectName("quiet")
        for page in PAGES:
            self.list.addItem(tr(page.title))
            self._pages.addWidget(self._page(page))
        self.list.currentRowChanged.connect(self._pages.setCurrentIndex)
        self.own_windows.asked.connect(lambda windows: self._ask("own_windows", windows))
        self.keys.asked.connect(lambda keymap: self._ask("keys", keymap.to_settings()))
        self.keys.asked.connect(self._tell_keys)
        self._languages, self._reserved = languages, reserved
        self._lay_out()
        self.set_value(value)
        self.list.setCurrentRow(0)
        self._on_search("")
        self.search.setFocus()

    @property
    def value(self) -> Settings:
        """The settings as the dialog shows them."""
        return self._value

    def set_present_window(self, window: Window) -> None:
        """The window that the picture has now."""
        self.own_windows.set_present(window)

    def set_value(self, value: Settings) -> None:
        """Show these settings."""
        self._value = value
        self.rows["language"].set_options(tuple(self._languages.items()))
        self._offer_windows()
        for field, row in self.rows.items():
            row.set_value(getattr(value, field))
        self.own_windows.set_windows(value.own_windows)
        keymap, _ = Keymap.from_settings(value.keys)
        self.keys.set_map(keymap, reserved=self._reserved)
        self._tell_keys(keymap)

    def reset_page(self) -> None:
        """The usual settings of the shown page."""
        page, usual = PAGES[self.list.currentRow()], Settings()
        changes = {field: getattr(usual, field) for field in page.all_fields if field != "recent"}
        self.set_value(replace(self._value, **changes))
        self.asked.emit(self._value)

    # What the reader does

    def _ask(self, field: str, value: object) -> None:
        changes: dict[str, Any] = {field: value}
        if field == "keep_recent":
            changed = self._value.with_keep_recent(keep=bool(value))
        else:
            changed = _with_first_window(replace(self._value, **changes), self._value)
        if changed == self._value:
            return
        self._value = changed
        if field == "own_windows":
            self._offer_windows()
        self.asked.emit(changed)

    def _tell_keys(self, keymap: Keymap) -> None:
        for row in self.rows.values():
            row.set_keys(keymap.told)

    def _offer_windows(self) -> None:
        """What can be the first window: presets, the reader's own, and that of the files."""
        names = [(one.name, tr(one.name)) for one in PRESETS]
        names += [(one.name, one.name) for one in self._value.own_windows]
        row = self.rows["first_window"]
        row.set_options((*names, (OF_FILES, tr("That of the files"))))
        row.set_value(self._value.first_window)

    def _on_search(self, text: str) -> None:
        """Pages with a match stay, and in them what matches; the first of them shows."""
        wanted = text.casefold().split()
        found = []
        for number, page in enumerate(PAGES):
            in_title = all(word in tr(page.title).casefold() for word in wanted)
            if page.title == KEYS_PAGE:
                count = self.keys.search([] if in_title else wanted)
            elif page.title == WINDOWS_PAGE:
                count = in_title or all(word in tr("Own windows presets width center").casefold() for word in wanted)
            else:
                count = sum(self._find(page, wanted))
            self.list.item(number).setHidden(not count)
            found += [number] * bool(count)
        self._pages.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found and self.list.currentRow() not in found:
            self.list.setCurrentRow(found[0])

    def _find(self, page: Page, wanted: list[str]) -> list[bool]:
        title = tr(page.title).casefold()
        shown = []
        for setting in page.settings:
            row = self.rows[setting.field]
            is_found = row.matches(wanted) or all(word in title for word in wanted)
            row.setVisible(is_found)
            shown.append(is_found)
        return shown

    # Building

    def _made_search(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(tr("Search all settings and keys"))
        field.setAccessibleName(tr("Search all settings and keys"))
        field.setToolTip(tr("Words of a setting or of an action, or a key"))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._on_search)
        return field

    def _page(self, page: Page) -> QWidget:
        if page.title == KEYS_PAGE:
            return self.keys
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        for setting in page.settings:
            row = SettingRow(setting, self._of(setting.field), asked=self._asker(setting.field), parent=body)
            self.rows[setting.field] = row
            column.addWidget(row)
        if page.title == WINDOWS_PAGE:
            column.addWidget(self.own_windows)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def _of(self, field: str) -> Value:
        value: Value = getattr(self._value, field)
        return value

    def _asker(self, field: str) -> Any:
        return lambda value: self._ask(field, value)

    def _lay_out(self) -> None:
        row, foot = QHBoxLayout(), QHBoxLayout()
        self.list.setFixedWidth(round(shades.scaled(_LIST_PX)))
        row.addWidget(self.list)
        row.addWidget(self._pages, 1)
        row.addWidget(self._nothing, 1)
        self.defaults = QPushButton(tr("Usual settings of this page"), self)
        self.defaults.setToolTip(tr("What this page had at first"))
        self.defaults.setAutoDefault(False)
        self.defaults.clicked.connect(self.reset_page)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(kinds.Cancel).setToolTip(tr("All settings as they were before"))
        foot.addWidget(self.defaults)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addLayout(row, 1)
        column.addLayout(foot)
        self.resize(shades.scaled_size(self, _SIZE_PX))


def _with_first_window(changed: Settings, before: Settings) -> Settings:
    """The first window goes along when it is an own one that gets another name; gone, it is the usual one."""
    old, new = ([one.name for one in value.own_windows] for value in (before, changed))
    first = changed.first_window
    if first not in old or first in new:
        return changed
    return replace(changed, first_window=new[old.index(first)] if len(new) == len(old) else Settings().first_window)
