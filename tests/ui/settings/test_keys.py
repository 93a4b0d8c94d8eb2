"""Keys are changed in the settings: pressed, refused by name, remembered; menus, tips and the sheet follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui import findings_sheet
from leukoviewer.ui.keymap import Keymap
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.key_sheet import KeySheet
from leukoviewer.ui.widgets.settings_dialog import SettingsDialog
from tests.ui.conftest import begun, opened

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def _press(dialog: SettingsDialog, action: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> str:
    table = dialog.keys
    table.choose(action)
    QTest.keyClick(table.edit, key, modifiers)
    table.edit.editingFinished.emit()
    return table.words.text()


def _shown_keys(dialog: SettingsDialog, action: str) -> str:
    dialog.keys.choose(action)
    item = dialog.keys.table.item(dialog.keys.table.currentRow(), 1)
    assert item is not None
    return item.text()


def test_a_pressed_key_works_in_menu_tip_window_and_sheet(viewer: Viewer, dialog: SettingsDialog, qtbot: QtBot) -> None:
    told = _press(dialog, "view.invert", Qt.Key.Key_J, CTRL)
    assert told == "Ctrl+J is the key of “Invert gray levels” now."
    assert _shown_keys(dialog, "view.invert") == "Ctrl+J"
    assert viewer.actions["view.invert"].shortcut().toString() == "Ctrl+J"
    assert viewer.actions["view.invert"].toolTip().endswith("(Ctrl+J)")
    assert viewer.window.window_panel._invert.toolTip() == "Dark for bright (Ctrl+J)"
    dialog.accept()
    assert dict(settings.load()[0].keys) == {"view.invert": ("Ctrl+J",)}
    viewer.actions["help.keys"].trigger()
    sheet = viewer.window.findChild(KeySheet)
    assert sheet is not None
    assert any("Ctrl+J" in label.text() for label in sheet.findChildren(QLabel))
    sheet.close()


@pytest.mark.parametrize(
    ("does", "told"), [("window", "Window: right widens"), ("scroll", "Scroll through the slices")]
)
def test_the_sheet_says_what_the_left_drag_does(viewer: Viewer, does: str, told: str) -> None:
    viewer.store.change(left_drag=does)
    viewer.actions["help.keys"].trigger()
    sheet = viewer.window.findChild(KeySheet)
    assert sheet is not None
    assert any(told in label.text() for label in sheet.findChildren(QLabel))
    sheet.close()


def test_a_taken_key_is_named_and_can_be_taken(viewer: Viewer, dialog: SettingsDialog) -> None:
    told = _press(dialog, "slice.next", Qt.Key.Key_N)
    assert told == "N is the key of “Next suspicious slice”; press another one, or take it from there."
    assert viewer.actions["suspicious.next"].shortcut().toString() == "N"
    dialog.keys.take.click()
    assert _shown_keys(dialog, "slice.next") == "N"
    assert _shown_keys(dialog, "suspicious.next") == ""
    assert viewer.actions["suspicious.next"].shortcut().isEmpty()
    dialog.keys.choose("suspicious.next")
    dialog.keys.own.click()
    assert _shown_keys(dialog, "suspicious.next") == "N"
    assert _shown_keys(dialog, "slice.next") == ""
    dialog.keys.all.click()
    assert viewer.store.value.keys == ()


def test_a_key_can_come_beside_the_others_or_go_altogether(viewer: Viewer, dialog: SettingsDialog) -> None:
    dialog.keys.beside.setChecked(True)
    _press(dialog, "view.invert", Qt.Key.Key_J, CTRL)
    assert _shown_keys(dialog, "view.invert") == "I, Ctrl+J"
    dialog.keys.none.click()
    assert viewer.actions["view.invert"].shortcuts() == []
    assert viewer.window.window_panel._invert.toolTip() == "Dark for bright"


@pytest.mark.parametrize(
    ("key", "modifiers", "told"),
    [(Qt.Key.Key_Return, NONE, "choose another key"), (Qt.Key.Key_Escape, NONE, "choose another key"),
     (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier, "opens the menu File"), (Qt.Key.Key_I, NONE, "already")],
)  # fmt: skip
def test_a_key_that_cannot_be_is_refused_in_a_sentence(
    viewer: Viewer, dialog: SettingsDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier, told: str
) -> None:
    assert told in _press(dialog, "view.invert", key, modifiers)
    assert viewer.store.value.keys == ()


def test_tab_leads_into_the_field_for_a_new_key_and_out_again(dialog: SettingsDialog) -> None:
    dialog.list.setCurrentRow(4)
    dialog.keys.table.setFocus()
    dialog.keys.choose("view.invert")
    QTest.keyClick(dialog.keys.table, Qt.Key.Key_Tab)
    focused = dialog.focusWidget()
    assert focused is not None
    assert dialog.keys.edit.isAncestorOf(focused) or focused is dialog.keys.edit
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.keys.beside
    assert dialog.keys.words.text() == ""


def test_esc_stays_where_it_is(dialog: SettingsDialog) -> None:
    dialog.keys.choose("model.cancel")
    assert not dialog.keys.edit.isEnabled()
    assert "Esc" in dialog.keys.words.text()


def test_cancel_gives_the_keys_back(viewer: Viewer, dialog: SettingsDialog) -> None:
    _press(dialog, "view.invert", Qt.Key.Key_J, CTRL)
    dialog.reject()
    assert viewer.actions["view.invert"].shortcut().toString() == "I"


def test_remembered_keys_hold_from_the_start_and_in_sentences(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(Settings(notice_accepted=NOTICE_VERSION, keys=(("model.run", ("Ctrl+M",)),)))
    assert viewer.actions["model.run"].shortcut().toString() == "Ctrl+M"
    viewer.actions["suspicious.next"].trigger()
    assert viewer.window.message_bar.text == "There is no result yet; run the model first (Ctrl+M)."


def test_sentences_that_stand_in_the_window_name_the_keys_of_today(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot
) -> None:
    value = Settings(notice_accepted=NOTICE_VERSION, keys=(("reader.note", ("Ctrl+Alt+P",)),), reader_first=True)
    viewer = opened(begun(viewers(value), qtbot), head_folder, qtbot)
    findings = viewer.window.findings
    assert findings._slice.text() == SEALED.replace("(P)", "(Ctrl+Alt+P)")
    viewer.store.change(keys=(("reader.note", ("M",)), ("model.run", ("P",))))
    assert findings._slice.text() == SEALED.replace("(P)", "(M)")
    assert findings_sheet.sheet_of(viewer.session).patient == (SEALED.replace("(P)", "(M)"),)
    dialog = viewer.preferring.show()
    assert "when you ask for it (P)." in dialog.rows["run_after_loading"]._tip.text()
    _press(dialog, "model.run", Qt.Key.Key_J, CTRL)
    assert "when you ask for it (Ctrl+J)." in dialog.rows["run_after_loading"]._tip.text()
    dialog.reject()
    assert viewer.window.key_image_list._list.toolTip() == "Slices that you marked, and the next of them (K Shift+K)"


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({}, "Run (M), note (P), 3 of (3), see (x)."),
        ({"model.run": ("P",), "reader.note": ("M",)}, "Run (P), note (M), 3 of (3), see (x)."),
        ({"model.run": ()}, "Run, note (P), 3 of (3), see (x)."),
    ],
    ids=["their own", "each other's", "none"],
)
def test_keys_in_a_sentence_are_those_of_today(own: dict[str, tuple[str, ...]], told: str) -> None:
    assert Keymap(own).told("Run (M), note (P), 3 of (3), see (x).") == told


def test_keys_that_cannot_be_used_are_told_once_and_the_old_file_is_kept(viewers: Callable[..., Viewer]) -> None:
    value = Settings(notice_accepted=NOTICE_VERSION, keys=(("slice.next", ("Foo+X",)), ("view.invert", ("Ctrl+J",))))
    settings.save(value)
    viewer = viewers(value)
    assert viewer.window.message_bar.kind is Kind.WARNING
    assert "Next slice: Foo+X" in viewer.window.message_bar.text
    assert "settings.old.json" in viewer.window.message_bar.text
    assert viewer.actions["slice.next"].shortcut().toString() == "Down"
    assert viewer.actions["view.invert"].shortcut().toString() == "Ctrl+J"
    assert "Foo+X" in settings.file().with_name("settings.old.json").read_text()
    assert settings.load()[0].keys == (("view.invert", ("Ctrl+J",)),)


def test_the_search_finds_actions_by_words_and_by_key(dialog: SettingsDialog) -> None:
    assert dialog.keys.search(["suspicious", "next"]) >= 1
    assert dialog.keys.action == "suspicious.next"
    assert dialog.keys.search(["ctrl+i"]) == 1
    assert dialog.keys.action == "view.study"
    assert dialog.keys.search(["toaster"]) == 0
