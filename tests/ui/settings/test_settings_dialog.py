"""The settings' window: found by search, held at once, given back by Cancel, kept by OK."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialogButtonBox, QLineEdit, QSlider, QSpinBox

from leukoviewer import settings
from leukoviewer.core.window import BRAIN
from leukoviewer.display import colormap
from leukoviewer.settings import MAX_OWN_WINDOWS, NOTICE_VERSION, OwnWindow, Settings
from leukoviewer.ui import theme
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.settings_dialog import SettingsDialog
from leukoviewer.ui.widgets.settings_pages import PAGES

OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel


def _choose(dialog: SettingsDialog, field: str, value: str) -> None:
    combo = dialog.rows[field].control
    assert isinstance(combo, QComboBox)
    assert combo.findData(value) >= 0
    combo.setCurrentIndex(combo.findData(value))


def _switch(dialog: SettingsDialog, field: str, on: bool) -> None:
    box = dialog.rows[field].control
    assert isinstance(box, QCheckBox)
    box.setChecked(on)


def _pages(dialog: SettingsDialog) -> list[str]:
    shown = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [item.text() for item in shown if not item.isHidden()]


def test_the_key_opens_it_and_every_page_has_settings_that_exist(viewer: Viewer) -> None:
    QTest.keyClick(viewer.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = viewer.preferring.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.search
    assert all(hasattr(Settings(), field) for page in PAGES for field in page.all_fields)
    dialog.reject()
    assert viewer.preferring.dialog is None


@pytest.mark.parametrize(
    ("words", "pages", "row"),
    [("theme", ["Appearance"], "theme"), ("COLOR blind", ["Model and heatmap"], "heatmap_colormap"),
     ("cine speed", ["Reading"], "cine_per_s"), ("privacy", ["Privacy"], "keep_recent"),
     ("ctrl+i", ["Keys"], ""), ("keys", ["Keys"], ""), ("presets center", ["Windows"], ""), ("toaster", [], "")],
)  # fmt: skip
def test_the_search_leads_to_the_setting(dialog: SettingsDialog, words: str, pages: list[str], row: str) -> None:
    QTest.keyClicks(dialog.search, words)
    assert _pages(dialog) == pages
    if row:
        assert [name for name, one in dialog.rows.items() if one.isVisible()] == [row]
    dialog.search.clear()
    assert _pages(dialog) == [page.title for page in PAGES]


def test_changes_hold_at_once_and_cancel_gives_back_what_was(
    viewer: Viewer, dialog: SettingsDialog, plain_look: QApplication
) -> None:
    before = viewer.store.value
    _choose(dialog, "theme", "light")
    _choose(dialog, "heatmap_colormap", "viridis")
    _choose(dialog, "left_drag", "scroll")
    opacity, percent = dialog.rows["heatmap_opacity"].control, dialog.rows["font_percent"].control
    assert isinstance(opacity, QSlider)
    assert isinstance(percent, QSpinBox)
    opacity.setValue(70)
    percent.setValue(150)
    assert (theme.scheme(), theme.font_percent()) == ("light", 150)
    assert (viewer.session.style.colormap, viewer.session.style.opacity) == ("viridis", 0.7)
    assert viewer.window.overlay_panel._colors.currentText() == "viridis"
    assert settings.load()[0].theme == "dark"
    viewer.store.change(package_id="chosen-meanwhile")
    dialog.buttons.button(CANCEL).click()
    assert (theme.scheme(), theme.font_percent()) == ("dark", 100)
    assert viewer.session.style.colormap == "inferno"
    assert viewer.store.value.package_id == "chosen-meanwhile"
    assert viewer.store.value.left_drag == before.left_drag
    assert settings.load()[0].theme == "dark"


def test_the_speed_of_cine_is_one_of_its_steps(viewer: Viewer, dialog: SettingsDialog) -> None:
    combo = dialog.rows["cine_per_s"].control
    assert isinstance(combo, QComboBox)
    assert combo.currentData() == 10
    combo.setCurrentIndex(combo.findData(25))
    assert viewer.reading.cine.rate == viewer.store.value.cine_per_s == 25


def test_ok_keeps_them(viewer: Viewer, dialog: SettingsDialog) -> None:
    _choose(dialog, "first_slice", "first")
    _switch(dialog, "run_after_loading", True)
    dialog.buttons.button(OK).click()
    kept = settings.load()[0]
    assert (kept.first_slice, kept.run_after_loading) == ("first", True)
    assert viewer.preferring.dialog is None


def test_each_page_has_its_usual_settings(viewer: Viewer, dialog: SettingsDialog) -> None:
    _choose(dialog, "left_drag", "zoom")
    _choose(dialog, "heatmap_colormap", "cividis")
    dialog.list.setCurrentRow([page.title for page in PAGES].index("Reading"))
    dialog.defaults.click()
    assert viewer.store.value.left_drag == "window"
    assert viewer.store.value.heatmap_colormap == "cividis"
    assert dialog.rows["left_drag"].control.currentData() == "window"  # type: ignore[attr-defined]


def test_only_even_color_maps_safe_for_color_blindness_are_offered(dialog: SettingsDialog) -> None:
    combo = dialog.rows["heatmap_colormap"].control
    assert isinstance(combo, QComboBox)
    offered = {combo.itemData(row) for row in range(combo.count())}
    assert offered == set(colormap.NAMES) == {"inferno", "magma", "viridis", "cividis"}


def test_folders_are_forgotten_at_once_and_come_back_by_cancel(viewer: Viewer) -> None:
    viewer.store.set(viewer.store.value.with_recent("/somewhere"))
    dialog = viewer.preferring.show()
    _switch(dialog, "keep_recent", False)
    assert not viewer.store.value.recent
    dialog.reject()
    assert viewer.store.value.recent == ("/somewhere",)


def test_a_language_is_remembered(viewer: Viewer, dialog: SettingsDialog) -> None:
    _choose(dialog, "language", "sk")
    dialog.accept()
    assert settings.load()[0].language == "sk"


# Own windows


def _add(dialog: SettingsDialog, name: str) -> QLineEdit:
    dialog.own_windows.add()
    field = dialog.own_windows.rows[-1][0]
    field.selectAll()
    QTest.keyClicks(field, name)
    return field


def test_an_own_window_stands_in_menu_and_panel_and_can_be_the_first(viewer: Viewer, dialog: SettingsDialog) -> None:
    dialog.list.setCurrentRow([page.title for page in PAGES].index("Windows"))
    _add(dialog, "Clots")
    dialog.own_windows.rows[0][1].setValue(120)
    _choose(dialog, "first_window", "Clots")
    action = viewer.actions["window.own1"]
    assert action.isVisible()
    assert action.text() == f"Clots  120 / {BRAIN.center:g}"
    assert viewer.session.hanging.window is not None
    assert viewer.session.hanging.window.name == "Clots"
    button = viewer.window.window_panel._buttons["Clots"]
    assert button.toolTip().endswith("(Ctrl+1)")
    QTest.keyClicks(dialog.own_windows.rows[0][0], "2")
    assert viewer.store.value.first_window == viewer.session.hanging.window.name == "Clots2"
    QTest.keyClick(dialog.own_windows.rows[0][0], Qt.Key.Key_Backspace)
    dialog.own_windows.rows[0][3].click()
    assert viewer.store.value.first_window == "Brain"
    assert not action.isVisible()
    assert viewer.session.hanging.window == BRAIN
    assert "Clots" not in viewer.window.window_panel._buttons


@pytest.mark.parametrize(("name", "told"), [("brain", "There is a window named brain already"), (" ", "needs a name")])
def test_a_name_that_cannot_be_is_told_and_changes_nothing(
    viewer: Viewer, dialog: SettingsDialog, name: str, told: str
) -> None:
    dialog.own_windows.add()
    before = viewer.store.value.own_windows
    field = dialog.own_windows.rows[0][0]
    field.selectAll()
    field.insert("")
    field.setText(name)
    field.textEdited.emit(name)
    assert told in dialog.own_windows.trouble.text()
    assert viewer.store.value.own_windows == before


def test_there_is_room_for_a_few_own_windows(dialog: SettingsDialog) -> None:
    for _ in range(MAX_OWN_WINDOWS + 1):
        dialog.own_windows.add()
    assert len(dialog.own_windows.rows) == MAX_OWN_WINDOWS
    assert "room" in dialog.own_windows.trouble.text()
    assert len({one.name for one in dialog.value.own_windows}) == MAX_OWN_WINDOWS


def test_the_search_field_is_left_by_tab_into_the_pages(dialog: SettingsDialog) -> None:
    QTest.keyClick(dialog.search, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.list
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.currentRow() == 1
    QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.rows["first_window"].control


def test_own_windows_of_the_settings_are_shown(viewer: Viewer) -> None:
    viewer.store.change(own_windows=(OwnWindow("A&B", 100, 60),))
    dialog = viewer.preferring.show()
    assert [row[0].text() for row in dialog.own_windows.rows] == ["A&B"]
    assert viewer.actions["window.own1"].text() == "A&&B  100 / 60"
    dialog.reject()


def test_remembered_looks_hold_from_the_start(viewers: Callable[..., Viewer], plain_look: QApplication) -> None:
    viewers(Settings(notice_accepted=NOTICE_VERSION, theme="light", font_percent=125))
    assert (theme.scheme(), theme.font_percent()) == ("light", 125)
    assert plain_look.palette().color(QPalette.ColorRole.Window).name() == theme.SCHEMES["light"]["window"]


def test_the_window_follows_the_computer_from_dark_to_light(
    viewer: Viewer, plain_look: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer.store.change(theme="system")
    monkeypatch.setattr(theme, "scheme_of", lambda choice: "light" if choice == "system" else choice)
    plain_look.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.scheme() == "light"
